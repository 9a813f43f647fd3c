"""Reading who changed what."""

import pytest

from studio_app.kit.errors import Forbidden
from studio_app.overview.queries.audit import AuditedWork, audit_log
from studio_app.people.commands.students import StudentDetails, edit_student
from studio_app.people.queries.students import student_card
from tests.conftest import World


def renamed(world: World, *names: str) -> None:
    for name in names:
        details = StudentDetails(name, "Gray", instrument="Piano")
        world.run(world.olivia, edit_student, world.student_id, details)


def of_sam(world: World) -> list[AuditedWork]:
    return world.run(world.olivia, audit_log, row_id=world.student_id).rows


def test_it_says_who_changed_what_and_how_it_was_before(world: World) -> None:
    renamed(world, "Samuel")

    latest = of_sam(world)[0]

    [change] = [row for row in latest.changes if row.row_id == world.student_id]
    assert (latest.person, latest.use_case) == (
        "Olivia Owen",
        "people.commands.students.edit_student",
    )
    assert change.before is not None
    assert change.after is not None
    assert (change.before["first_name"], change.after["first_name"]) == ("Sam", "Samuel")


def test_pages_follow_each_other_without_a_gap(world: World) -> None:
    renamed(world, "Ann", "Ben", "Cat", "Dan")
    everything = [row.id for row in of_sam(world)]

    seen, after = [], None
    while True:
        page = world.run(world.olivia, audit_log, row_id=world.student_id, after=after, limit=2)
        seen += [row.id for row in page.rows]
        after = page.next_after
        if after is None:
            break

    assert seen == everything
    assert len(seen) >= 4


def test_one_persons_changes_can_be_asked_for(world: World) -> None:
    renamed(world, "Samuel")

    assert len(world.run(world.olivia, audit_log, person_id=world.olivia.person_id).rows) == 1
    assert world.run(world.olivia, audit_log, person_id=world.tom.person_id).rows == []


def test_reading_is_not_written_down(world: World) -> None:
    before = len(world.run(world.olivia, audit_log).rows)
    world.run(world.olivia, student_card, world.student_id)

    assert len(world.run(world.olivia, audit_log).rows) == before


def test_teachers_do_not_read_it_and_a_stranger_finds_nothing(world: World) -> None:
    renamed(world, "Samuel")

    with pytest.raises(Forbidden):
        world.run(world.tom, audit_log)
    assert world.run(world.rita, audit_log, row_id=world.student_id).rows == []
