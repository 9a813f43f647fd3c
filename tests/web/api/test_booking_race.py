"""Many want one slot, over HTTP: one is accepted, the others are told, nobody waits for long."""

import asyncio
import time
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from datetime import time as clock
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest

from studio_app.kit.clock import local_date, to_instant, utc_now
from studio_app.people.commands.students import StudentDetails, add_student
from studio_app.people.commands.teachers import TeacherDetails, add_teacher
from studio_app.scheduling.commands.availability import TeachingHours, offer_hours
from studio_app.scheduling.commands.booking_rules import RuleChange, set_booking_rules
from studio_app.web.api.app import api as application
from tests.calling import Api
from tests.database import rows
from tests.stage import Stage

LONDON = ZoneInfo("Europe/London")
DAY = local_date(utc_now(), LONDON) + timedelta(days=10)


@pytest.fixture(scope="module")
def students(stage: Stage) -> list[str]:
    """Fifty who want the same, and a day with slots for them to want."""
    hours = TeachingHours(8 * 60, 20 * 60, dated_on=DAY, location_id=stage.ids["location_id"])  # type: ignore[arg-type]
    stage.run(stage.cast.tom, offer_hours, stage.cast.teacher_id, hours)
    stage.run(stage.cast.olivia, set_booking_rules, RuleChange(step_minutes=30))
    return [
        str(stage.run(stage.cast.olivia, add_student, StudentDetails(f"Pupil {n}")).student_id)
        for n in range(50)
    ]


def at(hour: int, minute: int = 0) -> datetime:
    return to_instant(DAY, clock(hour, minute), LONDON).astimezone(UTC)


def contend(
    api: Api, stage: Stage, students: list[str], start: datetime, teachers: Sequence[object] = ()
) -> tuple[list[httpx.Response], float]:
    """All at once, on one event loop as a browser's would be; and how long it took."""
    headers = api._bearers["owner"]

    among = teachers or [stage.cast.teacher_id]

    def wish(nth: int, student: str) -> dict[str, Any]:
        return {
            "student_id": student,
            "lesson_type_id": str(stage.ids["lesson_type_id"]),
            "teacher_id": str(among[nth % len(among)]),
            "starts_at": start.isoformat(),
        }

    async def all_at_once() -> list[httpx.Response]:
        way = httpx.ASGITransport(application, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=way, base_url="http://localhost:3000") as client:
            wishes = (wish(nth, one) for nth, one in enumerate(students))
            sent = (client.post("/api/v1/bookings", json=one, headers=headers) for one in wishes)
            return await asyncio.gather(*sent)

    began = time.perf_counter()
    answers = asyncio.run(all_at_once())
    return answers, time.perf_counter() - began


def deadlocks(stage: Stage) -> int:
    query = "select deadlocks from pg_stat_database where datname = current_database()"
    return int(str(rows(stage.database.owner, query)[0][0]))


@pytest.mark.parametrize(("contenders", "hour"), [(16, 9), (16, 10), (50, 11), (50, 12)])
def test_one_slot_has_one_winner(
    api: Api, stage: Stage, students: list[str], contenders: int, hour: int
) -> None:
    answers, _took = contend(api, stage, students[:contenders], at(hour))

    said = Counter(answer.status_code for answer in answers)
    assert said == {202: 1, 409: contenders - 1}, [a.text for a in answers if a.status_code >= 500]
    refused = {answer.json()["detail"] for answer in answers if answer.status_code == 409}
    assert refused == {"That time has just been taken. Please choose another."}
    kept = f"select 1 from lesson where starts_at = '{at(hour)}' and blocking"  # noqa: S608
    assert len(rows(stage.database.owner, kept)) == 1
    asked = f"select 1 from booking where starts_at = '{at(hour)}'"  # noqa: S608
    assert len(rows(stage.database.owner, asked)) == 1
    assert deadlocks(stage) == 0


def test_two_teachers_and_one_room_have_one_winner(
    api: Api, stage: Stage, students: list[str]
) -> None:
    """Which room it will be is found while every room is held: no two are given the same."""
    ruth = stage.run(stage.cast.olivia, add_teacher, TeacherDetails("Ruth Roe"))
    hours = TeachingHours(8 * 60, 20 * 60, dated_on=DAY, location_id=stage.ids["location_id"])  # type: ignore[arg-type]
    stage.run(stage.cast.olivia, offer_hours, ruth, hours)
    for minute in (0, 30):
        start = at(14, minute)
        teachers = [stage.cast.teacher_id, ruth]
        answers, _took = contend(api, stage, students[:16], start, teachers)
        said = Counter(answer.status_code for answer in answers)
        assert said == {202: 1, 409: 15}
    assert deadlocks(stage) == 0
