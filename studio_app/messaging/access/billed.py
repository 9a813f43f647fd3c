"""Whom an invoice would reach now, for many families at once and without writing anything."""

from collections import defaultdict
from typing import Any

from sqlalchemy import text
from sqlmodel import col, select

from studio_app.kit.ids import FamilyId
from studio_app.kit.work import Work
from studio_app.messaging.access.recipients import LEAVING
from studio_app.messaging.access.studio import house
from studio_app.messaging.rules.kinds import KINDS, Channel
from studio_app.people.models import Family

_WAYS = """
    :by_email and coalesce(nullif({who}.email, ''), person.email, '') <> ''
    or :by_inbox and {who}.person_id is not null
    or :by_push and exists (select from push_subscription as browser
      where browser.person_id = {who}.person_id and browser.ended_at is null)
"""
# The order of `contacts.hearing_of_bills`: who wants bills, else who pays, else who is grown up.
_WHO_IS_BILLED = text(
    f"""
    with linked as (
      select family_id, guardian_id from payer
      union select student.family_id, guardian_id
        from guardianship join student on student.id = guardianship.student_id)
    select linked.family_id,
      case when bool_or(coalesce(bond.receives_billing, payer.is_primary, false)) then 1
        when bool_or(payer.id is not null) then 2 end as turn,
      bool_or({_WAYS.format(who="guardian")}) as reached
    from linked
    join guardian on guardian.id = linked.guardian_id and guardian.archived_at is null
    left join person on person.id = guardian.person_id
    left join payer on payer.family_id = linked.family_id and payer.guardian_id = guardian.id
    left join (select guardian_id, family_id, receives_billing
        from guardianship join student on student.id = guardianship.student_id) as bond
      on bond.family_id = linked.family_id and bond.guardian_id = guardian.id
    group by linked.family_id, guardian.id
    union all
    select student.family_id, 3, {_WAYS.format(who="student")}
    from student left join person on person.id = student.person_id
    where student.is_adult and (student.archived_at is null or student.archived_at > :left_after)
    """  # noqa: S608  our own SQL
)


def out_of_reach(work: Work) -> set[FamilyId]:
    """Families whose invoices reach nobody: none of those who would hear of them has a way.

    None where the studio chose to send invoices by no way at all.
    """
    ways = house(work).ways(KINDS["invoice_sent"])
    if not ways:
        return set()
    given: dict[str, Any] = {
        "by_email": Channel.EMAIL in ways,
        "by_inbox": Channel.INBOX in ways,
        "by_push": Channel.PUSH in ways,
        "left_after": work.now - LEAVING,
    }
    turns: dict[FamilyId, dict[int, bool]] = defaultdict(dict)
    for family_id, turn, reached in work.session.connection().execute(_WHO_IS_BILLED, given):
        if turn is not None:
            turns[family_id][turn] = turns[family_id].get(turn, False) or reached
    reached_ones = {family_id for family_id, by_turn in turns.items() if by_turn[min(by_turn)]}
    return set(work.session.exec(select(col(Family.id)))) - reached_ones
