"""What an import leaves behind: weekly lessons to confirm and things to do."""

from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from studio_app.imports.commands.applying import apply_import
from studio_app.imports.commands.proposing import (
    change_proposal,
    confirm_proposals,
    dismiss_proposals,
    dismiss_todo,
    reopen_todo,
)
from studio_app.imports.commands.undoing import undo_import
from studio_app.imports.queries import leftovers
from studio_app.imports.queries.leftovers import (
    WEEKS_LOOKED_AT,
    import_todo,
    series_proposals,
)
from studio_app.kit.clock import to_instant
from studio_app.kit.errors import NotFound
from studio_app.kit.ids import BatchId, new_id
from studio_app.kit.work import Work
from studio_app.scheduling.access.bookings import clashes_for
from studio_app.scheduling.commands.lesson_types import LessonTypeDetails, add_lesson_type
from studio_app.scheduling.commands.lessons import NewLesson, schedule_lesson
from studio_app.scheduling.rules.clashes import Clash, Wanted
from tests.conftest import World
from tests.imports.conftest import Bring, sample


def bring_in(world: World, bring: Bring, name: str) -> BatchId:
    batch_id = bring(sample(name))
    world.run(world.olivia, apply_import, batch_id)
    return batch_id


def test_proposals_are_confirmed_and_those_in_the_way_are_named(world: World, bring: Bring) -> None:
    bring_in(world, bring, "my_music_staff")
    waiting = world.run(world.olivia, series_proposals)
    wanted = [p for p in waiting if p.teacher == "Tom Teal" and p.weekday == 1]
    monday_at_three = [p for p in wanted if p.at == "15:00"]
    assert {p.student for p in monday_at_three} == {"Ada Archer", "Rex Trial", "Zed Zédille"}

    done = world.run(world.olivia, confirm_proposals, [p.id for p in wanted])
    assert done.scheduled == len(wanted) - 2
    assert all("Tom Teal teaches" in each.problem for each in done.refused)
    left = world.run(world.olivia, series_proposals)
    assert len(left) == len(waiting) - done.scheduled
    rex = next(p for p in left if p.student == "Rex Trial")
    assert any("Tom Teal teaches" in conflict for conflict in rex.conflicts)

    world.run(
        world.olivia,
        change_proposal,
        rex.id,
        weekday=6,
        at=time(10),
        minutes=30,
        teacher_id=rex.teacher_id,
    )
    assert world.run(world.olivia, confirm_proposals, [rex.id]).scheduled == 1
    zed = next(p for p in left if p.student == "Zed Zédille")
    world.run(world.olivia, dismiss_proposals, [zed.id])
    assert zed.id not in {p.id for p in world.run(world.olivia, series_proposals)}
    with pytest.raises(NotFound):
        world.run(world.olivia, confirm_proposals, [zed.id])
    with pytest.raises(NotFound):
        world.run(world.rita, dismiss_proposals, [zed.id])


def test_who_is_on_the_calendar_by_now_stays_when_the_import_is_undone(
    world: World, bring: Bring
) -> None:
    batch_id = bring_in(world, bring, "tutorbird")
    [walt] = [p for p in world.run(world.olivia, series_proposals) if p.student == "Walt Rowe"]
    world.run(world.olivia, confirm_proposals, [walt.id])
    undone = world.run(world.olivia, undo_import, batch_id)
    assert {k.name for k in undone.kept if k.kind == "student"} == {"Walt Rowe"}
    assert all(not kept.changed for kept in undone.kept)


def test_a_proposal_that_waited_begins_next_week_and_not_in_the_past(
    world: World, bring: Bring
) -> None:
    bring_in(world, bring, "tutorbird")
    later = world.at(world.now + timedelta(weeks=3))
    walt = next(p for p in later.run(world.olivia, series_proposals) if p.student == "Walt Rowe")
    assert later.run(world.olivia, confirm_proposals, [walt.id]).scheduled == 1
    first = world.connection.exec_driver_sql("select first_on from series").scalar_one()
    assert first == date(2026, 9, 23)


def test_the_list_of_things_to_do_is_ticked_off(world: World, bring: Bring) -> None:
    bring_in(world, bring, "generic_uk")
    todos = world.run(world.olivia, import_todo)
    assert [t.sentence for t in todos] == [
        "The file has no coming lesson for Nora Bloom: put the weekly lesson on the calendar.",
        "Nora Bloom is a child and the file names no parent: add one.",
    ]
    world.run(world.olivia, dismiss_todo, todos[0].id)
    assert len(world.run(world.olivia, import_todo)) == 1
    assert len(world.run(world.olivia, import_todo, with_done=True)) == 2
    world.run(world.olivia, reopen_todo, todos[0].id)
    assert len(world.run(world.olivia, import_todo)) == 2
    for command in (dismiss_todo, reopen_todo):
        with pytest.raises(NotFound):
            world.run(world.rita, command, todos[0].id)
    with pytest.raises(NotFound):
        world.run(world.olivia, dismiss_todo, new_id())


def test_conflicts_are_seen_as_far_ahead_as_lessons_are_put_on_the_calendar(
    world: World, bring: Bring
) -> None:
    line = "Name,Teacher,Duration,Next lesson\nAnn Lane,Tom Teal,30,07/09/2026 16:00\n"
    world.run(world.olivia, apply_import, bring(line.encode()))
    [waiting] = world.run(world.olivia, series_proposals)
    assert waiting.conflicts == []

    last = waiting.first_on + timedelta(weeks=WEEKS_LOOKED_AT - 1)
    kind = world.run(world.olivia, add_lesson_type, LessonTypeDetails("Late", 30, capacity=1))
    starts_at = to_instant(last, time(16), ZoneInfo("Europe/London"))
    world.run(world.olivia, schedule_lesson, NewLesson(waiting.teacher_id, kind, starts_at))

    [waiting] = world.run(world.olivia, series_proposals)
    assert len(waiting.conflicts) == 1
    assert world.run(world.olivia, confirm_proposals, [waiting.id]).scheduled == 0


def test_a_proposal_that_waited_begins_on_a_day_still_to_come(world: World, bring: Bring) -> None:
    line = "Name,Teacher,Duration,Next lesson\nAnn Lane,Tom Teal,30,07/09/2026 16:00\n"
    world.run(world.olivia, apply_import, bring(line.encode()))
    later = world.at(world.now + timedelta(days=30))
    [waiting] = later.run(world.olivia, series_proposals)
    assert waiting.first_on == date(2026, 10, 5)


def test_a_page_of_proposals_asks_the_diary_about_its_own_only(
    world: World, bring: Bring, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring_in(world, bring, "my_music_staff")
    whole = world.run(world.olivia, series_proposals)
    asked: list[int] = []

    def counted(work: Work, wanted: list[Wanted]) -> list[list[Clash]]:
        asked.append(len(wanted))
        return clashes_for(work, wanted)

    monkeypatch.setattr(leftovers, "clashes_for", counted)
    after = str(whole[1].id)
    assert world.run(world.olivia, series_proposals, after=after, limit=3) == whole[2:5]
    assert asked == [3 * WEEKS_LOOKED_AT]
    assert world.run(world.olivia, series_proposals, after="nobody", limit=3) == []
