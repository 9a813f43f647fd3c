"""Pages that show what others change: they hear of it and ask again."""

from typing import Any

import reflex as rx
from reflex_base.components.component import NoSSRComponent
from reflex_base.event import EventHandler, no_args_event_spec
from reflex_base.vars.base import Var

STREAM = "/live"


class Live(NoSSRComponent):
    library = rx.asset("live.jsx", shared=True).importable_path
    tag = "Live"
    source: Var[str]
    kinds: Var[list[str]]
    on_change: EventHandler[no_args_event_spec]


def live(*kinds: str, on_change: Any) -> rx.Component:
    """`live("lesson", "seat", on_change=WeekState.look_again)`: names of tables."""
    return Live.create(source=STREAM, kinds=list(kinds), on_change=on_change)
