"""What a family sees on its phone: its own children, its own bills, nobody else's."""

from datetime import timedelta

import pytest
from sqlmodel import select

from studio_app.attendance.commands import mark_seat
from studio_app.attendance.queries import Outcome
from studio_app.billing.queries.accounts import my_accounts
from studio_app.kit.access import Actor, Role
from studio_app.kit.ids import InvoiceId
from studio_app.people.models import Guardian, Guardianship, Payer
from studio_app.people.queries.students import my_children
from studio_app.scheduling.models.lessons import Lesson, Seat
from studio_app.web.portal import balance, home, invoice, invoices, schedule
from studio_app.web.portal.home import HomeState
from studio_app.web.portal.invoice import FamilyInvoiceState
from studio_app.web.portal.invoices import InvoicesState
from studio_app.web.portal.schedule import ScheduleState
from tests.attendance.lessons import Lessons
from tests.billing.conftest import lessons, sent, till
from tests.billing.till import Till, pounds
from tests.conftest import HOUR, World
from tests.web.office.conftest import Visit

__all__ = ["lessons", "sent", "till"]
pytestmark = pytest.mark.anyio
WEEK = timedelta(days=7)


def both_roles(world: World, lessons: Lessons) -> Actor:
    """Tom, who teaches everybody and is the father of Tim only."""
    tim = lessons.student("Tim")
    tom = lessons.save(Guardian(person_id=world.tom.person_id, name="Tom Teal"))
    lessons.save(Guardianship(guardian_id=tom.id, student_id=tim.id))
    lessons.save(Payer(family_id=tim.family_id, guardian_id=tom.id, is_primary=True))
    return Actor.of(world.tom.person_id, world.harmony, Role.TEACHER, Role.GUARDIAN)


def note(world: World, lessons: Lessons, words: str) -> None:
    """A lesson a week ago, present, with something to practise and a note of the staff."""
    seat_id = lessons.seat(world.now - WEEK)
    session = world.as_(world.olivia).session
    lesson = session.get_one(Lesson, session.get_one(Seat, seat_id).lesson_id)
    lesson.focus, lesson.notes = words, "For staff: shy today."
    session.commit()
    world.run(world.tom, mark_seat, seat_id, Outcome.PRESENT)


async def test_home_says_what_comes_what_to_practise_and_how_many(
    world: World, lessons: Lessons, visit: Visit
) -> None:
    note(world, lessons, "Left hand alone.")
    lessons.seat(world.now + HOUR)
    state = visit(world.grace).open(HomeState)

    await state.load()

    [sam] = state.children
    assert (sam.weekday, sam.day, sam.when) == ("Tue", "1", "Today, 11:00")
    assert sam.about == "Piano · 30 minutes · Tom Teal"
    assert (sam.focus, sam.completed) == ("Left hand alone.", "1 lesson completed")


async def test_who_is_not_told_of_practice_does_not_read_the_note(
    world: World, lessons: Lessons, visit: Visit
) -> None:
    note(world, lessons, "Left hand alone.")
    session = world.as_(world.olivia).session
    session.exec(select(Guardianship)).one().receives_practice = False
    session.commit()
    state = visit(world.grace).open(HomeState)

    await state.load()

    assert state.children[0].focus == ""


async def test_a_balance_that_is_late_says_so_in_words(
    world: World, sent: InvoiceId, visit: Visit
) -> None:
    state = visit(world.grace).open(HomeState)
    await state.load()
    [account] = state.accounts
    assert (account.figure, account.kind, account.late) == ("£50.00", "owing", "")

    late = world.at(world.now + timedelta(days=60))
    [owed] = late.run(world.grace, my_accounts)
    shown = balance.account_card(owed)
    assert (shown.kind, shown.figure) == ("overdue", "£50.00")
    assert shown.words.startswith("£50.00 of it is overdue. Invoice ")
    assert shown.late == f"Overdue by {owed.days_overdue} days"


async def test_credit_is_said_without_a_minus(
    world: World, sent: InvoiceId, till: Till, visit: Visit
) -> None:
    till.pay(pounds(60))
    state = visit(world.grace).open(HomeState)

    await state.load()

    assert [(one.kind, one.figure) for one in state.accounts] == [("credit", "£10.00")]


async def test_a_teacher_who_is_a_parent_too_sees_only_their_own(
    world: World, lessons: Lessons, sent: InvoiceId, visit: Visit
) -> None:
    both = both_roles(world, lessons)
    lessons.seat(world.now + HOUR)
    browser = visit(both)
    states = [browser.open(each) for each in (HomeState, ScheduleState, InvoicesState)]
    for state in states:
        await state.load()
    family, diary, bills = states

    assert [child.name for child in family.children] == ["Tim"]
    assert [one.family for one in family.accounts] == ["Tim"]
    assert (diary.lessons, bills.rows) == ([], [])
    assert [child.name for child in world.run(both, my_children)] == ["Tim"]


async def test_the_office_without_children_sees_nobody_here(
    world: World, lessons: Lessons, sent: InvoiceId, visit: Visit
) -> None:
    lessons.seat(world.now + HOUR)
    browser = visit(world.olivia)
    states = [browser.open(each) for each in (HomeState, ScheduleState, InvoicesState)]
    for state in states:
        await state.load()

    assert (states[0].children, states[0].accounts) == ([], [])
    assert (states[1].lessons, states[2].rows) == ([], [])


async def test_the_schedule_has_what_comes_and_what_was(
    world: World, lessons: Lessons, visit: Visit
) -> None:
    lessons.seat(world.now - WEEK)
    called_off = lessons.seat(world.now + HOUR)
    lessons.seat(world.now + WEEK)
    lessons.cancel(called_off)
    state = visit(world.grace).open(ScheduleState)

    await state.load()
    assert [line.when for line in state.lessons] == ["Tue 1 Sept, 11:00", "Tue 8 Sept, 10:00"]
    assert [line.status for line in state.lessons] == ["cancelled", ""]

    await state.choose_view("past", "")
    assert [line.when for line in state.lessons] == ["Tue 25 Aug, 10:00"]
    assert state.children == []


async def test_one_child_can_be_chosen(world: World, lessons: Lessons, visit: Visit) -> None:
    ada = lessons.student("Ada")
    lessons.save(Guardianship(guardian_id=world.guardian_id, student_id=ada.id))
    lessons.seat(world.now + HOUR)
    lessons.seat(world.now + 2 * HOUR, student_id=ada.id)
    state = visit(world.grace).open(ScheduleState)
    await state.load()
    assert [child.name for child in state.children] == ["Ada", "Sam"]

    await state.choose_child(str(ada.id))

    assert [line.name for line in state.lessons] == ["Ada"]


async def test_an_invoice_says_how_it_was_computed_and_what_is_paid(
    world: World, sent: InvoiceId, till: Till, visit: Visit
) -> None:
    till.pay(pounds(20))
    browser = visit(world.grace)
    listed = browser.open(InvoicesState)
    await listed.load()
    [row] = listed.rows
    assert (row.total, row.part_paid, row.open) == ("£50.00", True, "£30.00 still to pay")

    state = browser.open(FamilyInvoiceState, invoice_id=str(sent))
    await state.load()

    assert (state.balance_due, state.owes, state.matches) == ("£30.00", True, True)
    assert [one.amount for one in state.sums if one.strong] == ["£50.00", "£30.00"]
    assert state.steps[-1].running == "£30.00"
    assert len(state.settled) == 1
    assert state.pdf == f"/api/v1/invoices/{sent}.pdf"


async def test_an_invoice_that_was_not_sent_is_not_there(
    world: World, lessons: Lessons, till: Till, visit: Visit
) -> None:
    till.price(pounds(25))
    till.mark(lessons.seat(world.now - HOUR))
    [draft] = till.bill(sending=False).invoice_ids
    browser = visit(world.grace)
    listed = browser.open(InvoicesState)
    state = browser.open(FamilyInvoiceState, invoice_id=str(draft))

    await listed.load()
    await state.load()

    assert (listed.rows, state.lines) == ([], [])
    assert state.trouble == "We could not find that."


@pytest.mark.parametrize("who", ["rita", "tom"])
async def test_strangers_and_teachers_read_no_bill(
    world: World, sent: InvoiceId, visit: Visit, who: str
) -> None:
    browser = visit(getattr(world, who))
    state = browser.open(FamilyInvoiceState, invoice_id=str(sent))

    await state.load()

    assert (state.lines, state.head.title) == ([], "")
    assert state.trouble != ""


async def test_a_student_sees_lessons_and_no_money(
    world: World, lessons: Lessons, sent: InvoiceId, visit: Visit
) -> None:
    max_ = lessons.student("Max")
    max_.person_id = world.rita.person_id
    lessons.save(max_)
    lessons.seat(world.now + HOUR, student_id=max_.id)
    actor = Actor.of(world.rita.person_id, world.harmony, Role.STUDENT)
    state = visit(actor).open(HomeState)

    await state.load()

    assert [child.name for child in state.children] == ["Max"]
    assert (state.accounts, state.pays, state.trouble) == ([], False, "")


def test_the_pages_render() -> None:
    assert "Next lesson" in str(home.page())
    assert "Upcoming" in str(schedule.page())
    assert "No invoices yet" in str(invoices.page())
    assert "How was this total computed?" in str(invoice.page())


async def test_a_balance_says_what_it_is_made_of(
    world: World, lessons: Lessons, till: Till, visit: Visit
) -> None:
    till.price(pounds(25))
    till.mark(lessons.seat(world.now - HOUR))
    till.bill()
    till.mark(lessons.seat(world.now - 2 * HOUR))
    state = visit(world.grace).open(HomeState)

    await state.load()

    [account] = state.accounts
    assert account.figure == "£50.00"
    assert [(part.words, part.amount, part.late) for part in account.parts] == [
        ("Invoice 1", "£25.00", False),
        ("On no invoice yet", "£25.00", False),
    ]
    assert account.parts[0].href.startswith("/portal/invoices/")
