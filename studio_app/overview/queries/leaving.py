"""What still depends on somebody, and what families owe, for lists and farewells."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import exists, select
from sqlmodel import col

from studio_app.billing.access.sums import balances
from studio_app.identity.access import studio, studio_zone
from studio_app.kit.access import Permission
from studio_app.kit.formats import say_money, say_when
from studio_app.kit.ids import FamilyId, StudentId
from studio_app.kit.money import Money
from studio_app.kit.work import Work, requires
from studio_app.overview import access
from studio_app.people import access as people
from studio_app.people.models import Student


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
