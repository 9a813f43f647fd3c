"""Bank holidays of a country and region, from the `holidays` library."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Any

LONGEST_CODE = 3


def bank_holidays(country: str, region: str, first: date, until: date) -> dict[date, str]:
    """Public holidays in [first, until), each with its name, substitute days included.

    `country` is ISO 3166-1 alpha-2, `region` the library's subdivision such as ENG. A country
    or region that the library does not know has no holidays, or only those of the country.
    """
    found: dict[date, str] = {}
    for year in range(first.year, until.year + 1):
        found.update(_of_year(country, region, year))
    return {day: name for day, name in sorted(found.items()) if first <= day < until}


def regions_of(country: str) -> dict[str, str]:
    """The subdivisions with holidays of their own, each with its name, by name: ENG, England.
    None where the whole country has the same."""
    calendar = getattr(_library(), country.upper(), None)
    if calendar is None:
        return {}
    aliases: dict[str, str] = getattr(calendar, "subdivisions_aliases", {})
    codes: tuple[str, ...] = getattr(calendar, "subdivisions", ())
    names: dict[str, str] = {}
    for alias, code in aliases.items():
        if len(alias) > LONGEST_CODE:
            names.setdefault(code, alias)  # the first is in the country's first language
    named = {code: names.get(code, code) for code in codes}
    return dict(sorted(named.items(), key=lambda each: each[1]))


def _library() -> Any:
    import holidays  # noqa: PLC0415  its calendars take a tenth of a second, and few ask

    return holidays


@lru_cache(maxsize=256)
def _of_year(country: str, region: str, year: int) -> Mapping[date, str]:
    library = _library()
    if not hasattr(library, country.upper()):
        return MappingProxyType({})
    known: list[str] = getattr(getattr(library, country.upper()), "subdivisions", [])
    subdivision = next((each for each in known if each.upper() == region.upper()), None)
    days = library.country_holidays(country.upper(), subdiv=subdivision, years=year)
    return MappingProxyType({day: str(name) for day, name in days.items()})
