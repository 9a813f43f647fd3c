"""What concerns the early morning is told in the night: in the morning it would be too late."""

from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from studio_app.kit.ids import LessonId
from studio_app.messaging.rules.kinds import Channel
from studio_app.messaging.rules.states import MessageStatus
from studio_app.scheduling.commands.changing import change_series
from studio_app.scheduling.commands.lessons import cancel_lesson
from studio_app.scheduling.commands.series import schedule_series
from studio_app.scheduling.wishes import NewSeries, SeriesChange
from tests.database import rows
from tests.messaging.town import Town
from tests.standins.smtp import PostOffice

LONDON = ZoneInfo("Europe/London")
EARLY = datetime(2026, 9, 2, 7, 30, tzinfo=LONDON)
NIGHT = datetime(2026, 9, 1, 21, 30, tzinfo=LONDON)


def weekly(town: Town, first_on: date, at: time, weekday: int) -> LessonId:
    wish = NewSeries(
        town.cast.teacher_id,
        town.kind(),
        first_on,
        at,
        frozenset({weekday}),
        (town.cast.student_id,),
        count=4,
    )
    town.run(town.cast.olivia, schedule_series, wish)
    [found, *_more] = rows(town.database.owner, "select id from lesson order by starts_at")
    return LessonId(UUID(str(found[0])))


def test_a_teacher_hears_at_night_what_is_cancelled_before_the_night_ends(
    town: Town, office: PostOffice
) -> None:
    lesson_id = town.lesson(EARLY)
    town.settle()
    town.now = NIGHT
    town.run(town.cast.olivia, cancel_lesson, lesson_id)
    town.settle()
    assert len(office.letters_to("tom@example.org")) == 2
    letter = town.messages("teacher_day_changed", Channel.EMAIL)[-1]
    assert (letter.status, letter.urgent) == (MessageStatus.SENT, True)


def test_a_booking_for_the_early_morning_is_told_at_night(town: Town, office: PostOffice) -> None:
    town.now = NIGHT
    town.lesson(EARLY)
    town.settle()
    assert len(office.letters_to("grace@example.org")) == 1
    assert len(office.letters_to("tom@example.org")) == 1


def test_a_booking_for_later_waits_for_the_morning(town: Town, office: PostOffice) -> None:
    town.now = NIGHT
    town.lesson(EARLY.replace(hour=8, minute=30))
    town.settle()
    assert office.letters_to("grace@example.org") == []


def test_a_weekly_lesson_that_begins_early_is_told_at_night(town: Town, office: PostOffice) -> None:
    town.now = NIGHT
    weekly(town, EARLY.date(), EARLY.time(), EARLY.isoweekday())
    town.settle()
    kinds = {m.kind for m in town.messages(channel=Channel.EMAIL) if m.sent_at}
    assert kinds == {"series_booked", "lesson_reminder", "teacher_series_changed"}
    assert len(office.letters_to("grace@example.org")) == 2


def test_a_weekly_lesson_that_would_have_begun_early_is_told_at_night(
    town: Town, office: PostOffice
) -> None:
    lesson_id = weekly(town, EARLY.date(), EARLY.time(), EARLY.isoweekday())
    town.settle()
    town.now = NIGHT
    later = SeriesChange(to=datetime(2026, 9, 2, 17, 0))  # noqa: DTZ001  on the studio's wall
    town.run(town.cast.olivia, change_series, lesson_id, later)
    town.settle()
    assert town.messages("series_changed", Channel.EMAIL) != []
    assert len(office.letters_to("grace@example.org")) == 2
