"""The one door: declarations, the fence, the audit, and answers that are replayed."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, ProgrammingError
from sqlmodel import select

from studio_app.kit.access import Actor, Permission, Role
from studio_app.kit.audit import AuditChange, AuditEntry
from studio_app.kit.errors import Forbidden, SignedOut
from studio_app.kit.idempotency import KeyReused
from studio_app.kit.ids import StudentId, StudioId
from studio_app.kit.work import Work, once, public, requires
from studio_app.people.models import Student, Teacher
from tests.conftest import World


@requires(Permission.PEOPLE_MANAGE)
def rename(work: Work, student_id: StudentId, *, to: str) -> str:
    student = work.session.get_one(Student, student_id)
    student.first_name = to
    return f"was {student.last_name}"


@requires(Permission.PEOPLE_VIEW)
def names(work: Work) -> list[str]:
    return [student.first_name for student in work.session.exec(select(Student))]


@public
def hello(work: Work) -> str:
    return f"hello from {work.actor.studio_id}"


def undeclared(work: Work) -> None:
    raise AssertionError("must not run")


def test_an_undeclared_function_cannot_be_run(world: World) -> None:
    with pytest.raises(TypeError, match="declare it"):
        world.run(world.olivia, undeclared)


def test_a_role_without_the_permission_is_refused(world: World) -> None:
    with pytest.raises(Forbidden):
        world.run(world.grace, rename, world.student_id, to="Eve")


def test_somebody_unknown_is_asked_to_sign_in(world: World) -> None:
    with pytest.raises(SignedOut):
        world.run(Actor.public(), names)
    assert world.run(Actor.public(), hello) == "hello from None"


def test_the_other_studio_sees_no_rows(world: World) -> None:
    assert world.run(world.olivia, names) == ["Sam"]
    assert world.run(world.rita, names) == []


def test_a_change_is_audited_with_before_and_after(world: World) -> None:
    world.run(world.olivia, rename, world.student_id, to="Samuel")

    work = world.as_(world.olivia)
    entry = work.session.exec(
        select(AuditEntry).where(AuditEntry.person_id == world.olivia.person_id)
    ).one()
    change = work.session.exec(select(AuditChange).where(AuditChange.entry_id == entry.id)).one()
    assert entry.use_case.endswith("test_work.rename")
    assert (change.table_name, change.row_id) == ("student", world.student_id)
    assert (change.before, change.after) == ({"first_name": "Sam"}, {"first_name": "Samuel"})


def test_the_audit_cannot_be_changed_by_the_application(world: World) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"):
        world.connection.execute(text("delete from audit_change"))


def test_a_write_that_no_work_accounts_for_is_refused(world: World) -> None:
    world.connection.execute(text("select set_config('app.audit_id', '', true)"))
    with pytest.raises(DBAPIError, match="go through run"):
        world.connection.execute(text("update student set first_name = 'Eve'"))


def test_a_row_cannot_be_put_into_another_studio(world: World) -> None:
    work = world.as_(world.olivia)
    work.session.add(Teacher(name="Ruth", studio_id=StudioId(world.rival)))
    with pytest.raises(ProgrammingError, match="row-level security"):
        work.session.flush()


def test_the_same_key_is_answered_as_the_first_time(world: World) -> None:
    first = world.run(world.olivia, once("intent-1", rename), world.student_id, to="Samuel")
    again = world.run(world.olivia, once("intent-1", rename), world.student_id, to="Samuel")

    assert first == again == "was Gray"
    changes = world.as_(world.olivia).session.exec(
        select(AuditChange).where(AuditChange.row_id == world.student_id)
    )
    assert [c.after for c in changes if c.before is not None] == [{"first_name": "Samuel"}]


def test_the_same_key_with_other_details_is_refused(world: World) -> None:
    world.run(world.olivia, once("intent-1", rename), world.student_id, to="Samuel")
    with pytest.raises(KeyReused):
        world.run(world.olivia, once("intent-1", rename), world.student_id, to="Eve")


def test_the_keys_of_two_people_are_not_mixed_up(world: World) -> None:
    admin = Actor(None, world.harmony, frozenset({Role.ADMIN}), world.olivia.grants)
    world.run(world.olivia, once("k", rename), world.student_id, to="Samuel")
    world.run(admin, once("k", rename), world.student_id, to="Eve")
    assert world.run(world.olivia, names) == ["Eve"]
