"""What open times are found in, read in three statements whatever is asked."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import text

from studio_app.kit.clock import Slot
from studio_app.kit.errors import NotFound
from studio_app.kit.ids import (
    ClosureId,
    LessonId,
    LessonTypeId,
    LocationId,
    RoomId,
    StudentId,
    TeacherId,
)
from studio_app.kit.ready import Ready
from studio_app.kit.work import Work
from studio_app.scheduling.access.setup import put_away
from studio_app.scheduling.bank_holidays_gateway import bank_holidays
from studio_app.scheduling.rules.booking import BookingRules, rules_of
from studio_app.scheduling.rules.hours import Away, Hours
from studio_app.scheduling.rules.openings import Busy, Hall
from studio_app.scheduling.rules.year import ClosedDays, SchoolYear, observed
from studio_app.scheduling.wishes import SlotSearch

# Small tables as one row: what a studio has of each is a handful, and a statement costs more.
FRAME = """
    select s.timezone, s.country, s.region, k.name, k.minutes, k.capacity, k.is_online,
      k.archived_at is not null as put_away,
      (select to_jsonb(r) from booking_rule r where r.lesson_type_id is null) as general,
      (select to_jsonb(r) from booking_rule r where r.lesson_type_id = k.id) as own,
      (select jsonb_agg(jsonb_build_array(c.id, c.name, c.starts_on, c.ends_on, c.location_id))
        from closure c where c.ends_on >= :first_on and c.starts_on <= :last_on) as closures,
      (select array_agg(h.name) from ignored_holiday h) as ignored,
      (select jsonb_agg(jsonb_build_array(r.id, r.location_id, r.single_use, r.max_capacity)
          order by r.max_capacity nulls last, r.name, r.id)
        from room r where r.archived_at is null) as rooms {more}
    from lesson_type k join studio s on s.id = k.studio_id where k.id = :kind
    """
_FRAME = Ready(text(FRAME.format(more="")))
_HOURS = Ready(
    text("""
    with teaching as (
      select t.id from teacher t where t.archived_at is null
        and (cast(:teacher as uuid) is null or t.id = :teacher)
        and (cast(:instrument as text) = '' or exists (
          select from unnest(t.instruments) i where lower(i) = lower(cast(:instrument as text))))
    )
    select a.teacher_id, a.location_id, a.from_minute, a.until_minute, a.weekday, a.dated_on,
      a.slot_minutes, a.starts_on, a.ends_on from availability a join teaching t
      on t.id = a.teacher_id where (a.dated_on is null or a.dated_on between :first_on and :last_on)
      and (cast(:place as uuid) is null or a.location_id = :place)
    union all
    select o.teacher_id, null, o.from_minute, o.until_minute, 0, o.first_on, null, null, o.last_on
      from time_off o join teaching t on t.id = o.teacher_id
      where o.last_on >= :first_on and o.first_on <= :last_on
    """)
)
_BUSY = Ready(
    text("""
    with theirs as (
      select s.lesson_id, s.student_id from seat s
      where s.student_id = any(cast(:students as uuid[])) and s.left_at is null
        and s.starts_at > cast(:begins as timestamptz) - interval '1 day' and s.starts_at < :ends
    )
    select l.id, l.starts_at, l.ends_at, l.teacher_id, l.room_id, r.location_id, l.lesson_type_id,
      r.max_capacity, case when l.lesson_type_id = cast(:group as uuid)
        then array(select s.student_id from seat s where s.lesson_id = l.id and s.left_at is null)
        else array(select t.student_id from theirs t where t.lesson_id = l.id) end
    from lesson l left join room r on r.id = l.room_id
    where l.blocking and l.starts_at > cast(:begins as timestamptz) - interval '1 day'
      and l.starts_at < :ends and l.ends_at > :begins
      and (l.teacher_id = any(cast(:teachers as uuid[])) or l.room_id = any(cast(:rooms as uuid[]))
        or l.lesson_type_id = cast(:group as uuid)
        or l.id in (select t.lesson_id from theirs t))
    """)
)
_ELSEWHERE = Ready(text("select * from busy_elsewhere(cast(:students as uuid[]), :begins, :ends)"))
_NOBODY = TeacherId(UUID(int=0))
AWAY = 0
"""No weekday has this number: such a row of the hours is a time off."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What a studio and a kind of lesson say about any open time."""

    zone: ZoneInfo
    minutes: int
    capacity: int | None
    is_online: bool
    rules: BookingRules
    year: SchoolYear
    rooms: tuple[tuple[Hall, int | None], ...]
    """Each with how many it holds, the smallest first"""

    def closed_at(self, place: LocationId | None, first: date, last: date) -> set[date]:
        days = {day for day in self.year.holidays if first <= day <= last}
        for closure in self.year.closures:
            if closure.location_id in {None, place}:
                begins, ends = max(first, closure.first_on), min(last, closure.last_on)
                days.update(map(date.fromordinal, range(begins.toordinal(), ends.toordinal() + 1)))
        return days

    def place_of(self, room_id: RoomId | None) -> LocationId | None:
        return next((hall.location_id for hall, _holds in self.rooms if hall.id == room_id), None)


@dataclass(frozen=True, slots=True)
class TeachingHours:
    blocks: list[Hours]
    away: list[Away]


class Booked(NamedTuple):
    """A lesson in the diary: what it takes, what it is, and how many its room holds."""

    lesson_id: LessonId
    lesson_type_id: LessonTypeId
    room_holds: int | None
    busy: Busy


def frame(work: Work, kind: LessonTypeId, first: date, last: date) -> Frame:
    """NotFound without such a kind of lesson; PutAway where it is no longer offered."""
    given = {"kind": kind, "first_on": first, "last_on": last}
    row = _FRAME.send(work.session.connection(), given).one_or_none()
    if row is None:
        raise NotFound
    if row.put_away:
        raise put_away(row.name)
    return framed(row, first, last)


def framed(row: Any, first: date, last: date) -> Frame:
    """What a row of the statement `FRAME` says."""
    return Frame(
        zone=ZoneInfo(row.timezone),
        minutes=row.minutes,
        capacity=row.capacity,
        is_online=row.is_online,
        rules=rules_of(row.general or {}, row.own or {}),
        year=SchoolYear(
            [_closure(*one) for one in row.closures or ()], _holidays(row, first, last)
        ),
        rooms=tuple(_room(*one) for one in row.rooms or ()),
    )


def hours(work: Work, search: SlotSearch, last: date) -> TeachingHours:
    """When one teacher, or any of an instrument, teaches and is away up to `last`."""
    given: dict[str, Any] = {"first_on": search.first_on, "last_on": last}
    given |= {"teacher": search.teacher_id, "place": search.location_id}
    given["instrument"] = search.instrument.strip()
    rows = _HOURS.send(work.session.connection(), given).all()
    return TeachingHours(
        [Hours(*row) for row in rows if row[4] != AWAY],
        [Away(r[0], r[5], r[2], r[8], r[3]) for r in rows if r[4] == AWAY],
    )


def booked(
    work: Work,
    span: Slot,
    *,
    teachers: Collection[TeacherId],
    rooms: Collection[RoomId],
    students: Collection[StudentId],
    group: LessonTypeId | None = None,
) -> list[Booked]:
    """Lessons that block this span for any of these, and all those of one kind.

    Those of the kind name everybody who takes part; the others only who of these students does.
    """
    given: dict[str, Any] = {"begins": span.starts_at, "ends": span.ends_at}
    given |= {"teachers": list[UUID](teachers), "rooms": list[UUID](rooms)}
    given |= {"students": list[UUID](students), "group": group}
    return [booked_row(row) for row in _BUSY.send(work.session.connection(), given)]


def booked_row(r: Any) -> Booked:
    return Booked(r[0], r[6], r[7], Busy(Slot(r[1], r[2]), r[3], r[4], r[5], frozenset(r[8])))


def elsewhere(work: Work, students: Collection[StudentId], span: Slot) -> list[Busy]:
    """When these are taken in other studios: nobody learns by whom, where or why."""
    given: dict[str, Any] = {"students": list[UUID](students)}
    given |= {"begins": span.starts_at, "ends": span.ends_at}
    rows = _ELSEWHERE.send(work.session.connection(), given)
    return [Busy(Slot(r[1], r[2]), _NOBODY, None, None, frozenset({r[0]})) for r in rows]


def _closure(closure: str, name: str, starts: str, ends: str, place: str | None) -> ClosedDays:
    where = LocationId(UUID(place)) if place else None
    first, last = date.fromisoformat(starts), date.fromisoformat(ends)
    return ClosedDays(ClosureId(UUID(closure)), name, first, last, where)


def _room(room: str, place: str, single_use: bool, holds: int | None) -> tuple[Hall, int | None]:  # noqa: FBT001  as Postgres answers
    return Hall(RoomId(UUID(room)), LocationId(UUID(place)), single_use), holds


def _holidays(row: Any, first: date, last: date) -> dict[date, str]:
    found = bank_holidays(row.country, row.region, first, last + timedelta(days=1))
    return observed(found, row.ignored or ())
