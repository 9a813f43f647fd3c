"""When a credit runs out, who is warned when, and where one that was paid for may run out."""

from calendar import monthrange
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

WARNED_DAYS = (30, 7)
GRACE = timedelta(days=14)
"""For how long a credit can be used that comes back because the studio cancelled."""


@dataclass(frozen=True, slots=True)
class PaidCreditLaw:
    """How long what was paid for must be good at least, from the day it was sold.

    `to_year_end`: the years begin with the end of the year in which it was sold.
    """

    years: int
    to_year_end: bool = False

    def least(self, sold_on: date) -> date:
        """The earliest last day."""
        if self.to_year_end:
            return date(sold_on.year + self.years, 12, 31)
        return _years_later(sold_on, self.years)


PAID_CREDIT: Mapping[str, PaidCreditLaw] = {
    "AU": PaidCreditLaw(3),
    "DE": PaidCreditLaw(3, to_year_end=True),
    "GB": PaidCreditLaw(0),
    "IE": PaidCreditLaw(5),
    "NZ": PaidCreditLaw(3),
}
"""Countries (ISO 3166-1 alpha-2) in which credit that was paid for may run out.

Written for vouchers, which are the nearest to a package of lessons that laws speak of:
Australia: Australian Consumer Law, section 99B (three years).
Germany: BGB §§ 195, 199 (three years from the end of the year; shorter terms fall to § 307).
Great Britain: no least time; a term must be fair and prominent (Consumer Rights Act 2015,
sections 62, 64 and 68), which is why the day stands beside every credit.
Ireland: Consumer Protection (Gift Vouchers) Act 2019 (five years).
New Zealand: Fair Trading (Gift Card Expiry) Amendment Act 2024 (three years).
Anywhere else it never runs out: laws differ by state and case, and keeping it harms nobody.
"""


def lawful_until(asked: date | None, *, paid_for: bool, country: str, made_on: date) -> date | None:
    """The last day a credit may be given: as asked, later where the country wants that, or None.

    `country` is ISO 3166-1 alpha-2, `made_on` the day it was sold or given.
    """
    if asked is None or not paid_for:
        return asked
    law = PAID_CREDIT.get(country.upper())
    return max(asked, law.least(made_on)) if law else None


def may_expire(*, paid_for: bool, country: str, made_on: date, until: date) -> bool:
    """Whether what is left may run out after `until`."""
    lawful = lawful_until(until, paid_for=paid_for, country=country, made_on=made_on)
    return lawful is not None and lawful <= until


def warning_due(until: date, today: date, warned: Collection[int]) -> int | None:
    """Of how many days to go (30 or 7) somebody is to be warned today; once of each, the nearer
    one where both are due."""
    left = (until - today).days
    if left < 0 or min(WARNED_DAYS) in warned:
        return None
    due = [days for days in WARNED_DAYS if left <= days and days not in warned]
    return min(due, default=None)


def good_until(until: date | None, *, today: date, by_family: bool) -> date | None:
    """A new last day for what comes back to a lot that has run out or will soon, else None.

    Who cancels oneself gets back what was left; who is cancelled gets time to use it.
    """
    if until is None or by_family or until >= today + GRACE:
        return None
    return today + GRACE


def months_later(day: date, months: int) -> date:
    """The same day so many months on, or the last day of that month."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _years_later(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # the 29th of February
        return date(day.year + years, 3, 1)
