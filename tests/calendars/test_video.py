"""Online lessons on a studio's own accounts: in its order, once, and removed when not needed."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import select

from studio_app.calendars.asking import ask_for_meeting
from studio_app.calendars.commands.meetings import make_due_meetings
from studio_app.calendars.commands.video import (
    HostMissing,
    NewAccount,
    NoSuchName,
    Provider,
    SecretMissing,
    connect_video,
    disconnect_video,
    prefer_video,
    try_video,
)
from studio_app.calendars.due import studios_with_meetings_to_make
from studio_app.calendars.events import MeetingDue
from studio_app.calendars.models import MeetingRequest, VideoAccount
from studio_app.calendars.queries.meetings import meeting_links
from studio_app.calendars.queries.video import (
    video_accounts,
    video_in_trouble,
    why_it_meets_there,
)
from studio_app.kit.access import Actor
from studio_app.kit.clock import utc_now
from studio_app.kit.delivery import deliver_waiting
from studio_app.kit.errors import Forbidden, NotFound
from studio_app.kit.ids import LessonId, LessonTypeId
from studio_app.kit.work import open_work, run
from studio_app.scheduling.commands.lesson_types import LessonTypeDetails, add_lesson_type
from studio_app.scheduling.commands.lessons import (
    NewLesson,
    cancel_lesson,
    move_lesson,
    restore_lesson,
    schedule_lesson,
)
from tests.cast import Cast, cast_of
from tests.database import Database
from tests.standins.surroundings import surroundings
from tests.standins.video import (
    ACCOUNT,
    CLIENT,
    HOST,
    SECRET,
    TAKEN_THEN_SILENT,
    Teams,
    Zoom,
    refused,
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


def test_a_lesson_meets_where_the_studio_would_have_it(house: House) -> None:
    house.connect(Provider.ZOOM, Provider.TEAMS)
    one = house.lesson()
    house.deliver()
    (meeting,) = house.zoom.meetings.values()
    assert house.link(one) == meeting["join_url"]
    assert meeting["topic"] == "Piano"  # nobody's name leaves the house
    assert house.do(why_it_meets_there, one) == ""
    house.tick()
    assert (house.zoom.asked, house.teams.asked) == (1, 0)


def test_the_order_is_the_studios(house: House) -> None:
    house.connect(Provider.ZOOM, Provider.TEAMS)
    house.do(prefer_video, Provider.TEAMS, earlier=True)
    house.do(prefer_video, Provider.TEAMS, earlier=True)  # it is first already
    one = house.lesson()
    house.deliver()
    assert house.link(one).startswith("https://teams.example/")
    assert [one.title for one in house.do(video_accounts)] == ["Teams", "Zoom"]
    house.do(prefer_video, Provider.TEAMS, earlier=False)
    assert [one.title for one in house.do(video_accounts)] == ["Zoom", "Teams"]


def test_without_an_account_it_is_jitsi_at_once_and_nobody_is_asked(house: House) -> None:
    one = house.lesson()
    house.deliver()
    assert house.link(one).startswith("https://meet.jit.si/")
    assert (house.zoom.asked, house.teams.asked) == (0, 0)
    assert house.do(why_it_meets_there, one) == ""


def test_who_fails_is_passed_over_down_to_jitsi_and_it_is_said(house: House) -> None:
    house.connect(Provider.ZOOM, Provider.TEAMS)
    house.zoom.script(refused(500))
    house.teams.script(refused(403))
    one = house.lesson()
    house.deliver()
    assert house.link(one).startswith("https://meet.jit.si/")
    assert house.do(why_it_meets_there, one) == (
        "Zoom did not answer. Teams does not let the studio make meetings. Jitsi was used."
    )
    assert house.do(video_in_trouble) == ["Teams does not let the studio make meetings."]


def test_what_may_have_been_made_is_not_asked_for_again(house: House) -> None:
    house.connect(Provider.ZOOM, Provider.TEAMS)
    house.zoom.script(TAKEN_THEN_SILENT)
    with surroundings(studio_vendor_patience="0.5"):
        one = house.lesson()
        house.deliver()
    assert house.link(one).startswith("https://teams.example/")
    assert house.do(why_it_meets_there, one) == "Zoom did not answer. Teams was used."
    house.change("update video_account set resting_until = null")
    house.tick()
    assert (house.zoom.asked, house.teams.asked) == (1, 1)
    assert [each.state for each in house.asked()] == ["doubtful", "made"]


def test_who_asks_to_be_left_alone_is_left_alone_until_then(house: House) -> None:
    house.connect(Provider.ZOOM, Provider.TEAMS)
    house.zoom.script(refused(429, retry_after="600"))
    first = house.lesson()
    house.deliver()
    second = house.lesson()
    house.deliver()
    assert house.zoom.asked == 1
    assert house.do(why_it_meets_there, first) == "Zoom had too much to do. Teams was used."
    assert house.do(why_it_meets_there, second) == "Zoom had too much to do. Teams was used."
    house.change("update video_account set resting_until = now() - interval '1 second'")
    third = house.lesson()
    house.deliver()
    assert house.link(third).startswith("https://zoom.example/")


def test_a_moved_lesson_meets_anew_and_the_old_meeting_is_removed(house: House) -> None:
    house.connect(Provider.ZOOM)
    one = house.lesson()
    house.deliver()
    before = house.link(one)
    later = house.began + timedelta(hours=60)
    house.do(move_lesson, one, to=later.replace(tzinfo=None), despite="Agreed")
    assert house.link(one) == ""
    house.deliver()
    (meeting,) = house.zoom.meetings.values()
    assert house.link(one) == meeting["join_url"] != before
    assert [each.state for each in house.asked()] == ["removed", "made"]


def test_a_cancelled_lesson_leaves_nothing_and_put_back_meets_anew(house: House) -> None:
    house.connect(Provider.ZOOM)
    one = house.lesson()
    house.deliver()
    house.do(cancel_lesson, one)
    house.deliver()
    assert (house.zoom.meetings, house.link(one)) == ({}, "")
    house.do(restore_lesson, one)
    house.deliver()
    (meeting,) = house.zoom.meetings.values()
    assert house.link(one) == meeting["join_url"]


def test_what_cannot_be_removed_now_is_removed_later(house: House) -> None:
    house.connect(Provider.ZOOM)
    one = house.lesson()
    house.deliver()
    house.zoom.removing = [refused(503)]
    house.do(cancel_lesson, one)
    house.deliver()
    assert len(house.zoom.meetings) == 1
    assert house.cast.harmony in studios_with_meetings_to_make(house.database.app, utc_now())
    house.change("update video_account set resting_until = null")
    house.tick()
    assert house.zoom.meetings == {}
    assert studios_with_meetings_to_make(house.database.app, utc_now()) == []


def test_two_workers_at_once_make_one_meeting(house: House) -> None:
    house.connect(Provider.ZOOM)
    one = house.lesson()
    house.change("delete from procrastinate_jobs where args->>'subscriber' like '%arrange%'")
    both, app = Barrier(2), house.database.app

    def work_on() -> None:
        both.wait()
        ask_for_meeting(app, Actor.system(house.cast.harmony), MeetingDue(one))

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(work_on) for _ in range(2)]:
            done.result()
    assert house.zoom.made == 1
    assert house.link(one).startswith("https://zoom.example/")


def test_an_answer_that_came_too_late_is_taken_away_again(house: House) -> None:
    house.connect(Provider.ZOOM, Provider.TEAMS)
    one = house.lesson()
    system = Actor.system(house.cast.harmony)

    def others_take_over() -> None:
        house.zoom.before_answering = None
        house.change("update meeting_request set asked_at = now() - interval '3 minutes'")
        ask_for_meeting(house.database.app, system, MeetingDue(one))

    house.zoom.before_answering = others_take_over
    ask_for_meeting(house.database.app, system, MeetingDue(one))
    assert house.link(one).startswith("https://teams.example/")
    house.deliver()
    assert house.zoom.meetings == {}
    assert house.link(one).startswith("https://teams.example/")


def test_an_account_is_tried_by_making_and_removing_a_meeting(house: House) -> None:
    house.connect(Provider.ZOOM)
    house.do(try_video, Provider.ZOOM)
    assert house.do(video_accounts)[0].trying
    house.deliver()
    (shown, other) = house.do(video_accounts)
    assert (house.zoom.made, house.zoom.meetings) == (1, {})
    assert (shown.trying, shown.trouble, bool(shown.worked)) == (False, "", True)
    assert (other.title, other.place) == ("Teams", 0)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (NewAccount(ACCOUNT, CLIENT, "not it", HOST), "does not accept these ids"),
        (NewAccount(ACCOUNT, CLIENT, SECRET, "nobody@harmony.example"), "does not know the user"),
    ],
)
def test_what_is_wrong_with_an_account_is_said_in_words(
    house: House, wrong: NewAccount, said: str
) -> None:
    house.do(connect_video, Provider.TEAMS, wrong)
    house.deliver()
    (shown, _zoom) = house.do(video_accounts)
    assert said in shown.trouble
    assert len(house.do(video_in_trouble)) == 1
    house.do(connect_video, Provider.TEAMS, OURS)
    house.deliver()
    assert house.do(video_accounts)[0].trouble == ""
    assert house.do(video_in_trouble) == []


def test_a_secret_is_kept_sealed_and_told_to_nobody(house: House) -> None:
    house.connect(Provider.ZOOM)
    with house.work() as work:
        kept = work.session.exec(select(VideoAccount)).one()
        audit = text(
            "select count(*) from audit_change where (before::text || after::text) like :s"
        )
        told = work.session.connection().execute(audit, {"s": f"%{kept.sealed_secret}%"}).scalar()
    assert SECRET not in kept.sealed_secret
    assert told == 0
    assert SECRET not in repr(house.do(video_accounts))
    house.do(connect_video, Provider.ZOOM, NewAccount(ACCOUNT, CLIENT, "", HOST))  # keeps it
    house.deliver()
    assert house.do(video_accounts)[0].trouble == ""


def test_a_secret_that_cannot_be_opened_any_more_is_a_refusal(house: House) -> None:
    house.connect(Provider.ZOOM)
    house.change("update video_account set sealed_secret = repeat('A', 80)")
    one = house.lesson()
    house.deliver()
    assert house.link(one).startswith("https://meet.jit.si/")
    assert house.do(video_in_trouble) == ["Zoom did not accept the studio’s account."]


def test_disconnected_it_is_asked_no_more_and_what_was_made_stays(house: House) -> None:
    house.connect(Provider.ZOOM)
    one = house.lesson()
    house.deliver()
    before = house.link(one)
    house.do(disconnect_video, Provider.ZOOM)
    two = house.lesson()
    house.deliver()
    assert house.link(one) == before
    assert house.link(two).startswith("https://meet.jit.si/")
    house.do(cancel_lesson, one)
    house.deliver()
    assert [each.state for each in house.asked()] == ["lost"]


def test_what_makes_no_sense_is_refused(house: House) -> None:
    for wrong, refusal in (
        (NewAccount("../x", CLIENT, SECRET, HOST), NoSuchName),
        (NewAccount(ACCOUNT, CLIENT, SECRET, ".."), NoSuchName),
        (NewAccount(ACCOUNT, CLIENT, "", HOST), SecretMissing),
        (NewAccount(ACCOUNT, CLIENT, SECRET, ""), HostMissing),
    ):
        with pytest.raises(refusal):
            house.do(connect_video, Provider.TEAMS, wrong)
    with pytest.raises(NotFound):
        house.do(try_video, Provider.TEAMS)


def test_only_who_configures_the_studio_sees_and_changes_it(house: House) -> None:
    house.connect(Provider.ZOOM)
    app, cast = house.database.app, house.cast
    for who in (cast.tom, cast.grace):
        with pytest.raises(Forbidden):
            run(app, who, video_accounts)
        with pytest.raises(Forbidden):
            run(app, who, connect_video, Provider.ZOOM, OURS)
    assert [one.place for one in run(app, cast.rita, video_accounts)] == [0, 0]
    with pytest.raises(NotFound):
        run(app, cast.rita, disconnect_video, Provider.ZOOM)
    one = house.lesson()
    house.zoom.script(refused(500))
    house.deliver()
    assert run(app, cast.rita, why_it_meets_there, one) == ""
