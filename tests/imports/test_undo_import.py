"""Taking an import back, for a day."""

from datetime import timedelta

import pytest

from studio_app.imports.commands.applying import (
    apply_import,
)
from studio_app.imports.commands.undoing import NotApplied, TooLateToUndo, undo_import
from studio_app.imports.queries.batches import import_batches
from studio_app.imports.rules.batches import BatchState
from studio_app.people.commands.students import StudentDetails, edit_student
from tests.conftest import World
from tests.imports.conftest import Bring, sample
from tests.imports.looking import all_students, card_of, everything

MMS = sample("my_music_staff")


def test_undoing_restores_the_studio(world: World, bring: Bring) -> None:
    before = everything(world)
    batch_id = bring(MMS)
    world.run(world.olivia, apply_import, batch_id)
    undone = world.run(world.olivia, undo_import, batch_id)

    assert undone.kept == []
    assert everything(world) == before
    [card] = world.run(world.olivia, import_batches)
    assert card.state is BatchState.UNDONE
    with pytest.raises(NotApplied):
        world.run(world.olivia, undo_import, batch_id)
    assert world.run(world.olivia, apply_import, bring(MMS)).added == 114


def test_undoing_blanks_what_was_filled(world: World, bring: Bring) -> None:
    before = everything(world)
    batch_id = bring(b"Name,Email,Address\nSam Gray,sam@example.org,1 Hill\n")
    assert world.run(world.olivia, apply_import, batch_id).filled == 1
    assert card_of(world, "Sam Gray").email == "sam@example.org"
    assert world.run(world.olivia, undo_import, batch_id).blanked == 2
    assert everything(world) == before


def test_who_was_changed_since_stays_and_is_named(world: World, bring: Bring) -> None:
    batch_id = bring(MMS)
    world.run(world.olivia, apply_import, batch_id)
    ivy = card_of(world, "Ivy Secret")
    world.run(world.olivia, edit_student, ivy.id, StudentDetails("Ivy", "Secret"))

    undone = world.run(world.olivia, undo_import, batch_id)
    names = {(kept.kind.value, kept.name, kept.changed) for kept in undone.kept}
    assert ("student", "Ivy Secret", True) in names
    assert ("family", "Secret", False) in names
    assert set(all_students(world)) == {"Ivy Secret", "Sam Gray"}


def test_a_day_later_it_is_too_late_to_undo(world: World, bring: Bring) -> None:
    batch_id = bring(MMS)
    world.run(world.olivia, apply_import, batch_id)
    later = world.at(world.now + timedelta(hours=24, seconds=1))
    with pytest.raises(TooLateToUndo):
        later.run(world.olivia, undo_import, batch_id)
