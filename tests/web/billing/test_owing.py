"""Who owes, and money that comes in, driven as the office's browser drives it."""

import pytest

from studio_app.billing.queries.payments import payments
from studio_app.kit.ids import InvoiceId
from studio_app.web import routes
from studio_app.web.office.billing import owing as page_module
from studio_app.web.office.billing.owing import OwingState
from studio_app.web.office.billing.paying import PayingState
from studio_app.web.office.family_state import FamilyState
from tests.attendance.lessons import Lessons
from tests.billing.till import Till, pounds
from tests.conftest import HOUR, World
from tests.web.office.conftest import Visit

pytestmark = pytest.mark.anyio


async def test_due_now_stands_apart_from_not_yet_due(
    world: World, visit: Visit, lessons: Lessons, till: Till, sent: InvoiceId
) -> None:
    till.mark(lessons.seat(world.now - 3 * HOUR))
    state = visit(world.olivia).open(OwingState)

    await state.load()

    [row] = state.rows
    assert (row.family, row.due_now, row.later) == ("Gray", "", "£75.00")
    assert (row.to_pay, row.to_pay_minor) == ("£75.00", 7500)
    assert (state.due_now, state.later, state.in_credit) == ("£0.00", "£75.00", "£0.00")
    assert row.href == routes.filled(routes.STATEMENT, family_id=world.family_id)


async def test_two_taps_record_what_was_paid_and_undo_takes_it_back(
    world: World, visit: Visit, till: Till, sent: InvoiceId
) -> None:
    browser = visit(world.olivia)
    state = browser.open(PayingState)

    await state.open(f"pay {world.family_id}", True)
    await state.paid(str(world.family_id), 5000, "cash")

    assert (till.balance(), state.opened) == (0, "")
    assert browser.notice.words == "Payment of £50.00 recorded"
    assert browser.notice.undoable
    [paid] = world.run(world.olivia, payments).rows
    await state.reverse(str(paid.id))
    assert till.balance() == 5000


async def test_a_double_tap_records_one_payment(
    world: World, visit: Visit, till: Till, sent: InvoiceId
) -> None:
    state = visit(world.olivia).open(PayingState)
    await state.open(f"pay {world.family_id}", True)
    for _tap in range(2):
        await state.paid(str(world.family_id), 5000, "cash")
    assert till.balance() == 0


async def test_part_of_it_on_another_day_is_recorded_by_the_form(
    world: World, visit: Visit, till: Till, sent: InvoiceId
) -> None:
    state = visit(world.olivia).open(PayingState)
    await state.open(f"pay {world.family_id}", True)
    assert state.today == "2026-09-01"

    await state.record(
        {
            "family_id": str(world.family_id),
            "amount": "12,50",
            "method": "bank",
            "received_on": "2026-08-31",
            "reference": "GRAY",
        }
    )

    assert till.balance() == 3750
    [paid] = world.run(world.olivia, payments).rows
    assert (paid.said, paid.method.value, paid.received, paid.reference) == (
        "£12.50",
        "bank",
        "31 Aug 2026",
        "GRAY",
    )


@pytest.mark.parametrize(
    ("field", "typed"), [("amount", "lots"), ("received_on", "soon"), ("method", "gold")]
)
async def test_what_cannot_be_read_is_said_beside_its_field(
    world: World, visit: Visit, till: Till, field: str, typed: str
) -> None:
    sent = {"amount": "10", "method": "cash", "received_on": "2026-09-01"}
    state = visit(world.olivia).open(PayingState)
    await state.open(f"pay {world.family_id}", True)
    await state.record({"family_id": str(world.family_id), **sent, field: typed})
    assert list(state.faults) == [field]
    assert till.balance() == 0


async def test_the_future_and_nothing_are_refused(world: World, visit: Visit, till: Till) -> None:
    browser = visit(world.olivia)
    state = browser.open(PayingState)
    await state.open(f"pay {world.family_id}", True)
    form = {"family_id": str(world.family_id), "method": "cash", "amount": "5"}
    await state.record({**form, "received_on": "2026-09-02"})
    assert browser.notice.words == "A payment cannot be received in the future."
    await state.paid(str(world.family_id), 0, "cash")
    assert till.balance() == 0


async def test_families_in_credit_have_a_list_of_their_own(
    world: World, visit: Visit, till: Till
) -> None:
    till.pay(pounds(40))
    state = visit(world.olivia).open(OwingState)
    await state.load()
    assert (state.rows, state.in_credit) == ([], "£40.00")
    assert [row.family for row in state.credit] == ["Gray"]


async def test_the_family_page_knows_what_to_pay(
    world: World, visit: Visit, sent: InvoiceId
) -> None:
    state = visit(world.olivia).open(FamilyState, family_id=str(world.family_id))
    await state.load()
    assert (state.family.minor, state.family.balance) == (5000, "£50.00")


async def test_others_see_and_record_nothing(
    world: World, visit: Visit, till: Till, sent: InvoiceId
) -> None:
    for stranger in (world.rita, world.tom, world.grace):
        browser = visit(stranger)
        listed, paying = browser.open(OwingState), browser.open(PayingState)
        await listed.load()
        await paying.paid(str(world.family_id), 5000, "cash")
        assert listed.rows == []
        assert browser.notice.refused
    assert till.balance() == 5000


def test_the_page_renders() -> None:
    assert "Nobody owes anything" in str(page_module.page())
