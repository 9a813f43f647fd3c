"""Another timezone for the studio: what stays, what that would do, and only then the change."""

from typing import Any

import reflex as rx
from reflex.event import EventType

from studio_app.bookings.commands.zones import Keep, change_timezone
from studio_app.bookings.queries.zones import ZonePreview, zone_preview
from studio_app.calendars.queries.feeds import feeds_in_use
from studio_app.identity.queries import my_profile
from studio_app.web.auth.countries import timezones
from studio_app.web.frame import FrameState
from studio_app.web.handlers import handler
from studio_app.web.inputs import Form, as_choice
from studio_app.web.office.settings.studio_state import StudioState
from studio_app.web.opening import Opening
from studio_app.web.ui.buttons import button, submit, text_button
from studio_app.web.ui.cards import hint
from studio_app.web.ui.choices import option, segmented
from studio_app.web.ui.dialogs import dialog_actions, form_actions, named_dialog
from studio_app.web.ui.forms import form, select_field
from studio_app.web.words import _, many

DIALOG = "clock"


class ClockState(Opening, rx.State):
    zone: str = ""
    """The one that is chosen; at first the studio's own"""
    keep: str = Keep.LOCAL_TIME.value
    looked: bool = False
    """What it would do is shown"""
    says: list[str] = []
    against: str = ""
    """Why it cannot be done"""

    async def _opened(self, name: str) -> None:
        self.zone = (await self._run(my_profile)).timezone
        self.keep, self.looked = Keep.LOCAL_TIME.value, False

    @handler
    async def choose(self, keep: str, _marker: str) -> None:
        self.keep, self.looked = as_choice(keep, Keep).value, False

    @handler
    async def look(self, sent: dict[str, Any]) -> None:
        """Count what it would do; nothing changes."""
        self.faults = {}
        read = Form(sent)
        self.zone = read.text("zone", longest=60)
        read.check()
        keep = as_choice(self.keep, Keep)
        found = await self._run(zone_preview, self.zone, keep)
        self.says = _says(found, keep, _place(self.zone), await self._run(feeds_in_use))
        self.against = _against(found)
        self.looked = True

    @handler
    async def again(self) -> None:
        self.looked = False

    @handler
    async def change(self) -> list[EventType[()]]:
        """As it was shown; it is looked at once more when it is done."""
        keep = as_choice(self.keep, Keep)
        moved = await self._run_once(self._key, change_timezone, self.zone, keep)
        self.opened, self.looked = "", False
        done = many("{n} lesson was moved.", "{n} lessons were moved.", n=moved)
        stays = _("All lessons stayed at their moment.")
        await self._tell(
            _("The clock shows {zone} time now.", zone=_place(self.zone)),
            detail=done if keep is Keep.LOCAL_TIME else stays,
        )
        return [StudioState.load, FrameState.load]


def clock_button() -> rx.Component:
    state: Any = ClockState
    return named_dialog(
        state,
        DIALOG,
        rx.cond(state.looked, _looked(state), _choosing(state)),
        title=_("Another timezone"),
        trigger=text_button(_("Change")),
    )


def _choosing(state: Any) -> rx.Component:
    kept = rx.cond(
        state.keep == Keep.LOCAL_TIME.value,
        _("A lesson at 16:00 stays at 16:00: it moves to another moment."),
        _("A lesson stays when it is: the clock shows another time for it."),
    )
    return form(
        select_field(
            _("Timezone"), "zone", timezones(), faults=state.faults, default_value=state.zone
        ),
        rx.el.div(
            rx.el.p(_("What stays?"), class_name="field__label"),
            segmented(
                _("What stays?"),
                state.keep,
                [
                    option(Keep.LOCAL_TIME.value, _("The time on the clock")),
                    option(Keep.MOMENT.value, _("The moment")),
                ],
                on_choose=state.choose,
            ),
            rx.el.p(kept, class_name="t-sm dim", role="status"),
            class_name="field",
        ),
        form_actions(submit(_("See what it does"))),
        on_submit=state.look,
        key=state.zone,
    )


def _looked(state: Any) -> rx.Component:
    return rx.el.div(
        rx.el.ul(
            rx.foreach(state.says, lambda words: rx.el.li(words, class_name="t-sm")),
            class_name="grid gap-2 list-disc pl-5",
        ),
        rx.cond(
            state.against != "", hint("circle-alert", state.against, tone="bad"), rx.fragment()
        ),
        dialog_actions(
            button(_("Choose again"), on_click=state.again),
            button(
                _("Change the clock"),
                kind="primary",
                disabled=state.against != "",
                on_click=state.change,
            ),
        ),
        class_name="grid gap-4",
    )


def _says(found: ZonePreview, keep: Keep, zone: str, feeds: int) -> list[str]:
    local = keep is Keep.LOCAL_TIME
    said = [_("The clock shows {zone} time.", zone=zone)]
    said.append(_moved(found) if local else _stays(found))
    if found.was == found.now != "":
        said.append(_("The next one stays at {was}, {zone} time.", was=found.was, zone=zone))
    elif found.was:
        said.append(_("The next one, {was}, will be {now}.", was=found.was, now=found.now))
    weekly = many("{n} weekly lesson", "{n} weekly lessons", n=found.series)
    hours = many("{n} block of teaching hours", "{n} blocks of teaching hours", n=found.hours)
    if local:
        said.append(_("{weekly} and {hours} keep their time.", weekly=weekly, hours=hours))
    else:
        said.append(_("{weekly} keep to the old clock.", weekly=weekly))
        said.append(_("{hours} and the wishes of who waits are written anew.", hours=hours))
    return said + _exceptions(found) + _ends(local=local, feeds=feeds)


def _ends(*, local: bool, feeds: int) -> list[str]:
    shown = many(
        "{n} calendar link shows it at its next look.",
        "{n} calendar links show it at their next look.",
        n=feeds,
    )
    told = _("Families and teachers get one message. What is over stays as it was.")
    return [*([shown] if feeds else []), *([told] if local else [])]


def _moved(found: ZonePreview) -> str:
    return many(
        "{n} lesson to come moves to another moment.",
        "{n} lessons to come move to another moment.",
        n=found.moved,
    )


def _stays(found: ZonePreview) -> str:
    return many(
        "{n} lesson to come stays at its moment.",
        "{n} lessons to come stay at their moment.",
        n=found.lessons,
    )


def _exceptions(found: ZonePreview) -> list[str]:
    said: list[str] = []
    if found.skipped:
        said.append(
            many(
                "{n} lesson begins later: that night the new clock leaves its time out.",
                "{n} lessons begin later: that night the new clock leaves their time out.",
                n=found.skipped,
            )
        )
    if found.passed:
        said.append(
            many(
                "{n} lesson of today stays: on the new clock its time is over.",
                "{n} lessons of today stay: on the new clock their time is over.",
                n=found.passed,
            )
        )
    return said


def _against(found: ZonePreview) -> str:
    if not found.clashing:
        return ""
    return many(
        "{n} lesson would meet another on the new clock. Move it first.",
        "{n} lessons would meet others on the new clock. Move them first.",
        n=found.clashing,
    )


def _place(zone: str) -> str:
    return zone.rpartition("/")[2].replace("_", " ")
