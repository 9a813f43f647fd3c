"""How a studio offers what becomes free."""

from studio_app.bookings.access.waiting import offer_rule
from studio_app.kit.access import Permission
from studio_app.kit.errors import Refused
from studio_app.kit.words import _
from studio_app.kit.work import Work, requires

SHORTEST, LONGEST = 5, 7 * 24 * 60


class NotThatLong(Refused):
    message = _("Families have between five minutes and a week to answer.")


@requires(Permission.SCHEDULE_CONFIGURE)
def set_offer_rules(
    work: Work, *, by_itself: bool, answer_minutes: int, make_ups_first: bool
) -> None:
    """What is on offer already keeps the time it was given."""
    if not SHORTEST <= answer_minutes <= LONGEST:
        raise NotThatLong
    rule = offer_rule(work, lock=True)
    rule.by_itself, rule.answer_minutes = by_itself, answer_minutes
    rule.make_ups_first = make_ups_first
    work.session.add(rule)
    work.session.flush()
