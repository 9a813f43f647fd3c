"""A studio's week over the API: plan, teach, bill, be paid; each resource once."""

from datetime import date, timedelta
from typing import Any

import httpx
import pytest

from studio_app.scheduling.bank_holidays_gateway import bank_holidays
from tests.calling import Api
from tests.stage import CANARY, Stage

POUNDS_20 = {"minor": 2000, "currency": "GBP"}


def ok(answer: httpx.Response) -> Any:
    assert answer.status_code < 300, answer.text
    return answer.json() if answer.content else None


def rows_of(api: Api, path: str) -> list[dict[str, Any]]:
    return ok(api.get(f"{path}?limit=200", "owner"))["rows"]


@pytest.fixture
def tomorrow(stage: Stage, api: Api) -> date:
    lesson = ok(api.get(f"/lessons/{stage.ids['lesson_id']}", "owner"))
    return date.fromisoformat(lesson["on"])


def test_a_student_with_a_parent_is_added_changed_put_away_and_brought_back(api: Api) -> None:
    new = {"details": {"first_name": "Noor", "last_name": "Haddad"}}
    parent = {"name": "Lena Haddad", "email": "lena@example.org"}
    student_id = ok(api.post("/students", "owner", {**new, "guardian": parent}))["student_id"]

    ok(api.put(f"/students/{student_id}/status", "owner", {"status": "waiting"}))
    card = ok(api.get(f"/students/{student_id}", "owner"))
    ok(api.delete(f"/students/{student_id}", "owner"))
    gone = ok(api.get("/students?q=Noor", "owner"))["rows"]
    ok(api.post(f"/students/{student_id}/restore", "owner"))

    assert (card["status"], card["guardians"][0]["name"]) == ("waiting", "Lena Haddad")
    assert gone == []
    assert [row["name"] for row in ok(api.get("/people?q=noor", "owner"))] == ["Noor Haddad"]


def test_students_come_a_page_at_a_time(api: Api) -> None:
    for n in range(5):
        ok(api.post("/students", "owner", {"details": {"first_name": f"Page{n}"}}))
    seen: list[str] = []
    after = ""
    while True:
        page = ok(api.get(f"/students?q=page&limit=2{after}", "owner"))
        seen += [row["name"] for row in page["rows"]]
        if page["next_after"] is None:
            break
        after = f"&after={page['next_after']}"

    assert sorted(seen) == [f"Page{n}" for n in range(5)]


def test_the_calendar_shows_what_is_asked_for(stage: Stage, api: Api, tomorrow: date) -> None:
    span = f"first={tomorrow}&until={tomorrow + timedelta(days=1)}"

    everything = ok(api.get(f"/calendar?{span}", "owner"))
    of_tom = ok(api.get(f"/calendar?{span}&teacher_id={stage.ids['teacher_id']}", "owner"))
    elsewhere = ok(api.get(f"/calendar?{span}&room_id={stage.ids['location_id']}", "owner"))

    assert [lesson["id"] for lesson in everything["lessons"]] == [str(stage.ids["lesson_id"])]
    assert of_tom == everything
    assert (elsewhere["lessons"], everything["zone"]) == ([], "Europe/London")


def test_a_family_sees_its_own_lessons_only(stage: Stage, api: Api) -> None:
    [mine] = ok(api.get("/lessons/upcoming", "guardian"))

    assert mine["lesson_id"] == str(stage.ids["lesson_id"])
    assert ok(api.get("/lessons/upcoming", "stranger")) == []


def test_a_lesson_is_planned_asked_about_moved_and_moved_back(
    stage: Stage, api: Api, tomorrow: date
) -> None:
    wish = {"teacher_id": str(stage.ids["teacher_id"]), "starts_at": f"{tomorrow}T09:00:00"}
    wish["lesson_type_id"] = str(stage.ids["lesson_type_id"])
    lesson_id = ok(api.post("/lessons", "owner", wish, key="lesson-1"))["id"]
    taken = ok(api.post(f"/lessons/{lesson_id}/conflicts", "owner", {"to": f"{tomorrow}T16:00:00"}))

    was = ok(api.post(f"/lessons/{lesson_id}/move", "owner", {"to": f"{tomorrow}T11:00:00"}))
    moved = ok(api.get(f"/lessons/{lesson_id}", "owner"))
    back = {"to": was["starts_at"], "minutes": was["minutes"]}
    ok(api.post(f"/lessons/{lesson_id}/move", "owner", back))

    assert taken["conflicts"]
    assert moved["starts"] == f"{tomorrow}T11:00"
    assert ok(api.get(f"/lessons/{lesson_id}", "owner"))["starts"] == f"{tomorrow}T09:00"


def test_a_series_is_previewed_made_and_ended(stage: Stage, api: Api, tomorrow: date) -> None:
    wish = {
        "teacher_id": str(stage.ids["teacher_id"]),
        "lesson_type_id": str(stage.ids["lesson_type_id"]),
        "first_on": str(tomorrow),
        "at": "07:30:00",
        "weekdays": [tomorrow.isoweekday()],
        "count": 12,
    }
    preview = ok(api.post("/series/preview", "owner", wish))
    made = ok(api.post("/series", "owner", {"series": wish}, key="series-1"))
    again = ok(api.post("/series", "owner", {"series": wish}, key="series-1"))
    toms = f"teacher_id={stage.ids['teacher_id']}"
    day = ok(api.get(f"/lessons?on={tomorrow}&{toms}", "owner"))["lessons"]
    first = min(day, key=lambda lesson: lesson["starts_at"])["id"]
    ended = ok(api.post(f"/lessons/{first}/end-series", "owner", {"scope": "all"}))

    days = [tomorrow + timedelta(weeks=n) for n in range(12)]
    off = bank_holidays("GB", "ENG", days[0], days[-1] + timedelta(days=1))
    closed = 1 + sum(day in off for day in days)  # the stage's own, and those of the calendar
    assert (len(preview["days"]), preview["closed"]) == (12, closed)
    assert made == again
    assert (ended["series_id"], len(ended["lesson_ids"])) == (made["id"], 12 - closed)


def test_places_and_the_year_are_set_up_and_put_away(stage: Stage, api: Api) -> None:
    location_id = ok(api.post("/locations", "owner", {"name": "Mill"}))["id"]
    room_id = ok(api.post(f"/locations/{location_id}/rooms", "owner", {"name": "Attic"}))["id"]
    ok(api.put(f"/rooms/{room_id}", "owner", {"name": "Loft", "max_capacity": 3}))
    kind = ok(api.post("/lesson-types", "owner", {"name": "Flute", "minutes": 45}))["id"]
    term = {"name": "Late", "starts_on": "2027-01-04", "ends_on": "2027-03-26"}
    term_id = ok(api.post("/terms", "owner", term))["id"]
    ahead = ok(api.get("/closures/ahead?first_on=2027-02-01&last_on=2027-02-05", "owner"))
    closed = {"name": "Snow", "first_on": "2027-02-01", "last_on": "2027-02-05"}
    closure_id = ok(api.post("/closures", "owner", closed))["id"]
    holiday = ok(api.get("/holidays?first=2026-12-20&until=2026-12-31", "owner"))[0]
    ok(api.post("/holidays/ignore", "owner", {"name": holiday["key"]}))

    [mill] = [one for one in rows_of(api, "/locations") if one["id"] == location_id]
    assert mill["rooms"][0]["name"] == "Loft"
    assert ahead["lessons"] >= 0
    assert not ok(api.get("/holidays?first=2026-12-20&until=2026-12-31", "owner"))[0]["observed"]
    ok(api.delete(f"/closures/{closure_id}", "owner"))
    ok(api.delete(f"/terms/{term_id}", "owner"))
    ok(api.delete(f"/lesson-types/{kind}", "owner"))
    ok(api.delete(f"/locations/{location_id}", "owner"))
    assert location_id not in {one["id"] for one in rows_of(api, "/locations")}


def test_a_mark_is_made_undone_and_remembered(stage: Stage, api: Api) -> None:
    seat = f"/seats/{stage.ids['seat_id']}"
    ok(api.put(f"{seat}/mark", "teacher", {"outcome": "late", "note": "bus"}))
    ok(api.delete(f"{seat}/mark", "teacher"))

    assert len(ok(api.get(f"{seat}/marks", "teacher"))) >= 3


def test_money_is_charged_billed_paid_taken_back_and_explained(stage: Stage, api: Api) -> None:
    family = f"/families/{stage.ids['family_id']}"
    before = ok(api.get(f"{family}/balance", "guardian"))["minor"]
    ok(api.post(f"{family}/fees", "owner", {"amount": POUNDS_20, "description": "Exam"}))
    today = date.fromisoformat(ok(api.get("/audit?limit=1", "owner"))["rows"][0]["at"][:10])
    preview = ok(api.get(f"/billing/months/{today}", "owner"))
    undecided = [one["seat_id"] for one in preview["to_decide"]]
    billed = ok(
        api.post(f"/billing/months/{today}", "owner", {"leaving": undecided, "sending": True})
    )["invoice_ids"]
    mine = (one for one in billed if api.get(f"/invoices/{one}", "guardian").status_code == 200)
    invoice_id = next(mine)
    paid = {"amount": POUNDS_20, "method": "bank", "received_on": str(today), "key": "bank-7"}
    payment_id = ok(api.post(f"{family}/payments", "owner", paid))["id"]
    again = ok(api.post(f"{family}/payments", "owner", paid))["id"]

    assert payment_id == again
    assert ok(api.get(f"{family}/balance", "guardian"))["minor"] == before
    assert ok(api.get(f"/invoices/{invoice_id}/computed", "guardian"))["matches"]
    ok(api.post(f"/payments/{payment_id}/reverse", "owner"))
    assert api.post(f"/payments/{payment_id}/reverse", "owner").status_code == 409
    assert ok(api.get("/payments", "owner"))["rows"][0]["reversed"]
    credit = {"reason": "Exam called off"}
    ok(api.post(f"/invoices/{invoice_id}/credit-notes", "owner", credit))
    assert ok(api.get(f"{family}/balance", "guardian"))["minor"] == before
    statement = ok(api.get(f"{family}/statement", "guardian"))
    assert statement["lines"][-1]["balance_minor"] == before
    assert rows_of(api, "/price-plans")[0]["amount"]["minor"] == 2500


def test_invoices_come_a_page_at_a_time_newest_first(api: Api) -> None:
    page = ok(api.get("/invoices?limit=1", "owner"))
    rest = ok(api.get(f"/invoices?limit=200&before={page['next_before']}", "owner"))

    numbers = [row["number"] for row in (*page["rows"], *rest["rows"])]
    assert numbers == sorted(numbers, reverse=True)
    assert len(set(numbers)) == len(numbers)


def test_a_file_is_uploaded_checked_decided_applied_and_taken_back(api: Api) -> None:
    text = (
        "Pupil,Parent,Parent email\nUma Fox,Vi Fox,vi@example.org\nEd Fox,Vi Fox,vi@example.org\n"
    )
    file = {"file": ("contacts.csv", text.encode("utf-16"))}
    batch_id = ok(api.post("/imports", "owner", files=file, key="file-1"))["id"]
    assert ok(api.post("/imports", "owner", files=file, key="file-1"))["id"] == batch_id
    ok(api.post(f"/imports/{batch_id}/check", "owner"))
    preview = ok(api.get(f"/imports/{batch_id}?limit=1&page=2", "owner"))
    [row] = preview["rows"]
    ok(api.put(f"/import-rows/{row['id']}", "owner", {"decision": "skip"}))
    applied = ok(api.post(f"/imports/{batch_id}/apply", "owner", {}))
    [family] = ok(api.get(f"/imports/{batch_id}/balances", "owner"))["families"]
    owed = {"family_key": family["family_key"], "owed": {"minor": 1200, "currency": "GBP"}}
    ok(api.put(f"/imports/{batch_id}/balances", "owner", {**owed, "on": "2026-08-31"}))
    posted = ok(api.post(f"/imports/{batch_id}/balances/post", "owner"))
    again = api.post(f"/imports/{batch_id}/balances/post", "owner")
    undone = ok(api.post(f"/imports/{batch_id}/undo", "owner"))

    assert (preview["pages"], applied["added"], applied["left_out"]) == (2, 1, 1)
    assert (family["family"], family["students"], posted) == ("Fox", "Uma", {"posted": 1})
    assert again.status_code == 409
    assert undone["removed"] >= 1
    assert ok(api.get("/students?q=uma", "owner"))["rows"] == []


def test_members_are_invited_and_roles_widened(stage: Stage, api: Api) -> None:
    ok(api.post("/invitations", "owner", {"email": "new@example.org", "role": "teacher"}))
    ok(api.put("/roles/teacher/grants/people.manage", "owner", {"allowed": True}))
    wider = api.put(f"/students/{stage.ids['student_id']}/status", "teacher", {"status": "active"})
    ok(api.put("/roles/teacher/grants/people.manage", "owner", {"allowed": False}))
    narrow = api.put(f"/students/{stage.ids['student_id']}/status", "teacher", {"status": "active"})

    assert "new@example.org" in {row["email"] for row in rows_of(api, "/invitations")}
    assert (wider.status_code, narrow.status_code) == (204, 403)
    owner = next(row for row in rows_of(api, "/members") if row["role"] == "owner")
    last = api.delete(f"/members/{owner['person_id']}/roles/owner", "owner")
    assert last.status_code == 409


def test_the_audit_says_who_did_it_and_holds_no_secret(stage: Stage, api: Api) -> None:
    page = ok(api.get(f"/audit?row_id={stage.ids['student_id']}", "owner"))
    everything = api.get("/audit?limit=200", "owner").text

    assert page["rows"][0]["changes"]
    assert CANARY in everything
    assert "token_hash" not in everything
    assert "password" not in everything
