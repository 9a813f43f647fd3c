"""Waiting for a time, being asked, and the office's page of both."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from studio_app.bookings.commands.answering import deliver_offer, expire_offers
from studio_app.bookings.commands.offers import Vacancy, free
from studio_app.bookings.commands.swapping import propose_swap
from studio_app.bookings.queries.waiting import my_waiting
from studio_app.kit.access import Actor
from studio_app.kit.clock import Slot
from studio_app.people.commands.students import StudentDetails, add_student
from studio_app.people.models import Guardian, Guardianship
from studio_app.scheduling.commands.availability import offer_hours
from studio_app.scheduling.commands.lessons import cancel_lesson
from studio_app.web.office.waitlist import WaitlistState
from studio_app.web.portal.offer import OfferedState
from studio_app.web.portal.offers_card import OffersState
from studio_app.web.portal.swap import SwapState
from studio_app.web.portal.waiting import WaitingState
from tests.bookings.conftest import FOUR, HOURS, Counter, counter
from tests.conftest import HOUR
from tests.web.office.conftest import Visit

__all__ = ["counter"]
pytestmark = pytest.mark.anyio


@dataclass
class Line:
    """Who stands where, with pages to look at it."""

    counter: Counter
    visit: Visit

    @property
    def world(self) -> Any:
        return self.counter.world

    async def waits(self, **typed: str) -> Any:
        page = self.visit(self.world.grace).open(WaitingState)
        await page.load()
        await page.open("add", is_open=True)
        sent = {"child": page.child, "kind": page.wish.kind, "teacher": page.wish.teacher}
        await page.add({**sent, "begins": "00:00", "ends": "23:59", **typed})
        return page

    def freed(self) -> None:
        world = self.world
        lesson_id = self.counter.desk.lesson(FOUR)
        world.run(world.olivia, cancel_lesson, lesson_id)
        vacancy = Vacancy(lesson_id, world.teacher_id, Slot(FOUR, FOUR + HOUR / 2))
        world.run(Actor.system(world.harmony), free, vacancy)

    async def home(self) -> Any:
        page = self.visit(self.world.grace).open(OffersState)
        await page.load()
        return page

    async def office(self) -> Any:
        page = self.visit(self.world.olivia).open(WaitlistState)
        await page.load()
        return page


@pytest.fixture
def line(counter: Counter, visit: Visit) -> Line:
    counter.desk.lesson(FOUR - 7 * 24 * HOUR, student_ids=(counter.world.student_id,))
    return Line(counter, visit)


async def test_waiting_is_preset_to_the_usual_teacher(line: Line) -> None:
    page = await line.waits()
    assert page.opened == ""
    [shown] = page.lines
    assert (shown.student, shown.when) == ("Sam", "At any time")
    assert shown.about == "Piano · Tom Teal · one lesson"


async def test_a_second_tap_waits_only_once(line: Line) -> None:
    page = line.visit(line.world.grace).open(WaitingState)
    await page.load()
    await page.open("add", is_open=True)
    sent = {"child": page.child, "kind": page.wish.kind, "teacher": page.wish.teacher, "day2": "on"}
    for _tap in range(2):
        await page.add({**sent, "begins": "15:00", "ends": "18:00"})
    [shown] = page.lines
    assert shown.when == "Tuesday 15:00–18:00"


async def test_stopping_can_be_undone(line: Line) -> None:
    page = await line.waits()
    waiting_id = page.lines[0].id
    await page.stop(waiting_id)
    assert page.lines == []
    await page.again(waiting_id)
    assert [one.id for one in page.lines] == [waiting_id]


async def test_an_offer_is_one_tap_on_the_home_page(line: Line) -> None:
    await line.waits()
    line.freed()
    page = await line.home()
    [offer] = page.offers
    assert (offer.student, offer.when, offer.stands) == ("Sam", "Tue 8 Sept, 16:00", True)
    await page.accept(offer.id)
    assert page.offers == []
    assert line.world.run(line.world.grace, my_waiting) == []
    assert line.counter.desk.lessons()[-1].starts_at == FOUR


async def test_its_page_says_how_long_it_stands_and_that_it_is_over(line: Line) -> None:
    await line.waits()
    line.freed()
    offer_id = (await line.home()).offers[0].id
    system = Actor.system(line.world.harmony)
    line.world.run(system, deliver_offer, offer_id, line.world.now)
    page = line.visit(line.world.grace).open(OfferedState, offer_id=offer_id)
    await page.load()
    assert page.offer.sentence == "Kept for 2 more hours."
    line.world.at(line.world.now + timedelta(hours=2)).run(system, expire_offers)
    await page.look_again()
    assert page.offer.stands is False
    assert page.offer.sentence.startswith("No answer by")


async def test_no_thanks_and_then_the_office_has_it_back(line: Line) -> None:
    await line.waits()
    line.freed()
    home = await line.home()
    await home.decline(home.offers[0].id)
    page = await line.office()
    [freed] = page.freed
    assert [(one.student, one.state) for one in freed.asked] == [("Sam Gray", "declined")]


async def test_the_office_chooses_whom_to_ask_in_two_taps(line: Line) -> None:
    page = await line.office()
    await page.save_rules({"answer_minutes": "60", "make_ups_first": "on"})
    await line.waits()
    line.freed()
    page = await line.office()
    [freed] = page.freed
    assert (freed.needs, freed.sentence) == (True, "Choose whom to ask.")
    await page.open(freed.dialog, is_open=True)
    await page.offer(page.suited[0].id)
    await page.load()
    assert page.freed[0].standing
    assert (await line.home()).offers[0].stands
    page = await line.office()
    await page.take_back(page.freed[0].standing)
    assert (await line.home()).offers == []


async def test_a_proposal_to_change_places_names_nobody_else(line: Line) -> None:
    world, desk = line.world, line.counter.desk
    ben = world.run(world.olivia, add_student, StudentDetails("Ben", "Blue")).student_id
    mine = desk.lesson(FOUR, student_ids=(world.student_id,))
    theirs = desk.lesson(FOUR + HOUR, student_ids=(ben,))
    swap_id = world.run(world.grace, propose_swap, mine, theirs)
    page = line.visit(world.grace).open(SwapState, swap_id=str(swap_id))
    await page.load()
    assert (page.swap.now, page.swap.then) == ("Tue 8 Sept, 16:00", "Tue 8 Sept, 17:00")
    assert (page.swap.student, page.swap.is_asked) == ("Sam", False)
    assert "Ben" not in repr(page.swap)
    await page.withdraw()
    assert page.swap.stands is False


async def test_the_form_follows_the_chosen_child(line: Line) -> None:
    """Ada learns the cello with Ruth, Sam the piano with Tom."""
    world, desk = line.world, line.counter.desk
    world.run(world.olivia, offer_hours, desk.ruth, HOURS)
    details = StudentDetails("Ada", "Gray")
    ada = world.run(world.olivia, add_student, details, family_id=world.family_id).student_id
    session = world.as_(world.olivia).session
    session.add(Guardianship(guardian_id=session.exec(select(Guardian.id)).one(), student_id=ada))
    session.commit()
    desk.lesson(FOUR - 6 * 24 * HOUR, teacher_id=desk.ruth, student_ids=(ada,))
    page = line.visit(world.grace).open(WaitingState)
    await page.load()
    assert (page.child, page.wish.teacher) == (str(ada), str(desk.ruth))
    await page.choose_child(str(world.student_id))
    assert (page.child, page.wish.teacher) == (str(world.student_id), str(world.teacher_id))
    await page.choose_child("nobody")
    assert page.child == str(world.student_id)


async def test_the_office_puts_somebody_on_the_list_and_changes_it(line: Line) -> None:
    world = line.world
    browser = line.visit(world.olivia)
    page = browser.open(WaitlistState)
    await page.load()
    await page.open("add", is_open=True)
    await page.add({"kind": page.wish.kind, "begins": "00:00", "ends": "23:59"})
    assert set(page.faults) == {"student"}
    await page.search("sam")
    await page.choose(page.found[0].id)
    sent = {"kind": page.wish.kind, "teacher": "", "begins": "15:00", "ends": "18:00"}
    await page.add({**sent, "instrument": "Violin", "day2": "on", "day4": "on"})
    [entry] = page.entries
    assert (page.opened, entry.student) == ("", "Sam Gray")
    assert entry.when == "Tuesday, Thursday 15:00–18:00"
    assert "any teacher of Violin" in entry.about
    assert browser.notice.words == "Sam Gray is on the list."

    await page.open(f"change {entry.id}", is_open=True)
    assert (page.wish.days, page.wish.begins, page.wish.ends) == (["2", "4"], "15:00", "18:00")
    teacher = str(world.teacher_id)
    await page.change({**sent, "teacher": teacher, "weekly": "on", "makes_up": "on"})
    [changed] = page.entries
    assert (changed.id, changed.makes_up) == (entry.id, True)
    assert "Tom Teal · every week" in changed.about


async def test_adding_to_the_list_can_be_undone(line: Line) -> None:
    browser = line.visit(line.world.olivia)
    page = browser.open(WaitlistState)
    await page.load()
    await page.open("add", is_open=True)
    await page.search("sam")
    await page.choose(page.found[0].id)
    sent = {"kind": page.wish.kind, "teacher": str(line.world.teacher_id)}
    await page.add({**sent, "begins": "00:00", "ends": "23:59"})
    await browser.undo(page)
    assert page.entries == []
