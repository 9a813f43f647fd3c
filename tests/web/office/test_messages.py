"""The office's messages and answers: found, looked at, seen to, answered."""

from typing import Any

import pytest
from sqlalchemy import update
from sqlmodel import col

from studio_app.kit.access import Actor
from studio_app.messaging.access import contacts
from studio_app.messaging.access.audience import Audience
from studio_app.messaging.commands.bulk import Draft, send_to_many
from studio_app.messaging.commands.consenting import record_consent
from studio_app.messaging.commands.replying import Arrived, receive_text
from studio_app.messaging.models.messages import Message
from studio_app.messaging.queries.log import Channel, messages
from studio_app.messaging.rules.states import MessageStatus, Purpose
from studio_app.people.models import Guardian
from studio_app.web.frame import FrameState
from studio_app.web.office.messages import log, replies
from studio_app.web.office.messages.log_state import MessagesState
from studio_app.web.office.messages.replies import RepliesState
from tests.conftest import World
from tests.letters import write_to_all
from tests.web.office.conftest import Visit

pytestmark = pytest.mark.anyio
PHONE = "+447700900123"


def written(world: World, *, key: str = "one") -> str:
    """A letter to Grace; its id."""
    draft = Draft("Concert", "Dear {{ first_name }}, come on Friday.", (Channel.EMAIL,))
    bulk_id = world.run(world.olivia, send_to_many, draft, Audience(), key=key)
    world.run(Actor.system(world.harmony), write_to_all, bulk_id)
    return str(world.run(world.olivia, messages).rows[0].id)


def failed(world: World, message_id: str) -> None:
    work = world.as_(Actor.system(world.harmony))
    lost = update(Message).where(col(Message.id) == message_id)
    said = lost.values(status=MessageStatus.FAILED, reason="No such person", attempts=1)
    work.session.connection().execute(said)


def texted(world: World, words: str, *, number: str = PHONE) -> None:
    system = Actor.system(world.harmony)
    work = world.as_(system)
    known = update(Guardian).where(col(Guardian.id) == world.guardian_id)
    work.session.connection().execute(known.values(phone=PHONE))
    world.run(system, receive_text, Arrived(f"SM{words}", number, words))


def allowed(world: World) -> None:
    work = world.as_(Actor.system(world.harmony))
    [grace] = contacts.of_guardians(work, [world.guardian_id])
    yes: Any = {"given": True, "wording": "Yes", "source": "office"}
    record_consent(work, grace, Channel.TEXT, Purpose.SERVICE, **yes)
    work.session.commit()


async def test_the_list_shows_whom_what_and_how_it_stands(world: World, visit: Visit) -> None:
    written(world)
    state = visit(world.olivia).open(MessagesState)

    await state.load()

    [line] = state.rows
    assert (line.who, line.what, line.way, line.status) == (
        "Grace Gray",
        "Written by the studio",
        "E-mail",
        "waiting",
    )
    assert [one.way for one in state.figures] == ["E-mail", "Text message", "Notification"]


async def test_it_is_narrowed_by_state_kind_way_and_name(world: World, visit: Visit) -> None:
    written(world)
    state = visit(world.olivia).open(MessagesState)
    await state.load()

    async def shown(change: Any, value: str) -> int:
        await change(value)
        return len(state.rows)

    assert await shown(state.narrow, "undelivered") == 0
    assert await shown(state.narrow, "waiting") == 1
    assert await shown(state.choose_way, "text") == 0
    assert await shown(state.choose_way, "anything") == 1
    assert await shown(state.choose_kind, "invoice_sent") == 0
    assert await shown(state.choose_kind, "") == 1
    assert await shown(state.search, "nobody") == 0
    assert await shown(state.search, "gray") == 1


async def test_what_did_not_arrive_is_counted_seen_to_and_taken_back(
    world: World, visit: Visit
) -> None:
    lost = written(world)
    failed(world, lost)
    browser = visit(world.olivia)
    state, frame = browser.open(MessagesState), browser.open(FrameState)
    await frame.load()
    await state.load()
    assert (frame.frame.messages, state.lost) == ("1", "1")

    await state.look_at(lost)
    assert (state.message.reason, state.message.needs_somebody) == ("No such person", True)

    await state.see_to(lost)
    assert (frame.frame.messages, state.lost, state.message.needs_somebody) == ("", "", False)
    assert browser.notice.undoable

    await state.look_at_again(lost)
    assert frame.frame.messages == "1"


async def test_sent_again_it_waits_to_go_out(world: World, visit: Visit) -> None:
    lost = written(world)
    failed(world, lost)
    browser = visit(world.olivia)
    state = browser.open(MessagesState)
    await state.load()

    await state.send_again(lost)
    assert state.rows[0].status == "waiting"
    assert browser.notice.words == "It is on its way again."

    await state.send_again(lost)
    assert browser.notice.refused


async def test_a_teacher_is_not_let_in(world: World, visit: Visit) -> None:
    lost = written(world)
    browser = visit(world.tom)
    state = browser.open(MessagesState)

    await state.load()
    await state.look_at(lost)

    assert (state.rows, state.message.id) == ([], "")
    assert "permission" in state.trouble


async def test_answers_say_who_what_and_how_it_was_understood(world: World, visit: Visit) -> None:
    texted(world, "We are late")
    texted(world, "HELP")
    state = visit(world.olivia).open(RepliesState)

    await state.load()

    first, second = state.rows
    assert (first.who, first.text, first.understood) == (
        "Grace Gray",
        "We are late",
        "Wrote something",
    )
    assert (first.is_read, second.is_read, second.understood) == (False, True, "Asked for help")


async def test_reading_an_answer_takes_it_from_the_count(world: World, visit: Visit) -> None:
    texted(world, "We are late")
    browser = visit(world.olivia)
    state, frame = browser.open(RepliesState), browser.open(FrameState)
    await state.load()
    await frame.load()
    assert frame.frame.messages == "1"

    await state.mark_read(state.rows[0].id)
    assert (frame.frame.messages, state.rows[0].is_read) == ("", True)

    await state.mark_unread(state.rows[0].id)
    assert frame.frame.messages == "1"


async def test_an_answer_by_hand_is_a_text_to_them(world: World, visit: Visit) -> None:
    texted(world, "Is it {{ today }}?")
    allowed(world)
    browser = visit(world.olivia)
    state = browser.open(RepliesState)
    await state.load()

    await state.open(state.rows[0].dialog, True)
    await state.answer({"words": "Yes, at {four}."})

    [sent] = world.run(world.olivia, messages, channel=Channel.TEXT).rows
    assert (sent.who, sent.kind, state.opened, state.rows[0].is_read) == (
        "Grace Gray",
        "by_hand",
        "",
        True,
    )


async def test_who_has_not_allowed_texts_is_not_answered_by_one(world: World, visit: Visit) -> None:
    texted(world, "Hello")
    browser = visit(world.olivia)
    state = browser.open(RepliesState)
    await state.load()

    await state.open(state.rows[0].dialog, True)
    await state.answer({"words": ""})
    assert state.faults == {"words": "Please fill this in."}

    await state.answer({"words": "Hello!"})
    assert browser.notice.refused
    assert world.run(world.olivia, messages, kind="by_hand").rows == []


async def test_a_number_nobody_has_cannot_be_answered(world: World, visit: Visit) -> None:
    texted(world, "Who is this?", number="+447700900999")
    state = visit(world.olivia).open(RepliesState)

    await state.load()

    assert (state.rows[0].who, state.rows[0].can_answer) == ("+447700900999", False)


def test_the_pages_can_be_drawn() -> None:
    assert log.page() is not None
    assert replies.page() is not None
