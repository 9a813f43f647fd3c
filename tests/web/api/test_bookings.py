"""Booking over HTTP: a tracking id, the same answer twice, and problems that say what is wrong."""

from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from studio_app.kit.clock import local_date, to_instant, utc_now
from studio_app.kit.delivery import deliver_waiting
from studio_app.kit.ids import new_id
from studio_app.scheduling.commands.availability import TeachingHours, offer_hours
from tests.calling import Api
from tests.stage import Stage

LONDON = ZoneInfo("Europe/London")
DAY = local_date(utc_now(), LONDON) + timedelta(days=12)


@pytest.fixture(scope="module", autouse=True)
def hours(stage: Stage) -> None:
    """Tom offers one morning."""
    at_hall = TeachingHours(8 * 60, 12 * 60, dated_on=DAY, location_id=stage.ids["location_id"])  # type: ignore[arg-type]
    stage.run(stage.cast.tom, offer_hours, stage.cast.teacher_id, at_hall)


def at(hour: int, minute: int = 0) -> datetime:
    return to_instant(DAY, time(hour, minute), LONDON).astimezone(UTC)


def search(stage: Stage, **other: Any) -> dict[str, Any]:
    asked = {
        "student_id": str(stage.cast.student_id),
        "lesson_type_id": str(stage.ids["lesson_type_id"]),
        "teacher_id": str(stage.cast.teacher_id),
        "first_on": DAY.isoformat(),
        "until": (DAY + timedelta(days=1)).isoformat(),
    }
    return {**asked, **other}


def wish(stage: Stage, starts_at: datetime, **other: Any) -> dict[str, Any]:
    asked = search(stage)
    del asked["first_on"], asked["until"]
    return {**asked, "starts_at": starts_at.isoformat(), **other}


def offered(api: Api, stage: Stage) -> list[str]:
    answer = api.post("/availability", "guardian", search(stage))
    assert answer.status_code == 200, answer.text
    return [one["time"] for one in answer.json()["openings"]]


def test_a_booking_is_accepted_and_can_be_followed(api: Api, stage: Stage) -> None:
    assert "08:00" in offered(api, stage)

    answer = api.post("/bookings", "guardian", wish(stage, at(8)))

    assert answer.status_code == 202, answer.text
    where = answer.headers["location"]
    assert answer.json()["status_url"] == where
    asked = api.get(where, "guardian").json()
    assert (asked["state"], asked["is_settling"]) == ("requested", True)
    deliver_waiting(stage.database.app)
    told = api.get(where, "guardian").json()
    assert (told["state"], told["sentence"]) == ("confirmed", "It is booked.")
    assert "08:00" not in offered(api, stage)


def test_the_second_one_hears_that_the_slot_is_gone(api: Api, stage: Stage) -> None:
    api.post("/bookings", "guardian", wish(stage, at(9)))
    answer = api.post("/bookings", "guardian", wish(stage, at(9)))
    assert answer.status_code == 409
    assert answer.headers["content-type"] == "application/problem+json"
    assert "has just been taken" in answer.json()["detail"]


def test_a_repeated_key_hears_the_first_answer(api: Api, stage: Stage) -> None:
    key = str(new_id())
    first = api.post("/bookings", "guardian", wish(stage, at(10)), key=key)
    again = api.post("/bookings", "guardian", wish(stage, at(10)), key=key)
    other = api.post("/bookings", "guardian", wish(stage, at(11)), key=key)
    assert (first.status_code, again.status_code) == (202, 202)
    assert first.json() == again.json()
    assert other.status_code == 409


def test_the_office_decides(api: Api, stage: Stage) -> None:
    waiting = stage.ids["booking_id"]
    listed = api.get("/bookings", "owner")
    assert listed.status_code == 200
    declined = api.post(f"/bookings/{waiting}/decline", "owner", {"reason": "Full."})
    assert declined.status_code in {204, 409}, declined.text  # settled by an earlier test
    twice = api.post(f"/bookings/{waiting}/decline", "owner", {"reason": "Full."})
    assert twice.status_code == 409


def test_what_cannot_be_is_refused_in_words(api: Api, stage: Stage) -> None:
    reversed_ = search(stage, first_on="2030-02-02", until="2030-01-01")
    far = search(stage, first_on="2030-01-01", until="2031-01-01")
    cases = [
        ("/availability", reversed_, 422, "The last day comes before the first."),
        ("/availability", far, 422, "half a year"),
        ("/availability", search(stage, first_on="9999-12-31"), 422, "cannot be used"),
        ("/bookings", {**wish(stage, at(9)), "starts_at": "2030-99-01"}, 422, "cannot be used"),
        ("/bookings", wish(stage, at(9), kind="daily"), 422, "cannot be used"),
        ("/bookings", wish(stage, utc_now()), 409, "too soon"),
        ("/bookings", wish(stage, at(9) + timedelta(days=900)), 409, "too far ahead"),
        ("/bookings", wish(stage, at(9), student_id=str(new_id())), 404, "could not find"),
    ]
    for path, body, status, words in cases:
        answer = api.post(path, "guardian", body)
        assert answer.status_code == status, (path, body, answer.text)
        assert words in answer.json()["detail"]
