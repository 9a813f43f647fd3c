"""Lists that grow with a studio come a page at a time, all in the same way."""

from typing import Any

import pytest

from tests.calling import NOBODY, Api

# What a question bounds itself: a day, a span, one lesson, the dozen best, one's own.
BOUNDED = {
    "/api/v1/attendance",
    "/api/v1/automation-presets",
    "/api/v1/messages/deliverability",
    "/api/v1/students/{student_id}/tags",
    "/api/v1/holidays",
    "/api/v1/me/lessons",
    "/api/v1/me/children",
    "/api/v1/lessons/upcoming",
    "/api/v1/me/studios",
    "/api/v1/people",
    "/api/v1/revenue",
    "/api/v1/seats/{seat_id}/marks",
    "/api/v1/lessons/{lesson_id}/attendance",
    "/api/v1/lessons/{lesson_id}/times-to-propose",
    "/api/v1/me/calendar-feeds",
    "/api/v1/me/offers",
    "/api/v1/me/swaps",
    "/api/v1/me/time-proposals",
    "/api/v1/me/waiting",
    "/api/v1/teachers/{teacher_id}/cover",
    "/api/v1/families/{family_id}/credits",
    "/api/v1/lessons/{lesson_id}/history",
    "/api/v1/me/credits",
    "/api/v1/me/policies",
    "/api/v1/me/rollovers",
    "/api/v1/policy-presets",
    "/api/v1/policy-uses",
    "/api/v1/students/{student_id}/policy-decisions",
    "/api/v1/students/{student_id}/weekly-lessons",
    "/api/v1/video-accounts",
}
PAGED = [
    "/invitations",
    "/lesson-types",
    "/locations",
    "/members",
    "/owing",
    "/teachers",
    "/terms",
    "/attendance/unmarked",
    "/calendar-feeds",
    "/classes",
    "/freed-times",
    "/time-proposals",
    "/waitlist",
]


def answers(told: dict[str, Any]) -> dict[str, Any]:
    """What each GET answers, by path."""
    return {
        path: methods["get"]["responses"]["200"].get("content", {}).get("application/json", {})
        for path, methods in told["paths"].items()
        if "get" in methods
    }


def test_no_list_is_answered_whole_unless_its_question_bounds_it(api: Api) -> None:
    told = api.get("/openapi.json", NOBODY).json()

    whole = {
        path
        for path, answer in answers(told).items()
        if answer.get("schema", {}).get("type") == "array"
    }

    assert whole == BOUNDED


def test_what_comes_in_pages_says_so(api: Api) -> None:
    told = api.get("/openapi.json", NOBODY).json()
    asked = told["paths"]["/api/v1/teachers"]["get"]
    [limit] = [one for one in asked["parameters"] if one["name"] == "limit"]
    schema = answers(told)["/api/v1/teachers"]["schema"]["$ref"].rpartition("/")[2]

    assert limit["schema"]["maximum"] == 200
    assert set(told["components"]["schemas"][schema]["required"]) == {"rows", "next_after"}


@pytest.mark.parametrize("path", PAGED)
def test_pages_follow_each_other_without_gap_or_repeat(api: Api, path: str) -> None:
    for number in range(2):
        api.post("/invitations", "owner", {"email": f"p{number}@example.org", "role": "teacher"})
        api.post("/teachers", "owner", {"name": f"Page {number}"})
    whole = api.get(f"{path}?limit=200", "owner").json()
    seen: list[Any] = []
    after: str | None = None
    while True:
        more = f"&after={after}" if after else ""
        page = api.get(f"{path}?limit=1{more}", "owner").json()
        seen += page["rows"]
        after = page["next_after"]
        if after is None:
            break

    assert whole["next_after"] is None
    assert seen == whole["rows"]
    assert api.get(f"{path}?after=nobody", "owner").json() == {"rows": [], "next_after": None}
