"""The teacher's own hours, on the phone: the week, single days, and being away."""

from typing import Any

import reflex as rx

from studio_app.web import routes
from studio_app.web.hours.parts import hours_editor
from studio_app.web.hours.state import HoursScreen
from studio_app.web.ui.account import account_button
from studio_app.web.ui.live import live
from studio_app.web.ui.shells import phone_header, teacher_shell
from studio_app.web.ui.states import loaded, skeleton_block
from studio_app.web.words import _


class MyHoursState(HoursScreen, rx.State):
    """One's own."""


def page() -> rx.Component:
    state: Any = MyHoursState
    return teacher_shell(
        routes.HOURS,
        phone_header(_("Hours"), _("When you teach"), account_button()),
        loaded(
            state,
            hours_editor(state),
            skeleton=skeleton_block("h-96"),
            on_retry=MyHoursState.load,
        ),
        live("availability", "time_off", "lesson", on_change=MyHoursState.look_again),
    )
