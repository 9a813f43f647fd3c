"""Hours, days off, rules, classes, feeds and marks over the API, as a program plans with them."""

from datetime import date, datetime, timedelta

from studio_app.calendars.commands.meetings import make_due_meetings
from studio_app.kit.access import Actor
from studio_app.kit.clock import utc_now
from studio_app.kit.ids import new_id
from studio_app.people.commands.students import StudentDetails, add_student
from studio_app.scheduling.commands.lesson_types import LessonTypeDetails, add_lesson_type
from tests.calling import Api
from tests.stage import Stage
from tests.web.api.planning import AGREED, at, lesson_at, on, starts, teacher_path
from tests.web.api.test_week import ok, rows_of


def test_hours_are_offered_found_changed_put_back_and_withdrawn(api: Api, stage: Stage) -> None:
    day = on(45)
    hours = {"from_minute": 540, "until_minute": 660, "dated_on": str(day), "slot_minutes": 60}
    where = {"location_id": str(stage.ids["location_id"])}
    made = ok(api.post(teacher_path(stage, "hours"), "teacher", {**hours, **where}, key="h1"))["id"]
    again = ok(api.post(teacher_path(stage, "hours"), "teacher", {**hours, **where}, key="h1"))
    wanted = f"lesson_type_id={stage.ids['lesson_type_id']}&first_on={day}&until={on(46)}"
    found = ok(api.get(f"/open-times?{wanted}&student_id={stage.cast.student_id}", "teacher"))
    was = ok(api.put(f"/hours/{made}", "teacher", {**hours, "slot_minutes": None}))
    wider = ok(api.get(f"/open-times?{wanted}&teacher_id={stage.cast.teacher_id}", "owner"))
    ok(api.put(f"/hours/{made}", "teacher", was))
    mine = ok(api.get("/me/hours", "teacher"))
    ok(api.delete(f"/hours/{made}", "teacher"))

    assert again["id"] == made
    begins = [datetime.fromisoformat(one["starts_at"]) for one in found["openings"]]
    assert (begins, found["zone"]) == ([at(day, 9), at(day, 10)], "Europe/London")
    assert {one["teacher_id"] for one in found["openings"]} == {str(stage.cast.teacher_id)}
    assert len(wider["openings"]) > len(begins)
    assert (was["slot_minutes"], was["location_id"]) == (60, where["location_id"])
    assert made in [row["id"] for row in mine["dated"]]
    now = ok(api.get(teacher_path(stage, "hours"), "owner"))
    assert (now["teacher"], made in [row["id"] for row in now["dated"]]) == ("Tom Teal", False)


def test_who_does_not_teach_has_no_hours(api: Api) -> None:
    assert api.get("/me/hours", "owner").status_code == 404


def test_a_day_is_called_off_and_taught_after_all(api: Api, stage: Stage) -> None:
    day = on(47)
    lesson = lesson_at(stage, at(day, 15))
    ahead = ok(
        api.post(
            teacher_path(stage, "times-off/ahead"),
            "teacher",
            {"first_on": str(day), "last_on": str(day)},
        )
    )
    off = ok(api.post(teacher_path(stage, "cancel-days"), "teacher", {"day": str(day)}))
    again = ok(api.post(teacher_path(stage, "cancel-days"), "teacher", {"day": str(day)}))
    gone = ok(api.get(f"/lessons/{lesson}", "owner"))["status"]
    back = ok(api.post(f"/times-off/{off['time_off_id']}/restore", "teacher"))

    assert ahead["lessons"] == 1
    assert (off["lessons"], off["families"], gone) == (1, 1, "cancelled")
    assert (again["time_off_id"], again["lessons"]) == (None, 0)
    assert back == {"lessons": 1, "taken": 0}
    assert ok(api.get(f"/lessons/{lesson}", "owner"))["status"] == "scheduled"


def test_a_time_off_keeps_its_lessons_and_is_taken_back(api: Api, stage: Stage) -> None:
    away = {"first_on": str(on(48)), "last_on": str(on(48)), "from_minute": 60, "reason": "Fair"}
    made = ok(api.post(teacher_path(stage, "times-off"), "teacher", away))["id"]
    listed = ok(api.get("/me/hours", "teacher"))["away"]
    was = ok(api.delete(f"/times-off/{made}", "teacher"))

    assert made in [row["id"] for row in listed]
    assert was == {**away, "until_minute": 1440}


def test_booking_rules_are_the_studios_and_a_kinds_own(api: Api, stage: Stage) -> None:
    kind = f"/lesson-types/{stage.ids['lesson_type_id']}/booking-rules"
    before = ok(api.get("/booking-rules", "owner"))["studio"]["own"]
    ok(api.put("/booking-rules", "owner", {**before, "lead_minutes": 60, "horizon_days": 200}))
    ok(api.put(kind, "owner", {"lead_minutes": 120}))
    held = ok(api.get(kind, "owner"))
    ok(api.put(kind, "owner", {}))
    ok(api.put("/booking-rules", "owner", before))

    assert (held["rules"]["lead_minutes"], held["rules"]["horizon_days"]) == (120, 200)
    assert (held["own"]["lead_minutes"], held["own"]["horizon_days"]) == (120, None)
    assert held["said"] == ["2 hours before at the latest"]


def test_a_class_has_a_roster_and_a_guest_on_one_day(api: Api, stage: Stage) -> None:
    day = on(50)
    band = ok(api.post("/lesson-types", "owner", {"name": "Band", "minutes": 60, "capacity": 2}))
    wish = {
        "teacher_id": str(stage.cast.teacher_id),
        "lesson_type_id": band["id"],
        "first_on": str(day),
        "at": "19:00:00",
        "weekdays": [day.isoweekday()],
        "count": 3,
        "name": "Friday Band",
    }
    series = ok(api.post("/series", "owner", {"series": wish, **AGREED}))["id"]
    guest = stage.run(stage.cast.olivia, add_student, StudentDetails("Gus")).student_id
    member = ok(
        api.post(
            f"/series/{series}/students/{stage.cast.student_id}", "owner", {"starts_on": str(day)}
        )
    )["id"]
    [row] = [one for one in rows_of(api, "/classes") if one["series_id"] == series]
    [lesson] = ok(api.get(f"/classes/{series}?on={day}", "teacher"))["lessons"]
    path = f"/lessons/{lesson['id']}/students"
    ok(api.put(f"{path}/{guest}", "owner"))
    ok(api.delete(f"{path}/{stage.cast.student_id}", "owner"))
    [then] = ok(api.get(f"/classes/{series}?on={day}", "teacher"))["lessons"]
    ok(api.post(f"/enrolments/{member}/leave", "owner", {"last_on": str(day)}))
    later = ok(api.get(f"/classes/{series}", "owner"))

    assert (row["name"], row["places"]) == ("Friday Band", "1 of 2")
    assert [(one["student"], one["is_guest"]) for one in then["here"]] == [("Gus", True)]
    assert [one["student"] for one in then["excused"]] == ["Sam Gray"]
    assert [len(one["here"]) for one in later["lessons"]] == [1, 0, 0]
    assert ok(api.get(f"/classes/{series}?on={on(51)}", "owner"))["lessons"] == []


def test_a_calendar_has_an_address_that_is_renewed_and_ended(api: Api, stage: Stage) -> None:
    made = ok(api.post("/calendar-feeds", "guardian", {"about": "own"}))["id"]
    again = ok(api.post("/calendar-feeds", "guardian", {"about": "own"}))["id"]
    fresh = ok(api.post(f"/calendar-feeds/{made}/renew", "guardian"))["id"]
    [own] = ok(api.get("/me/calendar-feeds", "guardian"))
    [link] = own["links"]
    path = "/feeds/" + link["address"].rpartition("/")[2]
    read = api.get(path, "nobody")
    office = [one for one in rows_of(api, "/calendar-feeds") if one["about"] == "own"]
    ok(api.delete(f"/calendar-feeds/{fresh}", "guardian"))

    assert (again, link["id"]) == (made, fresh)
    assert read.text.startswith("BEGIN:VCALENDAR")
    assert [one["address"] for choice in office for one in choice["links"]] == [""]
    assert api.get(path, "nobody").status_code == 404


def weekly_on(api: Api, stage: Stage, day: date, clock: str) -> str:
    """The first lesson of a series of Tom's that begins then."""
    wish = {
        "teacher_id": str(stage.cast.teacher_id),
        "lesson_type_id": str(stage.ids["lesson_type_id"]),
        "first_on": str(day),
        "at": clock,
        "weekdays": [day.isoweekday()],
        "count": 2,
    }
    made = ok(api.post("/series", "owner", {"series": wish, **AGREED}))["id"]
    found = ok(api.get(f"/calendar?first={day}&until={day + timedelta(days=1)}", "owner"))
    [first] = [one for one in found["lessons"] if one["series_id"] == made]
    return first["id"]


def test_a_lesson_is_rescheduled_and_the_reason_to_go_ahead_is_asked_for(
    api: Api, stage: Stage
) -> None:
    lesson = lesson_at(stage, at(on(64), 10))
    away = {"first_on": str(on(65)), "last_on": str(on(65))}
    off = ok(api.post(teacher_path(stage, "times-off"), "teacher", away))["id"]
    to = {"to": f"{on(65)}T10:00:00"}
    weekly = weekly_on(api, stage, on(64), "12:00:00")
    change = {"change": {"to": f"{on(65)}T12:00:00"}, "scope": "this"}
    one_of_them = f"/lessons/{weekly}/change-series"
    warned_too = api.post(one_of_them, "owner", change)
    ok(api.post(one_of_them, "owner", {**change, **AGREED}))
    warned = api.post(f"/lessons/{lesson}/reschedule", "teacher", to)
    ok(api.post(f"/lessons/{lesson}/reschedule", "teacher", {**to, **AGREED}))
    ok(api.delete(f"/times-off/{off}", "teacher"))

    assert (warned.status_code, warned.json()["give"]) == (422, "despite")
    assert "Tom Teal is away then." in warned.json()["detail"]
    assert (warned_too.status_code, warned_too.json()["give"]) == (422, "despite")
    assert starts(api, lesson) == f"{on(65)}T10:00"
    assert starts(api, weekly) == f"{on(65)}T12:00"


def test_what_nobody_has_marked_is_listed_marked_and_taken_back(api: Api, stage: Stage) -> None:
    lesson = lesson_at(stage, utc_now() - timedelta(days=2, hours=1))
    [seat] = ok(api.get(f"/lessons/{lesson}/attendance", "teacher"))

    def unmarked() -> list[str]:
        return [row["seat_id"] for row in rows_of(api, "/attendance/unmarked")]

    assert (seat["outcome"], seat["seat_id"] in unmarked()) == ("unmarked", True)
    ok(api.put(f"/seats/{seat['seat_id']}/mark", "teacher", {"outcome": "no_show"}))
    ok(api.put(f"/seats/{seat['seat_id']}/mark", "teacher", {"outcome": "late"}))
    assert ok(api.get(f"/lessons/{lesson}/attendance", "teacher"))[0]["outcome"] == "late"
    assert seat["seat_id"] not in unmarked()
    ok(api.post("/attendance/undo", "teacher", {"seat_ids": [seat["seat_id"]]}))
    assert ok(api.get(f"/lessons/{lesson}/attendance", "teacher"))[0]["outcome"] == "no_show"
    soon = api.get("/attendance/unmarked?days=0", "teacher")
    assert (soon.status_code, api.get(f"/lessons/{new_id()}/attendance", "owner").json()) == (
        *(422, []),
    )


def test_an_online_lesson_says_where_it_meets(api: Api, stage: Stage) -> None:
    wired = LessonTypeDetails("On the wire", minutes=30, is_online=True)
    kind = stage.run(stage.cast.olivia, add_lesson_type, wired)
    lesson = lesson_at(stage, at(on(3), 21), lesson_type_id=kind)
    path = f"/lessons/{lesson}/meeting"
    before = api.get(path, "guardian")
    stage.run(Actor.system(stage.cast.harmony), make_due_meetings)

    assert before.status_code == 404
    assert ok(api.get(path, "guardian"))["address"].startswith("https://")
    assert api.get(path, "stranger").status_code == 404
    assert (
        api.get(f"/lessons/{lesson_at(stage, at(on(3), 20))}/meeting", "owner").status_code == 404
    )
