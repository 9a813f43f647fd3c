"""What the clock does for offers: their time runs from when they arrived, and ends."""

from studio_app.bookings.commands.answering import deliver_offer, expire_offers, pass_over
from studio_app.kit.access import Permission
from studio_app.kit.work import Work, requires
from studio_app.messaging.access.offered import Unreachable, reached_at, undelivered
from studio_app.messaging.access.studio import house


@requires(Permission.JOBS_RUN)
def mind_offers(work: Work) -> str:
    """Note what arrived, pass over whom nothing reaches, end what nobody answered in time."""
    here = house(work)
    for offer in undelivered(work):
        try:
            at = reached_at(work, here, offer)
        except Unreachable:
            pass_over(work, offer.id)
            continue
        if at is not None:
            deliver_offer(work, offer.id, at)
    return expire_offers(work)
