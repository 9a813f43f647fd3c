"""The page on which an automation is put together: when, if, then, and beside it a trial."""

from datetime import time
from typing import Any

import reflex as rx

from studio_app.kit.formats import say_wall_time
from studio_app.kit.words import speaking
from studio_app.web import routes
from studio_app.web.office.automations.history import history_card
from studio_app.web.office.automations.state import AutomationState
from studio_app.web.office.automations.steps import step
from studio_app.web.ui.buttons import button, icon_button
from studio_app.web.ui.cards import card, card_body, hint
from studio_app.web.ui.forms import fields, select_field, switch, text_field
from studio_app.web.ui.lists import rows
from studio_app.web.ui.pages import breadcrumb, columns, stack
from studio_app.web.ui.shells import office_shell
from studio_app.web.ui.states import empty, loaded, skeleton_block
from studio_app.web.words import _, weekdays


def page() -> rx.Component:
    state: Any = AutomationState
    on = switch(_("Switched on"), "is-on", checked=state.is_on, on_change=state.switch)
    return office_shell(
        routes.AUTOMATIONS,
        breadcrumb((_("Automations"), routes.AUTOMATIONS)),
        loaded(
            state,
            columns(
                stack(_head(state), _when(state), _ifs(state), _thens(state), _save(state)),
                stack(_trial(state), rx.cond(state.is_new, rx.fragment(), history_card())),
            ),
            skeleton=skeleton_block("h-96"),
            on_retry=AutomationState.load,
        ),
        title=rx.cond(state.name != "", state.name, _("New automation")),
        top=[rx.cond(state.is_new, rx.fragment(), on)],
    )


def _head(state: Any) -> rx.Component:
    said = rx.el.div(hint("workflow", state.sentence), role="status")
    return card(
        card_body(
            text_field(
                _("Name"),
                "name",
                faults=state.faults,
                default_value=state.name,
                on_blur=state.set_name,
                key=state.rev,
            ),
            rx.cond(state.sentence != "", rx.el.div(said, class_name="mt-3"), rx.fragment()),
            class_name="pt-4",
        )
    )


def _fault(state: Any, part: Any) -> rx.Component:
    words = rx.cond(state.faults.contains(part), state.faults[part], "")
    return rx.el.p(words, role="alert", class_name="fault")


def _when(state: Any) -> rx.Component:
    when = state.when
    locale = speaking.get()
    hours = [(str(hour), say_wall_time(time(hour), locale)) for hour in range(24)]
    days = [(str(day), str(day)) for day in range(1, 32)]
    names = [(str(n), name) for n, name in enumerate(weekdays(), start=1)]

    def set_part(part: str) -> Any:
        return lambda value: state.set_when(part, value)

    def chosen(label: str, part: str, options: Any) -> rx.Component:
        value = when[part]
        return select_field(label, f"when-{part}", options, value=value, on_change=set_part(part))

    happening = when.happening
    clock = (happening == "every_day") | (happening == "every_week") | (happening == "every_month")
    tag = text_field(
        _("Which tag"),
        "when-tag",
        hint=_("Empty: any."),
        default_value=when.tag,
        on_blur=set_part("tag"),
        key=state.rev,
    )
    timed = fields(
        rx.cond(when.happening == "every_week", chosen(_("On"), "weekday", names), rx.fragment()),
        rx.cond(when.happening == "every_month", chosen(_("Day"), "day", days), rx.fragment()),
        chosen(_("At"), "hour", hours),
        chosen(_("For whom"), "each", state.each),
    )
    return card(
        card_body(
            chosen(_("This happens"), "happening", state.happenings),
            rx.cond(clock, timed, rx.fragment()),
            rx.cond(when.happening == "student_tagged", tag, rx.fragment()),
            _fault(state, "when"),
            class_name="form",
        ),
        title=_("When"),
    )


def _ifs(state: Any) -> rx.Component:
    add = button(_("Add a condition"), "plus", size="sm", on_click=state.add_condition)
    always = empty(
        "infinity",
        _("Every time"),
        _("Add conditions where it should only happen sometimes. All of them must hold."),
        level=3,
    )
    listed = rows(state.conditions, lambda one: _condition(state, one), empty=always)
    return card(
        listed,
        title=_("If all of this holds"),
        action=rx.cond(state.asked.length() > 0, add, rx.fragment()),
    )


def _condition(state: Any, one: Any) -> rx.Component:
    number = one.n.to_string()

    def set_part(part: str) -> Any:
        return lambda value: state.set_condition(one.n, part, value)

    def chosen(label: str, part: str, options: Any) -> rx.Component:
        name = f"if-{part}-" + number
        return select_field(label, name, options, value=one[part], on_change=set_part(part))

    def typed(label: str, part: str, **props: Any) -> rx.Component:
        name, key = f"if-{part}-" + number, one.uid + one.what
        return text_field(
            label, name, default_value=one[part], on_blur=set_part(part), key=key, **props
        )

    value = rx.cond(
        one.choices.length() > 0,
        chosen(_("Value"), "value", one.choices),
        rx.cond(
            one.is_number,
            typed(_("Value"), "value", input_mode="decimal"),
            typed(_("Value"), "value"),
        ),
    )
    days = typed(_("In the last days"), "days", input_mode="numeric")
    gone = icon_button("trash-2", _("Remove this condition"), on_click=state.drop_condition(one.n))
    body = rx.el.div(
        fields(
            chosen(_("What"), "what", state.asked),
            chosen(_("How"), "compare", one.compares),
            value,
            rx.cond(one.looks_back, days, rx.fragment()),
        ),
        _fault(state, "conditions." + number),
        class_name="flex-1 min-w-0",
    )
    return rx.el.li(body, gone, class_name="row items-start")


def _thens(state: Any) -> rx.Component:
    add = button(_("Add an action"), "plus", size="sm", on_click=state.add_action)
    none = empty("list-plus", _("Nothing yet"), _("Say what should be done."), level=3)
    listed = rows(
        state.actions,
        lambda one: step(state, one, _fault(state, "actions." + one.n.to_string())),
        empty=none,
    )
    words = rx.cond(
        state.placeholders != "",
        card_body(
            rx.el.p(
                _("In words these are filled in:"),
                " ",
                rx.el.code(state.placeholders),
                class_name="t-xs faint",
            )
        ),
        rx.fragment(),
    )
    return card(
        listed,
        words,
        _fault(state, "actions"),
        title=_("Then, in this order"),
        action=add,
    )


def _save(state: Any) -> rx.Component:
    limit = text_field(
        _("At most so many actions a day"),
        "limit",
        faults=state.faults,
        default_value=state.limit,
        on_blur=state.set_limit,
        input_mode="numeric",
        hint=_("What goes beyond is held back, and you are told once."),
        key=state.rev,
    )
    keep = rx.cond(state.is_new, _("Keep it"), _("Save"))
    act = button(keep, "check", kind="primary", on_click=state.save)
    return card(card_body(fields(limit), rx.el.div(act, class_name="mt-3"), class_name="pt-4"))


def _trial(state: Any) -> rx.Component:
    trial = state.trial
    act = button(_("Try it on last month"), "flask-conical", size="sm", on_click=state.try_out)
    about = rx.el.p(
        _(
            "Nothing is done. Status, tags and money are taken as they are today, "
            "counts and hours as they were."
        ),
        class_name="t-xs faint",
    )
    over = rx.el.div(hint("triangle-alert", trial.over, tone="warn"), class_name="mt-2")
    said = rx.el.div(
        rx.el.p(trial.words, class_name="t-sm"),
        rx.cond(trial.over != "", over, rx.fragment()),
        role="status",
    )

    def would(one: Any) -> rx.Component:
        return rx.el.li(
            rx.el.div(
                rx.el.p(
                    rx.el.span(one.when, class_name="num font-medium"),
                    " · ",
                    one.whom,
                    class_name="t-sm",
                ),
                rx.el.ul(
                    rx.foreach(one.actions, lambda words: rx.el.li(words, class_name="t-xs dim"))
                ),
                class_name="min-w-0",
            ),
            class_name="row",
        )

    listed = rx.el.ul(rx.foreach(trial.would, would), class_name="rows")
    return card(
        card_body(rx.cond(trial.words != "", said, about)),
        listed,
        title=_("What would it have done?"),
        action=act,
    )
