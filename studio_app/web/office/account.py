"""One's own account: name, language, password, where one is signed in, keys, other studios."""

from dataclasses import dataclass
from typing import Any

import reflex as rx
from reflex.event import EventType

from studio_app.identity.commands.account import change_password, change_profile
from studio_app.identity.commands.sign_in import sign_out
from studio_app.identity.commands.tokens import create_personal_token, revoke_token
from studio_app.identity.queries import my_profile, my_sessions, my_tokens
from studio_app.kit.access import Permission
from studio_app.kit.formats import say_date
from studio_app.web import routes
from studio_app.web.frame import FrameState
from studio_app.web.front import front
from studio_app.web.handlers import handler, loader
from studio_app.web.inputs import Form, as_id
from studio_app.web.opening import Opening
from studio_app.web.ui.account import name_of
from studio_app.web.ui.buttons import button, link_button, submit
from studio_app.web.ui.cards import card, card_body, hint
from studio_app.web.ui.dialogs import confirm, form_actions, named_dialog
from studio_app.web.ui.forms import actions, form, hidden, native_form, select_field, text_field
from studio_app.web.ui.lists import rows, some
from studio_app.web.ui.pages import stack
from studio_app.web.ui.shells import plain_shell
from studio_app.web.ui.states import empty, loaded, skeleton_block
from studio_app.web.words import _


@dataclass(frozen=True)
class Entry:
    """A browser one is signed in with, or a key for a program."""

    id: str = ""
    name: str = ""
    since: str = ""


class AccountState(Opening, rx.State):
    name: str = ""
    email: str = ""
    language: str = ""
    sessions: list[Entry] = []
    keys: list[Entry] = []
    may_have_keys: bool = False
    new_key: str = ""
    """Shown once, and gone with the next page."""

    @loader
    async def load(self) -> None:
        known, actor = await self._run(my_profile), await self._actor()
        self.name, self.email, self.language = known.name, known.email, known.locale
        self.sessions = [
            Entry(
                str(one.id),
                one.device or _("A browser"),
                say_date(one.seen_at.date(), actor.locale),
            )
            for one in await self._run(my_sessions)
        ]
        self.may_have_keys = actor.may(Permission.TOKEN_MANAGE)
        kept = await self._run(my_tokens) if self.may_have_keys else []
        self.keys = [Entry(str(i), name, say_date(at.date(), actor.locale)) for i, name, at in kept]

    @handler
    async def save(self, sent: dict[str, Any]) -> EventType[()]:
        self.faults = {}
        read = Form(sent)
        name, language = read.text("name", longest=160), read.optional_text("language", longest=20)
        read.check()
        await self._run(change_profile, name, language)
        await self._tell(_("Saved."))
        if language and language != self.language:
            return rx.redirect(routes.SPEAK + language, is_external=True)
        return [AccountState.load, FrameState.load]

    @handler
    async def change_password(self, sent: dict[str, Any]) -> EventType[()]:
        self.faults = {}
        read = Form(sent)
        present, new = read.optional_text("present"), read.text("new")
        read.check()
        await self._run(change_password, present, new)
        self.opened = ""
        return rx.redirect(routes.SIGN_IN, is_external=True)

    @handler
    async def end_session(self, session_id: str) -> EventType[()]:
        await self._run(sign_out, as_id(session_id))
        await self._tell(_("That browser is signed out."))
        return AccountState.load

    @handler
    async def make_key(self, sent: dict[str, Any]) -> EventType[()]:
        self.faults = {}
        read = Form(sent)
        name = read.text("name", longest=80)
        read.check()
        self.new_key = await self._run(create_personal_token, name)
        self.opened = ""
        return AccountState.load

    @handler
    async def end_key(self, token_id: str) -> EventType[()]:
        await self._run(revoke_token, as_id(token_id))
        self.new_key = ""
        await self._tell(_("That key works no more."))
        return AccountState.load

    @handler
    async def hide_key(self) -> None:
        self.new_key = ""


def page() -> rx.Component:
    state: Any = AccountState
    return plain_shell(
        loaded(
            state,
            stack(
                _who(state),
                _messages(),
                _calendar(),
                _password(state),
                _sessions(state),
                rx.cond(state.may_have_keys, _keys(state), rx.fragment()),
                _studios(),
            ),
            skeleton=skeleton_block("h-96"),
            on_retry=AccountState.load,
        ),
        title=_("Your account"),
    )


def _who(state: Any) -> rx.Component:
    nothing = ("", _("As the studio"))
    languages = [nothing, *((one, name_of(one)) for one in front().languages)]
    fields = form(
        text_field(_("Name"), "name", faults=state.faults, default_value=state.name, required=True),
        select_field(_("Language"), "language", languages, default_value=state.language),
        actions(submit(_("Save"))),
        on_submit=state.save,
    )
    return card(card_body(fields), title=state.email)


def _messages() -> rx.Component:
    choose = link_button(_("Choose"), routes.MY_MESSAGES)
    return card(card_body(), title=_("Messages to you"), action=choose)


def _calendar() -> rx.Component:
    subscribe = link_button(_("Subscribe"), routes.MY_CALENDAR)
    return card(card_body(), title=_("Your calendar"), action=subscribe)


def _password(state: Any) -> rx.Component:
    fields = form(
        text_field(
            _("Present password"),
            "present",
            kind="password",
            auto_complete="current-password",
            hint=_("Leave it empty if you never had one."),
        ),
        text_field(
            _("New password"),
            "new",
            kind="password",
            faults=state.faults,
            auto_complete="new-password",
            hint=_("At least ten characters. A few unrelated words work well."),
        ),
        form_actions(submit(_("Change the password"))),
        on_submit=state.change_password,
    )
    change = named_dialog(
        state,
        "password",
        fields,
        title=_("A new password"),
        words=_("Every browser is signed out, this one too."),
        trigger=button(_("Change")),
    )
    return card(card_body(), title=_("Password"), action=change)


def _sessions(state: Any) -> rx.Component:
    none = empty("monitor", _("Nowhere"), _("You are not signed in anywhere."))

    def one(entry: Any) -> rx.Component:
        out = confirm(
            title=_("Sign this browser out?"),
            words=_("It stops working with its next tap."),
            action=_("Sign it out"),
            on_confirm=state.end_session(entry.id),
            trigger=button(_("Sign out"), size="sm"),
        )
        return _entry(entry, _("last seen"), out)

    return card(rows(state.sessions, one, empty=none), title=_("Where you are signed in"))


def _keys(state: Any) -> rx.Component:
    none = empty("key-round", _("No keys"), _("A key lets a program of yours use the studio."))

    def one(entry: Any) -> rx.Component:
        end = confirm(
            title=_("Withdraw this key?"),
            words=_("Programs that use it stop working at once."),
            action=_("Withdraw it"),
            on_confirm=state.end_key(entry.id),
            trigger=button(_("Withdraw"), size="sm"),
        )
        return _entry(entry, _("since"), end)

    make = named_dialog(
        state,
        "key",
        form(
            text_field(_("What is it for?"), "name", faults=state.faults, required=True),
            form_actions(submit(_("Make the key"))),
            on_submit=state.make_key,
        ),
        title=_("A key for a program"),
        words=_("It may do everything that you may do here."),
        trigger=button(_("New key"), "plus", size="sm"),
    )
    once = card_body(
        hint("key-round", _("Copy it now: it is shown only this once."), tone="warn"),
        rx.el.code(state.new_key, class_name="key"),
        button(_("I have it"), size="sm", on_click=state.hide_key),
        class_name="grid gap-2",
    )
    return card(
        rx.cond(state.new_key != "", once, rx.fragment()),
        rows(state.keys, one, empty=none),
        title=_("Keys for programs"),
        action=make,
    )


def _entry(entry: Any, words: str, action: rx.Component) -> rx.Component:
    return rx.el.li(
        rx.el.span(entry.name, class_name="font-medium flex-1 min-w-0 truncate"),
        rx.el.span(words, " ", entry.since, class_name="t-sm dim"),
        action,
        class_name="row flex-wrap",
    )


def _studios() -> rx.Component:
    """Another studio is another cookie content: a native post and a full page load."""
    elsewhere: Any = FrameState.elsewhere

    def one(studio: Any) -> rx.Component:
        go = native_form(
            hidden("studio_id", studio.id),
            submit(_("Go there"), size="sm"),
            action="/auth/switch",
        )
        return rx.el.li(
            rx.el.span(studio.name, class_name="font-medium flex-1 min-w-0 truncate"),
            rx.el.span(studio.role, class_name="t-sm dim"),
            go,
            class_name="row",
        )

    listed = card(rx.el.ul(rx.foreach(elsewhere, one), class_name="rows"), title=_("Other studios"))
    return rx.cond(some(elsewhere), listed, rx.fragment())
