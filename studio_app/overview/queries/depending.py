"""What reads across everything: how far a studio is set up, what depends on somebody."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ScalarSelect, exists, func, select
from sqlmodel import col

from studio_app.billing.access.sums import balances
from studio_app.billing.models.invoices import Invoice
from studio_app.billing.models.prices import PricePlan
from studio_app.identity.access import studio, studio_zone
from studio_app.kit.access import Permission
from studio_app.kit.formats import say_money, say_when
from studio_app.kit.ids import FamilyId, StudentId
from studio_app.kit.money import Money
from studio_app.kit.work import Work, requires
from studio_app.overview import access
from studio_app.people import access as people
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


@dataclass(frozen=True, slots=True)
class Leaving:
    """What still depends on a student who is about to be put away."""

    name: str
    lessons: int
    first_lesson: str
    """When the next of them is; "" without lessons."""
    series: int
    family: str
    owed: str
    """What the family owes, as money; "" when nothing."""
    is_last_of_family: bool


@dataclass(frozen=True, slots=True)
class Owed:
    """What a family owes; negative: what it has in credit."""

    minor: int
    said: str


@requires(Permission.BILLING_VIEW)
def owed_by(work: Work, family_ids: Collection[FamilyId]) -> dict[FamilyId, Owed]:
    """The balances of the families on one page of a list; one statement for all of them."""
    currency, locale = studio(work).currency, work.actor.locale
    return {
        family_id: Owed(minor, say_money(Money(minor, currency), locale))
        for family_id, minor in balances(work, family_ids).items()
    }


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


@requires(Permission.PEOPLE_MANAGE)
def what_depends_on_student(work: Work, student_id: StudentId) -> Leaving:
    """Lessons to come, series and debts, before a student is put away."""
    student = people.student(work, student_id)
    family = people.family(work, student.family_id)
    seats = access.seats_to_come(work, student_id)
    locale = work.actor.locale
    owed = balances(work, [family.id])[family.id]
    money = Money(owed, studio(work).currency)
    return Leaving(
        name=student.name,
        lessons=len(seats),
        first_lesson=say_when(seats[0].starts_at, studio_zone(work), locale) if seats else "",
        series=len(access.taking_part(work, student_id)),
        family=family.name,
        owed=say_money(money, locale) if owed > 0 else "",
        is_last_of_family=not _siblings(work, student),
    )


def _siblings(work: Work, student: Student) -> bool:
    query = select(
        exists(
            select(col(Student.id)).where(
                col(Student.family_id) == student.family_id,
                col(Student.id) != student.id,
                col(Student.archived_at).is_(None),
            )
        )
    )
    return bool(work.session.connection().execute(query).scalar_one())


def _count(table: type[Student | Teacher | Room]) -> ScalarSelect[int]:
    query = select(func.count()).select_from(table).where(col(table.archived_at).is_(None))
    return query.scalar_subquery()
