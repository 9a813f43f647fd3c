"""What the routes of planning refuse, each with its status and a sentence; nothing changes."""

from typing import Any, NamedTuple

import pytest

from studio_app.kit.ids import new_id
from tests.access.traces import changes
from tests.calling import Api
from tests.stage import Stage
from tests.web.api.planning import at, on

UNKNOWN = str(new_id())
FAR = "2199-01-01"
MONDAY = {"weekday": 1, "from_minute": 540, "until_minute": 600}
NOT_THEIRS = "You do not have permission to do that."
NOT_FOUND = "We could not find that."


def wanted(stage: Stage, **other: Any) -> dict[str, Any]:
    ours = {name: str(stage.ids[name]) for name in ("lesson_type_id", "teacher_id")}
    return {**ours, **other}


def waiting(stage: Stage, **other: Any) -> dict[str, Any]:
    return {"student_id": str(stage.ids["student_id"]), "wanted": wanted(stage, **other)}


def pair(stage: Stage) -> dict[str, str]:
    return {"lesson_id": str(stage.ids["lesson_id"]), "other_id": str(stage.ids["lesson_id"])}


class Case(NamedTuple):
    """Names in `where` are the stage's; a body may be made of the stage."""

    who: str
    method: str
    where: str
    body: Any
    status: int
    words: str


HOURS, OFF = "/teachers/{teacher_id}/hours", "/teachers/{teacher_id}/times-off"
SEARCH = "/open-times?lesson_type_id={lesson_type_id}"
PROPOSE = "/lessons/{asked_lesson_id}/time-proposals"
CASES: list[Case] = [
    Case("guardian", "POST", HOURS, MONDAY, 403, NOT_THEIRS),
    Case("teacher", "POST", f"/teachers/{UNKNOWN}/hours", MONDAY, 404, NOT_FOUND),
    Case("teacher", "POST", HOURS, {**MONDAY, "until_minute": 540}, 422, "end after it starts"),
    Case("teacher", "POST", HOURS, {**MONDAY, "dated_on": FAR}, 422, "weekday or a date"),
    Case("teacher", "POST", HOURS, {**MONDAY, "weekday": 8}, 422, "weekday or a date"),
    Case("teacher", "POST", HOURS, {**MONDAY, "slot_minutes": 61}, 422, "no longer than"),
    Case("teacher", "POST", HOURS, {**MONDAY, "until_minute": 2**40}, 422, "end after"),
    Case("teacher", "POST", HOURS, {**MONDAY, "location_id": UNKNOWN}, 404, NOT_FOUND),
    Case(
        "teacher",
        "POST",
        HOURS,
        {"from_minute": 60, "until_minute": 120, "dated_on": FAR},
        422,
        "within three years",
    ),
    Case(
        "teacher",
        "POST",
        OFF,
        {"first_on": str(on(9)), "last_on": str(on(8))},
        422,
        "end after it starts",
    ),
    Case("teacher", "POST", OFF, {"first_on": FAR, "last_on": FAR}, 422, "within three years"),
    Case(
        "teacher",
        "POST",
        OFF,
        {"first_on": FAR, "last_on": FAR, "from_minute": 1440},
        422,
        "cannot be used",
    ),
    Case("owner", "DELETE", f"/times-off/{UNKNOWN}", None, 404, NOT_FOUND),
    Case(
        "teacher",
        "POST",
        "/teachers/{teacher_id}/cancel-days",
        {"day": str(on(-1))},
        422,
        "That day is over.",
    ),
    Case("teacher", "PUT", "/booking-rules", {}, 403, NOT_THEIRS),
    Case("owner", "PUT", "/booking-rules", {"step_minutes": 1}, 422, "every 5 to 240 minutes"),
    Case("owner", "PUT", f"/lesson-types/{UNKNOWN}/booking-rules", {}, 404, NOT_FOUND),
    Case("owner", "GET", f"/lesson-types/{UNKNOWN}/booking-rules", None, 404, NOT_FOUND),
    Case("owner", "PUT", "/booking-rules", {"horizon_days": 3650}, 422, "two years ahead"),
    Case(
        "owner",
        "GET",
        SEARCH + "&first_on=2027-03-02&until=2027-03-01",
        None,
        422,
        "The last day comes before the first.",
    ),
    Case(
        "owner",
        "GET",
        SEARCH + "&first_on=2027-01-01&until=2037-01-01",
        None,
        422,
        "half a year at most",
    ),
    Case("guardian", "GET", "/classes", None, 403, NOT_THEIRS),
    Case("stranger", "GET", "/classes/{series_id}", None, 404, NOT_FOUND),
    Case("guardian", "POST", "/calendar-feeds", {"about": "room"}, 404, NOT_FOUND),
    Case("guardian", "POST", "/calendar-feeds/{feed_id}/renew", None, 404, NOT_FOUND),
    Case("owner", "POST", "/cover", {}, 422, "Choose who gives at least one"),
    Case("teacher", "POST", "/cover", {}, 403, NOT_THEIRS),
    Case(
        "owner",
        "GET",
        "/teachers/{teacher_id}/cover?first_on=2027-02-02&until=2027-01-01",
        None,
        422,
        "The last day comes before the first.",
    ),
    Case(
        "owner", "POST", "/cover/end", {"lesson_ids": [UNKNOWN]}, 422, "Nobody covers these lessons"
    ),
    Case("teacher", "POST", PROPOSE, {"times": []}, 422, "two to six different times"),
    Case(
        "teacher",
        "POST",
        PROPOSE,
        {"times": [at(on(n), 8).isoformat() for n in range(1, 60)]},
        422,
        "cannot be used",
    ),
    Case("guardian", "POST", PROPOSE, {"times": []}, 403, NOT_THEIRS),
    Case(
        "guardian",
        "POST",
        "/time-proposals/{time_proposal_id}/accept",
        {"to": at(on(2), 8).isoformat()},
        404,
        NOT_FOUND,
    ),
    Case(
        "stranger",
        "POST",
        "/time-proposals/{time_proposal_id}/decline",
        None,
        404,
        NOT_FOUND,
    ),
    Case(
        "guardian",
        "POST",
        "/waitlist",
        lambda stage: waiting(stage, teacher_id=None),
        422,
        "which teacher, or which instrument",
    ),
    Case(
        "guardian",
        "POST",
        "/waitlist",
        lambda stage: waiting(stage, make_up=True),
        403,
        NOT_THEIRS,
    ),
    Case(
        "guardian",
        "POST",
        "/waitlist",
        lambda stage: waiting(stage, times=[{"weekday": 9}]),
        422,
        "within one day",
    ),
    Case(
        "guardian",
        "POST",
        "/waitlist",
        lambda stage: waiting(stage, times=[{"weekday": 1}] * 22),
        422,
        "Three times for each",
    ),
    Case(
        "stranger",
        "PUT",
        "/waitlist/{waiting_id}",
        wanted,
        404,
        NOT_FOUND,
    ),
    Case(
        "owner",
        "POST",
        "/waitlist/{waiting_id}/restore",
        None,
        409,
        "This does not wait any more.",
    ),
    Case(
        "owner",
        "PUT",
        "/waitlist-rules",
        {"by_itself": True, "answer_minutes": 1, "make_ups_first": True},
        422,
        "five minutes",
    ),
    Case(
        "owner",
        "POST",
        "/freed-times/{freed_id}/offers",
        {"waiting_id": UNKNOWN},
        409,
        "Somebody has been asked already.",
    ),
    Case("guardian", "POST", f"/offers/{UNKNOWN}/accept", None, 404, NOT_FOUND),
    Case("guardian", "POST", "/offers/{offer_id}/withdraw", None, 403, NOT_THEIRS),
    Case("guardian", "POST", "/swaps/{swap_id}/accept", None, 404, NOT_FOUND),
    Case("guardian", "POST", "/swaps/now", pair, 403, NOT_THEIRS),
    Case("owner", "POST", "/swaps/{swap_id}/undo", None, 409, "decided already"),
    Case("owner", "GET", "/attendance/unmarked?days=9999", None, 422, "cannot be used"),
    Case("guardian", "GET", "/attendance/unmarked", None, 403, NOT_THEIRS),
    Case("owner", "POST", "/attendance/undo", {"seat_ids": []}, 422, "no mark to take back"),
    Case(
        "teacher",
        "PUT",
        f"/seats/{UNKNOWN}/mark",
        {"outcome": "present"},
        404,
        NOT_FOUND,
    ),
    Case(
        "teacher",
        "POST",
        "/lessons/{lesson_id}/reschedule",
        {"to": "2027-02-30T10:00:00"},
        422,
        "cannot be used",
    ),
]


@pytest.mark.parametrize("case", CASES, ids=[f"{one.status} {one.words}" for one in CASES])
def test_it_is_refused_in_words_and_nothing_changes(api: Api, stage: Stage, case: Case) -> None:
    before = changes(stage)

    body = case.body(stage) if callable(case.body) else case.body
    answer = api.send(case.method, case.where.format(**stage.ids), case.who, body)

    assert answer.status_code == case.status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert case.words in answer.json()["detail"]
    assert changes(stage) == before
