"""Which days a view shows."""

from datetime import date

import pytest

from studio_app.web.office.calendar.windows import Window

WEDNESDAY = date(2026, 9, 30)


@pytest.mark.parametrize(
    ("view", "first", "until"),
    [
        ("day", date(2026, 9, 30), date(2026, 10, 1)),
        ("week", date(2026, 9, 28), date(2026, 10, 5)),
        ("agenda", date(2026, 9, 28), date(2026, 10, 5)),
        ("month", date(2026, 8, 31), date(2026, 10, 12)),
        ("teachers", date(2026, 9, 30), date(2026, 10, 1)),
    ],
)
def test_a_view_shows_whole_periods(view: str, first: date, until: date) -> None:
    window = Window(view, WEDNESDAY)

    assert (window.first, window.until) == (first, until)


def test_weeks_begin_where_people_begin_them() -> None:
    assert Window("week", WEDNESDAY, first_weekday=7).first == date(2026, 9, 27)


def test_steps_are_periods() -> None:
    assert Window("day", WEDNESDAY).stepped(1) == date(2026, 10, 1)
    assert Window("week", WEDNESDAY).stepped(-1) == date(2026, 9, 23)
    assert Window("month", WEDNESDAY).stepped(4) == date(2027, 1, 1)


def test_a_week_in_two_months_names_both() -> None:
    assert Window("week", WEDNESDAY).title("en-GB") == "September 2026 – October 2026"
    assert Window("week", date(2026, 9, 9)).title("en-GB") == "September 2026"
