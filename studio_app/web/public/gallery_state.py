"""What the gallery's parts do when they are touched."""

from typing import Any

import reflex as rx

from studio_app.kit.errors import Conflict
from studio_app.web.handlers import open_handler
from studio_app.web.inputs import Form
from studio_app.web.session import PageState
from studio_app.web.words import _

EXAMPLES: list[dict[str, str]] = [
    {"name": "Sam Green", "family": "Green", "status": "active", "due": "£48.00", "k": "k1"},
    {"name": "Mia Novak", "family": "Novak", "status": "trial", "due": "£0.00", "k": "k2"},
    {"name": "Jude Ellis", "family": "Ellis", "status": "paused", "due": "£170.16", "k": "k3"},
]


class GalleryState(PageState, rx.State):
    period: str = "month"
    mark: str = ""
    people: list[dict[str, str]] = EXAMPLES
    nobody: list[dict[str, str]] = []

    @open_handler
    async def choose_period(self, chosen: str, marker: str) -> None:
        self.period = chosen

    @open_handler
    async def choose_mark(self, chosen: str, marker: str) -> None:
        before, self.mark = self.mark, chosen
        undo = GalleryState.put_back(before)
        await self._tell(_("Marked."), detail=_("The family will see it."), undo=undo)

    @open_handler
    async def put_back(self, mark: str) -> None:
        self.mark = mark

    @open_handler
    async def find(self, typed: str) -> None:
        wanted = typed.strip().lower()
        self.people = [row for row in EXAMPLES if wanted in row["name"].lower()]

    @open_handler
    async def save(self, sent: dict[str, Any]) -> None:
        self.faults = {}
        form = Form(sent)
        form.text("kit_name", longest=40)
        form.optional_day("kit_born")
        form.money("kit_price", "GBP")
        form.check()
        await self._tell(_("Saved."))

    @open_handler
    async def receive(self, answer: dict[str, Any]) -> None:
        await self._tell(_("The file has arrived."), detail=str(answer.get("name", "")))

    @open_handler
    async def refuse(self) -> None:
        raise Conflict

    @open_handler
    async def fail(self) -> None:
        raise ZeroDivisionError("asked for by the gallery")
