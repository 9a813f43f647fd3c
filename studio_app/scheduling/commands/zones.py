"""The diary when the studio's clock is to show another zone's time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from studio_app.kit.clock import local_date, to_instant
from studio_app.kit.errors import Conflict
from studio_app.kit.words import many
from studio_app.kit.work import Work
from studio_app.scheduling import diary
from studio_app.scheduling.access import lessons
from studio_app.scheduling.access import zones as access
from studio_app.scheduling.access.series import plan_of
from studio_app.scheduling.events import LocalTimesKept, SeriesChanged
from studio_app.scheduling.generation import generate
from studio_app.scheduling.models.availability import Availability
from studio_app.scheduling.models.series import Series
from studio_app.scheduling.refitting import Split
from studio_app.scheduling.rules.changes import shifted
from studio_app.scheduling.rules.plans import Plan, days_of
from studio_app.scheduling.rules.zones import DAY, Shift, later_by, shift, shifted_hours
from studio_app.scheduling.splitting import follow_on, rekey

LOOKED_AHEAD = timedelta(days=400)


class TheyWouldMeet(Conflict):
    """Lessons that did not overlap would on the new clock."""


@dataclass(frozen=True, slots=True)
class _Goes:
    """A series on the new wall, and how far it was in the diary."""

    series: Series
    was: Series
    until: date


def keep_local_time(work: Work, was: ZoneInfo, zone: ZoneInfo) -> Shift:
    """A lesson at 16:00 stays at 16:00: what is to come moves to another moment.

    What has begun stays. Each weekly lesson is split, so that what was taught keeps the wall it
    was on. Refused where lessons would meet. Call it before the studio shows the new zone.
    """
    known = access.series_to_come(work, was.key)
    _hold(work, known, was)
    found = shift(access.standing(work, was.key, lock=True), was, zone, work.now)
    if found.clashing:
        raise TheyWouldMeet(
            many(
                "{n} lesson would meet another on the new clock. Move it first.",
                "{n} lessons would meet others on the new clock. Move them first.",
                n=len(found.clashing),
            )
        )
    going = [one for one in (_follow(work, series, zone) for series in known) if one]
    with diary.keeping_promises():
        access.move(work, found.moved)
    for one in going:
        _go_on(work, one)
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


def _hold(work: Work, known: Sequence[Series], was: ZoneInfo) -> None:
    """Who and what all of it needs, and the series; nobody books or moves meanwhile."""
    ids = {i for one in access.standing(work, was.key) for i in one.takes}
    for series in known:
        ids |= {series.id, series.teacher_id, *([series.room_id] if series.room_id else [])}
    ids |= access.enrolled(work, [series.id for series in known])
    diary.lock_ids(work, ids)
    for series in known:
        work.session.refresh(series, with_for_update=True)


def _follow(work: Work, series: Series, zone: ZoneInfo) -> _Goes | None:
    """Cut it where its lessons are to come; None where none is."""
    was = plan_of(work, series, as_ended=False)
    from_on = _first_to_come(work, was, zone)
    if from_on is None or (series.ended_on is not None and series.ended_on < from_on):
        return None
    tail = shifted(was, from_on, from_on, from_on, at=was.at, minutes=was.minutes)
    rows = lessons.lessons_from(work, series.id, from_on)
    split = Split(was, tail, from_on, rows, frozenset())
    last = max((row.occurs_on for row in rows if row.occurs_on), default=from_on)
    known = max(series.generated_until or last, last)
    following = follow_on(work, series, split)
    following.zone = zone.key
    rekey(work, series, following, split)
    return _Goes(following, series, known)


def _first_to_come(work: Work, plan: Plan, zone: ZoneInfo) -> date | None:
    """The first day whose lesson begins after now, on the old clock and on the new."""
    today = local_date(work.now, plan.zone)
    days = days_of(plan, today - timedelta(days=1), today + LOOKED_AHEAD)
    walls = (plan.zone, zone)
    return next(
        (day for day in days if all(to_instant(day, plan.at, wall) > work.now for wall in walls)),
        None,
    )


def _go_on(work: Work, one: _Goes) -> None:
    following = one.series
    generate(work, following, first=following.first_on, until=one.until + timedelta(days=1))
    following.generated_until = one.until
    work.session.flush()
    changed = SeriesChanged(following.id, one.was.id, from_on=following.first_on, rezoned=True)
    work.emit(changed)


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
