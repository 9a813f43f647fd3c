"""The settings of messages, and the words of each kind."""

import pytest

from studio_app.messaging.queries.log import messages
from studio_app.messaging.queries.settings import kinds_and_ways, messaging_choices
from studio_app.messaging.queries.templates import template
from studio_app.web.office.settings import messages as settings_page
from studio_app.web.office.settings import template as template_page
from studio_app.web.office.settings.messages_state import MessageSettingsState
from studio_app.web.office.settings.template_state import TemplateState
from tests.conftest import World
from tests.scheduling.conftest import TUESDAY, Desk, desk, wall
from tests.standins.surroundings import surroundings
from tests.web.office.conftest import Visit

__all__ = ["desk"]
pytestmark = pytest.mark.anyio
TIMES = {"quiet_from": "22:00", "quiet_until": "07:00"}


async def test_families_hear_nothing_until_the_owner_begins(world: World, visit: Visit) -> None:
    browser = visit(world.olivia)
    state = browser.open(MessageSettingsState)
    await state.load()
    assert not state.is_telling

    await state.begin()
    assert (state.is_telling, state.since) == (True, "Tue 1 Sept, 10:00")
    assert browser.notice.undoable

    await state.stop()
    assert not state.is_telling


async def test_times_reminders_and_addresses_are_saved(world: World, visit: Visit) -> None:
    state = visit(world.olivia).open(MessageSettingsState)
    await state.load()

    typed = {"remind_48": "on", "remind_1": "on", "reply_to": "Hello@Harmony.example"}
    given = {"studio_sms_numbers": f"+447700900123={world.harmony}"}
    with surroundings(**given):
        await state.save({**TIMES, **typed, "digest_at": "", "sms_number": "+44 7700 900123"})

    found = world.run(world.olivia, messaging_choices)
    assert (found.quiet_from, found.quiet_until, found.digest_at) == ("22:00", "07:00", "")
    assert (found.reminder_hours, found.sms_number) == ((48, 1), "+447700900123")
    assert found.reply_to.lower() == "hello@harmony.example"


async def test_four_reminders_are_refused_beside_them(world: World, visit: Visit) -> None:
    state = visit(world.olivia).open(MessageSettingsState)
    await state.load()

    await state.save({**TIMES, **{f"remind_{hours}": "on" for hours in (1, 2, 3, 4)}})

    assert state.faults == {"reminders": "Please choose up to three."}
    assert world.run(world.olivia, messaging_choices).reminder_hours == (24, 2)


async def test_a_night_of_twenty_three_hours_is_refused(world: World, visit: Visit) -> None:
    browser = visit(world.olivia)
    state = browser.open(MessageSettingsState)

    await state.save({"quiet_from": "08:00", "quiet_until": "07:00"})

    assert browser.notice.refused


async def test_a_way_is_switched_off_and_on_again(world: World, visit: Visit) -> None:
    browser = visit(world.olivia)
    state = browser.open(MessageSettingsState)
    await state.load()
    lines = {line.kind: line for line in state.lines}
    assert (lines["lesson_moved"].text, lines["sign_in_link"].email) == ("on", "fixed")
    assert lines["invoice_sent"].text == ""

    await state.choose_way("lesson_moved", "text", False)

    lines = {line.kind: line for line in state.lines}
    assert lines["lesson_moved"].text == "off"
    assert browser.notice.undoable
    ways = {one.kind: one.ways for one in world.run(world.olivia, kinds_and_ways)}
    assert [way.is_on for way in ways["lesson_moved"]] == [True, False, True, True]


async def test_each_group_is_named_once(world: World, visit: Visit) -> None:
    state = visit(world.olivia).open(MessageSettingsState)
    await state.load()

    groups = [line.group for line in state.lines if line.group]

    assert len(groups) == len(set(groups))
    assert groups[0] == "Signing in"


async def test_the_words_are_shown_with_what_can_be_put_in(world: World, visit: Visit) -> None:
    state = visit(world.olivia).open(TemplateState, message_kind="lesson_moved")

    await state.load()

    assert state.words.what == "A lesson is moved"
    assert [tab.name for tab in state.tabs] == ["English", "Français"]
    assert {"student", "when", "was", "link"} <= set(state.known)
    assert not state.words.is_own


async def test_it_is_read_out_while_it_is_typed(world: World, visit: Visit, desk: Desk) -> None:
    desk.lesson(wall(TUESDAY, 16), student_ids=(world.student_id,))
    state = visit(world.olivia).open(TemplateState, message_kind="lesson_moved")
    await state.load()
    assert state.samples
    assert "<html" in state.seen.html

    await state.type_subject("News of {{ student }}")
    assert state.seen.subject == "News of Sam Gray"

    await state.type_short("{{ student }}")
    assert state.seen.size == "17 characters · sent as 1 text"

    await state.type_subject("News of {{ pet }}")
    assert "pet" in state.faults["subject"]
    assert state.seen.subject == "News of Sam Gray"


async def test_what_cannot_be_filled_in_is_refused_beside_the_field(
    world: World, visit: Visit
) -> None:
    state = visit(world.olivia).open(TemplateState, message_kind="lesson_moved")
    await state.load()
    before = state.written

    await state.save({"subject": "Moved", "body": "Dear {{ first_name", "short": "Moved"})

    assert state.faults == {"body": "A bracket is not closed on line 1."}
    assert state.written == before
    assert world.run(world.olivia, template, "lesson_moved", "en").version == 0


async def test_own_words_are_kept_by_language_and_reset(world: World, visit: Visit) -> None:
    state = visit(world.olivia).open(TemplateState, message_kind="lesson_moved")
    await state.load()

    await state.speak("fr")
    await state.save({"subject": "Cours", "body": "Bonjour {{ name }}", "short": "Cours"})
    assert (state.words.is_own, state.words.subject) == (True, "Cours")

    await state.speak("en")
    assert not state.words.is_own

    await state.speak("fr")
    await state.take_ours()
    assert not state.words.is_own


async def test_a_kind_without_short_form_keeps_what_ships(world: World, visit: Visit) -> None:
    state = visit(world.olivia).open(TemplateState, message_kind="payment_received")
    await state.load()

    await state.save({"subject": "Thanks", "body": "Thanks, {{ name }}"})

    assert (state.faults, state.words.has_short, state.words.is_own) == ({}, False, True)


async def test_a_test_is_on_its_way_to_oneself(world: World, visit: Visit, desk: Desk) -> None:
    desk.lesson(wall(TUESDAY, 16), student_ids=(world.student_id,))
    browser = visit(world.olivia)
    state = browser.open(TemplateState, message_kind="lesson_moved")
    await state.load()
    await state.type_subject("Not saved: {{ student }}")

    await state.test()

    assert browser.notice.words == "On its way to your own address."
    [row] = world.run(world.olivia, messages, kind="lesson_moved").rows
    assert row.who == "Olivia Owen"
    assert world.run(world.olivia, template, "lesson_moved", "en").version == 0


async def test_a_teacher_may_not_and_an_unknown_kind_is_not_found(
    world: World, visit: Visit
) -> None:
    tom = visit(world.tom).open(TemplateState, message_kind="lesson_moved")
    await tom.load()
    assert "permission" in tom.trouble

    olivia = visit(world.olivia).open(TemplateState, message_kind="by_hand")
    await olivia.load()
    assert olivia.trouble == "We could not find that."


def test_the_pages_can_be_drawn() -> None:
    assert settings_page.page() is not None
    assert template_page.page() is not None
