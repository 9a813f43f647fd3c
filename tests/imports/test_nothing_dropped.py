"""Whatever a file says is imported, or shown with its line and why not."""

import pytest

from studio_app.imports.commands.applying import apply_import
from studio_app.imports.commands.staging import stage_import
from studio_app.imports.commands.undoing import undo_import
from studio_app.imports.queries.preview import PreviewRow, import_preview
from studio_app.imports.rules.mapping import FileKind
from studio_app.imports.rules.reading import Unreadable, read_table
from studio_app.imports.rules.settling import Decision
from studio_app.people.commands.guardians import GuardianDetails, add_guardian
from studio_app.people.commands.students import archive_student
from studio_app.people.queries.families import family_card
from tests.conftest import World
from tests.imports.conftest import Bring
from tests.imports.looking import card_of, everything

HENRY = "Name,Parent 1 name,Parent 1 email,Parent 2 name,Parent 2 email\n"
BOTH = f"{HENRY}Sam Gray,Grace Gray,grace@example.org,Henry Gray,henry@example.org\n"


def rows_of(world: World, bring: Bring, text: str) -> list[PreviewRow]:
    return world.run(world.olivia, import_preview, bring(text.encode())).rows


def parents(world: World, name: str) -> list[tuple[str, str]]:
    return [(g.name, g.email) for g in card_of(world, name).guardians]


def test_a_second_parent_of_somebody_who_is_here_is_added(world: World, bring: Bring) -> None:
    before = everything(world)
    batch_id = bring(BOTH.encode())
    [row] = world.run(world.olivia, import_preview, batch_id).rows
    assert "Henry Gray is a parent we do not have yet: added." in row.problems

    assert world.run(world.olivia, apply_import, batch_id).filled == 1
    assert parents(world, "Sam Gray") == [
        ("Grace Gray", "grace@example.org"),
        ("Henry Gray", "henry@example.org"),
    ]
    assert [g.is_primary_payer for g in card_of(world, "Sam Gray").guardians] == [True, False]
    assert world.run(world.olivia, apply_import, bring(BOTH.encode())).unchanged == 1
    assert len(parents(world, "Sam Gray")) == 2

    assert world.run(world.olivia, undo_import, batch_id).kept == []
    assert everything(world) == before


def test_two_parents_with_one_address_are_two(world: World, bring: Bring) -> None:
    text = f"{HENRY}Sam Gray,Grace Gray,grace@example.org,Henry Gray,grace@example.org\n"
    world.run(world.olivia, apply_import, bring(text.encode()))
    assert [name for name, _email in parents(world, "Sam Gray")] == ["Grace Gray", "Henry Gray"]


def test_who_may_be_a_parent_we_have_is_shown_and_not_added(world: World, bring: Bring) -> None:
    batch_id = bring(b"Name,Parent name,Parent email\nSam Gray,Mrs G Gray,grace@example.org\n")
    [row] = world.run(world.olivia, import_preview, batch_id).rows
    assert any("may be Grace Gray, who is here already: not added" in p for p in row.problems)
    world.run(world.olivia, apply_import, batch_id)
    assert parents(world, "Sam Gray") == [("Grace Gray", "grace@example.org")]


def test_what_differs_is_shown_field_by_field(world: World, bring: Bring) -> None:
    add = GuardianDetails("Henry Gray", "henry@example.org", "07700 900123")
    world.run(world.olivia, add_guardian, world.student_id, add)
    text = (
        "Name,Status,Instrument,Parent 1 name,Parent 1 email,Parent 2 name,Parent 2 email,"
        "Parent 2 phone\n"
        "Sam Gray,Inactive,Violin,Grace Gray,grace@example.org,Henry Gray,other@example.org,"
        "07700 900124\n"
    )
    [row] = rows_of(world, bring, text)
    told = " ".join(row.problems)
    for said in ("“Active”, the file says “Left”", "“Piano”", "other@example.org", "900124"):
        assert said in told


def test_a_namesake_is_added_and_said_to_be_one(world: World, bring: Bring) -> None:
    text = "Name,Parent name,Parent email\nSam Gray,Zoe Gray,zoe@example.org\n"
    [row] = rows_of(world, bring, text)
    assert row.decision is Decision.CREATE
    assert any("Somebody called Sam Gray is here already" in problem for problem in row.problems)


def test_an_archived_student_is_said_to_be(world: World, bring: Bring) -> None:
    world.run(world.olivia, archive_student, world.student_id)
    [row] = rows_of(world, bring, "Name,Email\nSam Gray,\n")
    assert "Sam Gray was here before and is archived; that stays so." in row.problems


def test_what_a_sibling_adds_to_the_family_is_kept(world: World, bring: Bring) -> None:
    text = (
        "Name,Parent name,Parent email,Parent phone,Address\n"
        "Ann Lane,Jo Lane,jo@example.org,,\n"
        "Ben Lane,Jo Lane,jo@example.org,07700 900123,1 Hill\n"
        "Cy Lane,Jo Lane,jo@example.org,07700 900124,2 Hill\n"
    )
    batch_id = bring(text.encode())
    *_others, cy = world.run(world.olivia, import_preview, batch_id).rows
    assert any("line 3 says “1 Hill” for this family" in p for p in cy.problems)
    assert any("900124" in p for p in cy.problems)
    world.run(world.olivia, apply_import, batch_id)
    ann = card_of(world, "Ann Lane")
    assert [g.phone for g in ann.guardians] == ["07700 900123"]
    assert world.run(world.olivia, family_card, ann.family_id).address == "1 Hill"


def test_a_second_row_about_somebody_says_what_is_left_out_with_it(
    world: World, bring: Bring
) -> None:
    text = (
        "Name,Email,Teacher,Duration,Day,Time\n"
        "Ann Lane,a@example.org,Tom Teal,30,Mon,16:00\n"
        "Ann Lane,a@example.org,Una Reed,30,Wed,17:00\n"
    )
    _first, again = rows_of(world, bring, text)
    assert again.problems == [
        "The same person as on line 2.",
        "Teacher “Una Reed” stands only in this row: left out with it.",
        "Next lesson “Wednesday 17:00” stands only in this row: left out with it.",
    ]


@pytest.mark.parametrize(
    ("row", "kept"),
    [
        ("Ann Lane,Waiting,Tom Teal,30,25", ("Teacher: Tom Teal", "Duration: 30", "price: 25")),
        ("Ann Lane,Active,Tom Teal; Una Reed,30; 45,", ("Tom Teal; Una Reed", "30; 45")),
        ("Ann Lane,Active,Tom Teal (piano),,20; 25", ("Tom Teal (piano)", "20; 25")),
    ],
)
def test_a_lesson_that_cannot_be_proposed_goes_to_the_notes(
    world: World, bring: Bring, row: str, kept: tuple[str, ...]
) -> None:
    text = f"Name,Status,Teacher,Duration,Lesson price\n{row}\n"
    world.run(world.olivia, apply_import, bring(text.encode()))
    assert all(one in card_of(world, "Ann Lane").notes for one in kept)


@pytest.mark.parametrize(
    ("heading", "cell", "told"),
    [
        ("Next lesson,Teacher,Duration", "02/03/2026 16:00,Tom Teal,30", "has passed"),
        ("Birthday", "01/01/2031", "is still to come. It was moved to the notes"),
        ("Balance", "$25.00", "is in another currency; taken as GBP"),
        ("Parent name,Parent email", "Jo,jo@example.org (work)", "“work” was moved to the notes"),
        ("Parent name,Parent email,Parent 2 name,Parent 2 email", "Jo,a@b.org,Jo,c@d.org", "c@d"),
        ("Teacher", "Tom Teal (piano)", "“piano” behind the name was moved to the notes"),
        ("Phone", "\u202a07700 900123\u202c", "invisible characters"),
        ("Notes", "=HYPERLINK(1)", "looks like a formula"),
    ],
)
def test_what_was_done_to_a_cell_is_told(
    world: World, bring: Bring, heading: str, cell: str, told: str
) -> None:
    [row] = rows_of(world, bring, f"Name,{heading}\nAnn Lane,{cell}\n")
    assert any(told in problem for problem in row.problems), row.problems


def test_a_parent_without_a_name_keeps_their_address(world: World, bring: Bring) -> None:
    text = b"Name,Parent name,Parent email\nAnn Lane,unknown,p@example.org\n"
    world.run(world.olivia, apply_import, bring(text))
    assert parents(world, "Ann Lane") == [("p@example.org", "p@example.org")]


def test_teachers_nobody_knows_are_named_before_they_are_added(world: World, bring: Bring) -> None:
    text = (
        "Name,Teacher,Duration,Day,Time\n"
        "Ann Lane,Tom Teal,30,Mon,16:00\nBen Lane,Una Reed,30,Mon,16:00\n"
        "Cy Lane,UNA REED,30,Tue,16:00\nDi Lane,Nobody Planned,,,\n"
    )
    found = world.run(world.olivia, import_preview, bring(text.encode())).new_teachers
    assert [(one.name, one.lines) for one in found] == [("Una Reed", [3, 4])]


def test_every_column_that_is_not_imported_says_why(world: World, bring: Bring) -> None:
    text = "Name,Age,Shoe size,Lesson price,Rate,Last lesson\nAnn Lane,9,33,25,50,01/09/2026\n"
    columns = world.run(world.olivia, import_preview, bring(text.encode())).columns
    assert {c.heading: bool(c.not_imported) for c in columns} == {
        "Name": False,
        "Age": True,
        "Shoe size": True,
        "Lesson price": False,
        "Rate": True,
        "Last lesson": True,
    }


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"Name,Email\n", "no rows below"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, "not a file of text"),
        (b"<html><table><tr><td>Name</td></tr></table></html>", "web page"),
        (b'[{"name": "Ann"}]'[1:], "JSON"),
    ],
)
def test_what_is_no_list_is_refused_and_nothing_is_kept(
    world: World, content: bytes, said: str
) -> None:
    with pytest.raises(Unreadable, match=said):
        world.run(world.olivia, stage_import, "a.csv", content)


def test_a_damaged_byte_does_not_spoil_the_letters_of_the_whole_file() -> None:
    text = "Name,Town\nZoë,Genève\nRenée,Köln\nÅsa,Malmö\n".encode() + b"Al\xff,x\n"
    table = read_table(text)
    assert (table.encoding, table.replaced) == ("utf-8", 1)
    assert table.records[0].cells == ("Zoë", "Genève")


def test_each_program_is_called_by_its_own_name() -> None:
    assert [str(kind.label) for kind in FileKind] == [
        "My Music Staff",
        "TutorBird",
        "Teachworks",
        "Opus1",
        "Other spreadsheet (CSV)",
    ]
