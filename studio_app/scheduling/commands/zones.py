"""The diary when the studio's clock is to show another zone's time."""

from collections.abc import Sequence
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from studio_app.kit.errors import Conflict
from studio_app.kit.words import many
from studio_app.kit.work import Work
from studio_app.scheduling import diary
from studio_app.scheduling.access import zones as access
from studio_app.scheduling.events import LocalTimesKept, SeriesRezoned
from studio_app.scheduling.models.availability import Availability
from studio_app.scheduling.models.series import Series
from studio_app.scheduling.rezoning import fill_again, go_over
from studio_app.scheduling.rules.zones import (
    DAY,
    Shift,
    later_by,
    moved_to,
    shift,
    shifted_hours,
)


class TheyWouldMeet(Conflict):
    """Lessons that did not overlap would on the new clock."""


def keep_local_time(work: Work, was: ZoneInfo, zone: ZoneInfo) -> Shift:
    """A lesson at 16:00 stays at 16:00: what is to come moves to another moment.

    What has begun stays. Each weekly lesson is split, so that what was taught keeps the wall it
    was on. Refused where lessons would meet. Call it before the studio shows the new zone.
    """
    known = _hold(work, was)
    found = shift(access.standing(work, was.key, lock=True), was, zone, work.now)
    if found.clashing:
        raise TheyWouldMeet(
            many(
                "{n} lesson would meet another on the new clock. Move it first.",
                "{n} lessons would meet others on the new clock. Move them first.",
                n=len(found.clashing),
            )
        )
    going = go_over(work, known, zone)
    with diary.keeping_promises():
        access.move(work, found.moved)
    fill_again(work, going)
    _propose_again(work, found, was, zone)
    work.emit(*(SeriesRezoned(one.series_id, one.from_on) for one in going))
    if found.moved:
        work.emit(LocalTimesKept(was.key, zone.key))
    return found


def keep_moments(work: Work, was: ZoneInfo, zone: ZoneInfo) -> None:
    """Lessons stay when they are; hours move on the wall so that they are when they were.

    Weekly lessons stay on the wall they were made on: no time on another one is theirs all
    year where the two change their clocks on different days.
    """
    by = later_by(was, zone, work.now)
    for row in access.weekly_and_dated_hours(work):
        _shift_hours(work, row, by)
    for off in access.hours_off(work):
        first = off.first_on.toordinal() * DAY + off.from_minute + by
        last = off.last_on.toordinal() * DAY + off.until_minute + by
        off.first_on, off.from_minute = date.fromordinal(first // DAY), first % DAY
        off.last_on = date.fromordinal((last - 1) // DAY)
        off.until_minute = (last - 1) % DAY + 1
        work.session.add(off)
    work.session.flush()


def _hold(work: Work, was: ZoneInfo) -> Sequence[Series]:
    """Who and what all of it needs, and the series; nobody books or moves meanwhile."""
    known = access.series_to_come(work, was.key)
    ids = {i for one in access.standing(work, was.key) for i in one.takes}
    for series in known:
        ids |= {series.id, series.teacher_id, *([series.room_id] if series.room_id else [])}
    ids |= access.enrolled(work, [series.id for series in known])
    diary.lock_ids(work, ids)
    return access.series_to_come(work, was.key, lock=True)


def _propose_again(work: Work, found: Shift, was: ZoneInfo, zone: ZoneInfo) -> None:
    """Times that families are to choose from are said by the clock, so they go with it."""
    now_at = {one.lesson_id: one for one in found.moved}
    for proposal in access.standing_proposals(work):
        gone = now_at.get(proposal.lesson_id)
        if gone is not None and gone.was.starts_at == proposal.lesson_at:
            proposal.lesson_at = gone.slot.starts_at
        proposal.times = [moved_to(at, was, zone) for at in proposal.times]
    work.session.flush()


def _shift_hours(work: Work, row: Availability, by: int) -> None:
    pieces = shifted_hours(row.from_minute, row.until_minute, by)
    copies = [row, *(_copy(work, row) for _piece in pieces[1:])]
    weekday, dated = row.weekday, row.dated_on
    starts, ends = row.starts_on, row.ends_on
    for block, (days, from_minute, until_minute) in zip(copies, pieces, strict=True):
        later = timedelta(days=days)
        block.weekday = weekday and (weekday - 1 + days) % 7 + 1
        block.dated_on = dated and dated + later
        block.starts_on, block.ends_on = starts and starts + later, ends and ends + later
        block.from_minute, block.until_minute = from_minute, until_minute
        work.session.add(block)


def _copy(work: Work, row: Availability) -> Availability:
    values = row.model_dump(exclude={"id", "studio_id", "created_at"})
    return Availability(**values, created_at=work.now)
