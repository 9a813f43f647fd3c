"""One file on its way in: checked with a progress bar, looked at, decided, applied, undone."""

from collections.abc import AsyncIterator
from typing import Any

import reflex as rx
from reflex.event import EventType

from studio_app.imports.commands.applying import apply_import
from studio_app.imports.commands.deciding import decide_row
from studio_app.imports.commands.staging import check_rows, discard_import, remap_import
from studio_app.imports.commands.undoing import undo_import
from studio_app.imports.queries.expecting import what_would_happen
from studio_app.imports.queries.preview import (
    BatchState,
    DateOrder,
    Decision,
    Outcome,
    import_preview,
    import_targets,
)
from studio_app.kit.ids import BatchId
from studio_app.web import routes
from studio_app.web.handlers import handler, loader
from studio_app.web.inputs import Form, as_id
from studio_app.web.office.importing import shown
from studio_app.web.office.importing.leftovers_state import LeftoversState
from studio_app.web.office.importing.openings_state import NotKept, OpeningsState
from studio_app.web.office.importing.shown import (
    ColumnLine,
    FileShown,
    Group,
    RowLine,
)
from studio_app.web.opening import Opening
from studio_app.web.turning import Turning
from studio_app.web.words import _, many

AT_ONCE = 100


class FileState(Turning, Opening, rx.State):
    file: FileShown = FileShown()
    groups: list[Group] = []
    rows: list[RowLine] = []
    columns: list[ColumnLine] = []
    targets: list[dict[str, str]] = []
    _group: str = ""

    @loader
    async def load(self) -> EventType[()] | None:
        self._group = ""
        self._from_the_start()
        await self._show()
        if not self.targets:
            nothing = {"value": "", "label": _("Leave out")}
            found = await self._run(import_targets)
            self.targets = [nothing, *({"value": t.value, "label": t.label} for t in found)]
        return FileState.check if self.file.state == BatchState.CHECKING else None

    @handler
    async def check(self) -> AsyncIterator[EventType[()] | None]:
        """Check the file's rows some at a time, with the bar moving in between."""
        finished = False
        while not finished:
            progress = await self._run(check_rows, self._id(), limit=AT_ONCE)
            finished = progress.finished
            await self._show()
            yield None
        yield OpeningsState.load

    @handler
    async def choose_group(self, group: str) -> None:
        self._group = group
        self._from_the_start()
        await self._show()

    @handler
    async def decide(self, row_id: str, decision: str) -> EventType[()]:
        form = Form({"decision": decision})
        wanted = form.choice("decision", Decision)
        form.check()
        await self._run(decide_row, as_id(row_id), wanted)
        await self._show()
        return OpeningsState.load

    @handler
    async def correct(self, sent: dict[str, Any]) -> EventType[()]:
        """Type the name a row lacks, and add it."""
        self.faults = {}
        form = Form(sent)
        names = {
            "first_name": form.text("first_name"),
            "last_name": form.optional_text("last_name"),
        }
        form.check()
        await self._run(decide_row, as_id(self._about("correct")), Decision.CREATE, fixes=names)
        self.opened = ""
        await self._show()
        return OpeningsState.load

    @handler
    async def remap(self, index: str, target: str) -> EventType[()]:
        """Take a column for something else; the rows are checked again."""
        column = Form({"column": index}).number("column", most=200)
        await self._run(remap_import, self._id(), columns={column: target or None})
        return FileState.check

    @handler
    async def switch_order(self, order: str, marker: str) -> EventType[()]:
        form = Form({"order": order})
        wanted = form.choice("order", DateOrder)
        form.check()
        await self._run(remap_import, self._id(), order=wanted)
        return FileState.check

    @handler
    async def apply(self) -> EventType[()]:
        if (await self.get_state(OpeningsState)).faults:
            raise NotKept
        done = await self._run_once(str(self._id()), apply_import, self._id())
        await self._tell(
            many("{n} student came in.", "{n} students came in.", n=done.added),
            detail=_("You can take this back for 24 hours."),
            undo=FileState.take_back,
        )
        return [FileState.load, OpeningsState.load, LeftoversState.load]

    @handler
    async def take_back(self) -> EventType[()]:
        undone = await self._run(undo_import, self._id())
        n = undone.removed
        await self._tell(
            many("{n} entry was removed again.", "{n} entries were removed again.", n=n)
        )
        return [FileState.load, OpeningsState.load, LeftoversState.load]

    @handler
    async def discard(self) -> EventType[()]:
        await self._run(discard_import, self._id())
        await self._tell(_("The file was forgotten. Nothing was imported."))
        return rx.redirect(routes.IMPORT)

    async def _show(self) -> None:
        group = Outcome(self._group) if self._group in set(Outcome) else None
        number = int(self._after() or 1)
        found = await self._run(import_preview, self._id(), group, number)
        expected = await self._run(what_would_happen, self._id())
        locale = (await self._actor()).locale
        self.file = shown.file_of(found, expected, locale)
        self.groups = shown.groups_of(found, self._group)
        self.rows, self.columns = shown.rows_of(found), shown.columns_of(found)
        self._turned(number + 1 if number < found.pages else None)

    def _id(self) -> BatchId:
        return BatchId(self._path_id("batch_id"))
