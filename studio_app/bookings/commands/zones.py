"""Another timezone for the studio: everything that stands on its wall, in one transaction."""

from sqlmodel import col, select

from studio_app.bookings.models.waiting import Waiting
from studio_app.bookings.rezoning import hold_promised_times, keep_promised_times
from studio_app.bookings.rules.waiting import TimeWish, WaitingState, stored, wishes_in
from studio_app.identity.access import studio_zone
from studio_app.identity.commands.account import show_time_of, zone_named
from studio_app.kit.access import Permission
from studio_app.kit.errors import Refused
from studio_app.kit.words import _
from studio_app.kit.work import Work, requires
from studio_app.scheduling.commands.zones import keep_local_time, keep_moments
from studio_app.scheduling.rules.zones import Keep, later_by, shifted_hours

__all__ = ["Keep"]


class SameZone(Refused):
    message = _("The studio shows the time of that zone already.")


@requires(Permission.STUDIO_CONFIGURE)
def change_timezone(work: Work, zone_name: str, keep: Keep) -> int:
    """Show another zone's time; how many lessons moved to another moment.

    LOCAL_TIME: a lesson at 16:00 stays at 16:00. MOMENT: lessons stay when they are, and
    hours and wishes on the wall are written anew. What has begun never moves.
    """
    was, zone = studio_zone(work), zone_named(zone_name)
    if was.key == zone.key:
        raise SameZone
    if keep is Keep.LOCAL_TIME:
        hold_promised_times(work)
        found = keep_local_time(work, was, zone)
        keep_promised_times(work, found, was, zone)
        show_time_of(work, zone)
        return len(found.moved)
    keep_moments(work, was, zone)
    by = later_by(was, zone, work.now)
    waiting = select(Waiting).where(Waiting.state == WaitingState.WAITING)
    for one in work.session.exec(waiting.order_by(col(Waiting.id)).with_for_update()):
        one.times = stored(piece for wish in wishes_in(one.times) for piece in _later(wish, by))
        work.session.add(one)
    work.session.flush()
    show_time_of(work, zone)
    return 0


def _later(wish: TimeWish, by: int) -> list[TimeWish]:
    pieces = shifted_hours(wish.from_minute, wish.until_minute, by)
    return [TimeWish((wish.weekday - 1 + days) % 7 + 1, *span) for days, *span in pieces]
