"""Strings from a browser, read."""

from enum import StrEnum
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio_app.kit.errors import NotFound
from studio_app.kit.money import Money
from studio_app.web import routes
from studio_app.web.inputs import Form, Invalid, as_date, as_id, as_instant, as_wall_time


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


@pytest.mark.parametrize(
    ("typed", "minor"),
    [
        ("32", 3200),
        ("32.5", 3250),
        ("32,50", 3250),
        ("1,200.00", 120000),
        ("1.200,50", 120050),
        ("1 200", 120000),
        ("£48.00", 4800),
        ("-5", -500),
        ("1,200", 120000),
    ],
)
def test_money_is_read_as_people_type_it(typed: str, minor: int) -> None:
    assert Form({"price": typed}).money("price", "GBP") == Money(minor, "GBP")


@pytest.mark.parametrize("typed", ["twelve", "1.234", "1e400", "NaN", "Infinity", "--1", "9" * 40])
def test_what_is_no_amount_is_a_fault(typed: str) -> None:
    form = Form({"price": typed})
    form.money("price", "GBP")

    with pytest.raises(Invalid):
        form.check()


def test_a_currency_without_pence_takes_none() -> None:
    form = Form({"price": "100.50"})
    form.money("price", "JPY")

    assert "price" in form.faults


def test_every_fault_is_found_at_once() -> None:
    form = Form({"name": " ", "colour": "green", "count": "12x", "day": "31/12/2026"})
    form.text("name")
    form.choice("colour", Colour)
    form.number("count")
    form.day("day")

    with pytest.raises(Invalid) as refused:
        form.check()

    assert set(refused.value.said()) == {"name", "colour", "count", "day"}
    assert refused.value.said()["name"] == "Please fill this in."


def test_good_fields_are_read() -> None:
    form = Form({"name": " Sam ", "colour": "blue", "count": "3", "tell": True, "at": "16:30"})

    assert form.text("name") == "Sam"
    assert form.choice("colour", Colour) is Colour.BLUE
    assert form.number("count", most=5) == 3
    assert form.flag("tell")
    assert form.clock("at").hour == 16
    form.check()


@given(st.text(max_size=60))
def test_whatever_is_typed_is_read_or_a_fault(typed: str) -> None:
    form = Form({"x": typed})
    form.money("x", "EUR")
    form.number("x")
    form.optional_day("x")
    form.optional_id("x")


@pytest.mark.parametrize("raw", ["", "1", "not-an-id", "0" * 31])
def test_a_mangled_id_is_not_found(raw: str) -> None:
    with pytest.raises(NotFound):
        as_id(raw)


def test_an_id_is_an_id() -> None:
    assert as_id("01a1fdad-f5f2-7b49-a8c7-7735767820f1") == UUID(
        "01a1fdad-f5f2-7b49-a8c7-7735767820f1"
    )


def test_instants_have_an_offset_and_wall_times_have_none() -> None:
    assert as_instant("2026-09-03T10:00:00+00:00").tzinfo is not None
    assert as_wall_time("2026-09-03T10:00:00").tzinfo is None
    for reader, raw in ((as_instant, "2026-09-03T10:00:00"), (as_wall_time, "2026-09-03T10:00Z")):
        with pytest.raises(NotFound):
            reader(raw)
    with pytest.raises(NotFound):
        as_date("tomorrow")


@pytest.mark.parametrize(
    "path", ["//evil.example", "https://evil.example", "/\\evil.example", "evil", "/a\nb", ""]
)
def test_the_way_back_never_leads_off_our_site(path: str) -> None:
    assert routes.safe_way_back(path) == routes.HOME


def test_the_way_back_is_kept() -> None:
    path = "/office/students?q=sam"

    assert routes.safe_way_back(path) == path
    assert routes.sign_in_and_back(path) == "/sign-in?next=%2Foffice%2Fstudents%3Fq%3Dsam"
