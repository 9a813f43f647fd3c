"""What the booking page shows: whom it is for, which days, which times, and what was picked."""

from datetime import timedelta
from typing import Any

import reflex as rx
from reflex.event import EventType

from studio_app.bookings.commands.booking import book
from studio_app.bookings.queries.choices import Choices, Learner, my_choices
from studio_app.bookings.queries.my_policies import policies_in_force
from studio_app.bookings.queries.offers import Offer, Offers, offers
from studio_app.bookings.queries.paying import paid_by_credit
from studio_app.bookings.wishes import Asked, BookingKind, BookingWish
from studio_app.kit.errors import NotFound
from studio_app.kit.ids import LessonTypeId, StudentId, TeacherId, new_id
from studio_app.scheduling.queries.families import studio_today
from studio_app.web import routes
from studio_app.web.handlers import handler, loader
from studio_app.web.inputs import as_id
from studio_app.web.portal.book_drawing import (
    ChildChip,
    GroupLine,
    Picked,
    about,
    day_strip,
    group_line,
    kind_option,
    moment,
    slot,
    value_of,
)
from studio_app.web.session import PageState
from studio_app.web.words import _

WINDOW = timedelta(weeks=4)
FURTHEST = 6
ANYBODY = ""


class BookState(PageState, rx.State):
    children: list[ChildChip] = []
    kinds: list[dict[str, str]] = []
    teachers: list[dict[str, str]] = []
    child: str = ""
    kind: str = ""
    teacher: str = ANYBODY
    days: list[dict[str, Any]] = []
    day: str = ""
    times: list[dict[str, Any]] = []
    groups: list[GroupLine] = []
    picked: Picked = Picked()
    every_week: bool = False
    meaning: str = ""
    paid_by: str = ""
    """Which credit pays for what was picked; empty: none does"""
    can_book: bool = False
    gone: bool = False
    """Somebody was faster with the time that was picked"""
    has_policy: bool = False
    """Who books agrees to it"""
    is_later: bool = False
    is_last: bool = False
    _choices: Choices = Choices((), (), ())
    _found: tuple[Offer, ...] = ()
    _turned: int = 0
    _key: str = ""

    @loader
    async def load(self) -> None:
        self._choices = await self._run(my_choices)
        self.has_policy = bool(await self._run(policies_in_force))
        self.can_book, self.gone, self._turned = self._choices.any, False, 0
        if self.can_book:
            self._preset(self._learner())
            await self._search()

    @handler
    async def look_again(self) -> None:
        """Somebody booked or gave back something: what is shown is open."""
        if self.can_book:
            await self._search()

    @handler
    async def choose_child(self, child: str) -> None:
        self.child = str(as_id(child))
        self._preset(self._learner())
        await self._afresh()

    @handler
    async def choose_kind(self, kind: str) -> None:
        self.kind = str(as_id(kind))
        await self._afresh()

    @handler
    async def choose_teacher(self, teacher: str) -> None:
        self.teacher = str(as_id(teacher)) if teacher else ANYBODY
        await self._afresh()

    @handler
    async def choose_day(self, day: str, marker: str) -> None:
        self.day, self.picked, self.gone = day, Picked(), False
        self._show()

    @handler
    async def choose_time(self, value: str, marker: str) -> None:
        await self._pick(value)

    @handler
    async def choose_place(self, value: str) -> None:
        await self._pick(value)

    @handler
    async def turn_weekly(self) -> None:
        self.every_week = self.picked.weekly and not self.every_week
        await self._ask_for_credit()

    @handler
    async def later(self) -> None:
        self._turned = min(self._turned + 1, FURTHEST)
        await self._afresh()

    @handler
    async def sooner(self) -> None:
        self._turned = max(self._turned - 1, 0)
        await self._afresh()

    @handler
    async def confirm(self) -> EventType[()]:
        wish = self._wish(self._offer(self.picked.value))
        booking_id = await self._run_once(self._key, book, wish)
        self.picked, self.every_week = Picked(), False
        return rx.redirect(routes.filled(routes.PORTAL_BOOKING, booking_id=booking_id))

    def _learner(self) -> Learner:
        """The chosen child, else the first; of somebody else's there is none."""
        known = {str(one.id): one for one in self._choices.learners}
        if not known:
            raise NotFound
        return known.get(self.child) or next(iter(known.values()))

    def _preset(self, learner: Learner) -> None:
        """As the last lesson was: then only the time is left to choose."""
        kinds, teachers = self._choices.kinds, self._choices.teachers
        offering = {one.id for one in teachers}
        self.child = str(learner.id)
        usual = min(kinds, key=lambda kind: kind.is_group)
        self.kind = str(learner.kind_id or usual.id)
        self.teacher = str(learner.teacher_id) if learner.teacher_id in offering else ANYBODY
        if self.teacher == ANYBODY and len(teachers) == 1:
            self.teacher = str(teachers[0].id)
        several = len(self._choices.learners) > 1
        self.children = [
            ChildChip(str(one.id), one.first_name, one.id == learner.id)
            for one in self._choices.learners
            if several
        ]
        self.kinds = [kind_option(one) for one in kinds]
        anybody = [{"value": ANYBODY, "label": _("Any teacher")}] if len(teachers) > 1 else []
        self.teachers = anybody + [{"value": str(one.id), "label": one.name} for one in teachers]

    async def _afresh(self) -> None:
        self.picked, self.day, self.gone, self.every_week = Picked(), "", False, False
        await self._search()

    async def _search(self) -> None:
        first = await self._run(studio_today) + self._turned * WINDOW
        learner = self._learner()
        instrument = learner.instrument if self.teacher == ANYBODY else ""
        taught = {name.lower() for one in self._choices.teachers for name in one.instruments}
        asked = Asked(
            learner.id,
            LessonTypeId(as_id(self.kind)),
            first,
            first + WINDOW,
            TeacherId(as_id(self.teacher)) if self.teacher else None,
            instrument if instrument.lower() in taught else "",
        )
        found: Offers = await self._run(offers, asked)
        self._found = tuple(sorted((*found.openings, *found.places), key=moment))
        self.meaning = found.meaning
        self.is_later, self.is_last = self._turned > 0, self._turned >= FURTHEST
        await self._draw()

    async def _draw(self) -> None:
        self.days = day_strip(self._found, (await self._actor()).locale)
        open_days = [one["value"] for one in self.days]
        if self.day not in open_days:
            self.day = next(iter(open_days), "")
        if self.picked.value and self.picked.value not in map(value_of, self._found):
            self.picked, self.gone = Picked(), True
        self._show()

    def _show(self) -> None:
        """The times of the chosen day."""
        today = [one for one in self._found if one.on.isoformat() == self.day]
        self.times = [
            slot(one, named=self.teacher == ANYBODY) for one in today if not one.lesson_id
        ]
        self.groups = [group_line(one, self.picked.value) for one in today if one.lesson_id]

    async def _pick(self, value: str) -> None:
        one = self._offer(value)
        self._key, self.gone, self.every_week = str(new_id()), False, False
        is_group = one.lesson_id is not None
        self.picked = Picked(value, one.when, about(one), one.weekly, one.weekly_but, is_group)
        self._show()
        await self._ask_for_credit()

    async def _ask_for_credit(self) -> None:
        one = self._offer(self.picked.value)
        self.paid_by = (await self._run(paid_by_credit, self._wish(one), one.ends_at)).words

    def _offer(self, value: str) -> Offer:
        found = next((one for one in self._found if value_of(one) == value), None)
        if found is None:
            raise NotFound
        return found

    def _wish(self, one: Offer) -> BookingWish:
        kind = BookingKind.WEEKLY if self.every_week else BookingKind.SINGLE
        return BookingWish(
            StudentId(as_id(self.child)),
            LessonTypeId(as_id(self.kind)),
            one.teacher_id,
            one.starts_at,
            one.location_id if one.lesson_id is None else None,
            BookingKind.PLACE if one.lesson_id is not None else kind,
        )
