"""One re-enrolment run: looked at before it is sent, followed while families answer."""

from typing import Any

import reflex as rx
from reflex.event import EventType

from studio_app.bookings.commands.reenrolling import (
    Answer,
    answer_for_family,
    close_rollover,
    remind_unanswered,
)
from studio_app.bookings.commands.rollover import (
    change_answer_by,
    discard_rollover,
    leave_out,
    plan_next,
)
from studio_app.bookings.commands.sending_rollover import send_rollover
from studio_app.bookings.queries.rollover import rollover_run
from studio_app.bookings.queries.rollover_checks import rollover_checks
from studio_app.kit.ids import FamilyId, RolloverId, RolloverLessonId, RolloverPlaceId
from studio_app.messaging.queries.within_reach import students_out_of_reach
from studio_app.web import routes
from studio_app.web.handlers import handler, loader
from studio_app.web.inputs import Form, as_id
from studio_app.web.office.rollover.lines import (
    ALL,
    Head,
    Looked,
    PlaceLine,
    head_of,
    line_of,
    shown,
)
from studio_app.web.opening import Opening
from studio_app.web.ui.reasons import DESPITE
from studio_app.web.words import _, many

PREPARED = "prepared"


class RolloverRunState(Opening, rx.State):
    head: Head = Head()
    lines: list[PlaceLine] = []
    which: str = ALL
    teacher: str = ""
    teachers: list[dict[str, str]] = []
    _all: list[PlaceLine] = []

    @loader
    async def load(self) -> None:
        self.which, self.teacher = ALL, ""
        await self._look()

    @handler
    async def look_again(self) -> None:
        await self._look()

    @handler
    async def show(self, which: str) -> None:
        self.which = ALL if which == self.which else which
        self._filter()

    @handler
    async def of_teacher(self, teacher: str) -> None:
        self.teacher = teacher
        self._filter()

    @handler
    async def leave_out(self, place_id: str) -> None:
        await self._run(leave_out, self._id(), [_place(place_id)])
        await self._look()

    @handler
    async def ask_after_all(self, place_id: str) -> None:
        await self._run(leave_out, self._id(), [_place(place_id)], out=False)
        await self._look()

    @handler
    async def change(self, sent: dict[str, Any]) -> None:
        self.faults = {}
        typed = Form(sent)
        at = typed.clock("at")
        day = typed.number("weekday", least=1, most=7) if sent.get("weekday") else None
        typed.check()
        lesson_id = RolloverLessonId(as_id(self._about("change").partition(" ")[0]))
        await self._run(plan_next, self._id(), lesson_id, weekday=day, at=at)
        self.opened = ""
        await self._look()

    @handler
    async def save_day(self, sent: dict[str, Any]) -> None:
        self.faults = {}
        typed = Form(sent)
        day = typed.day("answer_by")
        typed.check()
        await self._run(change_answer_by, self._id(), day)
        self.opened = ""
        await self._look()
        await self._tell(_("Saved."))

    @handler
    async def send(self, sent: dict[str, Any]) -> None:
        despite = Form(sent).optional_text(DESPITE)
        await self._run_once(self._key, send_rollover, self._id(), despite=despite)
        self.opened = ""
        await self._look()
        await self._tell(_("Families are asked. The times are kept for them."))

    @handler
    async def discard(self) -> EventType[()]:
        await self._run(discard_rollover, self._id())
        await self._tell(_("Thrown away. Nobody was asked."))
        return rx.redirect(routes.ROLLOVERS)

    @handler
    async def yes(self, place_id: str) -> None:
        await self._answer(place_id, Answer.YES)

    @handler
    async def no(self, sent: dict[str, Any]) -> None:
        """With the reason they gave, if they gave one: the teacher reads it."""
        reason = Form(sent).optional_text("reason", longest=500)
        await self._answer(self._about("no"), Answer.NO, reason)
        self.opened = ""

    @handler
    async def remind(self, family_id: str) -> None:
        n = await self._run(remind_unanswered, self._id(), family_id=FamilyId(as_id(family_id)))
        await self._reminded(n)

    @handler
    async def remind_all(self) -> None:
        await self._reminded(await self._run(remind_unanswered, self._id()))

    @handler
    async def close(self, sent: dict[str, Any]) -> None:
        """Without silent families nothing has to be said about them."""
        self.faults = {}
        typed = Form(sent)
        rest = typed.choice("rest", Answer) if self.head.waiting else None
        typed.check()
        await self._run_once(self._key, close_rollover, self._id(), rest=rest)
        self.opened = ""
        await self._look()
        await self._tell(_("Closed. No more answers are taken."))

    async def _answer(self, place_id: str, answer: Answer, reason: str = "") -> None:
        said = {_place(place_id): answer}
        await self._run(answer_for_family, self._id(), said, reason=reason)
        await self._look()
        await self._tell(_("Noted. The family gets it in writing."))

    async def _reminded(self, n: int) -> None:
        await self._look()
        words = many("Asked again about {n} lesson.", "Asked again about {n} lessons.", n=n)
        await self._tell(words)

    async def _look(self) -> None:
        row, places = await self._run(rollover_run, self._id())
        looked = Looked()
        if row.state.value == PREPARED:
            students = {one.student_id for one in places}
            unreached = await self._run(students_out_of_reach, students)
            checked = await self._run(rollover_checks, self._id())
            looked = Looked(checked, frozenset(unreached))
        self.head = head_of(row, looked)
        self._all = [line_of(one, looked) for one in places]
        names = sorted({one.teacher for one in places})
        everybody = {"value": "", "label": _("Every teacher")}
        self.teachers = [everybody, *({"value": name, "label": name} for name in names)]
        self._filter()

    def _filter(self) -> None:
        self.lines = shown(self._all, self.which, self.teacher)

    def _id(self) -> RolloverId:
        return RolloverId(self._path_id("rollover_id"))


def _place(place_id: str) -> RolloverPlaceId:
    return RolloverPlaceId(as_id(place_id))
