"""The school year: terms, closures and bank holidays. All days are the studio's own."""

from dataclasses import dataclass
from datetime import date

from fastapi import APIRouter

from studio_app.kit.ids import ClosureId, LocationId, TermId
from studio_app.scheduling.commands.year import (
    Reopened,
    add_term,
    change_term,
    close_studio_on,
    ignore_holiday,
    observe_holiday,
    remove_term,
    reopen_studio,
)
from studio_app.scheduling.queries.setup import (
    ClosureAhead,
    ClosureRow,
    HolidayRow,
    TermRow,
    closure_ahead,
    closures,
    holidays_between,
    terms,
)
from studio_app.web.api.caller import Asking
from studio_app.web.api.made import Made
from studio_app.web.api.v1.bounds import NotTooFar
from studio_app.web.api.v1.pages import Page, Paging

router = APIRouter(prefix="/api/v1", tags=["school year"])


@dataclass(frozen=True, slots=True)
class TermDetails:
    """Both days included."""

    name: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class NewClosure:
    """Both days included. Lessons in these days are cancelled unless `keep_lessons`."""

    name: str
    first_on: date
    last_on: date
    location_id: LocationId | None = None
    keep_lessons: bool = False


@dataclass(frozen=True, slots=True)
class Holiday:
    name: str


@router.get("/terms")
def list_terms(asking: Asking, page: Paging) -> Page[TermRow]:
    return page.of(asking.run(terms), by=lambda one: one.id)


@router.post("/terms", status_code=201)
def create_term(asking: Asking, term: TermDetails) -> Made:
    return Made(
        asking.run(add_term, name=term.name, starts_on=term.starts_on, ends_on=term.ends_on)
    )


@router.put("/terms/{term_id}", status_code=204)
def replace_term(asking: Asking, term_id: TermId, term: TermDetails) -> None:
    """409 if series end with this term and it would end earlier."""
    asking.run(change_term, term_id, name=term.name, starts_on=term.starts_on, ends_on=term.ends_on)


@router.delete("/terms/{term_id}", status_code=204)
def delete_term(asking: Asking, term_id: TermId) -> None:
    """409 while series end with it."""
    asking.run(remove_term, term_id)


@router.get("/closures")
def list_closures(asking: Asking, page: Paging, since: NotTooFar | None = None) -> Page[ClosureRow]:
    """By their first day; with `since` those that are not over by then."""
    return page.of(asking.run(closures, since=since), by=lambda one: one.id)


@router.get("/closures/ahead")
def what_closing_cancels(
    asking: Asking, first_on: NotTooFar, last_on: NotTooFar, location_id: LocationId | None = None
) -> ClosureAhead:
    """How many lessons closing on these days, both included, would cancel."""
    return asking.run(closure_ahead, first_on, last_on, location_id=location_id)


@router.post("/closures", status_code=201)
def close(asking: Asking, closure: NewClosure) -> Made:
    return Made(
        asking.run(
            close_studio_on,
            name=closure.name,
            first_on=closure.first_on,
            last_on=closure.last_on,
            location_id=closure.location_id,
            keep_lessons=closure.keep_lessons,
        )
    )


@router.delete("/closures/{closure_id}")
def reopen(asking: Asking, closure_id: ClosureId) -> Reopened:
    """Takes a closure back: how many lessons take place again, and how many cannot."""
    return asking.run(reopen_studio, closure_id)


@router.get("/holidays")
def list_holidays(asking: Asking, first: NotTooFar, until: NotTooFar) -> list[HolidayRow]:
    """Bank holidays of the studio's country and region in [first, until)."""
    return asking.run(holidays_between, first, until)


@router.post("/holidays/ignore", status_code=204)
def ignore(asking: Asking, holiday: Holiday) -> None:
    """Teach on this bank holiday, every year. `name` is the `key` of the list."""
    asking.run(ignore_holiday, holiday.name)


@router.post("/holidays/observe", status_code=204)
def observe(asking: Asking, holiday: Holiday) -> None:
    asking.run(observe_holiday, holiday.name)
