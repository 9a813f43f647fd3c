"""The studio's policies, for which lessons each counts, and those to begin with."""

from dataclasses import dataclass
from typing import Any

import reflex as rx
from reflex.event import EventType

from studio_app.bookings.commands.policies import put_policy_away, take_policy_preset, use_policy
from studio_app.bookings.queries.policies import (
    PolicyRow,
    UsedFor,
    policies,
    policy_presets,
    policy_uses,
)
from studio_app.kit.ids import LessonTypeId, PolicyId, new_id
from studio_app.web import routes
from studio_app.web.handlers import handler, loader
from studio_app.web.inputs import as_id
from studio_app.web.office.settings.frame import settings_shell
from studio_app.web.opening import Opening
from studio_app.web.ui.badges import pill
from studio_app.web.ui.buttons import button, icon_button, link
from studio_app.web.ui.cards import card, card_body
from studio_app.web.ui.dialogs import confirm
from studio_app.web.ui.lists import acting_row, rows
from studio_app.web.ui.pages import columns, stack
from studio_app.web.ui.states import empty, loaded, skeleton_rows
from studio_app.web.words import _

STUDIOS = "studio"


@dataclass(frozen=True)
class PolicyLine:
    id: str = ""
    name: str = ""
    standing: str = ""
    has_draft: bool = False
    counts_for: str = ""
    sentences: tuple[str, ...] = ()
    href: str = ""


@dataclass(frozen=True)
class UseLine:
    key: str = ""
    name: str = ""
    policy_id: str = ""


@dataclass(frozen=True)
class PresetLine:
    key: str = ""
    name: str = ""
    about: str = ""


class PoliciesState(Opening, rx.State):
    rows: list[PolicyLine] = []
    uses: list[UseLine] = []
    choices: list[dict[str, str]] = []
    presets: list[PresetLine] = []

    @loader
    async def load(self) -> None:
        self._key = str(new_id())
        found, used = await self._run(policies), await self._run(policy_uses)
        self.rows = [_line(one) for one in found]
        self.uses = [_use(one) for one in used]
        published = [{"value": str(one.id), "label": one.name} for one in found if one.version]
        self.choices = published
        ready = await self._run(policy_presets)
        self.presets = [PresetLine(one.key, one.name, one.about) for one in ready]

    @handler
    async def take(self, key: str) -> EventType[()]:
        made = await self._run_once(f"{self._key} {key}", take_policy_preset, key)
        return rx.redirect(routes.filled(routes.SETTINGS_POLICY_RULES, policy_id=made))

    @handler
    async def use(self, key: str, policy_id: str) -> EventType[()]:
        """From now on, for a kind of lesson or for the studio; empty: none of its own."""
        before = next((one.policy_id for one in self.uses if one.key == key), "")
        kind = None if key == STUDIOS else LessonTypeId(as_id(key))
        which = PolicyId(as_id(policy_id)) if policy_id else None
        await self._run(use_policy, which, lesson_type_id=kind)
        await self._tell(
            _("Counts for what is booked from now on."), undo=PoliciesState.use(key, before)
        )
        return PoliciesState.load

    @handler
    async def put_away(self, policy_id: str) -> EventType[()]:
        await self._run(put_policy_away, PolicyId(as_id(policy_id)))
        await self._tell(_("Put away. What was booked under it keeps it."))
        return PoliciesState.load


def _line(row: PolicyRow) -> PolicyLine:
    standing = _("Version {n}, since {when}", n=row.version, when=row.published)
    counts = [*([_("All lessons")] if row.is_studios else []), *row.used_for]
    return PolicyLine(
        str(row.id),
        row.name,
        standing if row.version else _("Not published yet"),
        row.has_draft,
        ", ".join(counts),
        row.sentences,
        routes.filled(routes.SETTINGS_POLICY_RULES, policy_id=row.id),
    )


def _use(one: UsedFor) -> UseLine:
    own = str(one.policy_id) if one.own and one.policy_id else ""
    key = str(one.lesson_type_id) if one.lesson_type_id else STUDIOS
    return UseLine(key, one.name or _("All lessons"), own)


def page() -> rx.Component:
    state: Any = PoliciesState
    nothing = empty(
        "scale",
        _("No policy yet"),
        _("Lessons are cancelled without consequence. Begin with how you work, below."),
        level=2,
    )
    listed = card(
        rows(state.rows, lambda one: _row(state, one), empty=nothing), title=_("Policies")
    )
    return settings_shell(
        routes.SETTINGS_POLICIES,
        loaded(
            state,
            columns(stack(listed, _presets(state)), _uses(state)),
            skeleton=card(skeleton_rows(4)),
            on_retry=PoliciesState.load,
        ),
    )


def _row(state: Any, one: Any) -> rx.Component:
    counts = rx.cond(one.counts_for != "", pill(one.counts_for, tone="ok"), rx.fragment())
    draft = rx.cond(one.has_draft, pill(_("Draft"), tone="warn"), rx.fragment())
    words = rx.el.div(
        rx.el.div(
            link(one.name, one.href, class_name="font-medium tap-line"),
            counts,
            draft,
            class_name="flex flex-wrap gap-2 items-center",
        ),
        rx.el.p(one.standing, class_name="t-xs faint"),
        rx.el.ul(
            rx.foreach(one.sentences, lambda said: rx.el.li(said, class_name="t-sm dim")),
            class_name="grid gap-1 mt-2",
        ),
        class_name="grow min-w-0",
    )
    gone = confirm(
        title=_("Put this policy away?"),
        words=_("It is not listed any more. What was booked under it keeps it."),
        action=_("Put it away"),
        on_confirm=state.put_away(one.id),
        trigger=icon_button("archive", _("Put away")),
    )
    return acting_row(words, gone)


def _uses(state: Any) -> rx.Component:
    def one(use: Any) -> rx.Component:
        none = rx.cond(use.key == STUDIOS, _("None"), _("As for all lessons"))
        control = rx.el.select(
            rx.el.option(none, value=""),
            rx.foreach(
                state.choices, lambda each: rx.el.option(each["label"], value=each["value"])
            ),
            id="use-" + use.key,
            value=use.policy_id,
            on_change=lambda value: state.use(use.key, value),
            class_name="input",
        )
        label = rx.el.label(use.name, html_for="use-" + use.key, class_name="field__label")
        return rx.el.li(rx.el.div(label, control, class_name="field w-full"), class_name="row")

    about = rx.el.p(
        _("What is booked keeps its policy; families agree to the one that counts as they book."),
        class_name="t-xs faint",
    )
    listed = rx.el.ul(rx.foreach(state.uses, one), class_name="rows")
    return card(card_body(about), listed, title=_("What counts for which lessons"))


def _presets(state: Any) -> rx.Component:
    def one(preset: Any) -> rx.Component:
        words = rx.el.div(
            rx.el.p(preset.name, class_name="t-sm font-medium"),
            rx.el.p(preset.about, class_name="t-xs dim"),
            class_name="flex-1 min-w-0",
        )
        take = button(_("Begin with it"), "plus", size="sm", on_click=state.take(preset.key))
        return rx.el.li(words, take, class_name="row")

    listed = rx.el.ul(rx.foreach(state.presets, one), class_name="rows")
    return card(listed, title=_("To begin with"))
