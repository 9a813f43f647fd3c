"""What reads across everything: how far a studio is set up, what depends on somebody."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ScalarSelect, exists, func, select
from sqlmodel import col
from sqlmodel import select as rows_of

from studio_app.attendance.queries import Focus, Progress, my_focus, my_progress
from studio_app.billing.access.sums import balances
from studio_app.billing.models.invoices import Invoice
from studio_app.billing.models.prices import PricePlan
from studio_app.billing.queries.mine import MyAccount, how_to_pay, my_accounts
from studio_app.identity.access import studio, studio_zone
from studio_app.kit.access import Permission
from studio_app.kit.clock import local_date
from studio_app.kit.formats import say_money, say_when
from studio_app.kit.ids import FamilyId, StudentId
from studio_app.kit.money import Money
from studio_app.kit.work import Work, requires
from studio_app.overview import access
from studio_app.people import access as people
from studio_app.people.models import Student, Teacher
from studio_app.scheduling.models.lessons import Lesson
from studio_app.scheduling.models.setup import LessonType, Room
from studio_app.scheduling.queries.families import FamilyLesson, my_next_lessons


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


@dataclass(frozen=True, slots=True)
class Child:
    """A student of one's own, and what comes next for them."""

    id: StudentId
    name: str
    first_name: str
    next_lesson: FamilyLesson | None
    focus: Focus | None
    progress: Progress | None


@dataclass(frozen=True, slots=True)
class MyHome:
    """What the portal answers first: the next lessons, the balance, what to practise."""

    today: date
    children: tuple[Child, ...]
    accounts: tuple[MyAccount, ...]
    """Nothing for who may not see money: a student who is not grown up."""
    how_to_pay: str


@requires(Permission.LESSON_VIEW)
def my_home(work: Work) -> MyHome:
    """One's own children and accounts, whatever else the actor may see in the studio."""
    query = rows_of(Student).where(
        col(Student.id).in_(people.own_students(work)), col(Student.archived_at).is_(None)
    )
    found = work.session.exec(query.order_by(col(Student.first_name), col(Student.id)))
    lessons = {lesson.student_id: lesson for lesson in my_next_lessons(work)}
    focus = {one.student_id: one for one in my_focus(work)}
    progress = {one.student_id: one for one in my_progress(work)}
    sees_money = work.actor.may(Permission.STATEMENT_VIEW)
    return MyHome(
        today=local_date(work.now, studio_zone(work)),
        children=tuple(
            Child(
                one.id,
                one.name,
                one.first_name,
                lessons.get(one.id),
                focus.get(one.id),
                progress.get(one.id),
            )
            for one in found
        ),
        accounts=tuple(my_accounts(work)) if sees_money else (),
        how_to_pay=how_to_pay(work) if sees_money else "",
    )


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
