"""A term ends, over the API: families are asked whether they go on, and answer."""

from datetime import date
from typing import Any

import pytest

from studio_app.people.commands.students import StudentDetails, add_student
from tests.calling import Api
from tests.stage import Stage
from tests.web.api.planning import AGREED, on
from tests.web.api.test_week import ok, rows_of

FIRST = 95
"""Days ahead, where the others of the stage have nothing."""


def term(api: Api, name: str, first: date, last: date) -> str:
    days = {"starts_on": str(first), "ends_on": str(last)}
    return ok(api.post("/terms", "owner", {"name": name, **days}))["id"]


@pytest.fixture(scope="module")
def old(api: Api, stage: Stage) -> str:
    """A term with which two weekly lessons end: one of Sam, one of somebody else."""
    made = term(api, "Late", on(FIRST), on(FIRST + 20))
    other = stage.run(stage.cast.olivia, add_student, StudentDetails("Udo", "Other")).student_id
    for hour, student in ((2, stage.cast.student_id), (3, other)):
        series = {
            "teacher_id": str(stage.cast.teacher_id),
            "lesson_type_id": str(stage.ids["lesson_type_id"]),
            "first_on": str(on(FIRST)),
            "at": f"0{hour}:00",
            "weekdays": [on(FIRST).isoweekday()],
            "student_ids": [str(student)],
            "term_id": made,
        }
        ok(api.post("/series", "owner", {"series": series, **AGREED}))
    return made


@pytest.fixture(scope="module")
def run(api: Api, old: str) -> str:
    days = {"starts_on": str(on(FIRST + 25)), "ends_on": str(on(FIRST + 45))}
    wanted = {"from_term_id": old, "to": {"name": "Later", **days}, "answer_by": str(on(10))}
    first = ok(api.post("/rollovers", "owner", wanted, key="run"))["id"]
    assert ok(api.post("/rollovers", "owner", wanted, key="run"))["id"] == first
    endless = [one["id"] for one in rows_of(api, f"/rollovers/{first}/places") if one["goes_on"]]
    ok(api.post(f"/rollovers/{first}/leave-out", "owner", {"place_ids": endless}))
    return first


def places(api: Api, run: str) -> dict[str, dict[str, Any]]:
    found = rows_of(api, f"/rollovers/{run}/places")
    return {row["student"].split()[0]: row for row in found if not row["goes_on"]}


def test_before_anybody_is_asked_it_is_looked_at_and_changed(api: Api, run: str) -> None:
    path = f"/rollovers/{run}"
    sam, udo = places(api, run)["Sam"], places(api, run)["Udo"]
    checks = ok(api.get(f"{path}/checks", "owner"))
    ok(api.put(f"{path}/lessons/{sam['lesson_id']}", "owner", {"at": "02:30"}))
    ok(api.put(f"{path}/answer-by", "owner", {"answer_by": str(on(12))}))
    ok(api.post(f"{path}/leave-out", "owner", {"place_ids": [udo["id"]]}))
    between = ok(api.get(path, "owner"))["counts"]
    ok(api.post(f"{path}/ask-after-all", "owner", {"place_ids": [udo["id"]]}))
    shown = ok(api.get(path, "owner"))

    assert checks["lessons"][sam["lesson_id"]]["lessons"] > 0
    assert places(api, run)["Sam"]["at"] == "02:30"
    assert between["left_out"] == shown["counts"]["left_out"] + 1
    assert (shown["state"], shown["answer_by"]) == ("prepared", str(on(12)))
    assert (between["waiting"], shown["counts"]["waiting"]) == (1, 2)
    assert run in [row["id"] for row in rows_of(api, "/rollovers")]
    assert api.get(f"/me/rollovers/{run}", "guardian").status_code == 404
    assert api.post(f"{path}/answers", "owner", {"answers": {}}).status_code == 409


def test_families_are_asked_answer_are_reminded_and_it_is_closed(api: Api, run: str) -> None:
    path = f"/rollovers/{run}"
    ok(api.post(f"{path}/send", "owner", AGREED))
    assert api.post(f"{path}/send", "owner", AGREED).status_code == 409
    sam, udo = places(api, run)["Sam"], places(api, run)["Udo"]
    mine = next(one for one in ok(api.get("/me/rollovers", "guardian")) if one["id"] == run)
    yes, no = {"answers": {sam["id"]: "yes"}}, {"answers": {sam["id"]: "no"}, "reason": "Moving"}
    ok(api.post(f"/me{path}/answers", "guardian", no))
    declined = ok(api.get(f"/me{path}", "guardian"))["places"]
    ok(api.post(f"/me{path}/answers", "guardian", yes))
    theirs = api.post(f"/me{path}/answers", "guardian", {"answers": {udo["id"]: "no"}})
    reminded = ok(api.post(f"{path}/remind", "owner", {}))
    silent = api.post(f"{path}/close", "owner", {})
    by_telephone = {"answers": {udo["id"]: "no"}, "reason": "Plays the drums now"}
    ok(api.post(f"{path}/answers", "owner", by_telephone))
    closed = ok(api.post(f"{path}/close", "owner", {}))

    assert [one["student"] for one in mine["places"]] == ["Sam"]
    assert [(one["answer"], one["reason"]) for one in declined] == [("no", "Moving")]
    assert (theirs.status_code, reminded) == (404, {"places": 1})
    assert (silent.status_code, closed) == (422, {"places": 0})
    after = places(api, run)
    assert (after["Sam"]["answer"], after["Udo"]["answer"]) == ("yes", "no")
    assert after["Udo"]["reason"] == "Plays the drums now"
    assert api.post(f"/me{path}/answers", "guardian", no).status_code == 409


def test_a_run_that_nobody_was_asked_about_is_thrown_away(api: Api, stage: Stage) -> None:
    begun = term(api, "Begun", on(FIRST + 50), on(FIRST + 60))
    series = {
        "teacher_id": str(stage.cast.teacher_id),
        "lesson_type_id": str(stage.ids["lesson_type_id"]),
        "first_on": str(on(FIRST + 50)),
        "at": "02:00",
        "weekdays": [on(FIRST + 50).isoweekday()],
        "student_ids": [str(stage.cast.student_id)],
        "term_id": begun,
    }
    ok(api.post("/series", "owner", {"series": series, **AGREED}))
    to = term(api, "Begins", on(FIRST + 61), on(FIRST + 70))
    wanted = {"from_term_id": begun, "to": to}
    made = ok(api.post("/rollovers", "owner", wanted))["id"]
    twice = api.post("/rollovers", "owner", wanted)
    ok(api.delete(f"/rollovers/{made}", "owner"))

    assert twice.status_code == 409
    assert api.get(f"/rollovers/{made}", "owner").status_code == 404
