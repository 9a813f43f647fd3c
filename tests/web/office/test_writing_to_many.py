"""Writing to many on its page: whom, the count before, one bulk however often it is pressed."""

from typing import Any

import pytest
from sqlalchemy import update
from sqlmodel import col

from studio_app.kit.access import Actor
from studio_app.messaging.models.messages import Message
from studio_app.messaging.queries.bulk import recent_bulks
from studio_app.messaging.queries.log import messages
from studio_app.messaging.rules.states import MessageStatus
from studio_app.people.commands.students import StudentDetails, add_student
from studio_app.web.office.messages import bulk_progress as progress_page
from studio_app.web.office.messages import writing as writing_page
from studio_app.web.office.messages.bulk_progress import BulkProgressState
from studio_app.web.office.messages.writing_state import WritingState
from tests.conftest import World
from tests.letters import write_to_all
from tests.web.office.conftest import Visit

pytestmark = pytest.mark.anyio
TYPED = {"subject": "Concert", "body": "Dear {{ first_name }}, on Friday."}


async def opened(visit: Visit, world: World) -> tuple[Any, Any]:
    browser = visit(world.olivia)
    state = browser.open(WritingState)
    await state.load()
    return browser, state


async def test_it_says_whom_it_reaches_before_anything_is_written(
    world: World, visit: Visit
) -> None:
    grown = StudentDetails("Ada", "Adult", is_adult=True, instrument="Oboe")
    world.run(world.olivia, add_student, grown)

    _browser, state = await opened(visit, world)

    assert [one.name for one in state.reached] == ["Grace Gray"]
    assert [one.name for one in state.unreached] == ["Ada Adult"]
    assert (state.reached_said, state.send_said) == ("1 person", "Send to 1 person")
    assert {way.value: way.count for way in state.ways} == {"email": "1", "text": "0", "inbox": "1"}


async def test_other_choices_reach_others(world: World, visit: Visit) -> None:
    _browser, state = await opened(visit, world)

    await state.choose_instrument("Piano")
    assert state.reached_said == "1 person"
    await state.choose_teacher(str(world.teacher_id))
    assert not state.can_send
    await state.choose_teacher("")
    await state.choose_status("waiting")
    assert not state.can_send
    await state.choose_status("active")
    await state.choose_news(True)
    assert [one.name for one in state.reached] == []
    await state.choose_news(False)
    await state.choose_way("email")
    assert not state.can_send


async def test_it_is_read_out_for_the_first_of_them(world: World, visit: Visit) -> None:
    _browser, state = await opened(visit, world)

    await state.type_subject("Concert")
    assert state.faults == {}
    await state.type_body("Dear {{ first_name }}")

    assert (state.reading.subject, state.reading.body) == ("Concert", "Dear Grace")
    await state.type_body("Dear {{ pet }}")
    assert "pet" in state.faults["body"]


async def test_it_asks_once_more_and_sends_once(world: World, visit: Visit) -> None:
    _browser, state = await opened(visit, world)

    await state.ask(TYPED)
    assert state.asking
    assert world.run(world.olivia, recent_bulks) == []

    first = await state.send()
    again = await state.send()

    [card] = world.run(world.olivia, recent_bulks)
    assert (card.subject, card.recipients) == ("Concert", 1)
    assert str(card.id) in repr(first)
    assert str(card.id) in repr(again)
    world.run(Actor.system(world.harmony), write_to_all, card.id)
    assert len(world.run(world.olivia, messages).rows) == 1


async def test_what_is_missing_is_said_beside_its_field(world: World, visit: Visit) -> None:
    _browser, state = await opened(visit, world)

    await state.ask({"subject": "", "body": "Hello {{"})

    assert state.faults == {
        "subject": "Please write something.",
        "body": "A bracket is not closed on line 1.",
    }
    assert not state.asking


async def test_progress_counts_and_tries_only_failures_again(world: World, visit: Visit) -> None:
    browser, state = await opened(visit, world)
    await state.ask(TYPED)
    await state.send()
    [card] = world.run(world.olivia, recent_bulks)
    page = browser.open(BulkProgressState, bulk_id=str(card.id))
    await page.load()
    assert (page.shown.waiting, page.shown.said) == (
        "0",
        "Being prepared: 0 of 1 people so far",
    )
    assert (page.shown.done, page.shown.all) == (0, 1)

    world.run(Actor.system(world.harmony), write_to_all, card.id)
    await page.look_again()
    assert (page.shown.waiting, page.shown.said) == ("1", "0 of 1 messages have left")

    work = world.as_(Actor.system(world.harmony))
    lost = update(Message).where(col(Message.bulk_id) == card.id)
    work.session.connection().execute(lost.values(status=MessageStatus.FAILED, reason="Full"))
    await page.look_again()
    assert (page.shown.failed, page.shown.has_failed) == ("1", True)
    assert [(one.who, one.reason) for one in page.lost] == [("Grace Gray", "Full")]

    await page.try_again()
    assert browser.notice.words == "1 message is on its way again."
    assert (page.shown.waiting, page.lost) == ("1", [])

    await page.try_again()
    assert browser.notice.refused


async def test_a_teacher_may_not_write_to_many(world: World, visit: Visit) -> None:
    state = visit(world.tom).open(WritingState)

    await state.load()

    assert "permission" in state.trouble
    assert state.reached == []


def test_the_pages_can_be_drawn() -> None:
    assert writing_page.page() is not None
    assert progress_page.page() is not None
