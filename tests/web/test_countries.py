"""What a country makes likely is offered, in the language of the page."""

import pytest

from studio_app.web.auth.countries import countries, currencies, defaults_of, timezones


@pytest.mark.parametrize(
    ("country", "currency", "timezone"),
    [
        ("GB", "GBP", "Europe/London"),
        ("FR", "EUR", "Europe/Paris"),
        ("US", "USD", "America/New_York"),
        ("JP", "JPY", "Asia/Tokyo"),
    ],
)
def test_a_country_proposes_its_money_and_its_clock(
    country: str, currency: str, timezone: str
) -> None:
    found = defaults_of(country)
    assert (found.currency, found.timezone) == (currency, timezone)


def test_every_country_proposes_something_that_is_on_the_lists() -> None:
    money = {code for code, _ in currencies("en-GB")}
    clocks = {zone for zone, _ in timezones()}
    for code, _ in countries("en-GB"):
        found = defaults_of(code)
        assert found.currency in money, code
        assert found.timezone in clocks, code


def test_countries_are_named_in_the_readers_language() -> None:
    assert dict(countries("fr"))["DE"] == "Allemagne"
    assert dict(countries("en-GB"))["DE"] == "Germany"
