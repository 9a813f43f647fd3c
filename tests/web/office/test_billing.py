"""Who owes, and money that comes in; prices, and who is billed how."""

import pytest

from studio_app.billing.queries.arrangements import arrangements
from studio_app.billing.queries.payments import payments
from studio_app.billing.queries.prices import price_plans
from studio_app.kit.ids import InvoiceId
from studio_app.web.office.billing import enrolments as enrolments_page
from studio_app.web.office.billing import owing_state as owing_page
from studio_app.web.office.billing import prices as prices_page
from studio_app.web.office.billing.enrolments import ArrangementsState
from studio_app.web.office.billing.owing import BillingState, page
from studio_app.web.office.billing.prices import PricesState
from tests.attendance.lessons import Lessons
from tests.billing.conftest import lessons, sent, till
from tests.billing.till import Till, pounds
from tests.conftest import HOUR, World
from tests.web.office.conftest import Visit

__all__ = ["lessons", "sent", "till"]
pytestmark = pytest.mark.anyio


async def test_due_now_stands_apart_from_not_yet_due(
    world: World, visit: Visit, lessons: Lessons, till: Till, sent: InvoiceId
) -> None:
    till.mark(lessons.seat(world.now - 3 * HOUR))
    state = visit(world.olivia).open(BillingState)

    await state.load()

    [row] = state.owing
    assert (row.family, row.due_now, row.later, row.owes) == ("Gray", "", "£75.00", True)
    sums = state.sums
    assert (sums.owing, sums.overdue, sums.credit) == ("£75.00", "£0.00", "£0.00")
    assert (sums.owers, sums.late) == ("1 family", "0 families")


async def test_a_payment_is_filled_in_recorded_once_and_taken_back(
    world: World, visit: Visit, till: Till, sent: InvoiceId
) -> None:
    browser = visit(world.olivia)
    state = browser.open(BillingState)
    await state.load()
    await state.open(f"pay {world.family_id}", True)
    assert (state.due.amount, state.due.on) == ("50.00", "2026-09-01")

    await state.record({"amount": "50.00", "method": "cash", "received_on": "2026-09-01"})
    assert (till.balance(), state.opened) == (0, "")
    assert browser.notice.undoable

    [paid] = world.run(world.olivia, payments).rows
    await state.take_back(str(paid.id))
    assert till.balance() == 5000


async def test_part_of_it_on_another_day_is_recorded_too(
    world: World, visit: Visit, till: Till, sent: InvoiceId
) -> None:
    state = visit(world.olivia).open(BillingState)
    await state.load()
    await state.open(f"pay {world.family_id}", True)
    form = {"amount": "12,50", "method": "bank", "received_on": "2026-08-31"}
    await state.record({**form, "reference": "GRAY"})
    assert till.balance() == 3750
    [paid] = world.run(world.olivia, payments).rows
    assert (paid.said, paid.received, paid.reference) == ("£12.50", "31 Aug 2026", "GRAY")


@pytest.mark.parametrize(
    ("field", "typed"), [("amount", "lots"), ("received_on", "soon"), ("method", "gold")]
)
async def test_what_cannot_be_read_is_said_beside_its_field(
    world: World, visit: Visit, till: Till, sent: InvoiceId, field: str, typed: str
) -> None:
    state = visit(world.olivia).open(BillingState)
    await state.load()
    await state.open(f"pay {world.family_id}", True)
    form = {"amount": "10", "method": "cash", "received_on": "2026-09-01"}
    await state.record({**form, field: typed})
    assert list(state.faults) == [field]
    assert till.balance() == 5000


async def test_documents_are_narrowed_and_drafts_are_sent_together(
    world: World, visit: Visit, lessons: Lessons, till: Till, sent: InvoiceId
) -> None:
    till.mark(lessons.seat(world.now - 3 * HOUR))
    till.bill(sending=False)
    browser = visit(world.olivia)
    state = browser.open(BillingState)

    async def shown(kept: str) -> list[int]:
        await state.narrow(kept)
        return [line.number for line in state.documents]

    await state.load()
    assert state.has_drafts
    assert [await shown(kept) for kept in ("open", "overdue", "drafts", "all")] == [
        [1],
        [],
        [2],
        [2, 1],
    ]
    await state.send_all()
    assert browser.notice.words == "1 document sent."
    await state.send_all()
    assert browser.notice.words == "0 documents sent."
    assert await shown("open") == [2, 1]
    assert not state.has_drafts


async def test_an_old_open_invoice_is_found_behind_paid_ones(
    world: World, visit: Visit, lessons: Lessons, till: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is open is asked of the database, not picked from the newest page."""
    monkeypatch.setattr(owing_page, "PAGE", 1)
    till.price(pounds(25))
    till.mark(lessons.seat(world.now - 3 * HOUR))
    till.bill()
    till.mark(lessons.seat(world.now - 2 * HOUR))
    [newest] = till.bill().invoice_ids
    browser = visit(world.olivia)
    state = browser.open(BillingState)
    await state.load()
    assert ([line.number for line in state.documents], state.more) == ([2], True)
    await state.next_page()
    assert ([line.number for line in state.documents], state.more) == ([1], False)
    assert newest


async def test_a_price_says_what_it_is_for_and_from_when(
    world: World, visit: Visit, lessons: Lessons
) -> None:
    state = visit(world.olivia).open(PricesState)
    await state.load()
    for day, amount in (("2026-01-01", "24"), ("2027-01-01", "27")):
        await state.open("new", True)
        await state.decide({"amount": amount, "from_on": day, "per": "lesson"})
    await state.open("new", True)
    for _tap in range(2):
        await state.decide(
            {
                "amount": "30",
                "from_on": "2026-09-01",
                "per": "lesson",
                "lesson_type_id": str(lessons.type_id),
                "teacher_id": str(world.teacher_id),
                "minutes": "45",
                "tax": "20",
                "on_top": "on",
            }
        )

    assert [(one.what, one.price, one.later) for one in state.prices] == [
        ("Piano · Tom Teal · 45 min", "£30.00", False),
        ("Every lesson", "£27.00", True),
        ("Every lesson", "£24.00", False),
    ]
    [narrow, *_rest] = world.run(world.olivia, price_plans)
    assert (narrow.tax.basis_points, narrow.tax.included) == (2000, False)


async def test_a_price_that_cannot_be_read_is_not_set(world: World, visit: Visit) -> None:
    state = visit(world.olivia).open(PricesState)
    await state.open("new", True)
    await state.decide({"amount": "free", "from_on": "", "per": "year", "minutes": "2"})
    assert set(state.faults) == {"amount", "from_on", "per", "minutes"}
    assert state.opened == "new"


async def test_an_enrolment_is_billed_in_advance_and_back(
    world: World, visit: Visit, lessons: Lessons
) -> None:
    enrolment = lessons.enrolment(world.now + HOUR)
    browser = visit(world.olivia)
    state = browser.open(ArrangementsState)
    await state.load()
    [row] = state.rows
    assert (row.student, row.teacher, row.mode) == ("Sam Gray", "Tom Teal", "arrears")

    await state.bill("advance", str(enrolment.id))
    assert state.rows[0].mode == "advance"
    assert browser.notice.undoable
    await state.bill("arrears", str(enrolment.id))
    [found] = world.run(world.olivia, arrangements)
    assert found.mode.value == "arrears"
    await state.search("una")
    assert state.rows == []


async def test_others_see_and_change_nothing(
    world: World, visit: Visit, lessons: Lessons, till: Till, sent: InvoiceId
) -> None:
    enrolment = lessons.enrolment(world.now + HOUR)
    for stranger in (world.rita, world.tom, world.grace):
        browser = visit(stranger)
        state = browser.open(BillingState)
        await state.load()
        assert state.owing == []
        await browser.open(ArrangementsState).bill("advance", str(enrolment.id))
        assert browser.notice.refused
        await state.open(f"pay {world.family_id}", True)
        await state.record({"amount": "50", "method": "cash", "received_on": "2026-09-01"})
        await state.take_back(str(world.family_id))
        assert browser.notice.refused
    assert till.balance() == 5000
    assert [one.mode.value for one in world.run(world.olivia, arrangements)] == ["arrears"]


def test_the_pages_render() -> None:
    assert "Nobody owes anything" in str(page())
    assert "No prices yet" in str(prices_page.page())
    assert "Term in advance" in str(enrolments_page.page())
