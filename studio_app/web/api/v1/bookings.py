"""Open times and bookings: families for their own students, the office for anybody."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Body
from fastapi.responses import JSONResponse

from studio_app.bookings.commands.booking import book
from studio_app.bookings.commands.deciding import (
    confirm_booking,
    decline_booking,
    withdraw_booking,
)
from studio_app.bookings.commands.reopening import reopen_booking
from studio_app.bookings.queries.bookings import (
    BookingRow,
    booking_status,
    my_bookings,
    waiting_bookings,
)
from studio_app.bookings.queries.choices import Choices, my_choices
from studio_app.bookings.queries.offers import Offers, offers
from studio_app.bookings.wishes import Asked, BookingKind, BookingWish
from studio_app.kit.ids import BookingId, LessonTypeId, LocationId, StudentId, TeacherId
from studio_app.web.api.caller import Asking
from studio_app.web.api.v1.bounds import AnyDay
from studio_app.web.api.v1.pages import Page, Paging

router = APIRouter(prefix="/api/v1", tags=["bookings"])


@dataclass(frozen=True, slots=True)
class Search:
    """Days [first_on, until) on the studio's wall, half a year at most. Without a teacher:
    of any who teaches the instrument, and without that of anybody."""

    student_id: StudentId
    lesson_type_id: LessonTypeId
    first_on: AnyDay
    until: AnyDay
    teacher_id: TeacherId | None = None
    instrument: str = ""
    location_id: LocationId | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """One of the times that `/availability` answered. `starts_at` without an offset is wall time
    of the studio; `weekly` asks for it every week from then on, `place` for one in a group."""

    student_id: StudentId
    lesson_type_id: LessonTypeId
    teacher_id: TeacherId
    starts_at: datetime
    location_id: LocationId | None = None
    kind: BookingKind = BookingKind.SINGLE


@dataclass(frozen=True, slots=True)
class Tracked:
    """What was asked for is kept; `status_url` says what becomes of it."""

    id: BookingId
    status_url: str


@router.post("/availability")
def search_availability(asking: Asking, search: Search) -> Offers:
    """Times that are open to this student, the earliest first; nothing changes. A family is
    held to the studio's rules for booking."""
    asked = Asked(
        search.student_id,
        search.lesson_type_id,
        search.first_on,
        search.until,
        search.teacher_id,
        search.instrument,
        search.location_id,
    )
    return asking.run(offers, asked)


@router.post("/bookings", status_code=202, response_model=Tracked)
def create_booking(asking: Asking, wish: Wish) -> JSONResponse:
    """Keeps the time; whether it is confirmed is decided afterwards. 409 when the slot is no
    longer available. Send an Idempotency-Key: a retry then hears the first answer."""
    wanted = BookingWish(
        wish.student_id,
        wish.lesson_type_id,
        wish.teacher_id,
        wish.starts_at,
        wish.location_id,
        wish.kind,
    )
    booking_id = asking.run(book, wanted)
    where = f"/api/v1/bookings/{booking_id}"
    # Said as it is: what FastAPI would check and write again costs a way through its threads.
    return JSONResponse({"id": str(booking_id), "status_url": where}, 202, {"location": where})


@router.get("/bookings")
def bookings_to_decide(asking: Asking, page: Paging) -> Page[BookingRow]:
    """What waits for the studio's yes or no, what expires first before the others."""
    return page.of(asking.run(waiting_bookings), by=lambda one: one.id)


@router.get("/me/bookings")
def own_bookings(asking: Asking, page: Paging) -> Page[BookingRow]:
    """What waits for the caller's own students, and what was said no to lately."""
    return page.of(asking.run(my_bookings), by=lambda one: one.id)


@router.get("/me/bookable")
def bookable(asking: Asking) -> Choices:
    """For whom the caller may book, which kinds of lesson, and who teaches what."""
    return asking.run(my_choices)


@router.get("/bookings/{booking_id}")
def read_booking(asking: Asking, booking_id: BookingId) -> BookingRow:
    """Ask again while `is_settling`; `sentence` says why it is not confirmed yet."""
    return asking.run(booking_status, booking_id)


@router.post("/bookings/{booking_id}/confirm", status_code=204)
def confirm(asking: Asking, booking_id: BookingId) -> None:
    """409 if it was decided before."""
    asking.run(confirm_booking, booking_id)


@router.post("/bookings/{booking_id}/decline", status_code=204)
def decline(
    asking: Asking, booking_id: BookingId, reason: Annotated[str, Body(embed=True)] = ""
) -> None:
    """Whoever asked reads the reason."""
    asking.run(decline_booking, booking_id, reason=reason)


@router.post("/bookings/{booking_id}/reopen", status_code=204)
def reopen(asking: Asking, booking_id: BookingId) -> None:
    """Takes a yes or a no back within the hour: it waits again. 409 later, or if the time was
    given away."""
    asking.run(reopen_booking, booking_id)


@router.post("/bookings/{booking_id}/withdraw", status_code=204)
def withdraw(asking: Asking, booking_id: BookingId) -> None:
    """Take it back before it is decided."""
    asking.run(withdraw_booking, booking_id)
