"""Harmony teaches over the wire, with a Zoom and a Teams of its own to make the meetings."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import select

from studio_app.calendars.commands.meetings import make_due_meetings
from studio_app.calendars.commands.video import (
    NewAccount,
    Provider,
    connect_video,
)
from studio_app.calendars.models import MeetingRequest
from studio_app.calendars.queries.meetings import meeting_links
from studio_app.kit.access import Actor
from studio_app.kit.clock import utc_now
from studio_app.kit.delivery import deliver_waiting
from studio_app.kit.ids import LessonId, LessonTypeId
from studio_app.kit.work import open_work, run
from studio_app.scheduling.commands.lesson_types import LessonTypeDetails, add_lesson_type
from studio_app.scheduling.commands.lessons import (
    NewLesson,
    cancel_lesson,
    schedule_lesson,
)
from tests.cast import Cast, cast_of
from tests.database import Database
from tests.standins.video import (
    ACCOUNT,
    CLIENT,
    HOST,
    SECRET,
    Teams,
    Zoom,
    teams_peer,
    zoom_peer,
)

OURS = NewAccount(ACCOUNT, CLIENT, SECRET, HOST)
HOUR = timedelta(hours=1)


@dataclass
class House:
    """Harmony with lessons over the wire, a Zoom and a Teams."""

    database: Database
    cast: Cast
    zoom: Zoom
    teams: Teams
    kind: LessonTypeId
    began: datetime
    hours: int = 30
    lessons: list[LessonId] = field(default_factory=list[LessonId])

    def do(self, use_case: Callable[..., Any], *args: Any, **more: Any) -> Any:
        return run(self.database.app, self.cast.olivia, use_case, *args, **more)

    def connect(self, *providers: Provider) -> None:
        for provider in providers:
            self.do(connect_video, provider, OURS)
        self.deliver()
        for peer in (self.zoom, self.teams):
            peer.made = peer.asked = 0

    def lesson(self) -> LessonId:
        """Each an hour after the one before; all of them soon."""
        self.hours += 1
        starts_at = self.began + self.hours * HOUR
        who = (self.cast.student_id,)
        wish = NewLesson(
            self.cast.teacher_id, self.kind, starts_at, student_ids=who, despite="Agreed"
        )
        self.lessons.append(self.do(schedule_lesson, wish))
        return self.lessons[-1]

    def deliver(self) -> None:
        deliver_waiting(self.database.app)

    def tick(self) -> None:
        run(self.database.app, Actor.system(self.cast.harmony), make_due_meetings)
        self.deliver()

    def link(self, lesson_id: LessonId) -> str:
        return self.do(meeting_links, [lesson_id]).get(lesson_id, "")

    def asked(self) -> list[MeetingRequest]:
        with self.work() as work:
            return list(work.session.exec(select(MeetingRequest).order_by("asked_at")))

    def work(self) -> Any:
        return open_work(self.database.app, Actor.system(self.cast.harmony), make_due_meetings)

    def change(self, what: str) -> None:
        """What only time does."""
        with self.work() as work:
            work.session.connection().execute(text(what))


@pytest.fixture(scope="module")
def base(cloned: Database) -> tuple[Cast, LessonTypeId]:
    with cloned.app.begin() as connection:
        cast = cast_of(connection, utc_now())
    kind = LessonTypeDetails("Piano", minutes=30, is_online=True)
    return cast, run(cloned.app, cast.olivia, add_lesson_type, kind)


@pytest.fixture
def house(cloned: Database, base: tuple[Cast, LessonTypeId]) -> Iterator[House]:
    cast, kind = base
    now = utc_now().replace(minute=0, second=0, microsecond=0)
    with zoom_peer() as zoom, teams_peer() as teams:
        house = House(cloned, cast, zoom, teams, kind, now)
        yield house
        for lesson_id in house.lessons:
            run(cloned.app, cast.olivia, cancel_lesson, lesson_id)
        zoom.script()
        zoom.removing.clear()
        zoom.before_answering = None
        house.change("update video_account set resting_until = null")
        house.deliver()
        house.change("delete from meeting")
        house.change("delete from meeting_request")
        house.change("delete from video_account")
