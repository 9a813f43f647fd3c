"""Building one automation: the parts as they are typed, and what they come to."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import reflex as rx
from reflex.event import EventType

from studio_app.automations.commands.building import (
    Draft,
    Recipe,
    build_automation,
    change_automation,
    renew_webhook_key,
    show_webhook_secret,
    switch_off,
    switch_on,
)
from studio_app.automations.queries.building import Action, Do, When, automation_card
from studio_app.automations.queries.trial import Trial, dry_run
from studio_app.automations.queries.words import (
    Blocks,
    building_blocks,
    faults_in,
    happenings,
    said_as_sentence,
    whom_the_clock_visits,
)
from studio_app.identity.queries import my_profile
from studio_app.kit.errors import NotFound
from studio_app.kit.ids import AutomationId
from studio_app.web import routes
from studio_app.web.handlers import handler, loader
from studio_app.web.inputs import Invalid, as_id
from studio_app.web.office.automations import parts
from studio_app.web.office.automations.parts import ActionShown, ConditionShown, Options, WhenShown
from studio_app.web.opening import Opening
from studio_app.web.words import _, many

NEW = "new"


@dataclass(frozen=True)
class WouldShown:
    when: str = ""
    whom: str = ""
    actions: tuple[str, ...] = ()


@dataclass(frozen=True)
class TrialShown:
    words: str = ""
    """How often; empty until it was tried out"""
    over: str = ""
    """That a day would go over the limit"""
    would: tuple[WouldShown, ...] = ()


class AutomationState(Opening, rx.State):
    is_new: bool = True
    is_on: bool = False
    name: str = ""
    limit: str = "100"
    when: WhenShown = WhenShown()
    conditions: list[ConditionShown] = []
    actions: list[ActionShown] = []
    sentence: str = ""
    happenings: Options = []
    each: Options = []
    asked: Options = []
    done: Options = []
    placeholders: str = ""
    trial: TrialShown = TrialShown()
    secret: str = ""
    """Of a webhook, while its dialog is open."""
    secret_of: str = ""
    rev: str = ""
    """Another each time it is loaded: fields begin anew with what is kept"""
    shown_hooks: list[str] = []
    _currency: str = ""
    _blocks: Blocks = Blocks((), (), ())

    @loader
    async def load(self) -> None:
        self._currency = (await self._run(my_profile)).currency
        self.happenings = parts.options(await self._run(happenings))
        self.each = parts.options(await self._run(whom_the_clock_visits))
        self.trial, self.secret, self.faults = TrialShown(), "", {}
        self._key = self.rev = parts.fresh_id()
        self.is_new = self._which() is None
        if self.is_new:
            fresh = Recipe(When(parts.Happening.LESSON_CANCELLED), (), (Action(Do.TASK),))
            self.name, self.limit, self.is_on, self.shown_hooks = "", "100", False, []
            await self._show(fresh)
            return
        await self._load_kept()

    async def _load_kept(self) -> None:
        card = await self._run(automation_card, self._id())
        self.name, self.limit, self.is_on = card.name, str(card.daily_limit), card.is_on
        self.shown_hooks = [str(one.hook) for one in card.hooks if one.is_shown]
        await self._show(card.recipe)

    async def _show(self, recipe: Recipe) -> None:
        self.when, conditions, self.actions = parts.shown_of(recipe, self._currency)
        await self._look_up()
        self.conditions = parts.conditions_of(conditions, self._blocks)
        self.sentence = await self._run(said_as_sentence, recipe)

    async def _look_up(self) -> None:
        """What can be asked and done where it is about this."""
        self._blocks = await self._run(building_blocks, self.when.about)
        self.asked = parts.options([(one.what.value, one.words) for one in self._blocks.asked])
        self.done = parts.options(self._blocks.done)
        self.placeholders = " ".join(self._blocks.placeholders)

    @handler
    async def set_when(self, part: str, value: str) -> None:
        """Another beginning; what cannot be asked or done there is left out."""
        before = self.when.about
        if part not in WhenShown.__dataclass_fields__:
            raise NotFound
        self.when = replace(self.when, **{part: value})
        if self.when.about != before:
            await self._look_up()
            asked, done = {one["value"] for one in self.asked}, {one["value"] for one in self.done}
            self.conditions = [one for one in self.conditions if one.what in asked]
            self.actions = parts.renumbered([one for one in self.actions if one.do in done])
        await self._read_out()

    @handler
    async def add_condition(self) -> None:
        if self._blocks.asked:
            fresh = parts.fresh_condition(len(self.conditions), self._blocks)
            self.conditions = [*self.conditions, fresh]
            await self._read_out()

    @handler
    async def set_condition(self, n: int, part: str, value: str) -> None:
        one = _nth(self.conditions, n)
        if part == "what":
            asked = [each for each in self._blocks.asked if each.what.value == value]
            one = parts.asking(one, asked[0]) if asked else one
        elif part in {"compare", "value", "days"}:
            one = replace(one, **{part: value})
        self.conditions = [*self.conditions[:n], one, *self.conditions[n + 1 :]]
        await self._read_out()

    @handler
    async def drop_condition(self, n: int) -> None:
        _nth(self.conditions, n)
        rest = [*self.conditions[:n], *self.conditions[n + 1 :]]
        self.conditions = [replace(one, n=place) for place, one in enumerate(rest)]
        await self._read_out()

    @handler
    async def add_action(self) -> None:
        fresh = ActionShown(len(self.actions), parts.fresh_id(), Do.TASK.value)
        self.actions = [*self.actions, fresh]
        await self._read_out()

    @handler
    async def set_action(self, n: int, part: str, value: str) -> None:
        one = _nth(self.actions, n)
        if part in {"do", "words", "subject", "tag", "url", "due_in", "by_text"}:
            one = replace(one, **{part: value})
        self.actions = [*self.actions[:n], one, *self.actions[n + 1 :]]
        await self._read_out()

    @handler
    async def drop_action(self, n: int) -> None:
        _nth(self.actions, n)
        self.actions = parts.renumbered([*self.actions[:n], *self.actions[n + 1 :]])
        await self._read_out()

    @handler
    async def earlier(self, n: int) -> None:
        """One place up in the order of what is done."""
        one = _nth(self.actions, n)
        if n:
            above = [*self.actions[: n - 1], one, self.actions[n - 1], *self.actions[n + 1 :]]
            self.actions = parts.renumbered(above)
            await self._read_out()

    @handler
    async def set_name(self, value: str) -> None:
        self.name = value

    @handler
    async def set_limit(self, value: str) -> None:
        self.limit = value

    @handler
    async def save(self) -> EventType[()]:
        draft = await self._sound_draft()
        if self.is_new:
            made = await self._run_once(self._key, build_automation, draft)
            await self._tell(_("Kept, and still switched off."))
            return rx.redirect(routes.filled(routes.AUTOMATION, automation_id=made))
        await self._run_once(self._key, change_automation, self._id(), draft)
        await self._tell(_("Saved."))
        return AutomationState.load

    @handler
    async def switch(self, wanted: bool) -> None:
        await self._run(switch_on if wanted else switch_off, self._id())
        self.is_on = wanted
        await self._tell(_("Switched on.") if wanted else _("Switched off."))

    @handler
    async def try_out(self) -> None:
        draft = await self._sound_draft(naming=False)
        self.trial = _tried(await self._run(dry_run, draft.recipe), draft.daily_limit)

    @handler
    async def show_secret(self, hook: str) -> None:
        self.secret = await self._run(show_webhook_secret, self._id(), as_id(hook))
        self.secret_of, self.shown_hooks = hook, [*self.shown_hooks, hook]

    @handler
    async def renew_secret(self, hook: str) -> EventType[()]:
        await self._run(renew_webhook_key, self._id(), as_id(hook))
        self.secret = ""
        return AutomationState.load

    async def _sound_draft(self, *, naming: bool = True) -> Draft:
        """What stands there, with each fault beside its part; `naming`: it has a name."""
        self.faults = {}
        name = self.name if naming else "-"
        draft = parts.draft_of(
            name, self.limit, self.when, self.conditions, self.actions, self._currency
        )
        found = await self._run(faults_in, draft.recipe)
        if found:
            raise Invalid(found)
        return draft

    async def _read_out(self) -> None:
        """The sentence as it stands now; nothing while a part is missing."""
        if parts.is_whole(self.when, self.conditions, self.actions, self._currency):
            draft = parts.draft_of(
                "-", "1", self.when, self.conditions, self.actions, self._currency
            )
            self.sentence = await self._run(said_as_sentence, draft.recipe)
        else:
            self.sentence = ""

    def _which(self) -> UUID | None:
        raw = str(getattr(self, "automation_id", ""))
        return None if raw == NEW else as_id(raw)

    def _id(self) -> AutomationId:
        return AutomationId(self._path_id("automation_id"))


def _nth(several: list[Any], n: int) -> Any:
    if not 0 <= n < len(several):
        raise NotFound
    return several[n]


def _tried(found: Trial, limit: int) -> TrialShown:
    words = many(
        "It would have done something once in the last 31 days.",
        "It would have done something {n} times in the last 31 days.",
        n=found.met,
    )
    looked = _("What it waits for happened {n} times.", n=found.happened)
    most = found.most_in_a_day
    over = _("On one day that would be {n} actions: more than its limit.", n=most)
    would = tuple(WouldShown(one.when, one.whom, one.actions) for one in found.would)
    none = _("It would have done nothing in the last 31 days.")
    said = f"{words if found.met else none} {looked}"
    return TrialShown(said, over if most > limit else "", would)
