"""Writing a policy: each change is kept in its draft at once and read out in sentences."""

from copy import deepcopy
from dataclasses import dataclass
from typing import Any

import reflex as rx
from reflex.event import EventType

from studio_app.bookings.commands.policies import (
    discard_draft,
    publish_policy,
    rename_policy,
    write_draft,
)
from studio_app.bookings.queries.policies import (
    PolicyCard,
    policy_card,
    policy_uses,
    read_out,
    read_pasted,
    shape_faults,
)
from studio_app.bookings.queries.policy_trial import Act, CancelledBy, Example, Plan, try_policy
from studio_app.identity.queries import my_profile
from studio_app.kit.errors import NotFound
from studio_app.kit.ids import PolicyId, new_id
from studio_app.kit.words import Text
from studio_app.web.handlers import handler, loader
from studio_app.web.inputs import Form, Invalid
from studio_app.web.office.settings.policies import parts
from studio_app.web.office.settings.policies.fields import FieldShown, then_fields, when_fields
from studio_app.web.opening import Opening
from studio_app.web.words import _

LONGEST_TEXT = 100_000
TITLE = "title"


@dataclass(frozen=True)
class RuleLine:
    n: int = 0
    id: str = ""
    title: str = ""
    sentence: str = ""
    fault: str = ""
    is_open: bool = False
    is_last: bool = False


@dataclass(frozen=True)
class VersionLine:
    title: str = ""
    about: str = ""
    note: str = ""


@dataclass(frozen=True)
class TriedShown:
    rule: str = ""
    sentence: str = ""


class PolicyRulesState(Opening, rx.State):
    name: str = ""
    is_draft: bool = False
    version: int = 0
    rules: list[RuleLine] = []
    when: list[FieldShown] = []
    then: list[FieldShown] = []
    added: list[str] = []
    removed: list[str] = []
    versions: list[VersionLine] = []
    text: str = ""
    """The JSON of it"""
    tried: TriedShown = TriedShown()
    rev: str = ""
    """Another each time something changed: fields begin anew with what is kept"""
    _document: dict[str, Any] = {}
    _chosen: int = -1
    _currency: str = ""
    _kinds: tuple[tuple[str, str], ...] = ()

    @loader
    async def load(self) -> None:
        self._currency = (await self._run(my_profile)).currency
        used = await self._run(policy_uses)
        self._kinds = tuple((str(one.lesson_type_id), one.name) for one in used[1:])
        self._chosen, self.tried, self.faults = -1, TriedShown(), {}
        await self._show_card()

    @handler
    async def choose(self, n: int) -> None:
        """Open a rule, or close the one that is open."""
        self._chosen = -1 if n == self._chosen else n
        self.faults = {}
        await self._show()

    @handler
    async def set_field(self, part: str, value: str) -> None:
        rule = self._rule(part)
        if parts.shown(rule, part, self._currency) != value:
            await self._change(parts.with_part(rule, part, value, self._currency))

    @handler
    async def toggle(self, part: str, value: str) -> None:
        await self._change(parts.toggled(self._rule(part), part, value))

    @handler
    async def add_rule(self) -> None:
        """Above the last one, which is for all the rest."""
        document = deepcopy(self._document)
        listed = document.setdefault("rules", [])
        place, known = max(len(listed) - 1, 0), {one["id"] for one in listed}
        name = next(f"rule-{n}" for n in range(1, 999) if f"rule-{n}" not in known)
        listed.insert(place, {"id": name, "when": {"acts": ["cancel"], "by": ["family"]}})
        self._chosen = place
        await self._keep(document)

    @handler
    async def drop_rule(self, n: int) -> None:
        document = deepcopy(self._document)
        listed, place = _nth(document, n)
        del listed[place]
        self._chosen = -1
        await self._keep(document)

    @handler
    async def earlier(self, n: int) -> None:
        """One place up: the first rule that fits decides."""
        document = deepcopy(self._document)
        listed, place = _nth(document, n)
        if 0 < place < len(listed) - 1:
            listed[place - 1], listed[place] = listed[place], listed[place - 1]
            self._chosen = -1
            await self._keep(document)

    @handler
    async def set_name(self, value: str) -> None:
        if value.strip() != self.name:
            await self._run(rename_policy, self._id(), value)
            self.name = value.strip()

    @handler
    async def paste(self, sent: dict[str, Any]) -> None:
        written = Form(sent).optional_text("document", longest=LONGEST_TEXT)
        document = await self._run(read_pasted, written)
        self._chosen, self.opened = -1, ""
        await self._keep(document)
        await self._tell(_("Taken over into the draft."))

    @handler
    async def try_out(self, sent: dict[str, Any]) -> None:
        tried = await self._run(try_policy, self._document, _example(sent))
        self.tried = TriedShown(tried.rule, tried.sentence)

    @handler
    async def publish(self, sent: dict[str, Any]) -> EventType[()]:
        note = Form(sent).optional_text("note")
        await self._run_once(self._key, publish_policy, self._id(), note=note)
        self.opened = ""
        await self._tell(_("Published. It counts for what is booked from now on."))
        return PolicyRulesState.load

    @handler
    async def discard(self) -> EventType[()]:
        await self._run(discard_draft, self._id())
        await self._tell(_("Back to what is published."))
        return PolicyRulesState.load

    async def _change(self, rule: dict[str, Any]) -> None:
        document = deepcopy(self._document)
        document["rules"][self._chosen] = rule
        await self._keep(document)

    async def _keep(self, document: dict[str, Any]) -> None:
        """Write the draft, if it has the shape of one; else say so beside the field."""
        found = await self._run(shape_faults, document)
        if found:
            at = f"rules.{self._chosen}."
            told = {where.removeprefix(at): Text(words) for where, words in found.items()}
            raise Invalid(told)
        self.faults = {}
        await self._run(write_draft, self._id(), document)
        await self._show_card()

    async def _show_card(self) -> None:
        card = await self._run(policy_card, self._id())
        self.name, self.version, self.is_draft = card.name, card.version, card.is_draft
        self.added, self.removed = list(card.added), list(card.removed)
        self.versions = _versions(card)
        self._document = card.document
        await self._show()

    async def _show(self) -> None:
        read = await self._run(read_out, self._document)
        self.text, self.rev = read.text, str(new_id())
        listed: list[dict[str, Any]] = self._document.get("rules", [])
        self.rules = [
            RuleLine(
                n,
                rule["id"],
                rule.get("title") or rule["id"],
                read.sentences[n],
                next(
                    (w for at, w in read.faults.items() if f"{at}.".startswith(f"rules.{n}.")), ""
                ),
                n == self._chosen,
                n == len(listed) - 1,
            )
            for n, rule in enumerate(listed)
        ]
        self._show_fields()

    def _show_fields(self) -> None:
        self.when, self.then = [], []
        if not 0 <= self._chosen < len(self._document.get("rules", ())):
            return
        rule = self._rule()
        is_last = self._chosen == len(self._document["rules"]) - 1
        asked = when_fields(rule, self._document, self._kinds, self._currency)
        self.when = [] if is_last else asked
        self.then = then_fields(rule, self._currency)

    def _rule(self, part: str = TITLE) -> dict[str, Any]:
        """The open one, for a part that has a field there."""
        listed, place = _nth(self._document, self._chosen)
        if part not in {TITLE, *(one.part for one in (*self.when, *self.then))}:
            raise NotFound
        return listed[place]

    def _id(self) -> PolicyId:
        return PolicyId(self._path_id("policy_id"))


def _nth(document: dict[str, Any], n: int) -> tuple[list[dict[str, Any]], int]:
    """The rules, and a place among them."""
    listed: list[dict[str, Any]] = document.get("rules", [])
    if not 0 <= n < len(listed):
        raise NotFound
    return listed, n


def _versions(card: PolicyCard) -> list[VersionLine]:
    return [
        VersionLine(
            _("Version {n}", n=one.nth),
            f"{one.published} · {one.by}" if one.by else one.published,
            one.note,
        )
        for one in card.versions
    ]


def _example(sent: dict[str, Any]) -> Example:
    form = Form(sent)
    unit = {"min": 1, "h": 60, "d": 24 * 60}.get(str(sent.get("unit")), 60)
    example = Example(
        act=form.choice("act", Act),
        by=form.choice("by", CancelledBy),
        notice_minutes=form.number("notice", most=9999) * unit,
        reason=form.optional_text("reason") or "other",
        plan=form.choice("plan", Plan),
        credits_before=form.number("credits", most=20),
        is_make_up=form.flag("make_up"),
        is_paid=form.flag("paid"),
    )
    form.check()
    return example
