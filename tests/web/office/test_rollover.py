"""The office's pages about the next term, and a family's answer to them."""

from typing import Any
from uuid import UUID

import pytest

from studio_app.kit.ids import RolloverId
from studio_app.web.office.dashboard_state import NeedsState
from studio_app.web.office.rollover.listing import RolloversState
from studio_app.web.office.rollover.run_state import RolloverRunState
from studio_app.web.portal.rollover import MyRolloverState
from studio_app.web.portal.rollover_card import TermsAskedState
from tests.bookings.rolling import Turn, turn_of
from tests.conftest import World
from tests.scheduling.conftest import desk_of
from tests.web.office.conftest import Visit

pytestmark = pytest.mark.anyio
ASKED = {"answer_by": "2026-09-20"}


@pytest.fixture
def turn(world: World) -> Turn:
    made = turn_of(desk_of(world))
    made.lesson()
    return made


async def started(turn: Turn, visit: Visit, **typed: str) -> Any:
    """Olivia looks at who would be asked."""
    page = visit(turn.desk.world.olivia).open(RolloversState)
    await page.load()
    await page.open("", is_open=False)
    assert page.new == str(turn.spring)
    await page.prepare({"old": str(turn.autumn), "new": page.new, **ASKED, **typed})
    await page.load()
    run_id = page.runs[0].href.rsplit("/", 1)[1]
    turn.run_id = RolloverId(UUID(run_id))
    return await office(turn, visit)


async def sent(turn: Turn, visit: Visit) -> Any:
    page = await started(turn, visit)
    await page.open("send", is_open=True)
    await page.send({})
    return page


async def office(turn: Turn, visit: Visit) -> Any:
    page = visit(turn.desk.world.olivia).open(RolloverRunState, rollover_id=str(turn.run_id))
    await page.load()
    return page


async def family(turn: Turn, visit: Visit) -> Any:
    page = visit(turn.desk.world.grace).open(MyRolloverState, rollover_id=str(turn.run_id))
    await page.load()
    return page


async def test_a_run_is_looked_at_changed_and_sent(turn: Turn, visit: Visit) -> None:
    page = await started(turn, visit)
    assert (page.head.state, page.head.asked, page.head.families) == ("prepared", 1, "1 family")
    [line] = page.lines
    assert (line.student, line.when) == ("Sam Gray", "Every Tuesday, 16:00")
    assert line.ahead == "12 lessons from 5 Jan 2027"
    await page.leave_out(line.id)
    assert (page.head.asked, page.head.left_out, page.lines[0].left_out) == (0, 1, True)
    await page.ask_after_all(line.id)
    await page.open(f"{line.dialog} {line.id}", is_open=True)
    await page.change({"weekday": "3", "at": "15:30"})
    assert page.lines[0].when == "Every Wednesday, 15:30"
    assert "at another time than before" in page.lines[0].ahead
    await page.open("send", is_open=True)
    await page.send({})
    assert (page.head.state, page.head.waiting) == ("open", 1)


async def test_what_was_typed_wrong_is_said_beside_it(turn: Turn, visit: Visit) -> None:
    page = visit(turn.desk.world.olivia).open(RolloversState)
    await page.load()
    await page.choose("new")
    await page.prepare({"old": str(turn.autumn), "answer_by": "soon"})
    assert set(page.faults) == {"answer_by", "name", "starts_on", "ends_on"}


async def test_a_family_answers_on_its_page_and_may_change_its_mind(
    turn: Turn, visit: Visit
) -> None:
    await sent(turn, visit)
    card = visit(turn.desk.world.grace).open(TermsAskedState)
    await card.load()
    [asked] = card.turns
    assert (asked.term, asked.said) == ("Spring", "1 lesson, please answer by 20 Sept 2026")
    page = await family(turn, visit)
    assert page.turn.sentence == "These times are kept for you. Please answer by 20 Sept 2026."
    [place] = page.places
    assert place.answer == ""
    await page.yes_to_all()
    assert page.places[0].answer == "yes"
    await page.open(place.dialog, is_open=True)
    await page.no({"reason": "We move away"})
    assert (page.places[0].answer, page.places[0].reason) == ("no", "We move away")
    await page.yes(place.id)
    assert page.turn.sentence.startswith("Thank you for answering.")
    await card.look_again()
    assert card.turns == []


async def test_the_office_follows_answers_and_closes(turn: Turn, visit: Visit) -> None:
    ida = turn.child("Ida")
    turn.lesson(student_ids=(ida,), teacher_id=turn.desk.ruth, room_id=None)
    page = await sent(turn, visit)
    board = visit(turn.desk.world.olivia).open(NeedsState)
    await board.load()
    need = next(one for one in board.needs if one.matter == "rollover")
    assert need.words == "2 families have not answered about Spring"
    await (await family(turn, visit)).yes_to_all()
    page = await office(turn, visit)
    await page.show("waiting")
    assert [one.student for one in page.lines] == ["Ida Other"]
    await page.show("waiting")
    assert len(page.lines) == 2
    await page.of_teacher("Tom Teal")
    assert [one.student for one in page.lines] == ["Sam Gray"]
    await page.of_teacher("")
    await page.remind(next(one.family_id for one in page.lines if not one.answer))
    silent = next(one for one in page.lines if not one.answer)
    assert silent.said.startswith("Reminded Tue 1 Sept")
    await page.close({"rest": ""})
    assert page.faults == {"rest": "Please fill this in."}
    await page.open("close", is_open=True)
    await page.close({"rest": "no"})
    assert (page.head.state, page.head.yes, page.head.no) == ("closed", 1, 1)
    mine = await family(turn, visit)
    assert (mine.turn.is_open, mine.turn.may_answer) == (False, False)


async def test_by_telephone_and_another_day(turn: Turn, visit: Visit) -> None:
    page = await sent(turn, visit)
    await page.open("day", is_open=True)
    await page.save_day({"answer_by": "2026-10-01"})
    assert page.head.answer_by == "2026-10-01"
    await page.open(f"no {page.lines[0].id}", is_open=True)
    await page.no({"reason": "They move away"})
    assert page.lines[0].said.startswith("No, written down by the studio")
    assert page.lines[0].answer == "no"
    await page.yes(page.lines[0].id)
    assert page.lines[0].answer == "yes"


async def test_what_is_thrown_away_is_gone(turn: Turn, visit: Visit) -> None:
    page = await started(turn, visit)
    await page.discard()
    await page.load()
    assert page.trouble == "We could not find that."
