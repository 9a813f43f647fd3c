"""Students, as the office and the teacher keep them."""

from datetime import date
from uuid import UUID

import pytest

from studio_app.kit.access import Actor, Role
from studio_app.kit.errors import Forbidden, NotFound, Refused
from studio_app.kit.ids import FamilyId, StudentId, new_id
from studio_app.people.commands.guardians import GuardianDetails
from studio_app.people.commands.students import (
    AlreadyHere,
    NameMissing,
    StudentDetails,
    add_student,
    archive_student,
    change_student_status,
    edit_student,
    fill_student_blanks,
    move_student_to_family,
    restore_student,
)
from studio_app.people.contacts import NotAnEmail, NotAPhone
from studio_app.people.queries.families import families, family_card
from studio_app.people.queries.students import (
    my_children,
    student_card,
    students,
    students_by_status,
)
from studio_app.people.rules import StudentStatus
from tests.conftest import World


def add(
    world: World,
    details: StudentDetails,
    *,
    guardian: GuardianDetails | None = None,
    family_id: FamilyId | None = None,
) -> tuple[StudentId, FamilyId]:
    added = world.run(world.tom, add_student, details, guardian=guardian, family_id=family_id)
    assert added.student_id
    assert added.family_id
    return added.student_id, added.family_id


def test_a_name_is_all_that_is_needed(world: World) -> None:
    ada, _family = add(world, StudentDetails("  Ada  "))

    card = world.run(world.olivia, student_card, ada)
    assert (card.name, card.status, card.family) == ("Ada", StudentStatus.ACTIVE, "Ada")


def test_no_name_at_all_is_refused(world: World) -> None:
    with pytest.raises(NameMissing):
        world.run(world.olivia, add_student, StudentDetails(" ", email="a@example.org"))


def test_a_teacher_may_add_a_student_with_a_parent(world: World) -> None:
    ada, _family = add(
        world,
        StudentDetails("Ada", "Lark", phone="07700 900123"),
        guardian=GuardianDetails("Lena Lark", "Lena@EXAMPLE.org", "0044 7700 900124"),
    )
    card = world.run(world.olivia, student_card, ada)
    [lena] = card.guardians
    assert (card.family, card.phone) == ("Lark", "07700 900123")
    assert (lena.name, lena.email, lena.phone) == ("Lena Lark", "Lena@example.org", "07700 900124")
    assert lena.is_primary_payer
    assert not lena.has_account


def test_a_sibling_joins_the_family_and_is_shown_beside(world: World) -> None:
    ida, _family = add(world, StudentDetails("Ida", "Gray"), family_id=world.family_id)

    card = world.run(world.olivia, student_card, ida)
    assert [sibling.name for sibling in card.siblings] == ["Sam Gray"]
    family = world.run(world.olivia, family_card, world.family_id)
    assert [student.name for student in family.students] == ["Ida Gray", "Sam Gray"]
    assert [payer.name for payer in family.payers if payer.is_primary] == ["Grace Gray"]


def test_a_probable_duplicate_is_answered_and_nothing_is_added(world: World) -> None:
    answer = world.run(world.olivia, add_student, StudentDetails("sam", "GRAY"))

    assert answer.student_id is None
    assert [(d.student_id, d.name) for d in answer.duplicates] == [(world.student_id, "Sam Gray")]
    assert len(world.run(world.olivia, students).rows) == 1


def test_a_confirmed_duplicate_is_added(world: World) -> None:
    world.run(world.olivia, add_student, StudentDetails("Sam", "Gray"), confirmed=True)
    assert len(world.run(world.olivia, students).rows) == 2


def test_another_birthday_is_another_person(world: World) -> None:
    sam = StudentDetails("Sam", "Gray", birthday=date(2015, 4, 1))
    world.run(world.olivia, edit_student, world.student_id, sam)

    other = StudentDetails("Sam", "Gray", birthday=date(2016, 4, 1))
    assert world.run(world.olivia, add_student, other).student_id is not None


def test_the_same_number_of_the_other_system_is_refused(world: World) -> None:
    world.run(world.olivia, add_student, StudentDetails("Ada"), external_id="sdt_1")
    with pytest.raises(AlreadyHere):
        world.run(world.olivia, add_student, StudentDetails("Ben"), external_id="sdt_1")


@pytest.mark.parametrize(
    ("details", "refusal"),
    [
        (StudentDetails("Ada", email="ada at home"), NotAnEmail),
        (StudentDetails("Ada", phone="ask mum"), NotAPhone),
        (StudentDetails("Ada", phone="07700 900123 456 789 000"), NotAPhone),
    ],
)
def test_what_cannot_be_written_to_is_refused_in_words(
    world: World, details: StudentDetails, refusal: type[Refused]
) -> None:
    with pytest.raises(refusal, match="does not look like"):
        world.run(world.olivia, add_student, details)


def test_blanks_are_filled_and_nothing_known_is_replaced(world: World) -> None:
    offered = StudentDetails("Samuel", "Gray", instrument="Violin", email="sam@example.org")
    filled = world.run(world.olivia, fill_student_blanks, world.student_id, offered)

    card = world.run(world.olivia, student_card, world.student_id)
    assert filled == ["email"]
    assert (card.name, card.instrument, card.email) == ("Sam Gray", "Piano", "sam@example.org")


def test_leaving_and_coming_back_keep_the_date_honest(world: World) -> None:
    world.run(world.olivia, change_student_status, world.student_id, StudentStatus.LEFT)
    assert world.run(world.olivia, student_card, world.student_id).left_on == date(2026, 9, 1)

    world.run(world.olivia, change_student_status, world.student_id, StudentStatus.ACTIVE)
    assert world.run(world.olivia, student_card, world.student_id).left_on is None


def test_an_archived_student_leaves_the_lists_but_not_the_books(world: World) -> None:
    world.run(world.olivia, archive_student, world.student_id)

    assert world.run(world.olivia, students).rows == []
    assert [row.name for row in world.run(world.olivia, students, archived=True).rows]
    card = world.run(world.olivia, student_card, world.student_id)
    assert (card.is_archived, card.status) == (True, StudentStatus.LEFT)

    world.run(world.olivia, restore_student, world.student_id)
    assert len(world.run(world.olivia, students).rows) == 1


def test_a_student_can_move_to_another_family(world: World) -> None:
    _ada, larks = add(world, StudentDetails("Ada", "Lark"))
    world.run(world.olivia, move_student_to_family, world.student_id, larks)
    assert world.run(world.olivia, student_card, world.student_id).family == "Lark"


def test_pages_follow_each_other_without_gap_or_repeat(world: World) -> None:
    for name in ("Ada Bell", "ben bell", "Cy Adams", "Di Young"):
        first, last = name.split()
        world.run(world.olivia, add_student, StudentDetails(first, last))

    seen: list[str] = []
    after: StudentId | None = None
    for _page in range(3):
        page = world.run(world.olivia, students, after=after, limit=2)
        seen += [row.name for row in page.rows]
        after = page.next_after
    assert seen == ["Cy Adams", "Ada Bell", "ben bell", "Sam Gray", "Di Young"]
    assert after is None


def test_lists_are_filtered_and_counted_by_status(world: World) -> None:
    world.run(world.olivia, add_student, StudentDetails("Ada"), status=StudentStatus.WAITING)

    waiting = world.run(world.olivia, students, statuses=[StudentStatus.WAITING])
    assert [row.name for row in waiting.rows] == ["Ada"]
    assert [r.name for r in world.run(world.olivia, students, text="AM gr").rows] == ["Sam Gray"]
    counted = world.run(world.olivia, students_by_status)
    assert (counted[StudentStatus.WAITING], counted[StudentStatus.ACTIVE]) == (1, 1)
    assert counted[StudentStatus.LEFT] == 0


def test_families_are_listed_with_students_and_payer(world: World) -> None:
    world.run(world.olivia, add_student, StudentDetails("Ada", "Lark"))
    first = world.run(world.olivia, families, limit=1)
    second = world.run(world.olivia, families, limit=1, after=first.next_after)
    assert [(r.name, r.students, r.payer) for r in first.rows + second.rows] == [
        ("Gray", ["Sam Gray"], "Grace Gray"),
        ("Lark", ["Ada Lark"], ""),
    ]
    assert second.next_after is None


def test_a_parent_sees_their_own_children_and_no_list(world: World) -> None:
    world.run(world.olivia, add_student, StudentDetails("Ada", "Lark"))

    assert [child.name for child in world.run(world.grace, my_children)] == ["Sam Gray"]
    with pytest.raises(Forbidden):
        world.run(world.grace, students)
    nobodys = Actor.of(world.rita.person_id, world.harmony, Role.GUARDIAN)
    assert world.run(nobodys, my_children) == []


def test_a_parent_may_not_add_students(world: World) -> None:
    with pytest.raises(Forbidden):
        world.run(world.grace, add_student, StudentDetails("Ada"))


def test_a_stranger_finds_nothing(world: World) -> None:
    assert world.run(world.rita, students).rows == []
    with pytest.raises(NotFound):
        world.run(world.rita, student_card, world.student_id)
    with pytest.raises(NotFound):
        world.run(world.olivia, student_card, StudentId(new_id()))
    with pytest.raises(NotFound):
        world.run(world.rita, family_card, world.family_id)
    with pytest.raises(NotFound):
        world.run(world.rita, edit_student, world.student_id, StudentDetails("Eve"))
    with pytest.raises(NotFound):
        world.run(world.rita, add_student, StudentDetails("Eve"), family_id=world.family_id)
    with pytest.raises(NotFound):
        world.run(world.olivia, move_student_to_family, world.student_id, FamilyId(UUID(int=1)))
