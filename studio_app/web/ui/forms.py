"""Forms: a label above every field, the fault below it, what was typed kept."""

from collections.abc import Sequence
from typing import Any

import reflex as rx
from reflex_components_core.el.elements.base import BaseHTML

from studio_app.web.ui.buttons import Words
from studio_app.web.ui.icons import icon


class NativeForm(BaseHTML):
    """A form that the browser posts itself: for signing in and out, which set a cookie."""

    tag = "form"
    action: rx.Var[str]
    method: rx.Var[str]


def native_form(*children: Any, action: str, **props: Any) -> rx.Component:
    return NativeForm.create(*children, action=action, method="post", class_name="form", **props)


def form(*children: Any, on_submit: Any, **props: Any) -> rx.Component:
    """Hands its fields to the handler as a dict; read it with `web.inputs.Form`."""
    more = props.pop("class_name", "")
    return rx.el.form(*children, on_submit=on_submit, class_name=f"form {more}".strip(), **props)


def fields(*children: Any) -> rx.Component:
    """Fields side by side where there is room."""
    return rx.el.div(*children, class_name="form__fields")


def actions(*buttons: rx.Component) -> rx.Component:
    return rx.el.div(*buttons, class_name="form__actions")


def field(
    label: Words,
    control: rx.Component,
    *,
    name: str,
    fault: Words = "",
    hint: Words = "",
) -> rx.Component:
    """One labelled control. Give it the control made with the same name by a function below."""
    return rx.el.div(
        rx.el.label(label, html_for=name, class_name="field__label"),
        control,
        rx.el.p(hint, id=f"{name}-hint", class_name="t-xs faint"),
        rx.el.p(fault, id=f"{name}-fault", role="alert", class_name="fault"),
        class_name="field",
    )


def text_field(
    label: Words,
    name: str,
    *,
    faults: Any = None,
    hint: Words = "",
    kind: Any = "text",
    **props: Any,
) -> rx.Component:
    """A line of text; `kind` is the input type: email, tel, date, time, number, password."""
    fault = _fault(faults, name)
    control = rx.el.input(type=kind, class_name="input", **_control(name, fault), **props)
    return field(label, control, name=name, fault=fault, hint=hint)


def text_area(
    label: Words, name: str, *, faults: Any = None, hint: Words = "", rows: int = 4, **props: Any
) -> rx.Component:
    fault = _fault(faults, name)
    look = "input input--area"
    control = rx.el.textarea(rows=str(rows), class_name=look, **_control(name, fault), **props)
    return field(label, control, name=name, fault=fault, hint=hint)


def select_field(
    label: Words,
    name: str,
    options: Sequence[tuple[str, Words]] | Sequence[dict[str, str]] | rx.Var[list[dict[str, str]]],
    *,
    faults: Any = None,
    hint: Words = "",
    **props: Any,
) -> rx.Component:
    """Options as (value, words), or a var of {"value", "label"}."""
    fault = _fault(faults, name)
    shown = (
        [rx.foreach(options, _option)]
        if isinstance(options, rx.Var)
        else [rx.el.option(words, value=value) for value, words in options]
    )
    control = rx.el.select(*shown, class_name="input", **_control(name, fault), **props)
    return field(label, control, name=name, fault=fault, hint=hint)


def option_list(options: Any) -> rx.Component:
    """The options of a bare select: a var of {"value", "label"}."""
    return rx.foreach(options, _option)


def _option(option: rx.vars.ObjectVar[dict[str, str]]) -> rx.Component:
    return rx.el.option(option["label"], value=option["value"])


def checkbox(label: Words, name: Words, *, detail: Words = "", **props: Any) -> rx.Component:
    return rx.el.label(
        rx.el.input(type="checkbox", name=name, id=name, class_name="check", **props),
        rx.el.span(
            rx.el.span(label, class_name="block"),
            rx.el.span(detail, class_name="block t-xs faint"),
        ),
        html_for=name,
        class_name="check-line",
    )


def switch(label: Any, name: str, **props: Any) -> rx.Component:
    """On or off at once, without a Save button."""
    box = rx.el.input(
        type="checkbox", role="switch", name=name, id=name, class_name="switch", **props
    )
    return rx.el.label(rx.el.span(label), box, html_for=name, class_name="switch-line")


def search_box(label: Words, *, on_change: Any, **props: Any) -> rx.Component:
    """Find as you type. Give `State.search.debounce(150)`; the handler supersedes itself."""
    return rx.el.label(
        icon("search", 15),
        rx.el.input(
            type="search",
            placeholder=label,
            aria_label=label,
            on_change=on_change,
            auto_complete="off",
            **props,
        ),
        class_name="search",
    )


def group(label: Words, *children: Any) -> rx.Component:
    """Several small controls that answer one question."""
    legend = rx.el.legend(label, class_name="field__label")
    return rx.el.fieldset(legend, rx.el.div(*children, class_name="chips"), class_name="field")


def hidden(name: str, value: Words) -> rx.Component:
    return rx.el.input(type="hidden", name=name, value=value)


def _fault(faults: Any, name: str) -> Any:
    if faults is None:
        return ""
    return rx.cond(faults.contains(name), faults[name], "")


def _control(name: str, fault: Any) -> dict[str, Any]:
    wrong = rx.cond(fault != "", "true", "false") if isinstance(fault, rx.Var) else "false"
    return {
        "id": name,
        "name": name,
        "aria_describedby": f"{name}-hint {name}-fault",
        "aria_invalid": wrong,
    }


def folded(words: Words, *children: Any) -> rx.Component:
    """What is seldom needed, behind one line that opens it."""
    return rx.el.details(
        rx.el.summary(icon("chevron-right", 15), words, class_name="folded__line"),
        rx.el.div(*children, class_name="form folded__body"),
        class_name="folded",
    )
