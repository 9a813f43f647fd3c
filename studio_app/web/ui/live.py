"""Pages that show what others change: they hear of it and ask again."""

from typing import Any

import reflex as rx
from reflex_base.components.component import NoSSRComponent
from reflex_base.event import EventHandler, no_args_event_spec
from reflex_base.vars.base import Var

from studio_app.web.ui.scripts import script

STREAM = "/live"


class Live(NoSSRComponent):
    library = script("live.jsx")
    tag = "Live"
    source: Var[str]
    kinds: Var[list[str]]
    every: Var[int]
    on_change: EventHandler[no_args_event_spec]


def live(*kinds: str, on_change: Any, every: int = 0) -> rx.Component:
    """`live("lesson", "seat", on_change=WeekState.look_again)`: names of tables.

    `every` so many seconds it asks too, on pages that say what is now.
    """
    return Live.create(source=STREAM, kinds=list(kinds), every=every, on_change=on_change)
