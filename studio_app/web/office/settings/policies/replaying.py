"""What the last term would have been like under this policy."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from studio_app.bookings.queries.policies import policy_card
from studio_app.bookings.queries.policy_replay import Replay, replay_policy
from studio_app.kit.ids import PolicyId
from studio_app.web.handlers import handler
from studio_app.web.session import PageState
from studio_app.web.ui.buttons import button
from studio_app.web.ui.cards import card, card_body
from studio_app.web.ui.lists import some
from studio_app.web.words import _, many

MOST_SHOWN = 50


@dataclass(frozen=True)
class FamilyLine:
    name: str = ""
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class ReplayShown:
    words: str = ""
    """Empty until it was asked for"""
    before: str = ""
    after: str = ""
    families: tuple[FamilyLine, ...] = ()


class PolicyReplayState(PageState, rx.State):
    replay: ReplayShown = ReplayShown()

    @handler
    async def forget(self) -> None:
        """Nothing is known of the policy one has just come to."""
        self.replay = ReplayShown()

    @handler
    async def live_again(self) -> None:
        card = await self._run(policy_card, PolicyId(self._path_id("policy_id")))
        self.replay = _shown(await self._run(replay_policy, card.document))


def _shown(found: Replay) -> ReplayShown:
    happened = many(
        "{period}: {n} lesson was cancelled or missed.",
        "{period}: {n} lessons were cancelled or missed.",
        n=found.happened,
        period=found.period,
    )
    affected = many(
        "For {n} family something would have been otherwise.",
        "For {n} families something would have been otherwise.",
        n=found.affected,
    )
    listed = [one for one in found.families if one.before != one.after][:MOST_SHOWN]
    lines = tuple(FamilyLine(one.family, one.before_said, one.after_said) for one in listed)
    return ReplayShown(f"{happened} {affected}", found.before_said, found.after_said, lines)


def replay_card() -> rx.Component:
    state: Any = PolicyReplayState
    about = rx.el.p(
        _("The term that ended last, lived through again as this page says. Nothing is changed."),
        class_name="t-xs faint",
    )
    shown = state.replay
    said = rx.el.div(
        rx.el.p(shown.words, class_name="t-sm"),
        _sums(_("As it was"), shown.before),
        _sums(_("Under this policy"), shown.after),
        class_name="grid gap-2",
        role="status",
    )
    families = rx.el.ul(rx.foreach(shown.families, _family), class_name="rows")
    act = button(_("Live it again"), "history", size="sm", on_click=state.live_again)
    return card(
        card_body(rx.cond(shown.words != "", said, about)),
        rx.cond(some(shown.families), families, rx.fragment()),
        title=_("What would it have changed?"),
        action=act,
    )


def _sums(title: str, said: Any) -> rx.Component:
    return rx.el.p(rx.el.span(title, ": ", class_name="faint"), said, class_name="t-sm num")


def _family(one: Any) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.p(one.name, class_name="t-sm font-medium"),
            rx.el.p(one.before, " → ", one.after, class_name="t-xs dim num"),
            class_name="min-w-0",
        ),
        class_name="row",
    )
