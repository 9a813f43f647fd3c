"""What must hold in the books, whoever wrote to them."""

# ruff: noqa: S608  all of this SQL is our own

from studio_app.kit.doctor import Invariant

_TOTALS = """
  select i.id, i.kind, i.sent_at, i.voided_at,
    coalesce((select sum(l.amount_minor + case when l.tax_included then 0 else l.tax_minor end)
      from invoice_line l where l.invoice_id = i.id), 0) as total,
    coalesce((select sum(a.amount_minor) from allocation a where a.invoice_id = i.id), 0)
      as settled
  from invoice i
"""
_LIVE = "not exists (select from ledger_transaction u where u.reverses_id = t.id)"
_HELD = """
  select s.id, s.studio_id, s.student_id, l.lesson_type_id, l.teacher_id, s.starts_at, s.ends_at,
    m.marked_at
  from seat s join lesson l on l.id = s.lesson_id
  join attendance_mark m on m.seat_id = s.id and not exists (
    select from attendance_mark n where n.seat_id = m.seat_id and n.nth > m.nth)
  where m.outcome in ('present', 'late', 'no_show') and s.blocking and s.left_at is null
"""

INVARIANTS = (
    Invariant(
        "I3",
        "Every ledger transaction sums to zero per currency.",
        "select transaction_id from ledger_entry group by transaction_id, currency "
        "having sum(amount_minor) <> 0",
    ),
    Invariant(
        "I3",
        "Every ledger transaction has entries.",
        "select t.id from ledger_transaction t where not exists "
        "(select from ledger_entry e where e.transaction_id = t.id)",
    ),
    Invariant(
        "I3",
        "A reversal mirrors what it reverses.",
        "select r.id from ledger_transaction r join ledger_entry e "
        "on e.transaction_id in (r.id, r.reverses_id) where r.reverses_id is not null "
        "group by r.id, e.account, e.family_id, e.currency having sum(e.amount_minor) <> 0",
    ),
    Invariant(
        "I3",
        "What is on a line of an invoice sums to the line.",
        "select l.id from invoice_line l join invoice_item i on i.line_id = l.id "
        "group by l.id having sum(i.amount_minor) <> l.amount_minor "
        "or sum(i.tax_minor) <> l.tax_minor",
    ),
    Invariant(
        "I3",
        "A line of an invoice says what the ledger says.",
        "select i.id from invoice_item i join ledger_entry e on e.transaction_id = "
        "i.transaction_id and e.account = 'receivable' where e.amount_minor <> i.amount_minor",
    ),
    Invariant(
        "I3",
        "An invoice is settled by nothing less than nothing and nothing more than its total.",
        f"select id from ({_TOTALS}) x where kind = 'invoice' and (settled < 0 or settled > total)",
    ),
    Invariant(
        "I3",
        "No draft and no void invoice is settled by anything.",
        f"select id from ({_TOTALS}) x "
        "where settled <> 0 and (sent_at is null or voided_at is not null)",
    ),
    Invariant(
        "I3",
        "No payment settles more than it is, and none that was reversed settles anything.",
        "select t.id from ledger_transaction t "
        "join allocation a on a.transaction_id = t.id "
        "join ledger_entry e on e.transaction_id = t.id and e.account = 'receivable' "
        "group by t.id, e.id having sum(a.amount_minor) < 0 or sum(a.amount_minor) > "
        f"case when {_LIVE} then -e.amount_minor else 0 end",
    ),
    Invariant(
        "I6",
        "At most one live transaction of a kind is about one thing.",
        "select t.about_id from ledger_transaction t where t.kind <> 'reversal' "
        f"and {_LIVE} group by t.studio_id, t.kind, t.about_id having count(*) > 1",
    ),
    Invariant(
        "I6",
        "Every payment stands in the ledger with its amount.",
        "select p.id from payment p where not exists (select from ledger_transaction t "
        "join ledger_entry e on e.transaction_id = t.id and e.account = 'receivable' "
        "where t.kind = 'payment' and t.about_id = p.id and e.family_id = p.family_id "
        "and e.amount_minor = -p.amount_minor)",
    ),
    Invariant(
        "I13",
        "No charge is on two invoices at once.",
        "select transaction_id from invoice_item where released_at is null "
        "group by transaction_id having count(*) > 1",
    ),
    Invariant(
        "I13",
        "Nothing is recognised as earned that is not charged.",
        "select t.id from ledger_transaction t where t.kind = 'recognition' "
        f"and {_LIVE} and not exists (select from ledger_transaction c where c.kind = 'charge' "
        "and c.about_id = t.about_id and not exists "
        "(select from ledger_transaction u where u.reverses_id = c.id))",
    ),
    Invariant(
        "I13",
        "No lesson that was held and has a price goes unbilled (news on its way aside).",
        f"select h.id from ({_HELD}) h where exists (select from price_plan p "
        "where p.studio_id = h.studio_id and p.per = 'lesson' "
        "and p.from_on <= (h.starts_at at time zone 'UTC')::date - 1 "
        "and (p.lesson_type_id is null or p.lesson_type_id = h.lesson_type_id) "
        "and (p.teacher_id is null or p.teacher_id = h.teacher_id) "
        "and (p.student_id is null or p.student_id = h.student_id) "
        "and (p.minutes is null or p.minutes = extract(epoch from h.ends_at - h.starts_at) / 60)) "
        "and not exists (select from price_plan p where p.studio_id = h.studio_id "
        "and p.per = 'term') "
        "and not exists (select from ledger_transaction t where t.kind = 'charge' "
        f"and t.about_id = h.id and {_LIVE}) "
        "and not exists (select from credit_entry e join credit_lot c on c.id = e.lot_id "
        "where e.target_id = h.id and e.act = 'used' and c.kind <> 'money' "
        "and not exists (select from credit_entry u where u.reverses_id = e.id)) "
        "and not exists (select from procrastinate_jobs j where j.status in ('todo', 'doing') "
        "and j.args::text like '%' || h.id::text || '%')",
    ),
)
