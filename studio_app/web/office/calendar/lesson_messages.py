"""What families were told of a lesson and what they answered, folded up in its panel."""

from dataclasses import dataclass

import reflex as rx

from studio_app.kit.access import Permission
from studio_app.kit.ids import LessonId
from studio_app.messaging.queries.log import About, MessageRow, messages
from studio_app.messaging.queries.replies import ReplyRow, replies
from studio_app.web import routes
from studio_app.web.session import PageState
from studio_app.web.ui.badges import status_badge
from studio_app.web.ui.buttons import link
from studio_app.web.ui.forms import folded
from studio_app.web.ui.lists import some
from studio_app.web.words import _, many

LISTED = 30
STATUSES = ("waiting", "sending", "sent", "delivered", "skipped", "failed", "doubtful")


@dataclass(frozen=True)
class ToldLine:
    """One message about the lesson."""

    who: str = ""
    what: str = ""
    when: str = ""
    status: str = ""
    href: str = ""


@dataclass(frozen=True)
class AnswerLine:
    """One text that came back."""

    who: str = ""
    text: str = ""
    when: str = ""
    understood: str = ""


class LessonMessagesState(PageState, rx.State):
    told: list[ToldLine] = []
    answers: list[AnswerLine] = []
    counted: str = ""

    async def _look_at(self, lesson_id: LessonId) -> None:
        """For who may read messages; teachers see the lesson without them."""
        self.told, self.answers, self.counted = [], [], ""
        if not (await self._actor()).may(Permission.MESSAGE_VIEW):
            return
        found = await self._run(messages, about=About(lesson_id=lesson_id), limit=LISTED)
        heard = await self._run(replies, lesson_id=lesson_id, limit=LISTED)
        self.told = [_told(row) for row in found.rows]
        self.answers = [_answer(row) for row in heard.rows]
        self.counted = many("{n} message", "{n} messages", n=len(self.told) + len(self.answers))


def _told(row: MessageRow) -> ToldLine:
    what = f"{row.what}, {row.way}"
    href = f"{routes.MESSAGES}?message={row.id}"
    return ToldLine(row.who, what, row.when, row.status.value, href)


def _answer(row: ReplyRow) -> AnswerLine:
    return AnswerLine(row.who, row.text, row.when, row.understood)


def lesson_messages() -> rx.Component:
    state = LessonMessagesState
    listed = rx.el.div(
        rx.el.ul(rx.foreach(state.answers, _heard_line), class_name="grid gap-3"),
        rx.el.ul(rx.foreach(state.told, _told_line), class_name="grid gap-3"),
        class_name="grid gap-3",
    )
    fold = folded(state.counted, listed)
    return rx.cond(some(state.told) | some(state.answers), fold, rx.fragment())


def _told_line(line: rx.vars.ObjectVar[ToldLine]) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            link(line.who, line.href, class_name="t-sm font-medium"),
            status_badge(line.status, *STATUSES),  # type: ignore[arg-type]
            class_name="flex-line",
        ),
        rx.el.p(line.what, class_name="t-xs dim"),
        rx.el.p(line.when, class_name="t-xs faint num"),
    )


def _heard_line(line: rx.vars.ObjectVar[AnswerLine]) -> rx.Component:
    return rx.el.li(
        rx.el.p(rx.el.b(line.who), " ", _("answered:"), class_name="t-sm"),
        rx.el.p(line.text, class_name="bubble t-sm"),
        rx.el.p(line.understood, " · ", line.when, class_name="t-xs faint num"),
    )
