"""The first-run guide: from an empty studio to the first invoice, in any order."""

from dataclasses import dataclass
from typing import Any

import reflex as rx
from reflex.event import EventType

from studio_app.kit.ids import new_id
from studio_app.overview.queries.setup import SetupProgress, setup_progress
from studio_app.people.commands.students import StudentDetails, add_student
from studio_app.web import routes
from studio_app.web.handlers import handler, loader
from studio_app.web.inputs import Form
from studio_app.web.session import PageState
from studio_app.web.ui.buttons import button, link_button
from studio_app.web.ui.cards import card, card_body
from studio_app.web.ui.charts import progress
from studio_app.web.ui.forms import fields, form, text_field
from studio_app.web.ui.pages import columns, stack
from studio_app.web.ui.progress import steps
from studio_app.web.ui.shells import office_shell
from studio_app.web.ui.states import loaded, skeleton_rows
from studio_app.web.words import _, many

STEPS = 6
NAMES = ("first", "second", "third")


@dataclass(frozen=True)
class Standings:
    """Of each step: done, now (the first that is open), or later."""

    basics: str = "later"
    students: str = "later"
    teachers: str = "later"
    prices: str = "later"
    first_lesson: str = "later"
    first_invoice: str = "later"


class WelcomeState(PageState, rx.State):
    standings: Standings = Standings()
    done: int = 0
    counted: str = ""
    _key: str = ""

    @loader
    async def load(self) -> None:
        found = await self._run(setup_progress)
        self.standings, self.done = _standings(found), sum(found.steps)
        self.counted = many("{n} student so far", "{n} students so far", n=found.student_count)
        self._key = str(new_id())

    @handler
    async def add_names(self, sent: dict[str, Any]) -> EventType[()]:
        """Three names are enough to begin with; one line may be left empty."""
        read = Form(sent)
        typed = [read.optional_text(name, longest=160) for name in NAMES]
        read.check()
        names = [name for name in typed if name] or [read.text(NAMES[0])]
        read.check()
        for number, name in enumerate(names):
            first, _space, last = name.partition(" ")
            details = StudentDetails(first, last)
            await self._run_once(f"{self._key} {number}", add_student, details, confirmed=True)
        await self._tell(many("{n} student is here.", "{n} students are here.", n=len(names)))
        return WelcomeState.load


def _standings(found: SetupProgress) -> Standings:
    first_open = found.steps.index(False) if not all(found.steps) else STEPS
    return Standings(
        *(
            "done" if done else ("now" if number == first_open else "later")
            for number, done in enumerate(found.steps)
        )
    )


def page() -> rx.Component:
    state: Any = WelcomeState
    guide = card(
        card_body(
            rx.el.div(
                progress(state.done, _("Steps done"), most=STEPS),
                rx.el.span(state.done, " ", _("of"), f" {STEPS}", class_name="t-sm dim num"),
                class_name="progress-line",
            ),
        ),
        steps(_steps(state)),
        title=_("Six steps to the first invoice"),
    )
    return office_shell(
        routes.WELCOME,
        rx.el.p(
            _("Everything here can be changed later. Leave any time, your place is kept."),
            class_name="dim mb-4",
        ),
        loaded(
            state,
            columns(guide, stack(_first_names(state), _nothing_sent())),
            skeleton=card(skeleton_rows(6)),
            on_retry=WelcomeState.load,
        ),
        title=rx.cond(state.done == STEPS, _("Your studio is set up"), _("Setup guide")),
    )


def _steps(state: Any) -> list[tuple[Any, Any, Any, Any]]:
    return [*_to_set_up(state), *_to_begin(state.standings)]


def _to_set_up(state: Any) -> list[tuple[Any, Any, Any, Any]]:
    standing = state.standings
    return [
        (
            _("Studio basics"),
            _("Name, timezone and currency. About a minute."),
            standing.basics,
            _go(_("Open the settings"), routes.SETTINGS, "settings"),
        ),
        (
            _("Bring in your students"),
            rx.fragment(_("From a file, or type three names. "), state.counted),
            standing.students,
            _go(_("Import a list"), routes.IMPORT, "upload"),
        ),
        (
            _("Add teachers and rooms"),
            _("If you teach alone, add yourself. Nobody is invited before you say so."),
            standing.teachers,
            _both(
                _go(_("Add teachers"), routes.TEACHERS, "graduation-cap"),
                link_button(_("Add rooms"), routes.SETTINGS_PLACES, "map-pin"),
            ),
        ),
    ]


def _to_begin(standing: Any) -> list[tuple[Any, Any, Any, Any]]:
    return [
        (
            _("Lessons and prices"),
            _("What you teach, how long, and what it costs."),
            standing.prices,
            _both(
                _go(_("Kinds of lessons"), routes.SETTINGS_LESSONS, "music"),
                link_button(_("Prices"), routes.BILLING, "receipt"),
            ),
        ),
        (
            _("Schedule the first lesson"),
            _("Pick a student, choose a time, repeat it weekly."),
            standing.first_lesson,
            _go(_("Open the calendar"), routes.CALENDAR, "calendar-plus"),
        ),
        (
            _("Send the first invoice"),
            _("Look at it first; it is sent when you say so."),
            standing.first_invoice,
            _go(_("Open billing"), routes.BILLING, "receipt"),
        ),
    ]


def _go(words: str, path: str, icon_name: str) -> rx.Component:
    return link_button(words, path, icon_name, kind="primary")


def _both(*buttons: rx.Component) -> rx.Component:
    return rx.el.div(*buttons, class_name="flex flex-wrap gap-2")


def _first_names(state: Any) -> rx.Component:
    labels = (_("First student"), _("Second student"), _("Third student"))
    typed = [
        text_field(label, name, faults=state.faults, auto_complete="off")
        for name, label in zip(NAMES, labels, strict=True)
    ]
    fresh = form(
        fields(*typed),
        button(_("Add them"), "plus", type="submit"),
        on_submit=state.add_names,
        reset_on_submit=True,
    )
    return card(card_body(fresh), title=_("Type three names"))


def _nothing_sent() -> rx.Component:
    words = _("Families cannot see anything yet, and nothing is sent before you press Send.")
    return card(card_body(rx.el.p(words, class_name="t-sm dim")), title=_("Take your time"))
