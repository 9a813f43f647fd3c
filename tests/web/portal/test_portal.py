"""The portal, driven as a parent's phone drives it."""

from datetime import timedelta

import pytest

from studio_app.billing.commands.payments import tell_how_to_pay
from studio_app.kit.access import Actor, Role
from studio_app.kit.ids import InvoiceId
from studio_app.scheduling.commands.lessons import note_on_lesson
from studio_app.scheduling.models.lessons import Seat
from studio_app.web.portal import home, invoice, invoices, schedule
from studio_app.web.portal.home_state import HomeState
from studio_app.web.portal.invoice import FamilyInvoiceState
from studio_app.web.portal.invoices import FamilyInvoicesState
from studio_app.web.portal.schedule import FamilyScheduleState
from tests.attendance.lessons import Lessons
from tests.billing.till import Till, pounds
from tests.conftest import HOUR, World
from tests.web.office.conftest import Visit

pytestmark = pytest.mark.anyio
DAY = timedelta(days=1)


async def test_home_says_when_where_and_with_whom(
    world: World, visit: Visit, lessons: Lessons
) -> None:
    lessons.seat(world.now + DAY)
    lessons.seat(world.now + 2 * DAY)
    state = visit(world.grace).open(HomeState)

    await state.load()

    [sam] = state.children
    assert (sam.when, sam.what, sam.teacher) == ("Tomorrow, 10:00", "Piano · 30 min", "Tom Teal")
    assert (sam.month, sam.day) == ("Sept", "2")
    assert state.ready


async def test_home_says_what_is_owed_and_what_it_is_made_of(
    world: World, visit: Visit, lessons: Lessons, till: Till, sent: InvoiceId
) -> None:
    till.mark(lessons.seat(world.now - 2 * HOUR))
    world.run(world.olivia, tell_how_to_pay, "Sort code 12-34-56")
    state = visit(world.grace).open(HomeState)

    await state.load()

    [account] = state.accounts
    assert (account.balance, account.standing, account.overdue) == ("£50.00", "owes", "")
    assert [(part.words, part.amount) for part in account.parts] == [
        ("Invoice 1", "£25.00"),
        ("Not on an invoice yet", "£25.00"),
    ]
    assert account.parts[0].href == f"/portal/invoices/{sent}"
    assert state.how_to_pay == "Sort code 12-34-56"


async def test_what_is_late_is_said_in_days(
    world: World, visit: Visit, sent: InvoiceId, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = world.at(world.now + 20 * DAY)
    browser = visit(world.grace)
    monkeypatch.setattr(
        "studio_app.web.session.run", lambda _e, a, u, *p, **k: later.run(a, u, *p, **k)
    )
    state = browser.open(HomeState)

    await state.load()

    assert state.accounts[0].overdue == "Overdue by 6 days"
    assert state.accounts[0].parts[0].late


async def test_credit_is_part_of_the_balance(world: World, visit: Visit, till: Till) -> None:
    till.pay(pounds(40))
    state = visit(world.grace).open(HomeState)
    await state.load()
    [account] = state.accounts
    assert (account.balance, account.standing) == ("£40.00", "credit")
    assert [(part.words, part.amount) for part in account.parts] == [
        ("Credit on your account", "−£40.00")
    ]


async def test_the_focus_is_that_of_the_last_lesson(
    world: World, visit: Visit, lessons: Lessons, till: Till
) -> None:
    seat = lessons.seat(world.now - DAY)
    lesson_id = world.as_(world.tom).session.get_one(Seat, seat).lesson_id
    world.run(world.tom, note_on_lesson, lesson_id, notes="Bars 1 to 16")
    till.mark(seat)
    state = visit(world.grace).open(HomeState)

    await state.load()

    [sam] = state.children
    assert (sam.focus, sam.focus_from) == ("Bars 1 to 16", "Tom Teal, Mon 31 Aug, 10:00")
    assert sam.progress == "1 lesson so far"


async def test_the_schedule_has_what_comes_and_what_was(
    world: World, visit: Visit, lessons: Lessons
) -> None:
    lessons.cancel(lessons.seat(world.now + DAY))
    lessons.seat(world.now + DAY + HOUR)
    lessons.seat(world.now - DAY)
    state = visit(world.grace).open(FamilyScheduleState)

    await state.load()
    assert [(one.day, one.time, one.standing) for one in state.lines] == [
        ("Wednesday 2 September", "10:00", "cancelled"),
        ("", "11:00", ""),
    ]
    await state.look("past", "")
    assert [one.day for one in state.lines] == ["Monday 31 August"]


async def test_a_chip_shows_one_child_only(world: World, visit: Visit, lessons: Lessons) -> None:
    lessons.seat(world.now + DAY)
    state = visit(world.grace).open(FamilyScheduleState)
    await state.load()

    await state.only(str(world.family_id))  # nobody's id
    assert state.lines == []
    await state.only(str(world.family_id))
    assert len(state.lines) == 1


async def test_invoices_are_listed_and_one_is_explained_down_to_the_lesson(
    world: World, visit: Visit, till: Till, sent: InvoiceId
) -> None:
    till.pay(pounds(10))
    browser = visit(world.grace)
    listed = browser.open(FamilyInvoicesState)
    await listed.load()
    [row] = listed.documents
    assert (row.title, row.total, row.statuses) == ("Invoice 1", "£25.00", ["part_paid"])

    state = browser.open(FamilyInvoiceState, invoice_id=str(sent))
    await state.load()

    shown = state.document
    assert shown.matches
    assert shown.pdf == f"/api/v1/invoices/{sent}.pdf"
    assert "Tue 1 Sept · Present" in shown.steps[0].sources
    assert (shown.steps[-1].running, shown.row.balance_due) == ("£15.00", "£15.00")
    assert [(one.words, one.amount, one.detail) for one in shown.settled] == [
        ("Payment by bank transfer", "£10.00", "1 Sept 2026")
    ]


async def test_strangers_and_colleagues_find_nothing(
    world: World, visit: Visit, lessons: Lessons, sent: InvoiceId
) -> None:
    lessons.seat(world.now + DAY)
    parent_and_teacher = Actor.of(world.tom.person_id, world.harmony, Role.TEACHER, Role.GUARDIAN)
    for stranger in (world.rita, world.olivia, parent_and_teacher):
        browser = visit(stranger)
        at_home, diary = browser.open(HomeState), browser.open(FamilyScheduleState)
        bills = browser.open(FamilyInvoicesState)
        for state in (at_home, diary, bills):
            await state.load()
        bill = browser.open(FamilyInvoiceState, invoice_id=str(sent))
        await bill.load()

        assert (at_home.children, at_home.accounts, diary.lines) == ([], [], [])
        assert bills.documents == []
        assert bill.trouble == "We could not find that."
        assert bill.document.number == 0


def test_the_pages_render() -> None:
    assert "Next lesson" in str(home.page())
    assert "No lessons are planned" in str(schedule.page())
    assert "No invoices yet" in str(invoices.page())
    assert "How was this total computed?" in str(invoice.page())
