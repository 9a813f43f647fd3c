"""What the office has to know at once."""

from studio_app.kit.formats import say_when
from studio_app.kit.jobs import DeliveryDied
from studio_app.kit.words import _
from studio_app.kit.work import Work
from studio_app.messaging import paths
from studio_app.messaging.access import contacts
from studio_app.messaging.access.studio import house
from studio_app.messaging.commands.posting import Occasion, post


def tell_of_dead_letter(work: Work, event: DeliveryDied) -> None:
    """Owners hear that something was given up; many within an hour are one message."""
    here = house(work)
    hour = work.now.replace(minute=0, second=0, microsecond=0)
    what = _("Something that follows from {when}", when=say_when(hour, here.zone, here.language))
    occasion = Occasion(
        "delivery_died",
        about=(),
        happened_at=work.now,
        key=hour.isoformat(),
        why="DeliveryDied",
        facts={"what": what.say(here.language), "path": paths.OFFICE_JOBS, "job": event.job_id},
    )
    post(work, occasion, contacts.in_office(work))
