"""A real-shaped export from its bytes into the studio, and back out again."""

from datetime import date

import pytest

from studio_app.billing.queries.owing import who_owes
from studio_app.imports.commands.applying import (
    AlreadyApplied,
    StillChecking,
    apply_import,
)
from studio_app.imports.commands.deciding import decide_row
from studio_app.imports.commands.staging import stage_import
from studio_app.imports.commands.undoing import undo_import
from studio_app.imports.queries.batches import import_batches
from studio_app.imports.queries.leftovers import import_todo, series_proposals
from studio_app.imports.queries.preview import import_preview
from studio_app.imports.rules.batches import RowResult
from studio_app.imports.rules.settling import Decision, Outcome
from studio_app.kit.errors import Forbidden, NotFound
from studio_app.kit.ids import BatchId
from studio_app.people.commands.students import StudentDetails, add_student, edit_student
from studio_app.people.queries.families import families, family_card, teachers
from studio_app.people.rules import StudentStatus
from tests.conftest import World
from tests.imports.conftest import Bring, sample
from tests.imports.looking import all_students, card_of, everything

MMS = sample("my_music_staff")


def test_every_row_of_the_export_is_accounted_for(world: World, bring: Bring) -> None:
    batch_id = bring(MMS)
    card = world.run(world.olivia, import_preview, batch_id).batch
    assert sum(card.counts.values()) == card.rows_total == 120

    summary = world.run(world.olivia, apply_import, batch_id)
    assert summary.rows == 120
    assert (summary.added, summary.left_out) == (114, 6)
    [card] = world.run(world.olivia, import_batches)
    assert sum(card.results.values()) == 120
    assert len(all_students(world)) == 114 + 1  # Sam was here before


def test_the_export_becomes_students_families_and_teachers(world: World, bring: Bring) -> None:
    world.run(world.olivia, apply_import, bring(MMS))

    pia, max_ = card_of(world, "Pia Twine"), card_of(world, "Max Other-Name")
    assert pia.family_id == max_.family_id
    assert [s.name for s in pia.siblings] == ["Max Other-Name"]
    assert [(g.name, g.email) for g in pia.guardians] == [("Olga Twine", "olga.twine@example.org")]
    assert [g.id for g in pia.guardians] == [g.id for g in max_.guardians]
    assert pia.email == ""
    assert {t.name for t in world.run(world.olivia, teachers)} == {
        "Tom Teal",
        "Una Reed",
        "Victor Lund",
        "Wendy Osei",
    }


def test_an_adult_is_their_own_parent_contact_and_payer(world: World, bring: Bring) -> None:
    world.run(world.olivia, apply_import, bring(MMS))
    ada = card_of(world, "Ada Archer")
    assert ada.is_adult
    assert [(g.name, g.is_primary_payer) for g in ada.guardians] == [("Ada Archer", True)]


def test_each_trap_ends_as_it_should(world: World, bring: Bring) -> None:
    world.run(world.olivia, apply_import, bring(MMS))
    here = all_students(world)

    assert here["Joy Waitlist"] is StudentStatus.WAITING
    assert here["Rex Trial"] is StudentStatus.TRIAL
    assert here["Fay Gone"] is StudentStatus.LEFT
    assert card_of(world, "Nia Bidi").phone == "07700 900904"
    assert card_of(world, "Harry").name == "Harry O'Shout-McLoud"
    assert card_of(world, "Kai Suffix").notes.startswith("twin of Pia")
    assert card_of(world, "Sol Formula").notes.startswith("'=HYPERLINK")
    assert "Flat 3" in family_of(world, "Gus Lines")
    oli = card_of(world, "Oli Words")
    assert [g.phone for g in oli.guardians] == ["07700 900905"]
    assert "ask mum" in oli.notes
    for name in ("test test", "Lou Strange"):
        assert name not in here


def family_of(world: World, name: str) -> str:
    return world.run(world.olivia, family_card, card_of(world, name).family_id).address


def test_a_password_in_a_note_is_withheld_everywhere_and_reported(
    world: World, bring: Bring
) -> None:
    batch_id = bring(MMS)
    preview = world.run(world.olivia, import_preview, batch_id, size=200)
    [line] = preview.withheld_lines
    [row] = [row for row in preview.rows if row.line == line]
    assert any("password" in problem for problem in row.problems)
    world.run(world.olivia, apply_import, batch_id)

    assert "[withheld]" in card_of(world, "Ivy Secret").notes
    everything = world.connection.exec_driver_sql(
        "select string_agg(r::text, ' ') from import_row r"
        " union all select string_agg(s::text, ' ') from student s"
        " union all select string_agg(coalesce(c.after::text, ''), ' ') from audit_change c"
    )
    assert all("rosebud77" not in text for (text,) in everything)


def test_rows_that_wait_and_rows_with_errors_are_shown_with_their_lines(
    world: World, bring: Bring
) -> None:
    batch_id = bring(MMS)
    asked = world.run(world.olivia, import_preview, batch_id, Outcome.NEEDS_INFO).rows
    assert [row.name for row in asked][:1] == ["test test"]
    text = MMS.decode("utf-8-sig").replace("\r\n", "\n").split("\n")
    for row in asked[:1]:
        assert text[row.line - 1].startswith("test,test")
    [error] = world.run(world.olivia, import_preview, batch_id, Outcome.ERROR).rows
    assert error.problems == ["This row is empty."]
    [twice] = world.run(world.olivia, import_preview, batch_id, Outcome.DUPLICATE).rows
    assert twice.decision is Decision.SKIP
    assert f"The same person as on line {62}." in twice.problems


def test_an_answer_makes_a_row_ready(world: World, bring: Bring) -> None:
    batch_id = bring(MMS)
    asked = world.run(world.olivia, import_preview, batch_id, Outcome.NEEDS_INFO).rows
    by_name = {row.name: row for row in asked}
    world.run(world.olivia, decide_row, by_name["Lou Strange"].id, fixes={"status": "paused"})
    world.run(world.olivia, decide_row, by_name["test test"].id, Decision.CREATE)
    nameless = next(row for row in asked if not row.name)
    world.run(
        world.olivia, decide_row, nameless.id, fixes={"first_name": "Ann", "last_name": "Onym"}
    )
    left = world.run(world.olivia, import_preview, batch_id, Outcome.NEEDS_INFO).rows
    assert {row.name for row in left if row.decision is Decision.SKIP} == {
        "'=1+cmd|' /C calc'!A1 Macro"
    }
    world.run(world.olivia, apply_import, batch_id)
    here = all_students(world)
    assert here["Lou Strange"] is StudentStatus.PAUSED
    assert {"test test", "Ann Onym"} <= set(here)


def test_weekly_lessons_are_proposed_and_the_rest_is_left_to_do(world: World, bring: Bring) -> None:
    summary = world.run(world.olivia, apply_import, bring(MMS))
    proposals = world.run(world.olivia, series_proposals)
    todos = [row.sentence for row in world.run(world.olivia, import_todo)]

    assert summary.proposals == len(proposals) == 98
    assert summary.todos == len(todos)
    ada = next(p for p in proposals if p.student == "Ada Archer")
    assert (ada.teacher, ada.weekday, ada.at, ada.minutes) == ("Tom Teal", 1, "15:00", 45)
    assert (ada.first_on, ada.price) == (date(2026, 9, 7), "£27.00")
    assert any(s.startswith("Mia Several has several lessons (Tom Teal, Una Reed") for s in todos)
    assert "Leo Ahead owes the studio 2 lessons: they were given ahead." in todos
    assert "Ned Credits has 3 make-up lessons to come." in todos
    rex = next(p for p in proposals if p.student == "Rex Trial")
    assert "Zed Zédille is proposed at the same time." in rex.conflicts


def test_a_second_upload_of_the_same_file_changes_nothing(world: World, bring: Bring) -> None:
    first = bring(MMS)
    world.run(world.olivia, apply_import, first)
    before = everything(world)

    second = bring(MMS)
    assert second != first
    preview = world.run(world.olivia, import_preview, second)
    assert preview.imported_before_on
    assert preview.batch.counts[Outcome.READY] == 0
    again = world.run(world.olivia, apply_import, second)

    assert (again.added, again.filled, again.proposals, again.todos) == (0, 0, 0, 0)
    assert again.rows == 120
    assert everything(world) == before


def test_the_same_file_waits_only_once(world: World) -> None:
    first = world.run(world.olivia, stage_import, "a.csv", MMS)
    assert world.run(world.olivia, stage_import, "b.csv", MMS) == first


def test_a_changed_row_fills_blanks_only(world: World, bring: Bring) -> None:
    world.run(world.olivia, apply_import, bring(MMS))
    fay = card_of(world, "Fay Gone")
    world.run(
        world.olivia, edit_student, fay.id, StudentDetails("Fay", "Gone", phone="07700 900999")
    )
    text = MMS.decode("utf-8-sig").replace(
        "Gone,Fay,sdt_09150,fml_0915,,Inactive,,",
        "Gone,Fay,sdt_09150,fml_0915,,Inactive,fay@example.org,07700 900111",
    )
    summary = world.run(world.olivia, apply_import, bring(text.encode()))

    after = card_of(world, "Fay Gone")
    assert (after.email, after.phone) == ("fay@example.org", "07700 900999")
    assert (summary.added, summary.filled) == (0, 1)


def test_what_we_know_otherwise_is_said_and_stays(world: World, bring: Bring) -> None:
    content = b"Name,Email,Instrument\nSam Gray,,Violin\n"
    batch_id = bring(content)
    [row] = world.run(world.olivia, import_preview, batch_id, Outcome.DUPLICATE).rows
    assert "Sam Gray is already here." in row.problems
    assert any("“Piano”" in problem and "“Violin”" in problem for problem in row.problems)
    world.run(world.olivia, apply_import, batch_id)
    assert card_of(world, "Sam Gray").instrument == "Piano"


def test_somebody_added_meanwhile_is_not_added_twice(world: World, bring: Bring) -> None:
    batch_id = bring(b"Name,Email\nAnn Lane,ann@example.org\n")
    world.run(world.olivia, add_student, StudentDetails("Ann", "Lane", email="ann@example.org"))
    summary = world.run(world.olivia, apply_import, batch_id)
    assert (summary.added, summary.unchanged) == (0, 1)


def test_siblings_with_a_family_each_keep_them_and_it_is_told(world: World, bring: Bring) -> None:
    for first_name in ("Ann", "Bea"):
        world.run(world.olivia, add_student, StudentDetails(first_name, "Lane"))
    before = {name: card_of(world, name).family_id for name in ("Ann Lane", "Bea Lane")}
    content = b"Name,Family ID,Balance\nAnn Lane,F1,12.00\nBea Lane,F1,12.00\nCid Lane,F1,12.00\n"

    summary = world.run(world.olivia, apply_import, bring(content))

    assert (summary.added, summary.filled + summary.unchanged) == (1, 2)
    assert {name: card_of(world, name).family_id for name in before} == before
    assert card_of(world, "Cid Lane").family_id == before["Ann Lane"]
    told = [todo.sentence for todo in world.run(world.olivia, import_todo)]
    assert [each for each in told if "a family of their own" in each] == [
        "The file counts Bea Lane among the family Lane; here Bea Lane has a family of their own, "
        "and that stays. If they share an account, put them into one family."
    ]
    [owing] = world.run(world.olivia, who_owes)
    assert (owing.family_id, owing.balance) == (before["Ann Lane"], "£12.00")


def test_a_file_is_applied_once_and_only_when_checked(world: World, bring: Bring) -> None:
    waiting = world.run(world.olivia, stage_import, "a.csv", b"Name,Email\nAnn,\nBen,\n")
    with pytest.raises(StillChecking):
        world.run(world.olivia, apply_import, waiting)
    done = bring(MMS)
    world.run(world.olivia, apply_import, done)
    with pytest.raises(AlreadyApplied):
        world.run(world.olivia, apply_import, done)


def test_a_stranger_finds_nothing(world: World, bring: Bring) -> None:
    batch_id = bring(MMS)
    row = world.run(world.olivia, import_preview, batch_id).rows[0]
    assert world.run(world.rita, import_batches) == []
    assert world.run(world.rita, import_todo) == []
    assert world.run(world.rita, series_proposals) == []
    with pytest.raises(NotFound):
        world.run(world.rita, import_preview, batch_id)
    for command in (apply_import, undo_import):
        with pytest.raises(NotFound):
            world.run(world.rita, command, batch_id)
    with pytest.raises(NotFound):
        world.run(world.rita, decide_row, row.id, Decision.SKIP)


def test_only_the_office_imports(world: World, bring: Bring) -> None:
    batch_id: BatchId = bring(b"Name,Email\nAnn,\n")
    for actor in (world.tom, world.grace):
        with pytest.raises(Forbidden):
            world.run(actor, apply_import, batch_id)
        with pytest.raises(Forbidden):
            world.run(actor, stage_import, "a.csv", MMS)


def test_families_are_listed_once_each(world: World, bring: Bring) -> None:
    world.run(world.olivia, apply_import, bring(MMS))
    rows = world.run(world.olivia, families, limit=200).rows
    assert len(rows) == len({row.id for row in rows})
    assert all(row.payer for row in rows if row.name != "Nomail")
    assert RowResult.ADDED.label
