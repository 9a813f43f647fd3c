"""The page of the booking rules: the studio's, a kind's own, the presets."""

import pytest

from studio_app.kit.errors import Forbidden
from studio_app.scheduling.queries.booking_rules import RulesOfStudio, booking_rules, preset
from studio_app.scheduling.rules.booking import PRESETS, BookingRules, WayOfWorking, beyond
from studio_app.scheduling.rules.states import Confirming
from studio_app.web.office.settings import booking as page_module
from studio_app.web.office.settings.booking_state import BookingRulesState
from tests.scheduling.conftest import Desk, desk
from tests.web.office.conftest import Visit

__all__ = ["desk"]
pytestmark = pytest.mark.anyio

TYPED = {
    "is_open": "yes", "lead": "2", "lead_unit": "days", "horizon_days": "30", "most_a_week": "1",
    "buffer_minutes": "5", "travel_minutes": "20", "step_minutes": "30", "confirming": "review",
    "one_active": "yes", "expire_days": "7",
}  # fmt: skip
AS_TYPED = BookingRules(True, 2880, 30, 1, 5, 20, 30, Confirming.REVIEW, True, 7)


def rules(desk: Desk) -> RulesOfStudio:
    return desk.world.run(desk.world.olivia, booking_rules)


def of_piano(desk: Desk) -> BookingRules:
    return next(one.rules for one in rules(desk).kinds if one.name == "Piano")


async def test_the_form_begins_as_it_ships(desk: Desk, visit: Visit) -> None:
    state = visit(desk.world.olivia).open(BookingRulesState)
    await state.load()
    assert (state.fields.lead, state.fields.lead_unit) == ("24", "hours")
    assert (state.fields.is_open, state.fields.confirming) == ("yes", "at_once")
    assert [kind.name for kind in state.kinds] == ["Band", "Piano"]
    assert state.kinds[0].said == ()


async def test_the_studios_rules_are_saved_and_put_back(desk: Desk, visit: Visit) -> None:
    browser = visit(desk.world.olivia)
    state = browser.open(BookingRulesState)
    await state.load()
    await state.save(TYPED)
    assert rules(desk).studio.rules == of_piano(desk) == AS_TYPED
    await browser.undo(state)
    assert rules(desk).studio.rules == BookingRules()


async def test_a_kind_differs_where_it_says_something(desk: Desk, visit: Visit) -> None:
    browser = visit(desk.world.olivia)
    state = browser.open(BookingRulesState)
    await state.load()
    await state.save(TYPED)
    await state.open(f"kind {desk.piano}", True)
    await state.save_kind({"its_lead": "90", "its_lead_unit": "minutes", "its_is_open": "no"})
    await state.load()

    piano = next(kind for kind in state.kinds if kind.name == "Piano")
    assert piano.said == ("Families may not book", "90 minutes before at the latest")
    assert (piano.fields.lead, piano.fields.horizon_days) == ("90", "")
    assert (piano.inherits.horizon_days, piano.inherits.lead) == ("30", "2 days")
    assert (of_piano(desk).lead_minutes, of_piano(desk).horizon_days) == (90, 30)
    assert state.opened == ""

    await browser.undo(state)
    assert of_piano(desk) == AS_TYPED


async def test_a_preset_fills_the_form_and_saves_nothing(desk: Desk, visit: Visit) -> None:
    state = visit(desk.world.olivia).open(BookingRulesState)
    await state.load()
    filled = state.filled
    await state.choose_way("weekly_slots")
    assert (state.fields.one_active, state.fields.lead, state.way) == ("yes", "2", "weekly_slots")
    assert state.filled == filled + 1
    assert rules(desk).studio.rules == BookingRules()


@pytest.mark.parametrize("way", list(WayOfWorking))
def test_every_preset_keeps_to_the_limits(way: WayOfWorking) -> None:
    said = {name: getattr(PRESETS[way], name) for name in BookingRules.__dataclass_fields__}
    assert beyond(said) is None


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("horizon_days", "3650"),
        ("horizon_days", "0"),
        ("step_minutes", "1"),
        ("most_a_week", "-1"),
        ("buffer_minutes", "soon"),
        ("lead", "400"),
        ("confirming", "maybe"),
    ],
)
async def test_what_cannot_be_kept_to_is_said_beside_its_field(
    desk: Desk, visit: Visit, name: str, typed: str
) -> None:
    state = visit(desk.world.olivia).open(BookingRulesState)
    await state.load()
    await state.save({**TYPED, name: typed})
    assert set(state.faults) == {name}
    assert rules(desk).studio.rules == BookingRules()


async def test_only_the_office_sees_and_sets_them(desk: Desk, visit: Visit) -> None:
    world = desk.world
    for stranger in (world.tom, world.grace):
        with pytest.raises(Forbidden):
            world.run(stranger, booking_rules)
        with pytest.raises(Forbidden):
            world.run(stranger, preset, WayOfWorking.COACH)
        browser = visit(stranger)
        await browser.open(BookingRulesState).save(TYPED)
        assert browser.notice.refused
    assert world.run(world.rita, booking_rules).kinds == ()
    await visit(world.rita).open(BookingRulesState).save(TYPED)
    assert rules(desk).studio.rules == BookingRules()


def test_the_page_renders() -> None:
    assert "Begin with how you work" in str(page_module.page())
