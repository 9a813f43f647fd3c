"""What stands around every signed-in page: whose it is, and what waits for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple

from studio_app.billing.queries.owing import overdue_invoices
from studio_app.identity.queries import Profile, StudioChoice, my_profile, my_studios
from studio_app.kit.access import Permission
from studio_app.kit.work import Work, requires
from studio_app.messaging.queries.inbox import unread_messages
from studio_app.messaging.queries.log import messages_needing_somebody
from studio_app.overview.access import waiting_for_the_office

LATELY = timedelta(weeks=5)
"""As far back as lessons without a mark are counted on every page: what that costs does not grow
with the past. The page that lists them looks back a year."""


class Undone(NamedTuple):
    """What waits for a word of the office."""

    to_decide: int
    """Bookings"""
    to_mark: int
    """Lessons that are over"""


@dataclass(frozen=True, slots=True)
class PageFrame:
    """What one may not see counts as none."""

    profile: Profile
    studios: Sequence[StudioChoice]
    """All one belongs to, this one too"""
    overdue: int
    """Invoices"""
    needing: int
    """Messages that did not arrive and answers nobody has read, together"""
    unread: int
    """In one's own inbox"""
    undone: Undone


@requires(Permission.OWN_ACCOUNT)
def page_frame(work: Work) -> PageFrame:
    """All of it in one transaction: every page begins with this."""
    may = work.actor.may
    return PageFrame(
        profile=my_profile(work),
        studios=my_studios(work),
        overdue=overdue_invoices(work) if may(Permission.BILLING_VIEW) else 0,
        needing=messages_needing_somebody(work).all if may(Permission.MESSAGE_VIEW) else 0,
        unread=unread_messages(work),
        undone=undone(work) if may(Permission.CALENDAR_MANAGE) else Undone(0, 0),
    )


@requires(Permission.CALENDAR_MANAGE)
def undone(work: Work) -> Undone:
    """As many as the pages on which they are done list, of lessons those of the last weeks;
    one statement."""
    return Undone(*waiting_for_the_office(work, work.now - LATELY))
