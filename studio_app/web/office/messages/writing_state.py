"""A text for many while it is written: to whom, by which ways, and how it reads."""

from dataclasses import dataclass
from typing import Any

import reflex as rx
from reflex.event import EventType

from studio_app.kit.ids import TeacherId, new_id
from studio_app.messaging.commands.bulk import Draft, send_to_many
from studio_app.messaging.queries.bulk import (
    Audience,
    BulkCard,
    Channel,
    Reach,
    Reached,
    bulk_reach,
    bulk_reading,
    choosable_audiences,
    recent_bulks,
)
from studio_app.people.queries.students import StudentStatus
from studio_app.web import routes
from studio_app.web.handlers import handler, loader
from studio_app.web.inputs import Form, Invalid, as_id
from studio_app.web.session import PageState
from studio_app.web.words import _, many, say

WAYS = (Channel.EMAIL, Channel.TEXT, Channel.INBOX)
LONGEST = 10_000
SHOWN = 300


@dataclass(frozen=True)
class WayShown:
    """One way it can go, and how many it would reach."""

    value: str = ""
    label: str = ""
    chosen: bool = False
    count: str = ""


@dataclass(frozen=True)
class PersonShown:
    name: str = ""
    ways: str = ""


@dataclass(frozen=True)
class ReadingShown:
    subject: str = ""
    body: str = ""
    text: str = ""
    size: str = ""
    name: str = ""


@dataclass(frozen=True)
class BulkLine:
    subject: str = ""
    about: str = ""
    href: str = ""


class WritingState(PageState, rx.State):
    statuses: list[dict[str, str]] = []
    teachers: list[dict[str, str]] = []
    instruments: list[dict[str, str]] = []
    status: str = StudentStatus.ACTIVE.value
    teacher: str = ""
    instrument: str = ""
    ways: list[WayShown] = []
    is_news: bool = False
    reached: list[PersonShown] = []
    unreached: list[PersonShown] = []
    reached_said: str = ""
    unreached_said: str = ""
    send_said: str = ""
    can_send: bool = False
    reading: ReadingShown = ReadingShown()
    before: list[BulkLine] = []
    asking: bool = False
    _chosen: list[str] = [Channel.EMAIL.value]
    _typed: dict[str, str] = {}
    _key: str = ""
    """Of this text: pressing twice sends it once."""

    @loader
    async def load(self) -> None:
        found = await self._run(choosable_audiences)
        anybody = {"value": "", "label": _("Any teacher")}
        self.teachers = [anybody, *({"value": str(i), "label": n} for i, n in found.teachers)]
        anything = {"value": "", "label": _("Any instrument")}
        self.instruments = [anything, *({"value": n, "label": n} for n in found.instruments)]
        self.statuses = [{"value": s.value, "label": say(s.label)} for s in StudentStatus]
        self.status, self.teacher, self.instrument = StudentStatus.ACTIVE.value, "", ""
        self._chosen, self.is_news, self.asking = [Channel.EMAIL.value], False, False
        self._typed, self.reading, self.faults = {}, ReadingShown(), {}
        self._key = str(new_id())
        self.before = [_line(one) for one in await self._run(recent_bulks)]
        await self._look()

    @handler
    async def choose_status(self, status: str) -> None:
        self.status = StudentStatus(status).value if status in {*StudentStatus} else self.status
        await self._look()

    @handler
    async def choose_teacher(self, teacher: str) -> None:
        self.teacher = teacher if teacher in {one["value"] for one in self.teachers} else ""
        await self._look()

    @handler
    async def choose_instrument(self, instrument: str) -> None:
        known = {one["value"] for one in self.instruments}
        self.instrument = instrument if instrument in known else ""
        await self._look()

    @handler
    async def choose_way(self, way: str) -> None:
        others = [one for one in self._chosen if one != way]
        on = way in {one.value for one in WAYS} and way not in self._chosen
        self._chosen = [*others, way] if on else others
        await self._look()

    @handler
    async def choose_news(self, is_news: bool) -> None:
        self.is_news = is_news
        await self._look()

    @handler(supersedes=True)
    async def type_subject(self, typed: str) -> None:
        await self._type("subject", typed)

    @handler(supersedes=True)
    async def type_body(self, typed: str) -> None:
        await self._type("body", typed)

    @handler
    async def ask(self, sent: dict[str, Any]) -> None:
        """The button at the foot: once more, with the number of people."""
        self.faults = {}
        self._take(sent)
        faults = (await self._read()).faults
        if faults:
            raise Invalid(faults)
        self.asking = True

    @handler
    async def show_question(self, is_open: bool) -> None:
        self.asking = is_open

    @handler
    async def send(self) -> EventType[()]:
        self.asking = False
        draft = Draft(
            self._typed.get("subject", ""),
            self._typed.get("body", ""),
            self._channels(),
            self.is_news,
        )
        bulk_id = await self._run(send_to_many, draft, self._audience(), key=self._key)
        return rx.redirect(routes.filled(routes.BULK, bulk_id=bulk_id))

    async def _type(self, part: str, typed: str) -> None:
        self._take({**self._typed, part: typed})
        await self._show_reading()

    async def _look(self) -> None:
        """Whom it would reach now, and how it reads for the first of them."""
        channels = self._channels()
        found = await self._run(bulk_reach, self._audience(), WAYS, is_news=self.is_news)
        self.ways = [_way(one, found, self._chosen) for one in WAYS]
        people = [(one, [way for way in one.ways if way in channels]) for one in found.people]
        self.reached = [_person(one, ways) for one, ways in people if ways][:SHOWN]
        self.unreached = [_person(one, []) for one, ways in people if not ways][:SHOWN]
        count = sum(bool(ways) for _one, ways in people)
        missed = len(people) - count
        self.reached_said = many("{n} person", "{n} people", n=count)
        self.unreached_said = many("{n} person", "{n} people", n=missed) if missed else ""
        self.send_said = many("Send to {n} person", "Send to {n} people", n=count)
        self.can_send = count > 0
        await self._show_reading()

    async def _show_reading(self) -> None:
        if not (self._typed.get("subject") or self._typed.get("body")):
            return
        found = await self._read()
        empty = {part for part in ("subject", "body") if not self._typed.get(part)}
        self.faults = {name: str(f) for name, f in found.faults.items() if name not in empty}
        if not found.faults:
            self.reading = ReadingShown(
                found.subject,
                found.body,
                found.text if Channel.TEXT.value in self._chosen else "",
                many("sent as {n} text", "sent as {n} texts", n=found.texts),
                self._first(),
            )

    async def _read(self) -> Any:
        subject, body = self._typed.get("subject", ""), self._typed.get("body", "")
        return await self._run(bulk_reading, subject, body, self._channels(), name=self._first())

    def _take(self, sent: dict[str, Any]) -> None:
        read = Form(sent)
        parts = ("subject", "body")
        self._typed = {part: read.optional_text(part, longest=LONGEST + 1) for part in parts}

    def _first(self) -> str:
        return self.reached[0].name if self.reached else ""

    def _channels(self) -> tuple[Channel, ...]:
        return tuple(way for way in WAYS if way.value in self._chosen)

    def _audience(self) -> Audience:
        teacher = TeacherId(as_id(self.teacher)) if self.teacher else None
        return Audience((StudentStatus(self.status),), teacher, self.instrument)


def _way(way: Channel, found: Reach, chosen: list[str]) -> WayShown:
    return WayShown(way.value, say(way.label), way.value in chosen, str(found.by_way[way]))


def _person(one: Reached, ways: list[Channel]) -> PersonShown:
    return PersonShown(one.name, ", ".join(say(way.label) for way in ways))


def _line(one: BulkCard) -> BulkLine:
    people = many("{n} person", "{n} people", n=one.recipients)
    about = " · ".join(part for part in (one.when, people, one.by) if part)
    return BulkLine(one.subject, about, routes.filled(routes.BULK, bulk_id=one.id))
