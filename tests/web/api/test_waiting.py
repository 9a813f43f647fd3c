"""Cover, other times, the waitlist, offers and swaps over the API."""

from datetime import date

import pytest

from studio_app.bookings.commands.offers import Vacancy, free
from studio_app.kit.access import Actor
from studio_app.kit.clock import Slot
from studio_app.kit.ids import LessonTypeId
from studio_app.people.commands.students import StudentDetails, add_student
from studio_app.people.commands.teachers import TeacherDetails, add_teacher
from studio_app.scheduling.commands.lessons import NewLesson, cancel_lesson, schedule_lesson
from tests.calling import Api
from tests.stage import Stage
from tests.web.api.planning import AGREED, at, lesson_at, on, starts, teacher_path
from tests.web.api.test_week import ok, rows_of


def test_a_substitute_is_suggested_gives_the_lesson_and_gives_it_back(
    api: Api, stage: Stage
) -> None:
    day = on(58)
    ruth = str(
        stage.run(
            stage.cast.olivia, add_teacher, TeacherDetails("Ruth Roe", instruments=("Piano",))
        )
    )
    given, dropped = lesson_at(stage, at(day, 10)), lesson_at(stage, at(day, 11))
    path = teacher_path(stage, f"cover?first_on={day}&until={day}")
    needs = ok(api.get(path, "owner"))
    cover = {"covers": [{"lesson_id": given, "teacher_id": ruth}], "cancelled": [dropped]}
    done = ok(api.post("/cover", "owner", {**cover, **AGREED}))
    teaches = ok(api.get(f"/lessons/{given}", "owner"))["teacher_id"]
    ok(api.post("/cover/take-back", "owner", done))
    back = [ok(api.get(f"/lessons/{one}", "owner")) for one in (given, dropped)]

    assert [one["lesson_id"] for one in needs] == [given, dropped]
    assert ruth in [one["teacher_id"] for one in needs[0]["substitutes"]]
    assert (done, teaches) == ({"lesson_ids": [given], "cancelled_ids": [dropped]}, ruth)
    assert [(one["teacher_id"], one["status"]) for one in back] == [
        (str(stage.cast.teacher_id), "scheduled"),
        (str(stage.cast.teacher_id), "scheduled"),
    ]
    assert api.post("/cover/end", "owner", {"lesson_ids": [given]}).status_code == 422


def test_other_times_are_proposed_and_one_is_taken(api: Api, stage: Stage) -> None:
    day = on(60)
    lesson = lesson_at(stage, at(day, 10))
    ideas = ok(api.get(f"/lessons/{lesson}/times-to-propose", "teacher"))
    times = [at(day, hour).isoformat() for hour in (11, 12)]
    path = f"/lessons/{lesson}/time-proposals"
    asked = ok(api.post(path, "teacher", {"times": times, "words": "Sorry", **AGREED}))["id"]
    waiting = [row["id"] for row in rows_of(api, "/time-proposals")]
    shown = next(one for one in ok(api.get("/me/time-proposals", "guardian")) if one["id"] == asked)
    ok(api.post(f"/time-proposals/{asked}/accept", "guardian", {"to": shown["times"][1]["at"]}))
    answered = api.post(f"/time-proposals/{asked}/decline", "guardian")

    assert ideas
    assert asked in waiting
    assert (shown["words"], len(shown["times"])) == ("Sorry", 2)
    assert starts(api, lesson) == f"{day}T12:00"
    assert answered.status_code == 409
    second = ok(api.post(path, "teacher", {"times": [at(day, 9).isoformat(), times[0]], **AGREED}))
    ok(api.post(f"/time-proposals/{second['id']}/decline", "guardian"))
    ok(api.post(f"/time-proposals/{second['id']}/withdraw", "teacher"))
    assert second["id"] not in [row["id"] for row in rows_of(api, "/time-proposals")]
    assert starts(api, lesson) == f"{day}T12:00"


@pytest.fixture
def freed(api: Api, stage: Stage) -> str:
    """An hour of Tom's that became free and that Grace, who waits, has been asked about."""
    wait(api, stage)
    day = open_day(api, TAKEN.pop())
    kind = LessonTypeId(stage.ids["lesson_type_id"])
    hours = {"from_minute": 480, "until_minute": 540, "dated_on": str(day)}
    place = {"location_id": str(stage.ids["location_id"])}
    ok(api.post(teacher_path(stage, "hours"), "teacher", {**hours, **place}))
    slot = Slot(at(day, 8), at(day, 9))
    lesson_id = stage.run(
        stage.cast.olivia,
        schedule_lesson,
        NewLesson(stage.cast.teacher_id, kind, slot.starts_at, **AGREED),
    )
    stage.run(stage.cast.olivia, cancel_lesson, lesson_id)
    vacancy = Vacancy(lesson_id, stage.cast.teacher_id, slot)
    found = stage.run(Actor.system(stage.cast.harmony), free, vacancy)
    assert found is not None
    return str(found)


def open_day(api: Api, ahead: int) -> date:
    """The first day from then on that is no bank holiday: families can book on it."""
    held = ok(api.get(f"/holidays?first={on(ahead)}&until={on(ahead + 9)}", "owner"))
    closed = {one["day"] for one in held}
    return next(on(n) for n in range(ahead, ahead + 9) if str(on(n)) not in closed)


TAKEN = [20, 30]
"""Days within the horizon on which a freed hour is offered, one for each test."""


def wait(api: Api, stage: Stage) -> str:
    wanted = {"lesson_type_id": str(stage.ids["lesson_type_id"])}
    wanted["teacher_id"] = str(stage.cast.teacher_id)
    asked = {"student_id": str(stage.cast.student_id), "wanted": wanted}
    return ok(api.post("/waitlist", "guardian", asked))["id"]


def test_a_family_waits_changes_its_mind_and_is_put_back(api: Api, stage: Stage) -> None:
    entry = wait(api, stage)
    other = {
        "lesson_type_id": str(stage.ids["lesson_type_id"]),
        "instrument": "Oboe",
        "times": [{"weekday": 2, "from_minute": 900, "until_minute": 1020}],
    }
    ok(api.put(f"/waitlist/{entry}", "guardian", other))
    [mine] = [one for one in ok(api.get("/me/waiting", "guardian")) if one["id"] == entry]
    ok(api.delete(f"/waitlist/{entry}", "guardian"))
    twice = api.delete(f"/waitlist/{entry}", "guardian")
    ok(api.post(f"/waitlist/{entry}/restore", "guardian"))
    listed = [row["id"] for row in rows_of(api, "/waitlist")]
    ok(api.delete(f"/waitlist/{entry}", "owner"))

    assert (mine["instrument"], mine["when"]) == ("Oboe", "Tuesday 15:00–17:00")
    assert twice.status_code == 409
    assert entry in listed


def test_a_freed_time_is_offered_declined_offered_again_and_taken(
    api: Api, stage: Stage, freed: str
) -> None:
    [row] = [one for one in rows_of(api, "/freed-times") if one["id"] == freed]
    asked = row["asked"][0]["id"]
    ok(api.post(f"/offers/{asked}/decline", "guardian"))
    said = ok(api.get(f"/me/offers/{asked}", "guardian"))
    entry = wait(api, stage)
    suited = [one["waiting_id"] for one in rows_of(api, f"/freed-times/{freed}/waiting")]
    offer = ok(api.post(f"/freed-times/{freed}/offers", "owner", {"waiting_id": entry}))["id"]
    mine = [one["id"] for one in ok(api.get("/me/offers", "guardian"))]
    booking = ok(api.post(f"/offers/{offer}/accept", "guardian"))["id"]
    again = ok(api.post(f"/offers/{offer}/accept", "guardian"))["id"]

    assert (said["state"], said["stands"]) == ("declined", False)
    assert entry in suited
    assert offer in mine
    assert again == booking
    assert ok(api.get(f"/bookings/{booking}", "guardian"))["state"] == "confirmed"
    assert api.post(f"/offers/{offer}/decline", "guardian").status_code == 409


def test_the_office_takes_an_offer_back_and_sees_to_it(api: Api, freed: str) -> None:
    [row] = [one for one in rows_of(api, "/freed-times") if one["id"] == freed]
    ok(api.post(f"/offers/{row['asked'][0]['id']}/withdraw", "owner"))
    ok(api.post(f"/freed-times/{freed}/seen-to", "owner"))
    [after] = [one for one in rows_of(api, "/freed-times") if one["id"] == freed]
    assert (after["state"], after["needs_somebody"]) == ("gone", False)


def test_how_freed_times_are_offered_is_chosen(api: Api) -> None:
    was = ok(api.get("/waitlist-rules", "owner"))
    ok(api.put("/waitlist-rules", "owner", {**was, "answer_minutes": 90}))
    assert ok(api.get("/waitlist-rules", "owner"))["answer_minutes"] == 90
    ok(api.put("/waitlist-rules", "owner", was))


def test_two_lessons_change_places(api: Api, stage: Stage) -> None:
    day = on(62)
    other = stage.run(stage.cast.olivia, add_student, StudentDetails("Wanda")).student_id
    mine, theirs = lesson_at(stage, at(day, 9)), lesson_at(stage, at(day, 11), student_ids=(other,))
    pair = {"lesson_id": mine, "other_id": theirs}
    proposed = ok(api.post("/swaps", "guardian", pair))["id"]
    shown = ok(api.get(f"/me/swaps/{proposed}", "guardian"))
    listed = [one["id"] for one in ok(api.get("/me/swaps", "guardian"))]
    ok(api.post(f"/swaps/{proposed}/withdraw", "guardian"))
    agreed = ok(api.post("/swaps", "guardian", pair))["id"]
    ok(api.post(f"/swaps/{agreed}/accept", "owner"))
    moved = (starts(api, mine), starts(api, theirs))
    ok(api.post(f"/swaps/{agreed}/undo", "owner"))
    now = ok(api.post("/swaps/now", "owner", pair))["id"]

    assert (shown["is_asked"], shown["stands"], proposed in listed) == (False, True, True)
    assert moved == (f"{day}T11:00", f"{day}T09:00")
    assert (starts(api, mine), starts(api, theirs)) == moved
    ok(api.post(f"/swaps/{now}/undo", "owner"))
    refused = ok(api.post("/swaps", "guardian", pair))["id"]
    ok(api.post(f"/swaps/{refused}/decline", "owner"))
    assert starts(api, mine) == f"{day}T09:00"
