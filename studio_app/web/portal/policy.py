"""What happens when a lesson is cancelled or moved: the studio's policy, to be read beforehand."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from studio_app.bookings.queries.my_policies import PolicyInForce, policies_in_force
from studio_app.web import routes
from studio_app.web.frame import FrameState
from studio_app.web.handlers import loader
from studio_app.web.session import PageState
from studio_app.web.ui.account import account_button
from studio_app.web.ui.cards import card
from studio_app.web.ui.lists import some
from studio_app.web.ui.shells import phone_header, portal_shell
from studio_app.web.ui.states import empty, loaded, skeleton_block
from studio_app.web.words import _


@dataclass(frozen=True)
class PolicyShown:
    title: str = ""
    since: str = ""
    sentences: tuple[str, ...] = ()


class MyPoliciesState(PageState, rx.State):
    policies: list[PolicyShown] = []

    @loader
    async def load(self) -> None:
        self.policies = [_shown(one) for one in await self._run(policies_in_force)]


def _shown(one: PolicyInForce) -> PolicyShown:
    title = _("For all other lessons") if one.is_studios else ", ".join(one.lessons)
    return PolicyShown(title, _("As it is since {day}", day=one.since), one.sentences)


def page() -> rx.Component:
    state: Any = MyPoliciesState
    none = empty(
        "scale",
        _("There are no rules"),
        _("The studio has not written down what happens when a lesson is cancelled. Ask them."),
        level=2,
    )
    only = state.policies.length() == 1
    listed = rx.foreach(state.policies, lambda one: _policy(one, only))
    return portal_shell(
        routes.PORTAL_SCHEDULE,
        phone_header(_("When a lesson is cancelled"), FrameState.frame.studio, account_button()),
        loaded(
            state,
            rx.cond(some(state.policies), rx.el.div(listed, class_name="grid gap-4"), none),
            skeleton=skeleton_block(),
            on_retry=MyPoliciesState.load,
        ),
    )


def _policy(one: Any, only: Any) -> rx.Component:
    rules = rx.el.ol(
        rx.foreach(one.sentences, lambda said: rx.el.li(said, class_name="row t-sm")),
        class_name="rows",
    )
    since = rx.el.p(one.since, class_name="card__b t-xs faint")
    return card(rules, since, title=rx.cond(only, _("For all lessons"), one.title))
