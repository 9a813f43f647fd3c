"""The same over HTTP: fifty bookings, moves and cancels at once have an order."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import httpx
import pytest

from studio_app.people.commands.students import StudentDetails, add_student
from studio_app.people.commands.teachers import TeacherDetails, add_teacher
from tests.calling import Api
from tests.scheduling.linear_diary import Asked, Book, Cancel, Diary, Look, Move, Said, Slot
from tests.scheduling.linear_run import CALLS, Round, overlapping, unexplained
from tests.stage import Stage
from tests.web.api.planning import AGREED, LONDON, at, on
from tests.web.api.test_week import ok

HALF_HOUR = timedelta(minutes=30)
GONE = ("This lesson is cancelled.", "This lesson was asked for")


@dataclass(frozen=True)
class Desk:
    """The diaries of one day as the owner's program asks for them."""

    api: Api
    day: date
    teachers: tuple[str, ...]
    students: tuple[str, ...]
    kind: str

    def ask(self, asked: Asked, nth: int) -> object:
        match asked:
            case Book():
                return self._booked(asked, nth)
            case Move():
                return self._moved(asked)
            case Cancel():
                return ok(self.api.post(f"/lessons/{asked.lesson}/cancel", "owner", {}))
            case Look():
                return self._seen(asked)

    def _booked(self, asked: Book, nth: int) -> str:
        wish = {
            "teacher_id": self.teachers[asked.teacher],
            "lesson_type_id": self.kind,
            "starts_at": self._begin(asked.slot).isoformat(),
        }
        student = self.students[nth]
        if nth % 2:
            sent = {**wish, "student_ids": [student], **AGREED}
            answer = self.api.post("/lessons", "owner", sent)
            return Said.TAKEN if answer.status_code == 409 else ok(answer)["id"]
        answer = self.api.post("/bookings", "owner", {**wish, "student_id": student})
        if answer.status_code == 409:
            return Said.TAKEN
        return ok(self.api.get(ok(answer)["status_url"], "owner"))["lesson_id"]

    def _moved(self, asked: Move) -> Slot | Said:
        to = {"to": self._begin(asked.to).isoformat(), **AGREED}
        answer = self.api.post(f"/lessons/{asked.lesson}/move", "owner", to)
        if answer.status_code == 409:
            return Said.TAKEN
        if answer.status_code == 422 and is_gone(answer):
            return Said.GONE
        return self._slot(datetime.fromisoformat(ok(answer)["starts_at"]))

    def _seen(self, asked: Look) -> Diary:
        span = f"first={self.day}&until={self.day + timedelta(days=1)}"
        path = f"/calendar?{span}&teacher_id={self.teachers[asked.teacher]}"
        return frozenset(
            (one["id"], self._slot(datetime.fromisoformat(one["starts"]).replace(tzinfo=LONDON)))
            for one in ok(self.api.get(path, "owner"))["lessons"]
            if one["status"] != "cancelled"
        )

    def _begin(self, slot: Slot) -> datetime:
        return at(self.day, 15) + slot * HALF_HOUR

    def _slot(self, starts_at: datetime) -> Slot:
        return (starts_at - self._begin(0)) // HALF_HOUR


def is_gone(answer: httpx.Response) -> bool:
    return answer.json()["detail"].startswith(GONE)


@pytest.fixture(scope="module")
def cast(stage: Stage) -> dict[str, Any]:
    """Two who teach, and a student for every call."""
    run, olivia = stage.run, stage.cast.olivia
    teachers = [run(olivia, add_teacher, TeacherDetails(name)) for name in ("Una Uhl", "Vic Voss")]
    students = [run(olivia, add_student, StudentDetails(f"Nr{n}")).student_id for n in range(CALLS)]
    return {"teachers": tuple(map(str, teachers)), "students": tuple(map(str, students))}


def test_what_every_program_was_answered_has_an_order(
    api: Api, stage: Stage, cast: dict[str, Any]
) -> None:
    kind = str(stage.ids["lesson_type_id"])
    holidays = ok(api.get(f"/holidays?first={on(20)}&until={on(40)}", "owner"))
    closed = {one["day"] for one in holidays}
    days = [on(n) for n in range(20, 40) if str(on(n)) not in closed][:3]
    for seed, day in enumerate(days):
        hours = {"from_minute": 900, "until_minute": 1080, "dated_on": str(day)}
        for teacher in cast["teachers"]:
            ok(api.post(f"/teachers/{teacher}/hours", "owner", {**hours, "slot_minutes": 30}))

        history = Round(Desk(api, day, kind=kind, **cast).ask, seed).play()

        assert unexplained(history) == []
        assert overlapping(history) > CALLS
        assert Said.TAKEN in {call.answer for call in history}
