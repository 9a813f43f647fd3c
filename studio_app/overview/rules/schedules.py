"""When a job of the clock runs, as a person says it."""

from datetime import datetime
from zoneinfo import ZoneInfo

from studio_app.kit.formats import say_time, say_weekday
from studio_app.kit.words import Text, _, many

_EVERY = "*"


def schedule_words(cron: str, next_at: datetime, zone: ZoneInfo, locale: str) -> Text:
    """The five fields of cron (minute, hour, day, month, weekday) on the studio's wall.

    The time of day is that of the next run: the clock keeps UTC, the wall keeps summer time.
    """
    minute, hour, day, month, weekday = cron.split()
    time = say_time(next_at, zone, locale)
    if month != _EVERY or "," in minute + hour:
        return _("At set times")
    if hour == _EVERY and {day, weekday} == {_EVERY}:
        return _within_the_hour(minute)
    if not (minute.isdigit() and hour.isdigit()):
        return _("At set times")
    if day.isdigit() and weekday == _EVERY:
        return _("Once a month at {time}", time=time)
    if day != _EVERY:
        return _("At set times")
    if weekday == _EVERY:
        return _("Every day at {time}", time=time)
    if weekday.isalnum():
        on = say_weekday(next_at.astimezone(zone).isoweekday(), locale)
        return _("Every {weekday} at {time}", weekday=on, time=time)
    return _("On some weekdays at {time}", time=time)


def _within_the_hour(minute: str) -> Text:
    if minute == _EVERY:
        return _("Every minute")
    _all, slash, step = minute.partition("/")
    if slash and step == "1":
        return _("Every minute")
    if slash and step.isdigit():
        return many("Every {n} minute", "Every {n} minutes", n=int(step))
    return _("Every hour") if minute.isdigit() else _("At set times")
