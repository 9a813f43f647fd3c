"""Bank holidays of a country and region, from the `holidays` library."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from types import MappingProxyType


def bank_holidays(country: str, region: str, first: date, until: date) -> dict[date, str]:
    """Public holidays in [first, until), each with its name, substitute days included.

    `country` is ISO 3166-1 alpha-2, `region` the library's subdivision such as ENG. A country
    or region that the library does not know has no holidays, or only those of the country.
    """
    found: dict[date, str] = {}
    for year in range(first.year, until.year + 1):
        found.update(_of_year(country, region, year))
    return {day: name for day, name in sorted(found.items()) if first <= day < until}


@lru_cache(maxsize=256)
def _of_year(country: str, region: str, year: int) -> Mapping[date, str]:
    import holidays  # noqa: PLC0415  its calendars take a tenth of a second, and few ask

    if not hasattr(holidays, country.upper()):
        return MappingProxyType({})
    known: list[str] = getattr(getattr(holidays, country.upper()), "subdivisions", [])
    subdivision = region if region in known else None
    days = holidays.country_holidays(country.upper(), subdiv=subdivision, years=year)
    return MappingProxyType({day: str(name) for day, name in days.items()})
