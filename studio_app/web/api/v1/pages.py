"""Lists a page at a time, all in one way: ask for `after=next_after` until it is null."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Generic, TypeVar

from fastapi import Depends, Query

from studio_app.web.api.v1.bounds import Limit

T = TypeVar("T")
After = Annotated[str | None, Query(max_length=100)]


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """`next_after` is what to ask for next; null on the last page."""

    rows: list[T]
    next_after: str | None


@dataclass(frozen=True, slots=True)
class PageAsked:
    """Which page: the one behind `after`, of so many rows."""

    after: After = None
    limit: Limit = 50

    def of(self, found: Sequence[T], *, by: Callable[[T], object]) -> Page[T]:
        """This page of all rows; none if nothing is called `after`. `by` tells rows apart."""
        start = 0
        if self.after is not None:
            places = (place for place, row in enumerate(found, 1) if str(by(row)) == self.after)
            start = next(places, len(found))
        rows = list(found[start : start + self.limit])
        more = start + self.limit < len(found)
        return Page(rows, str(by(rows[-1])) if more else None)

    def behind(self, found: Sequence[T], *, by: Callable[[T], object]) -> Page[T]:
        """This page of rows that were read from behind `after`: one more than `limit` where
        there are more."""
        rows = list(found[: self.limit])
        return Page(rows, str(by(rows[-1])) if len(found) > self.limit else None)


Paging = Annotated[PageAsked, Depends()]
