"""On the stage a teacher is away once, a calendar is read, and a family is asked for another
time."""

from datetime import timedelta
from typing import Any

from sqlmodel import select

from studio_app.calendars.commands.feeds import FeedAbout, make_feed
from studio_app.kit.access import Actor
from studio_app.kit.clock import local_date, utc_now
from studio_app.kit.work import open_work
from studio_app.scheduling.commands.availability import take_time_off
from studio_app.scheduling.commands.lessons import NewLesson, schedule_lesson
from studio_app.scheduling.commands.proposing import propose_times
from studio_app.scheduling.models.availability import Availability
from studio_app.scheduling.wishes import Absence
from tests.booked import LONDON, seven

HOUR = timedelta(hours=1)


def planned_on(stage: Any, canary: str) -> dict[str, Any]:
    """Behind the days on which the others of the stage have something."""
    run, cast, kind = stage.run, stage.cast, stage.ids["lesson_type_id"]
    away = local_date(utc_now(), LONDON) + timedelta(days=40)
    five = seven(away + timedelta(days=2)) + 10 * HOUR
    said: dict[str, Any] = {"despite": f"{canary} agreed"}
    wish = NewLesson(cast.teacher_id, kind, five, (cast.student_id,), **said)
    lesson_id = run(cast.olivia, schedule_lesson, wish)
    times = [five + HOUR, five + 2 * HOUR]
    with open_work(stage.database.app, Actor.system(cast.harmony), take_time_off) as work:
        availability_id = work.session.exec(select(Availability.id)).first()
    return {
        "availability_id": availability_id,
        "time_off_id": run(
            cast.tom, take_time_off, cast.teacher_id, Absence(away, away, reason=f"{canary} fair")
        ),
        "feed_id": run(cast.olivia, make_feed, FeedAbout.TEACHER, cast.teacher_id),
        "asked_lesson_id": lesson_id,
        "time_proposal_id": run(cast.tom, propose_times, lesson_id, times, **said),
    }
