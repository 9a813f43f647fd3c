"""Promises about credits, as SQL that must find no row."""

# ruff: noqa: S608  all of this SQL is our own

from studio_app.kit.doctor import Invariant

_LIVE = "not exists (select from credit_entry u where u.reverses_id = e.id)"
_LAST_DAY = (
    "greatest(l.valid_until, (select max(r.good_until) from credit_entry r "
    "where r.lot_id = l.id and r.at <= e.at))"
)

INVARIANTS = (
    Invariant(
        "I4",
        "Of no credit more is used than there was, and none is more than it was given as.",
        "select l.id from credit_lot l join credit_entry e on e.lot_id = l.id group by l.id "
        "having sum(e.amount) > 0 or l.amount + sum(e.amount) < 0",
    ),
    Invariant(
        "I4",
        "A credit pays for one thing once at a time.",
        f"select e.lot_id from credit_entry e where e.act = 'used' and {_LIVE} "
        "group by e.lot_id, e.target_id having count(*) > 1",
    ),
    Invariant(
        "I4",
        "No credit is used outside of its validity.",
        "select e.id from credit_entry e join credit_lot l on l.id = e.lot_id "
        "where e.act = 'used' and (e.on < l.valid_from or (l.valid_until is not null "
        f"and e.on > {_LAST_DAY}))",
    ),
    Invariant(
        "I4",
        "What gives back mirrors what was taken.",
        "select e.id from credit_entry e join credit_entry w on w.id = e.reverses_id "
        "where e.lot_id <> w.lot_id or e.amount <> -w.amount "
        "or e.target_id is distinct from w.target_id",
    ),
    Invariant(
        "I5",
        "A place in a lesson is paid for by one lesson or session at most.",
        "select e.target_id from credit_entry e join credit_lot l on l.id = e.lot_id "
        f"where e.act = 'used' and l.kind <> 'money' and {_LIVE} "
        "group by e.studio_id, e.target_id having count(*) > 1 or sum(e.amount) <> -1",
    ),
)
