"""Whom the handlers serve that plan: hours, booking rules, classes, the printed week."""

from tests.access.roles import STAFF, Who

_EDITOR = (
    *("arrive", "go_again", "go_away", "load", "offer_again", "open", "put_back"),
    *("save", "take_back", "wish", "withdraw"),
)

HANDLERS: dict[str, Who] = {
    **{f"MyHoursState.{name}": STAFF for name in _EDITOR},
    **{f"TeacherHoursState.{name}": STAFF for name in _EDITOR},
}
