"""What a phone sends when signal returns: over the cookie of its own page, each mark once."""

from datetime import timedelta
from typing import Any

import httpx
import pytest

from studio_app.attendance.commands import mark_seat, undo_mark
from studio_app.attendance.queries import mark_history
from studio_app.attendance.rules import Outcome
from studio_app.kit.clock import utc_now
from studio_app.kit.ids import LessonId, SeatId, new_id
from studio_app.scheduling.commands.lessons import NewLesson, schedule_lesson
from studio_app.scheduling.queries.lessons import lesson_details
from tests.calling import Api
from tests.stage import Stage

PHONE = "/attendance/phone"


@pytest.fixture
def seat(stage: Stage, hours: list[int]) -> SeatId:
    """A lesson of Tom's that is over, of which nobody has said anything."""
    wish = NewLesson(
        stage.cast.teacher_id,
        stage.ids["lesson_type_id"],  # type: ignore[arg-type]
        starts_at=utc_now() - timedelta(days=3, hours=hours.pop()),
        student_ids=(stage.cast.student_id,),
    )
    lesson_id: LessonId = stage.run(stage.cast.olivia, schedule_lesson, wish)
    [found] = stage.run(stage.cast.olivia, lesson_details, lesson_id).students
    return found.seat_id


@pytest.fixture(scope="module")
def hours() -> list[int]:
    return list(range(2, 60, 2))


@pytest.fixture
def holder(api: Api) -> str:
    return api.get(PHONE, "teacher").json()["holder"]


def tap(seat: SeatId, outcome: str, seen: str = "unmarked", *, order: int = 1) -> dict[str, Any]:
    return {
        "key": str(new_id()),
        "order": order,
        "seat_id": str(seat),
        "outcome": outcome,
        "seen": seen,
    }


def send(api: Api, who: str, holder: str, *marks: dict[str, Any]) -> httpx.Response:
    return api.post(PHONE, who, {"holder": holder, "marks": list(marks)})


def became(answer: httpx.Response) -> list[str]:
    assert answer.status_code == 200, answer.text
    return [one["became"] for one in answer.json()]


def history(stage: Stage, seat: SeatId) -> list[str]:
    found = stage.run(stage.cast.olivia, mark_history, seat)
    return [mark.outcome.value for mark in found]


def test_marks_are_taken_in_the_order_of_the_taps(
    api: Api, stage: Stage, seat: SeatId, holder: str
) -> None:
    first, second = tap(seat, "present", order=7), tap(seat, "late", "present", order=8)

    answer = send(api, "teacher", holder, second, first)

    assert [one["key"] for one in answer.json()] == [first["key"], second["key"]]
    assert (became(answer), history(stage, seat)) == (["done", "done"], ["late", "present"])


def test_a_batch_sent_twice_is_taken_once(
    api: Api, stage: Stage, seat: SeatId, holder: str
) -> None:
    mark = tap(seat, "present")
    first = send(api, "teacher", holder, mark)
    again = send(api, "teacher", holder, mark, mark)

    assert (became(first), became(again)) == (["done"], ["done", "done"])
    assert history(stage, seat) == ["present"]


def test_one_that_is_refused_stops_no_other(
    api: Api, stage: Stage, seat: SeatId, holder: str
) -> None:
    answer = send(
        api, "teacher", holder, tap(SeatId(new_id()), "present"), tap(seat, "late", order=2)
    )

    assert became(answer) == ["refused", "done"]
    assert answer.json()[0]["sentence"]
    assert history(stage, seat) == ["late"]


def test_what_was_refused_is_taken_when_it_may_be(
    api: Api, stage: Stage, seat: SeatId, holder: str
) -> None:
    stage.run(stage.cast.olivia, mark_seat, seat, Outcome.EXCUSED)
    mark = tap(seat, "present")
    differs = send(api, "teacher", holder, mark)
    assert became(differs) == ["differs"]
    assert "Excused" in differs.json()[0]["sentence"]
    stage.run(stage.cast.olivia, undo_mark, seat)

    assert became(send(api, "teacher", holder, tap(seat, "present"))) == ["done"]


def test_marks_of_one_person_are_not_sent_as_another(
    api: Api, stage: Stage, seat: SeatId, holder: str
) -> None:
    mark = tap(seat, "present")

    as_owner = send(api, "owner", holder, mark)
    signed_out = send(api, "nobody", holder, mark)
    stranger = send(api, "stranger", holder, mark)

    assert [one.status_code for one in (as_owner, signed_out, stranger)] == [409, 401, 409]
    assert history(stage, seat) == []
    assert became(send(api, "teacher", holder, mark)) == ["done"]


def test_a_stranger_marks_nothing_here(api: Api, stage: Stage, seat: SeatId) -> None:
    theirs = api.get(PHONE, "stranger").json()["holder"]
    assert became(send(api, "stranger", theirs, tap(seat, "present"))) == ["refused"]
    assert history(stage, seat) == []


@pytest.mark.parametrize(
    "wrong", [{"outcome": "asleep"}, {"key": ""}, {"order": -1}, {"seen": None}, {"seat_id": "x"}]
)
def test_what_makes_no_sense_is_refused_whole(
    api: Api, stage: Stage, seat: SeatId, holder: str, wrong: dict[str, Any]
) -> None:
    answer = send(api, "teacher", holder, {**tap(seat, "present"), **wrong})
    assert answer.status_code == 422
    assert history(stage, seat) == []
