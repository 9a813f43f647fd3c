"""Open times for the studio's own people."""

from studio_app.kit.access import Permission
from studio_app.kit.work import Work, requires
from studio_app.scheduling import slots
from studio_app.scheduling.wishes import SlotSearch


@requires(Permission.CALENDAR_VIEW)
def open_times(work: Work, search: SlotSearch) -> slots.OpenTimes:
    """Times at which nothing stands in the way, and places in groups; refuses a reversed range."""
    return slots.find(work, search, as_family=False)
