"""Money, dates and times as people write them. All of them take the reader's locale."""

from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import (
    format_date,
    format_skeleton,
    format_time,
    get_day_names,
    get_timezone_location,
)
from babel.lists import format_list
from babel.numbers import format_currency, format_percent

from studio_app.kit.money import Money, exponent
from studio_app.kit.words import PSEUDO_LOCALE


def _babel(locale: str) -> Locale:
    return Locale.parse("en_GB" if locale == PSEUDO_LOCALE else locale.replace("-", "_"))


def say_money(money: Money, locale: str) -> str:
    """£32.00, 32,00 £GB, ¥1,500: minor units placed by the currency's exponent."""
    amount = Decimal(money.minor).scaleb(-exponent(money.currency))
    return format_currency(amount, money.currency, locale=_babel(locale))


def say_date(day: date, locale: str) -> str:
    """3 Sept 2026"""
    return format_date(day, "medium", locale=_babel(locale))


def say_day(day: date, locale: str) -> str:
    """Thu 3 Sept"""
    return format_skeleton("MMMEd", _at_noon(day), locale=_babel(locale)).replace(",", "")


def say_long_day(day: date, locale: str) -> str:
    """Thursday 3 September"""
    return format_skeleton("MMMMEEEEd", _at_noon(day), locale=_babel(locale)).replace(",", "")


def say_short_weekday(day: date, locale: str) -> str:
    """Tue: above the number of a day."""
    return format_date(day, "EEE", _babel(locale))


def say_month(day: date, locale: str) -> str:
    """September 2026"""
    return format_skeleton("yMMMM", _at_noon(day), locale=_babel(locale))


def say_short_month(day: date, locale: str) -> str:
    """Sept"""
    return format_skeleton("MMM", _at_noon(day), locale=_babel(locale))


def say_hour(at: time, locale: str) -> str:
    """16 or 4 PM: a full hour that is on the wall already."""
    skeleton = "h" if "a" in _babel(locale).time_formats["short"].pattern else "HH"
    return format_skeleton(skeleton, datetime(2000, 1, 1, at.hour), locale=_babel(locale))  # noqa: DTZ001


def say_percent(share: float, locale: str) -> str:
    """94.1%, of 0.941"""
    return format_percent(share, "#,##0.#%", locale=_babel(locale))


def say_time(instant: datetime, zone: ZoneInfo, locale: str) -> str:
    """16:30 or 4:30 PM, on the studio's wall."""
    return format_time(instant, "short", tzinfo=zone, locale=_babel(locale))


def say_when(instant: datetime, zone: ZoneInfo, locale: str) -> str:
    """Thu 3 Sept, 16:30"""
    day = say_day(instant.astimezone(zone).date(), locale)
    return f"{day}, {say_time(instant, zone, locale)}"


def say_zone(zone: ZoneInfo, locale: str) -> str:
    """London time: the name people know the zone by."""
    return get_timezone_location(zone, locale=_babel(locale), return_city=True)


def say_weekday(iso_weekday: int, locale: str) -> str:
    """Monday, for 1."""
    return get_day_names("wide", locale=_babel(locale))[iso_weekday - 1]


def first_weekday(locale: str) -> int:
    """The weekday on which people there begin their week: 1 is Monday, 7 is Sunday."""
    return _babel(locale).first_week_day + 1


def say_wall_time(at: time, locale: str) -> str:
    """16:30 or 4:30 PM, of a time that is on the wall already."""
    return format_time(at, "short", locale=_babel(locale))


def say_list(words: Sequence[str], locale: str) -> str:
    """Monday, Tuesday and Friday"""
    return format_list(words, locale=_babel(locale))


def _at_noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12)  # noqa: DTZ001  only its date is printed
