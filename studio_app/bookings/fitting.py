"""Whom a free time suits: found by the search that families book with."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import col, or_, select

from studio_app.bookings.access import waiting as access
from studio_app.bookings.models.waiting import Freed, Offer, Waiting
from studio_app.bookings.rules.ranking import ranked
from studio_app.bookings.rules.waiting import suits
from studio_app.identity.access import studio_zone
from studio_app.kit.clock import local_date
from studio_app.kit.ids import WaitingId
from studio_app.kit.work import Work
from studio_app.people.models import Teacher
from studio_app.scheduling import slots, weekly_slots
from studio_app.scheduling.access.setup import PutAway
from studio_app.scheduling.wishes import SlotSearch

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Fitting:
    """Somebody who could take it, as open times have it now."""

    entry: Waiting
    minutes: int
    answer_by: datetime


def fitting(work: Work, freed: Freed) -> Iterator[Fitting]:
    """Who could take it, the first first; nobody who has been asked about it, or is being
    asked about something else."""
    zone = studio_zone(work)
    teacher = work.session.get(Teacher, freed.teacher_id)
    plays = {each.casefold() for each in teacher.instruments} if teacher else set[str]()
    asked = _asked(work, freed)
    waiting = [one for one in access.waiting_now(work) if one.id not in asked]
    first = access.offer_rule(work).make_ups_first
    on = local_date(freed.starts_at, zone)
    for entry in ranked(waiting, make_ups_first=first):
        theirs = entry.teacher_id == freed.teacher_id or (
            entry.teacher_id is None and entry.instrument.casefold() in plays
        )
        in_days = entry.from_on <= on and (entry.until_on is None or on <= entry.until_on)
        if theirs and in_days and (freed.weekly or not entry.weekly):
            found = open_to(work, freed, entry)
            if found is not None:
                yield found


def open_to(work: Work, freed: Freed, entry: Waiting) -> Fitting | None:
    """Whether this student could book it now, at exactly that time, and until when."""
    zone = studio_zone(work)
    on = local_date(freed.starts_at, zone)
    search = SlotSearch(
        entry.lesson_type_id,
        on,
        on + DAY,
        freed.teacher_id,
        student_ids=frozenset({entry.student_id}),
    )
    try:
        look = weekly_slots.find if entry.weekly else slots.find
        found = look(work, search, as_family=True)
    except PutAway:
        return None
    if freed.is_place:
        among = [one for one in found.places if one.lesson_id == freed.lesson_id]
    else:
        among = [one for one in found.openings if one.starts_at == freed.starts_at]
    one = next(iter(among), None)
    ends_at = one.ends_at if one else None
    if ends_at is None or not suits(entry.wishes, freed.starts_at, ends_at, zone):
        return None
    if entry.weekly and one not in found.weekly:
        return None
    minutes = int((ends_at - freed.starts_at).total_seconds()) // 60
    lead = timedelta(minutes=found.rules.lead_minutes)
    return Fitting(entry, minutes, freed.starts_at - lead)


def _asked(work: Work, freed: Freed) -> set[WaitingId]:
    query = select(Offer.waiting_id).where(
        or_(col(Offer.freed_id) == freed.id, col(Offer.decided_at).is_(None))
    )
    return {WaitingId(one) for one in work.session.exec(query)}
