"""What the editor of a teacher's hours has on screen, and what can be done with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from reflex.event import EventType

from studio_app.kit.ids import AvailabilityId, TeacherId, TimeOffId
from studio_app.scheduling.commands.availability import (
    change_hours,
    come_back,
    offer_hours,
    take_time_off,
    withdraw_hours,
)
from studio_app.scheduling.queries.absences import AwayRow, absence_ahead, clocks_on
from studio_app.scheduling.queries.availability import HoursOfTeacher, HoursRow, teaching_hours
from studio_app.scheduling.queries.setup import locations
from studio_app.web import routes
from studio_app.web.handlers import handler, loader
from studio_app.web.hours.reading import (
    absence_sent,
    absence_wished,
    clock,
    hours_sent,
    hours_wished,
    whole,
)
from studio_app.web.inputs import as_id
from studio_app.web.opening import Opening
from studio_app.web.words import _, many

AWAY, DATED = "away", "dated"
TYPED = frozenset({"dated_on", "from_at", "until_at", "first_on", "last_on"})
LONGEST = 20
NEW = {"from_at": "15:00", "until_at": "18:00"}
"""With what the form of new hours begins"""


@dataclass(frozen=True)
class BlockLine:
    """Hours as they are listed, and as the form that changes them begins."""

    id: str = ""
    day: str = ""
    span: str = ""
    about: str = ""
    twice: str = ""
    dated_on: str = ""
    weekday: str = ""
    from_at: str = ""
    until_at: str = ""
    location_id: str = ""
    slot_minutes: str = ""
    starts_on: str = ""
    ends_on: str = ""


@dataclass(frozen=True)
class DayLine:
    number: str = ""
    name: str = ""
    blocks: tuple[BlockLine, ...] = ()


@dataclass(frozen=True)
class AwayLine:
    id: str = ""
    when: str = ""
    reason: str = ""
    lessons: str = ""
    """How many fall into it; empty: none"""
    href: str = ""


class HoursScreen(Opening, mixin=True):
    teaches: bool = True
    whose: str = ""
    teacher: str = ""
    today: str = ""
    days: list[DayLine] = []
    dated: list[BlockLine] = []
    away: list[AwayLine] = []
    places: list[dict[str, str]] = []
    ahead: list[str] = []
    """What is said of the open form before it is sent"""
    ahead_href: str = ""
    _wish: dict[str, str] = {}

    @loader
    async def load(self) -> None:
        found = await self._run(teaching_hours, self._teacher())
        self.teaches = found is not None
        if found is not None:
            self._show(found)
            rows = await self._run(locations)
            named = [{"value": str(one.id), "label": one.name} for one in rows]
            self.places = [{"value": "", "label": _("Anywhere, no room")}, *named]

    @handler
    async def look_again(self) -> None:
        """Somebody else changed hours, an absence or the lessons in it."""
        found = await self._run(teaching_hours, self._teacher())
        if found is not None:
            self._show(found)

    @handler
    async def wish(self, name: str, value: str) -> None:
        """Say what the clocks and the diary have to do with it, while it is typed."""
        if name in TYPED:
            self._wish = {**self._wish, name: value[:LONGEST]}
        await self._look_ahead()

    @handler
    async def save(self, sent: dict[str, Any]) -> EventType[()]:
        """New hours, or those whose dialog is open."""
        self.faults = {}
        wish, about = hours_wished(sent), self._about("block")
        undo: Any
        if about:
            known = AvailabilityId(as_id(about))
            was = await self._run_once(self._key, change_hours, known, wish)
            undo = type(self).put_back(about, hours_sent(was))
        else:
            made = await self._run_once(self._key, offer_hours, self._owner(), wish)
            undo = type(self).withdraw(str(made))
        self.opened = ""
        await self._tell(_("Saved."), undo=undo)
        return type(self).load

    @handler
    async def put_back(self, block_id: str, was: dict[str, str]) -> EventType[()]:
        await self._run(change_hours, AvailabilityId(as_id(block_id)), hours_wished(was))
        return type(self).load

    @handler
    async def withdraw(self, block_id: str) -> EventType[()]:
        was = await self._run(withdraw_hours, AvailabilityId(as_id(block_id)))
        self.opened = ""
        undo = type(self).offer_again(self.whose, hours_sent(was))
        await self._tell(_("These hours are not offered any more."), undo=undo)
        return type(self).load

    @handler
    async def offer_again(self, teacher_id: str, was: dict[str, str]) -> EventType[()]:
        await self._run(offer_hours, TeacherId(as_id(teacher_id)), hours_wished(was))
        return type(self).load

    @handler
    async def go_away(self, sent: dict[str, Any]) -> EventType[()]:
        self.faults = {}
        absence = absence_wished(sent)
        made = await self._run_once(self._key, take_time_off, self._owner(), absence)
        found = await self._run(absence_ahead, absence, teacher_id=self._owner())
        self.opened = ""
        undo = type(self).take_back(str(made))
        await self._tell(_("Nothing can be booked then."), detail=_fall(found.lessons), undo=undo)
        return type(self).load

    @handler
    async def take_back(self, time_off_id: str) -> EventType[()]:
        was = await self._run(come_back, TimeOffId(as_id(time_off_id)))
        undo = type(self).go_again(self.whose, absence_sent(was))
        await self._tell(_("Not away then any more."), undo=undo)
        return type(self).load

    @handler
    async def go_again(self, teacher_id: str, was: dict[str, str]) -> EventType[()]:
        await self._run(take_time_off, TeacherId(as_id(teacher_id)), absence_wished(was))
        return type(self).load

    async def _opened(self, name: str) -> None:
        begins = {AWAY: {"first_on": self.today}, DATED: dict(NEW)}
        self._wish = begins.get(name, {})
        await self._look_ahead()

    async def _look_ahead(self) -> None:
        self.ahead, self.ahead_href = [], ""
        if self.opened == AWAY:
            await self._look_at_absence()
        elif self.opened == DATED:
            await self._look_at_clocks()

    async def _look_at_absence(self) -> None:
        absence = whole(absence_wished, self._wish)
        if absence is not None:
            found = await self._run(absence_ahead, absence, teacher_id=self._owner())
            self.ahead = [words for words in (_fall(found.lessons), found.clocks) if words]
            self.ahead_href = self._lessons(found.first_on.isoformat()) if found.lessons else ""

    async def _look_at_clocks(self) -> None:
        wish = whole(hours_wished, {"dated_on": "", **self._wish})
        if wish is not None and wish.dated_on is not None:
            span = (wish.from_minute, wish.until_minute)
            words = await self._run(clocks_on, wish.dated_on, *span)
            self.ahead = [words] if words else []

    def _show(self, found: HoursOfTeacher) -> None:
        self.whose, self.teacher = str(found.teacher_id), found.teacher
        self.today = found.today.isoformat()
        self.days = [
            DayLine(str(day.number), day.name, tuple(map(_block, day.hours))) for day in found.week
        ]
        self.dated = [_block(row) for row in found.dated]
        self.away = [self._away(row) for row in found.away]

    def _away(self, row: AwayRow) -> AwayLine:
        lessons = _fall(row.lessons) if row.lessons else ""
        href = self._lessons(row.first_on.isoformat())
        return AwayLine(str(row.id), row.when, row.reason, lessons, href)

    def _owner(self) -> TeacherId:
        return TeacherId(as_id(self.whose))

    def _teacher(self) -> TeacherId | None:
        """Whose hours these are; None: one's own."""
        return None

    def _lessons(self, day: str) -> str:
        """Where the lessons from this day on are seen to."""
        return f"{routes.WEEK}?date={day}"


def _fall(lessons: int) -> str:
    if not lessons:
        return _("No lesson falls into it.")
    return many("{n} lesson falls into it.", "{n} lessons fall into it.", n=lessons)


def _block(row: HoursRow) -> BlockLine:
    kept: Mapping[str, str] = hours_sent(row)
    return BlockLine(
        id=str(row.id),
        day=row.day,
        span=row.span,
        about=" · ".join(part for part in (row.location, row.slots, row.lasting) if part),
        twice=row.twice,
        dated_on=kept.get("dated_on", ""),
        weekday=kept.get("weekday", ""),
        from_at=clock(row.from_minute),
        until_at=clock(row.until_minute),
        location_id=kept["location_id"],
        slot_minutes=kept["slot_minutes"],
        starts_on=kept["starts_on"],
        ends_on=kept["ends_on"],
    )
