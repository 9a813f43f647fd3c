"""The line that says what has happened, with Undo. One at a time.

Kept in state and rendered by a component: code sent by the server would need `unsafe-eval`.
"""

from dataclasses import dataclass
from typing import Any

import reflex as rx
from reflex.event import EventType

from studio_app.web.doors import Door, through


@dataclass(frozen=True)
class Notice:
    """What the browser shows. A new number is a new notice, even with the same words."""

    number: int = 0
    words: str = ""
    detail: str = ""
    refused: bool = False
    undoable: bool = False


class Notices(rx.State):
    notice: Notice = Notice()
    _undo: Any = None

    def _put(
        self, words: str, *, detail: str = "", refused: bool = False, undo: Any = None
    ) -> None:
        number = self.notice.number + 1
        self.notice = Notice(number, words, detail, refused, undo is not None)
        self._undo = undo

    @rx.event
    @through(Door.OPEN)
    async def undo(self) -> EventType[()]:
        """Send the event that was kept with the notice; its handler checks as always."""
        kept = getattr(self._undo, "__wrapped__", self._undo)  # Reflex lends vars in a proxy
        self._undo = None
        self.notice = Notice(self.notice.number + 1)
        return kept
