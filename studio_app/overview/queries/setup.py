"""How far a studio is set up."""

from dataclasses import dataclass

from sqlalchemy import ScalarSelect, exists, func, select
from sqlmodel import col

from studio_app.billing.models.invoices import Invoice
from studio_app.billing.models.prices import PricePlan
from studio_app.identity.access import studio
from studio_app.kit.access import Permission
from studio_app.kit.work import Work, requires
from studio_app.people.models import Student, Teacher
from studio_app.scheduling.models.lessons import Lesson
from studio_app.scheduling.models.setup import LessonType, Room


@dataclass(frozen=True, slots=True)
class SetupProgress:
    """Which steps from an empty studio to the first invoice are done."""

    basics: bool
    students: bool
    teachers: bool
    prices: bool
    first_lesson: bool
    first_invoice: bool
    student_count: int
    teacher_count: int
    room_count: int

    @property
    def steps(self) -> tuple[bool, ...]:
        """In the order of the guide."""
        first = (self.basics, self.students, self.teachers)
        return (*first, self.prices, self.first_lesson, self.first_invoice)


@requires(Permission.OVERVIEW_VIEW)
def setup_progress(work: Work) -> SetupProgress:
    """Where the first-run guide stands; one statement."""
    here = studio(work)
    query = select(
        _count(Student),
        _count(Teacher),
        _count(Room),
        exists(select(col(PricePlan.id))),
        exists(select(col(LessonType.id))),
        exists(select(col(Lesson.id))),
        exists(select(col(Invoice.id)).where(col(Invoice.sent_at).is_not(None))),
    )
    found = work.session.connection().execute(query).one()
    students, teachers, rooms, priced, kinds, lesson, invoice = found
    return SetupProgress(
        basics=bool(here.name and here.timezone and here.currency),
        students=students > 0,
        teachers=teachers > 0,
        prices=priced and kinds,
        first_lesson=lesson,
        first_invoice=invoice,
        student_count=students,
        teacher_count=teachers,
        room_count=rooms,
    )


def _count(table: type[Student | Teacher | Room]) -> ScalarSelect[int]:
    query = select(func.count()).select_from(table).where(col(table.archived_at).is_(None))
    return query.scalar_subquery()
