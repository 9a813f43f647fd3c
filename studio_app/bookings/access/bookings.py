"""Bookings, and whom somebody may book for."""

from datetime import date

from sqlalchemy import func, select
from sqlmodel import and_, col, or_
from sqlmodel import select as rows
from sqlmodel.sql.expression import SelectOfScalar

from studio_app.bookings.models import Booking
from studio_app.kit.access import Permission
from studio_app.kit.errors import Forbidden, NotFound
from studio_app.kit.ids import BookingId, LocationId, RoomId, StudentId
from studio_app.kit.words import _
from studio_app.kit.work import Work
from studio_app.people.access import own_students, visible_students
from studio_app.people.models import Guardian, Guardianship, Student
from studio_app.scheduling.models.series import Enrolment, Series
from studio_app.scheduling.models.setup import Room


class AskAnAdult(Forbidden):
    message = _("Please ask a parent to book this.")


def is_office(work: Work) -> bool:
    """Who runs the calendar books for anybody, and is not held to the rules for families."""
    return work.actor.may(Permission.CALENDAR_MANAGE)


def bookable_students(work: Work) -> SelectOfScalar[StudentId]:
    """Ids of those one may book for: one's children, and oneself when grown up."""
    if is_office(work):
        return rows(col(Student.id)).where(col(Student.archived_at).is_(None))
    return own_bookable(work)


def own_bookable(work: Work) -> SelectOfScalar[StudentId]:
    """The same for the portal, where whoever runs the studio is a parent like any other."""
    here = rows(col(Student.id)).where(col(Student.archived_at).is_(None))
    children = (
        rows(Guardianship.student_id)
        .join(Guardian, col(Guardian.id) == Guardianship.guardian_id)
        .where(Guardian.person_id == work.actor.person_id, col(Guardian.archived_at).is_(None))
    )
    grown_up = and_(col(Student.person_id) == work.actor.person_id, col(Student.is_adult))
    return here.where(or_(col(Student.id).in_(children), grown_up))


def require_bookable(work: Work, student_id: StudentId) -> None:
    """NotFound for a stranger's student; a child hears who can book."""
    bookable = bookable_students(work).where(Student.id == student_id)
    if work.session.exec(bookable).first() is not None:
        return
    own = own_students(work).where(Student.id == student_id, col(Student.archived_at).is_(None))
    raise NotFound if work.session.exec(own).first() is None else AskAnAdult


def booking(work: Work, booking_id: BookingId, *, lock: bool = False) -> Booking:
    """A booking for a student whom the actor may see."""
    query = rows(Booking).where(
        Booking.id == booking_id, col(Booking.student_id).in_(visible_students(work))
    )
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    found = work.session.exec(query).one_or_none()
    if found is None:
        raise NotFound
    return found


def rooms(work: Work, location_id: LocationId | None) -> list[RoomId]:
    """Every room that a booking may be put into."""
    query = select(col(Room.id)).where(col(Room.archived_at).is_(None))
    if location_id is not None:
        query = query.where(col(Room.location_id) == location_id)
    return list(work.session.connection().execute(query).scalars())


def has_weekly_place(work: Work, student_id: StudentId, today: date) -> bool:
    """A place, held or the student's, in a series that goes on."""
    last = func.least(Enrolment.ends_on, Series.ended_on, Series.until_on)
    query = (
        select(col(Enrolment.id))
        .join(Series, col(Series.id) == col(Enrolment.series_id))
        .where(col(Enrolment.student_id) == student_id, or_(last.is_(None), last >= today))
        .limit(1)
    )
    return work.session.connection().execute(query).first() is not None
