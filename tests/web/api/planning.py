"""Days, lessons and paths of the stage that tests of planning share."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from studio_app.kit.clock import local_date, to_instant, utc_now
from studio_app.scheduling.commands.lessons import NewLesson, schedule_lesson
from tests.calling import Api
from tests.stage import Stage
from tests.web.api.test_week import ok

LONDON = ZoneInfo("Europe/London")
TODAY = local_date(utc_now(), LONDON)
AGREED: dict[str, Any] = {"despite": "Agreed with everybody"}


def on(days: int) -> date:
    """So many days ahead: each test has days of its own on the one stage."""
    return TODAY + timedelta(days=days)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return to_instant(day, time(hour, minute), LONDON)


def teacher_path(stage: Stage, rest: str) -> str:
    return f"/teachers/{stage.ids['teacher_id']}/{rest}"


def lesson_at(stage: Stage, when: datetime, **other: Any) -> str:
    kind: Any = stage.ids["lesson_type_id"]
    given = {"lesson_type_id": kind, "student_ids": (stage.cast.student_id,), **AGREED, **other}
    wish = NewLesson(stage.cast.teacher_id, starts_at=when, **given)
    return str(stage.run(stage.cast.olivia, schedule_lesson, wish))


def starts(api: Api, lesson_id: str) -> str:
    return ok(api.get(f"/lessons/{lesson_id}", "owner"))["starts"]
