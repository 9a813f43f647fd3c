"""What programs are told of jobs, and what they may do about them."""

from tests.calling import Api


def test_jobs_come_with_their_schedule_and_run_on_request(api: Api) -> None:
    jobs = api.get("/jobs", "owner").json()["rows"]
    [series] = [one for one in jobs if one["name"] == "extend every series"]
    assert series["schedule"].startswith("Every day at ")
    runs = "/jobs/extend%20every%20series/runs"
    before = len(api.get(runs, "owner").json()["rows"])

    made = api.post(runs, "owner", key="now")
    again = api.post(runs, "owner", key="now")
    refused = api.post(runs, "owner", key="once more")

    assert (made.status_code, again.json(), refused.status_code) == (201, made.json(), 409)
    listed = api.get(runs, "owner").json()["rows"]
    assert (len(listed), listed[0]["id"]) == (before + 1, made.json()["id"])
    assert listed[0]["asked_by"] == "Olivia Owen"


def test_runs_are_turned_by_their_slots(api: Api) -> None:
    runs = "/jobs/put%20charges%20right/runs"
    api.post(runs, "owner")
    only = api.get(f"{runs}?limit=1", "owner").json()
    assert only["next_after"] is None
    slot = only["rows"][0]["slot"]
    assert api.get(runs, "owner", params={"after": slot}).json()["rows"] == []


def test_an_unknown_job_is_not_found(api: Api) -> None:
    assert api.get("/jobs/sweep/runs", "owner").status_code == 404
    assert api.post("/jobs/sweep/runs", "owner").status_code == 404


def test_a_dead_letter_is_listed_counted_retried_and_not_found_afterwards(api: Api) -> None:
    [letter] = api.get("/dead-letters", "owner").json()["rows"]
    assert (letter["attempts"], letter["error_type"]) == (5, "OSError")
    counted = api.get("/backlog", "owner").json()["rows"]
    assert sum(one["dead"] for one in counted) == 1

    here = f"/dead-letters/{letter['id']}"
    assert api.post(f"{here}/retry", "stranger").status_code == 404
    assert api.post(f"{here}/retry", "owner").status_code == 204
    assert api.post(f"{here}/retry", "owner").status_code == 404
    assert api.post(f"{here}/discard", "owner", {"reason": "late"}).status_code == 404
    assert api.get("/dead-letters", "owner").json()["rows"] == []
    assert api.post("/dead-letters/retry", "owner").json() == {"n": 0}
