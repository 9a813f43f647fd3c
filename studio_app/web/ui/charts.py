"""Small pictures of numbers, as inline SVG. The numbers stand beside or under them in words."""

from collections.abc import Sequence

import reflex as rx

from studio_app.web.ui.buttons import Words

WIDTH, HEIGHT = 76, 28


def sparkline(points: Words, *, colour: str = "accent") -> rx.Component:
    """`points` from `polyline` below, made on the server; says nothing by itself."""
    line = rx.el.svg.polyline(
        points=points,
        fill="none",
        stroke=f"var(--{colour})",
        stroke_width="2",
        stroke_linecap="round",
        stroke_linejoin="round",
    )
    return rx.el.svg(
        line,
        width=str(WIDTH),
        height=str(HEIGHT),
        view_box=f"0 0 {WIDTH} {HEIGHT}",
        aria_hidden="true",
    )


def polyline(values: Sequence[float]) -> str:
    """Values as the points of a sparkline, scaled to fill it."""
    if not values:
        return ""
    low, high = min(values), max(values)
    span = (high - low) or 1
    step = WIDTH / max(len(values) - 1, 1)
    usable = HEIGHT - 4
    return " ".join(
        f"{index * step:.1f},{2 + usable - (value - low) / span * usable:.1f}"
        for index, value in enumerate(values)
    )


def progress(
    share: rx.Var[int] | int, label: Words, *, most: rx.Var[int] | int = 100
) -> rx.Component:
    """A bar that fills; `share` of `most`."""
    width = rx.Var.create(share).to(int) * 100 / rx.Var.create(most).to(int)
    return rx.el.div(
        rx.el.i(style={"width": f"{width}%"}),
        class_name="bar",
        role="progressbar",
        aria_label=label,
        aria_valuenow=share,
        aria_valuemin=0,
        aria_valuemax=most,
    )


def stacked_bars(bars: rx.Var[list[dict[str, str]]], label: Words) -> rx.Component:
    """Columns of two parts. Each bar is a dict of `column_bars` below, made on the server."""
    return rx.el.div(rx.foreach(bars, _bar), class_name="bars", role="img", aria_label=label)


def _bar(bar: rx.vars.ObjectVar[dict[str, str]]) -> rx.Component:
    return rx.el.div(
        rx.el.div(
            rx.el.i(class_name="bars__rest", style={"height": bar["rest"]}),
            rx.el.i(class_name="bars__main", style={"height": bar["main"]}),
            class_name="bars__column",
        ),
        rx.el.span(bar["name"], class_name="t-xs faint"),
        class_name="bars__bar",
    )


def column_bars(rows: Sequence[tuple[str, int, int]]) -> list[dict[str, str]]:
    """(name, main part, rest) as heights in per cent of the tallest column."""
    tallest = max((main + rest for _name, main, rest in rows), default=0) or 1
    return [
        {"name": name, "main": f"{main / tallest:.1%}", "rest": f"{rest / tallest:.1%}"}
        for name, main, rest in rows
    ]
