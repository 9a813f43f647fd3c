"""The school year: terms, closures, and the bank holidays a studio keeps."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import reflex as rx
from reflex.event import EventType

from studio_app.identity.queries import my_profile
from studio_app.kit.clock import local_date, utc_now
from studio_app.kit.ids import ClosureId, LocationId, TermId
from studio_app.scheduling.commands.year import (
    add_term,
    change_term,
    close_studio_on,
    ignore_holiday,
    observe_holiday,
    remove_term,
    reopen_studio,
)
from studio_app.scheduling.queries.setup import (
    closure_ahead,
    closures,
    holidays_between,
    locations,
    terms,
)
from studio_app.web.handlers import handler, loader
from studio_app.web.inputs import Form, as_id
from studio_app.web.opening import Opening
from studio_app.web.words import _, many

YEAR = timedelta(days=366)


@dataclass(frozen=True)
class TermLine:
    id: str = ""
    name: str = ""
    dates: str = ""
    starts_on: str = ""
    ends_on: str = ""


@dataclass(frozen=True)
class ClosureLine:
    id: str = ""
    name: str = ""
    dates: str = ""
    location: str = ""


@dataclass(frozen=True)
class HolidayLine:
    key: str = ""
    name: str = ""
    when: str = ""
    kept: bool = True


class YearState(Opening, rx.State):
    terms: list[TermLine] = []
    closures: list[ClosureLine] = []
    holidays: list[HolidayLine] = []
    places: list[dict[str, str]] = []
    ahead: str = ""
    """What closing on the days typed would call off."""
    _looked_at: tuple[date, date, LocationId | None] | None = None
    """For which days that was said: for others it is said again."""

    @loader
    async def load(self) -> None:
        today = await self._today()
        self.terms = [
            TermLine(str(t.id), t.name, t.dates, t.starts_on.isoformat(), t.ends_on.isoformat())
            for t in await self._run(terms)
        ]
        self.closures = [
            ClosureLine(str(c.id), c.name, c.dates, c.location)
            for c in await self._run(closures, since=today)
        ]
        self.holidays = [
            HolidayLine(h.key, h.name, h.when, h.observed)
            for h in await self._run(holidays_between, today, today + YEAR)
        ]
        everywhere = {"value": "", "label": _("Everywhere")}
        found = await self._run(locations)
        self.places = [everywhere, *({"value": str(p.id), "label": p.name} for p in found)]

    @handler
    async def save_term(self, sent: dict[str, Any]) -> EventType[()]:
        """A new term, or the one whose dialog is open."""
        self.faults = {}
        form = Form(sent)
        name, first, last = (
            form.text("name", longest=80),
            form.day("starts_on"),
            form.day("ends_on"),
        )
        form.check()
        about = self._about("term")
        dates = {"name": name, "starts_on": first, "ends_on": last}
        if about:
            await self._run_once(self._key, change_term, TermId(as_id(about)), **dates)
        else:
            await self._run_once(self._key, add_term, **dates)
        return await self._saved()

    @handler
    async def remove_term(self, term_id: str) -> EventType[()]:
        await self._run(remove_term, TermId(as_id(term_id)))
        await self._tell(_("The term was removed."))
        return YearState.load

    @handler
    async def look_ahead(self, sent: dict[str, Any]) -> None:
        """Say what closing would call off, before it is done."""
        _name, first, last, place = _closure(sent)
        found = await self._run(closure_ahead, first, last, location_id=place)
        n = found.lessons
        self._looked_at = (first, last, place)
        said = many("{n} lesson would be called off.", "{n} lessons would be called off.", n=n)
        self.ahead = said if n else _("No lesson is then.")

    @handler
    async def close(self, sent: dict[str, Any]) -> EventType[()]:
        """The first time it says what would happen; sent again, it is done."""
        self.faults = {}
        name, first, last, place = _closure(sent)
        if self._looked_at != (first, last, place):
            return YearState.look_ahead(sent)
        keep = Form(sent).flag("keep_lessons")
        closure_id = await self._run_once(
            self._key,
            close_studio_on,
            name=name,
            first_on=first,
            last_on=last,
            location_id=place,
            keep_lessons=keep,
        )
        self.opened = ""
        undo = YearState.reopen(str(closure_id))
        await self._tell(_("Closed: {name}.", name=name), undo=undo)
        return YearState.load

    @handler
    async def reopen(self, closure_id: str) -> EventType[()]:
        back = await self._run(reopen_studio, ClosureId(as_id(closure_id)))
        n, lost = back.restored, ""
        words = many("{n} lesson takes place again.", "{n} lessons take place again.", n=n)
        if back.still_off:
            lost = many("{n} time was taken.", "{n} times were taken.", n=back.still_off)
        await self._tell(words, detail=lost)
        return YearState.load

    @handler
    async def keep_holiday(self, key: str, kept: bool) -> EventType[()]:
        await self._run(observe_holiday if kept else ignore_holiday, key)
        return YearState.load

    async def _opened(self, name: str) -> None:
        self.ahead, self._looked_at = "", None

    async def _saved(self) -> EventType[()]:
        self.opened = ""
        await self._tell(_("Saved."))
        return YearState.load

    async def _today(self) -> date:
        zone = ZoneInfo((await self._run(my_profile)).timezone)
        return local_date(utc_now(), zone)


def _closure(sent: dict[str, Any]) -> tuple[str, date, date, LocationId | None]:
    form = Form(sent)
    name, first = form.text("name", longest=80), form.day("first_on")
    last, place = form.optional_day("last_on") or first, form.optional_id("location_id")
    form.check()
    return name, first, last, LocationId(place) if place else None
