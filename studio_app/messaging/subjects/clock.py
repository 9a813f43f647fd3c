"""The studio's clock shows another zone's time; lessons keep theirs on it."""

from zoneinfo import ZoneInfo

from studio_app.kit.formats import say_zone
from studio_app.kit.words import _
from studio_app.messaging import paths
from studio_app.messaging.subjects.told import Answer, Telling, Told


def tell(telling: Telling) -> Answer:
    """Nothing, where the studio has gone back, or on, since."""
    kept = telling.message.facts
    was, zone = ZoneInfo(str(kept["was"])), ZoneInfo(str(kept["zone"]))
    if telling.house.zone != zone and not telling.rehearsed:
        return _("The studio’s clock was changed again.")
    return told(telling, was, zone, str(kept.get("path") or paths.PORTAL_SCHEDULE))


def told(telling: Telling, was: ZoneInfo, zone: ZoneInfo, path: str) -> Told:
    language = telling.language
    return Told({"was": say_zone(was, language), "zone": say_zone(zone, language)}, path)
