"""The studio's clock and its video accounts over the API, and what becomes of past lessons."""

from datetime import datetime, timedelta

import pytest

from studio_app.kit.clock import utc_now
from tests.calling import Api
from tests.stage import Stage
from tests.web.api.planning import AGREED, at, lesson_at, on, starts
from tests.web.api.test_week import ok, rows_of

ZOOM = {"account": "acc-1", "client_id": "client-1", "secret": "a-very-secret-word"}


def test_another_timezone_is_counted_shown_and_taken_back(api: Api, stage: Stage) -> None:
    lesson = lesson_at(stage, at(on(64), 10))
    wanted = {"timezone": "Europe/Paris", "keep": "local_time"}
    counted = ok(api.post("/studio/timezone/preview", "owner", wanted))
    before = starts(api, lesson)
    moved = ok(api.post("/studio/timezone", "owner", wanted, key="paris"))
    again = ok(api.post("/studio/timezone", "owner", wanted, key="paris"))
    shown = ok(api.get(f"/lessons/{lesson}", "owner"))
    same = api.post("/studio/timezone", "owner", wanted)
    ok(api.post("/studio/timezone", "owner", {**wanted, "timezone": "Europe/London"}))

    assert counted["moved"] == moved["moved"] > 0
    assert again == moved
    assert shown["starts"] == before
    assert datetime.fromisoformat(shown["starts_at"]) == at(on(64), 10) - timedelta(hours=1)
    assert same.status_code == 422
    assert starts(api, lesson) == before
    nowhere = {"timezone": "Mars/Olympus", "keep": "moment"}
    assert api.post("/studio/timezone/preview", "owner", nowhere).status_code == 422


def test_a_video_account_is_connected_and_its_secret_is_never_answered(api: Api) -> None:
    ok(api.put("/video-accounts/zoom", "owner", ZOOM))
    teams = {**ZOOM, "host": "host-1"}
    ok(api.put("/video-accounts/teams", "owner", teams))
    ok(api.post("/video-accounts/teams/prefer", "owner", {"earlier": True}))
    shown = api.get("/video-accounts", "owner")
    ok(api.put("/video-accounts/zoom", "owner", {**ZOOM, "account": "acc-2", "secret": ""}))
    ok(api.post("/video-accounts/zoom/try", "owner"))
    changed = {one["provider"]: one for one in ok(api.get("/video-accounts", "owner"))}
    ok(api.delete("/video-accounts/teams", "owner"))
    gone = api.delete("/video-accounts/teams", "owner")

    assert [(one["provider"], one["place"]) for one in shown.json()] == [("teams", 1), ("zoom", 2)]
    assert ZOOM["secret"] not in shown.text
    assert (changed["zoom"]["account"], changed["zoom"]["trying"]) == ("acc-2", True)
    assert gone.status_code == 404
    assert api.put("/video-accounts/jitsi", "owner", ZOOM).status_code == 422
    assert api.post("/video-accounts/teams/try", "owner").status_code == 404


@pytest.fixture
def over(api: Api, stage: Stage) -> str:
    """The seat of a lesson of yesterday that nobody has marked."""
    begun = utc_now().replace(minute=0, second=0, microsecond=0) - timedelta(hours=30)
    lesson = lesson_at(stage, begun)
    return ok(api.get(f"/lessons/{lesson}", "owner"))["students"][0]["seat_id"]


def waiting(api: Api) -> list[str]:
    lessons = rows_of(api, "/attendance/unmarked-lessons")
    return [seat["seat_id"] for one in lessons for seat in one["seats"]]


def test_what_nobody_marked_is_left_for_later_taken_up_and_marked(
    api: Api, stage: Stage, over: str
) -> None:
    seats = {"seat_ids": [over]}
    first = waiting(api)
    ok(api.post("/attendance/leave-for-later", "owner", seats))
    left = [row["seat_id"] for row in rows_of(api, "/attendance/left-for-later")]
    between = waiting(api)
    ok(api.post("/attendance/take-up-again", "owner", seats))
    back = waiting(api)
    marked = ok(api.post("/attendance/marks", "owner", {**seats, "outcome": "present"}))
    twice = ok(api.post("/attendance/marks", "owner", {**seats, "outcome": "no_show"}))
    ok(api.post("/attendance/undo", "owner", seats))

    assert (over in first, over in between, over in back) == (True, False, True)
    assert over in left
    assert (marked, twice) == ([over], [])
    assert over in waiting(api)
    to_come = lesson_at(stage, at(on(66), 10))
    seat = ok(api.get(f"/lessons/{to_come}", "owner"))["students"][0]["seat_id"]
    path = "/attendance/leave-for-later"
    assert api.post(path, "owner", {"seat_ids": [seat]}).status_code == 422


def test_a_word_is_taken_back_within_the_hour(api: Api, stage: Stage) -> None:
    booking = str(stage.ids["booking_id"])
    ok(api.post(f"/bookings/{booking}/decline", "owner", {"reason": "Full"}))
    ok(api.post(f"/bookings/{booking}/reopen", "owner"))
    twice = api.post(f"/bookings/{booking}/reopen", "owner")
    shown = ok(api.get(f"/bookings/{booking}", "guardian"))
    choices = ok(api.get("/me/bookable", "guardian"))

    assert (shown["state"] in {"requested", "provisional"}, twice.status_code) == (True, 409)
    assert [one["id"] for one in choices["learners"]] == [str(stage.cast.student_id)]


def test_joining_is_undone_as_if_it_had_never_been(api: Api, stage: Stage) -> None:
    band = ok(api.post("/lesson-types", "owner", {"name": "Band", "minutes": 60, "capacity": 6}))
    class_ = {
        "teacher_id": str(stage.cast.teacher_id),
        "lesson_type_id": band["id"],
        "first_on": str(on(4)),
        "at": "04:00",
        "weekdays": [on(4).isoweekday()],
        "until_on": str(on(25)),
    }
    series = ok(api.post("/series", "owner", {"series": class_, **AGREED}))["id"]
    uma = {"details": {"first_name": "Uma", "last_name": "Other"}}
    student = ok(api.post("/students", "owner", uma))["student_id"]
    days = {"starts_on": str(on(2))}
    joined = ok(api.post(f"/series/{series}/students/{student}", "owner", days))["id"]
    weekly = ok(api.get(f"/students/{student}/weekly-lessons", "owner"))
    ok(api.delete(f"/enrolments/{joined}", "owner"))

    assert [one["series_id"] for one in weekly] == [series]
    assert ok(api.get(f"/students/{student}/weekly-lessons", "owner")) == []
    assert api.delete(f"/enrolments/{joined}", "owner").status_code == 404


def test_with_what_a_lesson_could_change_places_is_read_before(api: Api, stage: Stage) -> None:
    day = on(68)
    mine, theirs = lesson_at(stage, at(day, 9)), lesson_at(stage, at(day, 11), student_ids=())
    pair = {"lesson_id": mine, "other_id": theirs}
    choices = ok(api.get(f"/lessons/{mine}/swap-choices", "guardian"))
    preview = ok(api.post("/swaps/preview", "owner", pair))
    held = {**pair, "other_id": str(stage.ids["held_id"])}
    over = ok(api.post("/swaps/preview", "owner", held))
    ok(api.post(f"/lessons/{mine}/move", "owner", {"to": f"{day}T10:00", **AGREED}))
    history = ok(api.get(f"/lessons/{mine}/history", "teacher"))

    assert choices["is_alone"] is True
    assert [side["title"].endswith("Tom Teal") for side in preview["sides"]] == [True, True]
    assert (over["sides"], bool(over["problem"])) == ([], True)
    assert history[0]["by"].startswith("Olivia")
