"""Whom the handlers serve by which plans change: days off, cover, other times."""

from tests.access.roles import STAFF, Who

PLAN_HANDLERS: dict[str, Who] = {
    "DayOffState.arrive": STAFF,
    "DayOffState.call_off": STAFF,
    "DayOffState.open": STAFF,
    "DayOffState.restore": STAFF,
}
