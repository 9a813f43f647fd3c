"""Automations, tasks and tags over the API, as a program builds and reads them."""

from typing import Any

from tests.calling import Api
from tests.stage import Stage
from tests.web.api.test_week import ok, rows_of

RECIPE: dict[str, Any] = {
    "when": {"happening": "lesson_cancelled"},
    "conditions": [{"what": "student_instrument", "compare": "is", "value": "Piano"}],
    "actions": [
        {"do": "task", "words": "Ring {family}"},
        {"do": "webhook", "url": "https://example.org/hook"},
    ],
}


def test_an_automation_is_built_changed_switched_copied_and_deleted(api: Api) -> None:
    draft = {"name": "Ring them", "recipe": RECIPE}
    made = ok(api.post("/automations", "owner", draft))["id"]
    ok(api.put(f"/automations/{made}", "owner", {**draft, "name": "Ring", "daily_limit": 5}))
    ok(api.post(f"/automations/{made}/on", "owner"))
    card = ok(api.get(f"/automations/{made}", "owner"))
    assert (card["name"], card["version"], card["is_on"], card["daily_limit"]) == (
        *("Ring", 2, True, 5),
    )
    assert card["sentence"].startswith("When a lesson is cancelled, if the student’s instrument")
    copied = ok(api.post(f"/automations/{made}/copy", "owner"))["id"]
    ok(api.post(f"/automations/{made}/off", "owner"))
    ok(api.delete(f"/automations/{made}", "owner"))
    listed = {row["id"] for row in rows_of(api, "/automations")}
    assert copied in listed
    assert made not in listed
    assert ok(api.get(f"/automations/{made}/runs", "owner"))["rows"] == []


def test_a_secret_is_told_once(api: Api) -> None:
    made = ok(api.post("/automations", "owner", {"name": "Tell", "recipe": RECIPE}))["id"]
    [hook] = ok(api.get(f"/automations/{made}", "owner"))["hooks"]
    path = f"/automations/{made}/webhooks/{hook['hook']}"
    secret = ok(api.post(f"{path}/secret", "owner"))["secret"]
    assert api.post(f"{path}/secret", "owner").status_code == 409
    fresh = ok(api.post(f"{path}/renew", "owner"))["id"]
    again = ok(api.post(f"/automations/{made}/webhooks/{fresh}/secret", "owner"))["secret"]
    assert again != secret


def test_what_cannot_be_kept_is_said_in_a_sentence(api: Api) -> None:
    wrong = {**RECIPE, "actions": [{"do": "task", "words": "{moon}"}]}
    answer = api.post("/automations", "owner", {"name": "Moon", "recipe": wrong})
    assert answer.status_code == 422
    assert "“{moon}” is not known here" in answer.json()["detail"]


def test_it_is_tried_out_before_it_is_kept(api: Api) -> None:
    tried = {**RECIPE, "when": {"happening": "student_added"}, "conditions": []}
    found = ok(api.post("/automations/dry-run", "owner", tried))
    assert found["met"] == found["happened"] > 0
    assert found["would"][0]["actions"][1] == "tell https://example.org/hook"


def test_ready_made_ones_are_taken(api: Api) -> None:
    keys = [one["key"] for one in ok(api.get("/automation-presets", "owner"))]
    made = ok(api.post(f"/automation-presets/{keys[0]}", "owner"))["id"]
    assert not ok(api.get(f"/automations/{made}", "owner"))["is_on"]
    assert api.post("/automation-presets/nothing", "owner").status_code == 404


def test_tasks_are_written_and_ticked_off(api: Api, stage: Stage) -> None:
    details = {"words": "Order strings", "student_id": str(stage.ids["student_id"])}
    made = ok(api.post("/tasks", "owner", details))["id"]
    ok(api.post(f"/tasks/{made}/done", "owner"))
    done = ok(api.get("/tasks?done=true", "owner"))["rows"]
    assert made in [row["id"] for row in done]
    assert made not in [row["id"] for row in rows_of(api, "/tasks")]
    ok(api.delete(f"/tasks/{made}/done", "owner"))
    assert made in [row["id"] for row in rows_of(api, "/tasks")]


def test_tags_are_put_on_found_and_taken_off(api: Api, stage: Stage) -> None:
    path = f"/students/{stage.ids['student_id']}/tags"
    ok(api.put(f"{path}/Grade 5", "owner", None))
    assert "Grade 5" in ok(api.get(path, "teacher"))
    found = ok(api.get("/students?tag=Grade 5", "teacher"))["rows"]
    assert [row["id"] for row in found] == [str(stage.ids["student_id"])]
    ok(api.delete(f"{path}/grade 5", "owner"))
    assert "Grade 5" not in ok(api.get(path, "teacher"))
    assert "Grade 5" not in [row["tag"] for row in rows_of(api, "/tags")]
