"""Whom the handlers serve by which plans change: days off, cover, other times."""

from tests.access.roles import OFFICE, STAFF, Who

PLAN_HANDLERS: dict[str, Who] = {
    "CoverState.arrive": STAFF,
    "CoverState.assign": OFFICE,
    "CoverState.cancel_all": OFFICE,
    "CoverState.choose": OFFICE,
    "CoverState.choose_first": OFFICE,
    "CoverState.choose_last": OFFICE,
    "CoverState.choose_span": OFFICE,
    "CoverState.choose_teacher": OFFICE,
    "CoverState.come_back": OFFICE,
    "CoverState.load": OFFICE,
    "CoverState.look_again": OFFICE,
    "CoverState.open": STAFF,
    "CoverState.take_back": OFFICE,
    "DayOffState.arrive": STAFF,
    "DayOffState.call_off": STAFF,
    "DayOffState.open": STAFF,
    "DayOffState.restore": STAFF,
}
