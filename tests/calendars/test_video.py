"""Online lessons on a studio's own accounts: in its order, once, and removed when not needed."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

from studio_app.calendars.asking import ask_for_meeting
from studio_app.calendars.commands.video import (
    Provider,
    prefer_video,
)
from studio_app.calendars.due import studios_with_meetings_to_make
from studio_app.calendars.events import MeetingDue
from studio_app.calendars.queries.video import (
    video_accounts,
    video_in_trouble,
    why_it_meets_there,
)
from studio_app.kit.access import Actor
from studio_app.kit.clock import utc_now
from studio_app.scheduling.commands.lessons import (
    cancel_lesson,
    move_lesson,
    restore_lesson,
)
from tests.calendars.online import House, base, house
from tests.standins.surroundings import surroundings
from tests.standins.video import (
    TAKEN_THEN_SILENT,
    refused,
)

__all__ = ["base", "house"]


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
