"""What the database itself holds, whatever the code above it forgets."""

import pytest
from sqlalchemy import Connection, func, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlmodel import SQLModel

import studio_app.schema
from studio_app.kit.tables import StudioOwned
from studio_app.people.models import Student
from tests.conftest import World

TABLES = studio_app.schema.metadata.tables
# Read before a studio is known, or across studios by the clock; each has its own policy
# or holds nothing but ids.
OUTSIDE = {
    "studio", "person", "membership", "browser_session", "sign_in_link", "api_token",
    "audit_entry", "audit_change", "idempotency", "throttle", "job_run", "handled_event",
}  # fmt: skip
NO_POLICY = {"throttle", "job_run", "handled_event"}
NOT_AUDITED = {
    "audit_entry", "audit_change", "idempotency", "throttle", "job_run", "handled_event",
    "delivery_failure",
}  # fmt: skip


def owned() -> set[str]:
    return {str(model.__tablename__) for model in _concrete(StudioOwned)}


def test_every_table_is_fenced_or_named_as_standing_outside(connection: Connection) -> None:
    query = text("select relname from pg_class where relrowsecurity and relforcerowsecurity")
    assert set(connection.execute(query).scalars()) == (set(TABLES) - NO_POLICY)
    assert owned() == set(TABLES) - OUTSIDE


def test_every_change_of_a_row_is_audited_unless_it_cannot_be_changed(
    connection: Connection,
) -> None:
    audited = set(
        connection.execute(
            text("select tgrelid::regclass::text from pg_trigger where tgname like '%\\_audit'")
        ).scalars()
    )
    changeable = set(
        connection.execute(
            text(
                "select table_name from information_schema.role_table_grants "
                "where grantee = 'studio_app' and privilege_type in ('UPDATE', 'DELETE')"
            )
        ).scalars()
    )
    missing = (set(TABLES) & changeable) - audited - NOT_AUDITED
    assert missing == set()


def test_the_application_cannot_step_over_the_fence(connection: Connection) -> None:
    query = text("select rolsuper or rolbypassrls from pg_roles where rolname = current_user")
    assert connection.execute(query).scalar_one() is False
    mine = text("select count(*) from pg_class where relowner = current_user::regrole")
    assert connection.execute(mine).scalar_one() == 0


def test_without_a_studio_there_are_no_rows(world: World) -> None:
    nobody = "select set_config('app.studio_id', '', true), set_config('app.person_id', '', true)"
    world.connection.execute(text(nobody))
    for table in sorted(set(TABLES) - NO_POLICY):
        seen = "id" if table == "person" else "1"  # its password column cannot be read
        rows = world.connection.execute(text(f"select {seen} from {table}")).all()  # noqa: S608
        assert rows == [], table


def test_the_wrong_studio_sees_no_row_of_another(world: World) -> None:
    world.as_(world.rita)
    for name, table in TABLES.items():
        if "studio_id" in table.c and name not in NO_POLICY:
            query = select(func.count()).where(table.c.studio_id == world.harmony)
            assert world.connection.execute(query).scalar_one() == 0, name


def test_a_row_cannot_point_into_another_studio(world: World) -> None:
    work = world.as_(world.rita)
    work.session.add(Student(first_name="Eve", family_id=world.family_id))
    with pytest.raises(IntegrityError, match="foreign key"):
        work.session.flush()


def test_foreign_keys_stay_within_the_studio() -> None:
    fenced = owned()
    for name in fenced:
        for key in TABLES[name].foreign_key_constraints:
            if key.referred_table.name in fenced:
                assert "studio_id" in key.column_keys, key


def test_a_password_can_be_set_but_not_read(world: World) -> None:
    world.as_(world.olivia)
    with pytest.raises(DBAPIError, match="permission denied"):
        world.connection.execute(text("select password_hash from person"))


def _concrete(base: type[SQLModel]) -> list[type[SQLModel]]:
    children = base.__subclasses__()
    return [model for child in children for model in (child, *_concrete(child))]
