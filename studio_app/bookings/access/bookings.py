"""Bookings, and whom somebody may book for."""

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import func, select, text
from sqlmodel import and_, col, or_
from sqlmodel import select as rows
from sqlmodel.sql.expression import SelectOfScalar

from studio_app.bookings.models.bookings import Booking
from studio_app.kit.access import Permission
from studio_app.kit.errors import Forbidden, NotFound
from studio_app.kit.ids import BookingId, FamilyId, LessonId, LocationId, RoomId, SeatId, StudentId
from studio_app.kit.ready import Ready
from studio_app.kit.words import _
from studio_app.kit.work import Work
from studio_app.people.access import own_students, visible_students
from studio_app.people.models import Guardian, Guardianship, Student
from studio_app.scheduling.models.lessons import Seat
from studio_app.scheduling.models.series import Enrolment, Series


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


def seat_of(work: Work, lesson_id: LessonId, student_id: StudentId) -> SeatId | None:
    query = rows(Seat.id).where(Seat.lesson_id == lesson_id, Seat.student_id == student_id)
    found = work.session.exec(query).one_or_none()
    return SeatId(found) if found else None


# As one statement, because every booking asks it.
_COUNTER = Ready(
    text("""
    with learner as (
      select t.id, t.family_id, t.is_adult and t.person_id = cast(:me as uuid) as grown_up,
        t.person_id = cast(:me as uuid) as own,
        exists (select from guardianship s join guardian g on g.id = s.guardian_id
          where s.student_id = t.id and g.archived_at is null
            and g.person_id = cast(:me as uuid)) as child
      from student t where t.id = :student and t.archived_at is null)
    select s.timezone, (select l.family_id from learner l) as family_id,
      exists (select from credit_lot c join learner l on l.family_id = c.family_id
        where c.kind <> 'money') as has_credit,
      (select cast(:office as boolean) or coalesce(l.grown_up, false) or l.child from learner l)
        as bookable,
      (select l.own from learner l) as own,
      array(select r.id from room r where r.archived_at is null
        and (cast(:place as uuid) is null or r.location_id = cast(:place as uuid))) as rooms
    from studio s where s.id = :studio
    """)
)


@dataclass(frozen=True, slots=True)
class Counter:
    """Where something is booked: whose wall it is on, and every room it may be put into."""

    zone: ZoneInfo
    rooms: tuple[RoomId, ...]
    family_id: FamilyId
    has_credit: bool = False
    """Of lessons or sessions; perhaps nothing is left of it"""


def counter(work: Work, student_id: StudentId, location_id: LocationId | None) -> Counter:
    """For who may book for this student; else refused as by `require_bookable`."""
    given = {"student": student_id, "me": work.actor.person_id, "office": is_office(work)}
    given |= {"place": location_id, "studio": work.studio_id}
    found = _COUNTER.send(work.session.connection(), given).one()
    if not found.bookable:
        raise AskAnAdult if found.own else NotFound
    rooms = tuple(found.rooms)
    return Counter(ZoneInfo(found.timezone), rooms, found.family_id, found.has_credit)


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
