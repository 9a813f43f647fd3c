"""The page on which a policy is written: rules read as sentences, opened one at a time."""

from typing import Any

import reflex as rx

from studio_app.web import routes
from studio_app.web.office.settings.frame import settings_shell
from studio_app.web.office.settings.policies.editor_state import PolicyRulesState
from studio_app.web.office.settings.policies.replaying import replay_card
from studio_app.web.office.settings.policies.trying import try_card
from studio_app.web.ui.badges import pill
from studio_app.web.ui.buttons import button, icon_button, submit, text_button
from studio_app.web.ui.cards import card, card_body
from studio_app.web.ui.choices import chip
from studio_app.web.ui.dialogs import confirm, form_actions, named_dialog
from studio_app.web.ui.forms import field, form, group, option_list, text_area, text_field
from studio_app.web.ui.lists import rows, some
from studio_app.web.ui.pages import breadcrumb, columns, stack
from studio_app.web.ui.states import empty, loaded, skeleton_block
from studio_app.web.words import _


def page() -> rx.Component:
    state: Any = PolicyRulesState
    return settings_shell(
        routes.SETTINGS_POLICIES,
        breadcrumb((_("Cancelling and make-ups"), routes.SETTINGS_POLICIES)),
        loaded(
            state,
            columns(
                stack(_head(state), _rules(state)),
                stack(try_card(state), replay_card(), _json(state), _versions(state)),
            ),
            skeleton=skeleton_block("h-96"),
            on_retry=PolicyRulesState.load,
        ),
    )


def _head(state: Any) -> rx.Component:
    name = text_field(
        _("Name"),
        "policy-name",
        default_value=state.name,
        on_blur=state.set_name,
        key=state.name,
    )
    standing = rx.cond(
        state.is_draft,
        pill(_("Draft, kept by itself"), tone="warn"),
        pill(_("Published"), tone="ok"),
    )
    buttons = rx.cond(
        state.is_draft,
        rx.el.div(
            rx.cond(state.version > 0, _discard(state), rx.fragment()),
            _publish(state),
            class_name="flex flex-wrap gap-2",
        ),
        rx.fragment(),
    )
    line = rx.el.div(
        standing, buttons, class_name="flex flex-wrap gap-2 items-center justify-between mt-3"
    )
    return card(card_body(name, line, class_name="pt-4"))


def _discard(state: Any) -> rx.Component:
    return confirm(
        title=_("Forget the draft?"),
        words=_("What is published goes on as it is."),
        action=_("Forget it"),
        on_confirm=state.discard,
        trigger=button(_("Forget the draft"), kind="ghost", size="sm"),
    )


def _publish(state: Any) -> rx.Component:
    def listed(title: str, said: Any, look: str) -> rx.Component:
        one = rx.el.ul(
            rx.foreach(said, lambda words: rx.el.li(words, class_name=f"t-sm {look}")),
            class_name="grid gap-2",
        )
        return rx.cond(
            some(said),
            rx.el.div(rx.el.h3(title, class_name="t-over"), one, class_name="grid gap-1"),
            rx.fragment(),
        )

    return named_dialog(
        state,
        "publish",
        form(
            listed(_("New"), state.added, ""),
            listed(_("No longer"), state.removed, "dim line-through"),
            text_area(_("What changes, in your words"), "note", rows=2, faults=state.faults),
            form_actions(submit(_("Publish"), "check")),
            on_submit=state.publish,
        ),
        title=_("Publish this policy?"),
        words=_(
            "It counts for what is booked from now on. Lessons keep what they were booked under."
        ),
        trigger=button(_("Publish …"), "check", kind="primary", size="sm"),
    )


def _rules(state: Any) -> rx.Component:
    add = button(_("Add a rule"), "plus", size="sm", on_click=state.add_rule)
    nothing = empty("scale", _("No rules yet"), _("Add the first one."), level=3)
    about = rx.el.p(
        _("From top to bottom: the first rule that fits decides, the last is for all the rest."),
        class_name="t-xs faint",
    )
    listed = rows(state.rules, lambda one: _rule(state, one), empty=nothing)
    return card(card_body(about), listed, title=_("Rules"), action=add)


def _rule(state: Any, one: Any) -> rx.Component:
    movable = ~one.is_last
    acts = rx.el.div(
        rx.cond(
            movable & (one.n > 0),
            icon_button("arrow-up", _("One place up"), on_click=state.earlier(one.n)),
            rx.fragment(),
        ),
        icon_button(
            "pencil",
            _("Change this rule"),
            on_click=state.choose(one.n),
            aria_expanded=rx.cond(one.is_open, "true", "false"),
        ),
        rx.cond(
            movable,
            icon_button("trash-2", _("Remove this rule"), on_click=state.drop_rule(one.n)),
            rx.fragment(),
        ),
        class_name="flex gap-1",
    )
    words = rx.el.div(
        rx.el.p(one.title, class_name="font-medium"),
        rx.el.p(one.sentence, class_name="t-sm dim"),
        rx.cond(
            one.fault != "", rx.el.p(one.fault, role="alert", class_name="fault"), rx.fragment()
        ),
        class_name="flex-1 min-w-0",
    )
    head = rx.el.div(words, acts, class_name="flex gap-2 items-start")
    return rx.el.li(
        rx.el.div(
            head, rx.cond(one.is_open, _fields(state, one), rx.fragment()), class_name="w-full"
        ),
        class_name="row",
    )


def _fields(state: Any, one: Any) -> rx.Component:
    def part(title: str, listed: Any) -> rx.Component:
        drawn = rx.el.div(
            rx.foreach(listed, lambda each: _field(state, each)), class_name="form__fields"
        )
        return rx.el.div(rx.el.h3(title, class_name="t-over"), drawn, class_name="grid gap-2")

    title = text_field(
        _("What you call it"),
        "title",
        faults=state.faults,
        default_value=one.title,
        on_blur=lambda value: state.set_field("title", value),
        key=state.rev + "title",
    )
    done = rx.el.div(
        text_button(_("Done"), on_click=state.choose(one.n)), class_name="flex justify-end"
    )
    asked = rx.cond(some(state.when), part(_("If"), state.when), rx.fragment())
    return rx.el.div(title, asked, part(_("Then"), state.then), done, class_name="form mt-3")


def _field(state: Any, one: Any) -> Any:
    fault = rx.cond(state.faults.contains(one.part), state.faults[one.part], "")

    def chips(each: Any) -> rx.Component:
        return chip(each.label, pressed=each.on, on_click=state.toggle(one.part, each.value))

    listed = rx.el.div(group(one.label, rx.foreach(one.options, chips)), class_name="col-span-full")
    select = rx.el.select(
        option_list(one.options),
        id=one.part,
        value=one.value,
        on_change=lambda value: state.set_field(one.part, value),
        class_name="input",
        key=state.rev + one.part,
    )
    typed = rx.el.input(
        id=one.part,
        default_value=one.value,
        on_blur=lambda value: state.set_field(one.part, value),
        class_name="input",
        key=state.rev + one.part,
    )

    def labelled(control: rx.Component) -> rx.Component:
        return field(one.label, control, name=one.part, fault=fault, hint=one.hint)

    return rx.match(
        one.kind,
        ("chips", listed),
        ("select", labelled(select)),
        labelled(typed),
    )


def _json(state: Any) -> rx.Component:
    area = text_area(
        _("The same as JSON"),
        "document",
        hint=_("To look at, to copy elsewhere, or to replace with what you paste."),
        rows=8,
        default_value=state.text,
        key=state.rev,
        spell_check=False,
    )
    body = form(area, rx.el.div(submit(_("Take over what stands there"))), on_submit=state.paste)
    return card(
        rx.el.details(
            rx.el.summary(_("As JSON"), class_name="card__h t-h3"),
            card_body(body),
        )
    )


def _versions(state: Any) -> rx.Component:
    def one(version: Any) -> rx.Component:
        return rx.el.li(
            rx.el.div(
                rx.el.p(version.title, class_name="t-sm font-medium"),
                rx.el.p(version.about, class_name="t-xs faint"),
                rx.el.p(version.note, class_name="t-xs dim"),
            ),
            class_name="row",
        )

    nothing = empty(
        "history", _("Not published yet"), _("Until then it counts for nobody."), level=3
    )
    return card(rows(state.versions, one, empty=nothing), title=_("Versions"))
