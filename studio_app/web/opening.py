"""Pages with dialogs: which one is open, and the key of what it is about to send."""

from studio_app.kit.ids import new_id
from studio_app.web.handlers import handler
from studio_app.web.session import PageState


class Opening(PageState, mixin=True):
    """A page's state with dialogs; one is open at a time, known by its name."""

    opened: str = ""
    caution: str = ""
    """What speaks against the change that was just tried: it needs a reason"""
    _key: str = ""
    """Sent with the dialog's change: a second tap, or a replay, changes nothing more."""

    @handler
    async def arrive(self) -> None:
        """Nothing is open on a page one has just come to."""
        self.opened, self.faults, self.caution = "", {}, ""

    @handler
    async def open(self, name: str, is_open: bool) -> None:
        self.opened = name if is_open else ""
        self.faults, self.caution = {}, ""
        self._key = str(new_id())
        if is_open:
            await self._opened(name)

    async def _opened(self, name: str) -> None:
        """What a dialog has to ask for when it opens; nothing unless a page says so."""

    def _about(self, kind: str) -> str:
        """The id in the open dialog's name, such as `edit 0190…` for the kind `edit`."""
        opened, _space, about = self.opened.partition(" ")
        return about if opened == kind else ""
