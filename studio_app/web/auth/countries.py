"""Countries, currencies and timezones as people call them. Source: CLDR through Babel."""

from dataclasses import dataclass
from functools import cache
from zoneinfo import available_timezones

from babel import Locale
from babel.core import get_global

from studio_app.kit.words import PSEUDO_LOCALE

Options = list[tuple[str, str]]
_FIRST = ("GB", "IE", "US", "CA", "AU", "NZ", "FR", "DE", "ES", "IT", "NL", "BE", "CH")

_PLACES = {"Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia"} | {
    "Europe",
    "Indian",
    "Pacific",
}


def _locale(language: str) -> Locale:
    return Locale.parse("en_GB" if language == PSEUDO_LOCALE else language.replace("-", "_"))


@cache
def countries(language: str) -> Options:
    """The likely ones first, then all by name."""
    names = {
        code: str(name)
        for code, name in _locale(language).territories.items()
        if code.isalpha() and code != "ZZ" and code in get_global("territory_currencies")
    }
    rest = sorted((c for c in names if c not in _FIRST), key=lambda code: names[code])
    return [(code, names[code]) for code in (*_FIRST, *rest) if code in names]


@cache
def currencies(language: str) -> Options:
    used = {
        entry[0]
        for uses in get_global("territory_currencies").values()
        for entry in uses
        if entry[2] is None and entry[3]
    }
    likely = ["GBP", "EUR", "USD", "CAD", "AUD", "NZD", "CHF"]
    names = _locale(language).currencies
    ordered = [*likely, *sorted(used - set(likely))]
    return [(code, f"{code} · {names[code]}") for code in ordered if code in names]


@cache
def timezones() -> Options:
    """Every place that has a clock of its own: Europe/London, then the rest by name."""
    zones = sorted(z for z in available_timezones() if z.partition("/")[0] in _PLACES and "/" in z)
    ordered = ["Europe/London", *(zone for zone in zones if zone != "Europe/London")]
    return [(zone, zone.replace("_", " ")) for zone in ordered]


@dataclass(frozen=True, slots=True)
class Defaults:
    """What a country makes likely: asked for only where it is wrong."""

    currency: str
    timezone: str


@cache
def defaults_of(country: str) -> Defaults:
    """The country's own currency and the clock of its capital or first region."""
    uses = get_global("territory_currencies").get(country, [])
    present = [entry[0] for entry in uses if entry[2] is None and entry[3]]
    zones = [zone for zone in get_global("territory_zones").get(country, []) if "/" in zone]
    timezone = _CLOCKS.get(country) or next(iter(zones), "Europe/London")
    return Defaults(next(iter(present), "EUR"), timezone)


# Countries with several clocks: where most of their people live.
_CLOCKS = {
    "GB": "Europe/London",
    "US": "America/New_York",
    "CA": "America/Toronto",
    "AU": "Australia/Sydney",
    "NZ": "Pacific/Auckland",
    "FR": "Europe/Paris",
    "DE": "Europe/Berlin",
    "ES": "Europe/Madrid",
    "PT": "Europe/Lisbon",
    "BR": "America/Sao_Paulo",
    "MX": "America/Mexico_City",
    "CN": "Asia/Shanghai",
}
