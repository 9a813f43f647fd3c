"""What the family portal answers first: the next lessons, the balance, what to practise."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import col
from sqlmodel import select as rows_of

from studio_app.attendance.queries import Focus, Progress, my_focus, my_progress
from studio_app.billing.queries.mine import MyAccount, how_to_pay, my_accounts
from studio_app.identity.access import studio_zone
from studio_app.kit.access import Permission
from studio_app.kit.clock import local_date
from studio_app.kit.ids import StudentId
from studio_app.kit.work import Work, requires
from studio_app.people import access as people
from studio_app.people.models import Student
from studio_app.scheduling.queries.families import FamilyLesson, my_next_lessons


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
