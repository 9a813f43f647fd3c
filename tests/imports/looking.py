"""Looking at what an import made, as the office sees it."""

from studio_app.people.queries.students import StudentCard, student_card, students
from studio_app.people.rules import StudentStatus
from tests.conftest import World


def all_students(world: World) -> dict[str, StudentStatus]:
    rows = world.run(world.olivia, students, limit=200).rows
    return {row.name: row.status for row in rows}


def card_of(world: World, name: str) -> StudentCard:
    [row] = world.run(world.olivia, students, text=name).rows
    return world.run(world.olivia, student_card, row.id)


def everything(world: World) -> list[str]:
    tables = ("student", "family", "guardian", "guardianship", "payer", "teacher")
    more = ("series_proposal", "import_todo")
    return [
        str(world.connection.exec_driver_sql(f"select t::text from {t} t order by 1").all())  # noqa: S608
        for t in (*tables, *more)
    ]
