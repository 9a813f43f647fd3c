"""What is told in a rehearsal where there is no real thing that it could be told of."""

from collections.abc import Callable, Mapping
from datetime import time, timedelta
from zoneinfo import ZoneInfo

from studio_app.bookings.rules.states import Reason
from studio_app.kit.access import Role
from studio_app.kit.clock import local_date, to_instant
from studio_app.kit.formats import say_date, say_long_day, say_when
from studio_app.kit.words import _, many
from studio_app.messaging import paths
from studio_app.messaging.subjects import clock, credits_, unmarked
from studio_app.messaging.subjects.told import Answer, Telling, Told


def _link(_telling: Telling) -> Answer:
    return Told({}, paths.OFFICE)


def _invitation(telling: Telling) -> Answer:
    return Told({"role": telling.say(Role.TEACHER.label)}, paths.INVITATION)


def _digest(telling: Telling) -> Answer:
    today = local_date(telling.work.now, telling.house.zone)
    lessons = many("{n} lesson today.", "{n} lessons today.", n=7)
    needs = many("{n} lesson not marked", "{n} lessons not marked", n=2)
    words = {
        "day": say_long_day(today, telling.language),
        "lessons": telling.say(lessons),
        "needs": f"• {telling.say(needs)}",
    }
    return Told(words, paths.OFFICE)


def _offer(telling: Telling) -> Answer:
    """As if a lesson the day after tomorrow, at noon, had become free."""
    when = _noon(telling)
    words = {
        "student": "Sam",
        "lesson": telling.say(_("A lesson")),
        "teacher": telling.house.name,
        "when": when,
        "minutes": "30",
        "until": when,
    }
    return Told(words, paths.PORTAL)


def _swap(telling: Telling) -> Answer:
    when = _noon(telling)
    return Told({"student": "Sam", "when": when, "other": when}, paths.PORTAL)


def _declined(telling: Telling) -> Answer:
    lesson = telling.say(_("A lesson"))
    return Told({"student": "Sam", "lesson": lesson, "when": _noon(telling)}, paths.TEACHER_WEEK)


def _rollover(telling: Telling) -> Answer:
    """As if a term began the day after tomorrow."""
    day = local_date(telling.work.now, telling.house.zone) + timedelta(days=2)
    lesson, said = telling.say(_("A lesson")), say_date(day, telling.language)
    words = {
        "student": "Sam",
        "lessons": f"• Sam: {lesson}",
        "term": said,
        "from_on": said,
        "until": said,
    }
    return Told(words, paths.PORTAL)


def _rollover_place(telling: Telling) -> Answer:
    day = local_date(telling.work.now, telling.house.zone) + timedelta(days=2)
    said = say_date(day, telling.language)
    words = {
        "student": "Sam",
        "lesson": telling.say(_("A lesson")),
        "rhythm": said,
        "old": said,
        "new": said,
        "last": said,
        "reason": "",
    }
    return Told(words, paths.teachers_week(day))


def _noon(telling: Telling) -> str:
    zone = telling.house.zone
    day = local_date(telling.work.now, zone) + timedelta(days=2)
    return say_when(to_instant(day, time(12), zone), zone, telling.language)


def _booking(telling: Telling) -> Answer:
    """As if somebody had asked for the day after tomorrow, at noon."""
    zone, language = telling.house.zone, telling.language
    day = local_date(telling.work.now, zone) + timedelta(days=2)
    words = {
        "student": "Sam",
        "lesson": telling.say(_("A lesson")),
        "teacher": telling.house.name,
        "when": say_when(to_instant(day, time(12), zone), zone, language),
        "reason": telling.say(Reason.REVIEW.sentence),
        "expires": say_date(day + timedelta(days=12), language),
    }
    return Told(words, paths.PORTAL_BOOK)


def _clock(telling: Telling) -> Answer:
    """As if the studio had come from Dublin."""
    was, here = ZoneInfo("Europe/Dublin"), telling.house.zone
    return clock.told(telling, was, here, paths.PORTAL_SCHEDULE)


def _unmarked(telling: Telling) -> Answer:
    now = telling.work.now.replace(minute=0)
    return unmarked.told(telling, [say_when(now, telling.house.zone, telling.language)])


EXAMPLES: Mapping[str, Callable[[Telling], Answer]] = {
    "link": _link,
    "invitation": _invitation,
    "digest": _digest,
    "booking": _booking,
    "offer": _offer,
    "swap": _swap,
    "declined": _declined,
    "clock": _clock,
    "credit": credits_.example,
    "rollover": _rollover,
    "rollover_place": _rollover_place,
    "unmarked": _unmarked,
}
"""By what a kind is about. No address in here signs anybody in."""
