"""Lists that are shown a page at a time."""

from studio_app.web.handlers import handler
from studio_app.web.session import PageState


class Turning(PageState, mixin=True):
    """A page's state with such a list: `_show` reads from `_after()` on and says `_turned`."""

    more: bool = False
    page_number: int = 1
    _starts: list[str] = [""]
    """After what each page begins that was shown; the last one is on screen."""
    _end: str = ""
    """After what the next page begins."""

    @handler
    async def next_page(self) -> None:
        self._leave()
        if self.more:
            self._starts = [*self._starts, self._end]
        await self._show()

    @handler
    async def last_page(self) -> None:
        self._leave()
        self._starts = self._starts[:-1] or [""]
        await self._show()

    def _leave(self) -> None:
        """Refused where something on this page would be lost."""

    async def _show(self) -> None:
        """Read the page that begins after `_after`; each list says how."""
        raise NotImplementedError

    def _after(self) -> str:
        return self._starts[-1]

    def _from_the_start(self) -> None:
        self._starts = [""]

    def _turned(self, end: object | None) -> None:
        """The list ends here, or goes on after `end`."""
        self.more, self.page_number = end is not None, len(self._starts)
        self._end = "" if end is None else str(end)
