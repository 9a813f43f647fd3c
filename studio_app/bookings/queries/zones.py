"""What another timezone would do, counted before anything is done."""

from dataclasses import dataclass

from studio_app.identity.access import studio_zone
from studio_app.identity.commands.account import zone_named
from studio_app.kit.access import Permission
from studio_app.kit.formats import say_when
from studio_app.kit.work import Work, requires
from studio_app.scheduling.access import zones as access
from studio_app.scheduling.rules.zones import Keep, Standing, in_zone, shift


@dataclass(frozen=True, slots=True)
class ZonePreview:
    """How much there is of each; of moved, skipped, passed and clashing only with LOCAL_TIME."""

    lessons: int
    """To come"""
    series: int
    hours: int
    moved: int = 0
    skipped: int = 0
    """Their time is left out on that day, so they begin later"""
    passed: int = 0
    """Their time in the new zone is over today: they stay at their moment"""
    clashing: int = 0
    was: str = ""
    """When the next lesson is on the clock as it is"""
    now: str = ""
    """When that lesson will be, on the new clock"""


@requires(Permission.STUDIO_CONFIGURE)
def zone_preview(work: Work, zone_name: str, keep: Keep) -> ZonePreview:
    """Nothing changes by looking."""
    was, zone = studio_zone(work), zone_named(zone_name)
    known = access.standing(work, was.key)
    to_come = [one for one in known if one.slot.starts_at > work.now and one.takes]
    found = shift(known, was, zone, work.now)
    local = keep is Keep.LOCAL_TIME
    first = min(to_come, key=lambda one: one.slot, default=None)
    locale = work.actor.locale
    stays = {one.lesson_id for one in known} - {one.lesson_id for one in found.moved}

    def there(one: Standing) -> str:
        slot = one.slot if not local or one.lesson_id in stays else in_zone(one.slot, was, zone)
        return say_when(slot.starts_at, zone, locale)

    return ZonePreview(
        lessons=len(to_come),
        series=len(access.series_to_come(work, was.key)),
        hours=len(access.weekly_and_dated_hours(work)),
        moved=len(found.moved) if local else 0,
        skipped=found.skipped if local else 0,
        passed=found.passed if local else 0,
        clashing=len(found.clashing) if local else 0,
        was=say_when(first.slot.starts_at, was, locale) if first else "",
        now=there(first) if first else "",
    )
