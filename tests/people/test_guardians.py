"""Who is responsible, who pays, who finds whom."""

import pytest

from studio_app.kit.errors import Conflict, Forbidden, NotFound
from studio_app.people.commands.families import (
    FamilyDetails,
    FamilyNameMissing,
    StillHasStudents,
    add_family,
    archive_family,
    edit_family,
    fill_family_blanks,
    restore_family,
)
from studio_app.people.commands.guardians import (
    AlreadyGuardian,
    GuardianDetails,
    StillPays,
    add_guardian,
    archive_guardian,
    edit_guardian,
    edit_guardianship,
    fill_guardian_blanks,
    link_guardian,
    make_primary_payer,
    remove_guardianship,
    remove_payer,
)
from studio_app.people.commands.removal import (
    InUse,
    remove_family,
    remove_guardian,
    remove_student,
    remove_teacher,
)
from studio_app.people.commands.students import StudentDetails, add_student, archive_student
from studio_app.people.commands.teachers import (
    NoSuchColour,
    TeacherDetails,
    add_teacher,
    archive_teacher,
    edit_teacher,
    restore_teacher,
)
from studio_app.people.queries.families import family_card, teachers
from studio_app.people.queries.finding import Kind, find_people
from studio_app.people.queries.students import my_children, student_card
from tests.conftest import World


def test_the_first_payer_is_billed_and_the_second_may_look(world: World) -> None:
    gil = GuardianDetails("Gil Gray", "gil@example.org")
    gil_id = world.run(world.olivia, add_guardian, world.student_id, gil)

    card = world.run(world.olivia, family_card, world.family_id)
    assert [(p.name, p.is_primary) for p in card.payers] == [
        ("Grace Gray", True),
        ("Gil Gray", False),
    ]
    world.run(world.olivia, make_primary_payer, world.family_id, gil_id)
    card = world.run(world.olivia, family_card, world.family_id)
    assert [(p.name, p.is_primary) for p in card.payers] == [
        ("Gil Gray", True),
        ("Grace Gray", False),
    ]
    world.run(world.olivia, remove_payer, world.family_id, world.guardian_id)
    with pytest.raises(StillPays):
        world.run(world.olivia, remove_payer, world.family_id, gil_id)


def test_a_guardian_who_does_not_pay_can_be_added(world: World) -> None:
    nan = GuardianDetails("Nan Gray")
    nan_id = world.run(world.olivia, add_guardian, world.student_id, nan, pays=False)
    card = world.run(world.olivia, student_card, world.student_id)
    assert [(g.name, g.pays) for g in card.guardians] == [
        ("Grace Gray", True),
        ("Nan Gray", False),
    ]
    with pytest.raises(NotFound):
        world.run(world.olivia, remove_payer, world.family_id, nan_id)


def test_the_same_guardian_twice_is_refused(world: World) -> None:
    with pytest.raises(AlreadyGuardian):
        world.run(world.olivia, link_guardian, world.student_id, world.guardian_id)


def test_a_guardian_who_is_no_longer_responsible_sees_nothing_at_once(world: World) -> None:
    with pytest.raises(StillPays):
        world.run(world.olivia, remove_guardianship, world.student_id, world.guardian_id)
    world.run(world.olivia, add_guardian, world.student_id, GuardianDetails("Gil Gray"))
    world.run(world.olivia, remove_guardianship, world.student_id, world.guardian_id)

    assert world.run(world.grace, my_children) == []
    card = world.run(world.olivia, family_card, world.family_id)
    assert [(p.name, p.is_primary) for p in card.payers] == [("Gil Gray", True)]


def test_what_reaches_a_guardian_can_be_chosen(world: World) -> None:
    world.run(
        world.olivia,
        edit_guardianship,
        world.student_id,
        world.guardian_id,
        receives_schedule=False,
        receives_practice=True,
        receives_billing=False,
    )
    [grace] = world.run(world.olivia, student_card, world.student_id).guardians
    assert (grace.receives_schedule, grace.receives_practice) == (False, True)
    assert grace.receives_billing is False


def test_a_guardian_is_edited_and_blanks_are_filled(world: World) -> None:
    grace = GuardianDetails("Grace Grey", "", "+44 7700 900125")
    world.run(world.olivia, edit_guardian, world.guardian_id, grace)
    offered = GuardianDetails("Grace", "grace@example.org", "07700 900999")
    filled = world.run(world.olivia, fill_guardian_blanks, world.guardian_id, offered)
    [row] = world.run(world.olivia, student_card, world.student_id).guardians
    assert filled == ["email"]
    assert (row.name, row.email, row.phone) == ("Grace Grey", "grace@example.org", "07700 900125")


def test_a_guardian_who_pays_is_not_archived(world: World) -> None:
    with pytest.raises(StillPays):
        world.run(world.olivia, archive_guardian, world.guardian_id)
    world.run(world.olivia, archive_student, world.student_id)
    world.run(world.olivia, archive_guardian, world.guardian_id)
    assert world.run(world.grace, my_children) == []


def test_a_family_is_archived_when_nobody_learns_here_any_more(world: World) -> None:
    with pytest.raises(StillHasStudents, match="1 student"):
        world.run(world.olivia, archive_family, world.family_id)
    world.run(world.olivia, archive_student, world.student_id)
    world.run(world.olivia, archive_family, world.family_id)
    assert world.run(world.olivia, family_card, world.family_id).is_archived
    world.run(world.olivia, restore_family, world.family_id)
    assert not world.run(world.olivia, family_card, world.family_id).is_archived


def test_a_family_needs_a_name_and_keeps_what_it_has(world: World) -> None:
    with pytest.raises(FamilyNameMissing):
        world.run(world.olivia, add_family, FamilyDetails("  "))
    family_id = world.run(world.olivia, add_family, FamilyDetails("Lark", notes="Two homes"))
    offered = FamilyDetails("Larks", "1 High Street", "Other")
    assert world.run(world.olivia, fill_family_blanks, family_id, offered) == ["address"]
    world.run(world.olivia, edit_family, family_id, FamilyDetails("Larks"))
    assert world.run(world.olivia, family_card, family_id).name == "Larks"


def test_teachers_get_colours_in_turn(world: World) -> None:
    world.run(world.olivia, add_teacher, TeacherDetails("Ursula", instruments=("Cello", " ")))
    rows = world.run(world.olivia, teachers)
    assert [(t.name, t.colour, t.instruments) for t in rows] == [
        ("Tom Teal", 1, ["Piano"]),
        ("Ursula", 2, ["Cello"]),
    ]
    tom = TeacherDetails("Tom Teal", phone="020 7946 0958", colour=7)
    world.run(world.olivia, edit_teacher, world.teacher_id, tom)
    assert world.run(world.olivia, teachers)[0].colour == 7
    with pytest.raises(NoSuchColour):
        world.run(world.olivia, add_teacher, TeacherDetails("Una", colour=9))


def test_an_archived_teacher_leaves_the_list(world: World) -> None:
    world.run(world.olivia, archive_teacher, world.teacher_id)
    assert world.run(world.olivia, teachers) == []
    assert [t.name for t in world.run(world.olivia, teachers, archived=True)] == ["Tom Teal"]
    world.run(world.olivia, restore_teacher, world.teacher_id)
    assert len(world.run(world.olivia, teachers)) == 1


def test_only_the_unused_can_be_removed(world: World) -> None:
    with pytest.raises(InUse):
        world.run(world.olivia, remove_family, world.family_id)
    with pytest.raises(InUse):
        world.run(world.olivia, remove_guardian, world.guardian_id)
    world.run(world.olivia, remove_student, world.student_id)
    world.run(world.olivia, remove_guardian, world.guardian_id)
    world.run(world.olivia, remove_family, world.family_id)
    world.run(world.olivia, remove_teacher, world.teacher_id)
    assert world.run(world.olivia, find_people, "gray") == []


def test_people_are_found_while_their_name_is_typed(world: World) -> None:
    ada = StudentDetails("Ada", "Grayling")
    world.run(world.olivia, add_student, ada)
    found = world.run(world.olivia, find_people, "gray")
    assert [(f.kind, f.name) for f in found] == [
        (Kind.FAMILY, "Gray"),
        (Kind.FAMILY, "Grayling"),
        (Kind.GUARDIAN, "Grace Gray"),
        (Kind.STUDENT, "Sam Gray"),
        (Kind.STUDENT, "Ada Grayling"),
    ]
    assert world.run(world.olivia, find_people, "TOM T")[0].kind is Kind.TEACHER
    assert world.run(world.olivia, find_people, "tom teall")[0].name == "Tom Teal"


@pytest.mark.parametrize("typed", ["", "   ", "%", "_", "\\", "' or 1=1 --", "x" * 5000])
def test_odd_words_find_nobody_and_break_nothing(world: World, typed: str) -> None:
    assert world.run(world.olivia, find_people, typed) == []


def test_who_was_put_away_is_not_found(world: World) -> None:
    world.run(world.olivia, archive_student, world.student_id)
    assert Kind.STUDENT not in {f.kind for f in world.run(world.olivia, find_people, "sam")}


def test_at_most_twelve_are_found(world: World) -> None:
    for n in range(15):
        world.run(world.olivia, add_family, FamilyDetails(f"Twelve {n}"))
    assert len(world.run(world.olivia, find_people, "twelve")) == 12


def test_a_stranger_finds_nobody(world: World) -> None:
    assert world.run(world.rita, find_people, "gray") == []
    assert world.run(world.rita, teachers) == []
    details = GuardianDetails("Eve")
    with pytest.raises(NotFound):
        world.run(world.rita, edit_guardian, world.guardian_id, details)
    with pytest.raises(NotFound):
        world.run(world.rita, archive_teacher, world.teacher_id)
    with pytest.raises(NotFound):
        world.run(world.rita, remove_family, world.family_id)
    with pytest.raises(NotFound):
        world.run(world.rita, make_primary_payer, world.family_id, world.guardian_id)


def test_a_parent_or_teacher_may_not_manage(world: World) -> None:
    for actor in (world.grace, world.tom):
        with pytest.raises(Forbidden):
            world.run(actor, archive_student, world.student_id)
    with pytest.raises(Forbidden):
        world.run(world.grace, find_people, "gray")


def test_a_constraint_answers_in_words(world: World) -> None:
    world.run(world.olivia, add_family, FamilyDetails("Lark"), external_id="fml_1")
    with pytest.raises(Conflict, match="already here"):
        world.run(world.olivia, add_family, FamilyDetails("Lark"), external_id="fml_1")
