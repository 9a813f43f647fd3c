"""Who hears what becomes of weekly lessons."""

from datetime import date, datetime, time
from uuid import UUID

from studio_app.kit.ids import LessonId
from studio_app.messaging.rules.kinds import Channel
from studio_app.scheduling.commands.changing import change_series
from studio_app.scheduling.commands.enrolments import join_series, take_joining_back
from studio_app.scheduling.commands.lesson_types import LessonTypeDetails, add_lesson_type
from studio_app.scheduling.commands.series import end_series, resume_series, schedule_series
from studio_app.scheduling.wishes import NewSeries, SeriesChange
from tests.database import rows
from tests.messaging.town import Town, words_of
from tests.standins.smtp import PostOffice

MONDAY = date(2026, 9, 14)
ON_TUESDAY = SeriesChange(to=datetime(2026, 9, 15, 17, 0))  # noqa: DTZ001  on the studio's wall


def weekly(town: Town) -> LessonId:
    """On Mondays at four; its first lesson."""
    wish = NewSeries(
        town.cast.teacher_id,
        town.kind(),
        MONDAY,
        time(16, 0),
        frozenset({1}),
        (town.cast.student_id,),
        count=4,
    )
    town.run(town.cast.olivia, schedule_series, wish)
    town.settle()
    [first, *_more] = rows(town.database.owner, "select id from lesson order by starts_at")
    return LessonId(UUID(str(first[0])))


def test_a_series_changed_before_its_first_lesson_is_told(town: Town, office: PostOffice) -> None:
    lesson_id = weekly(town)
    town.run(town.cast.olivia, change_series, lesson_id, ON_TUESDAY)
    town.settle()
    _booked, changed = office.letters_to("grace@example.org")
    assert changed["Subject"] == "Sam Gray: the weekly lesson changes"
    assert "17:00" in words_of(changed)


def test_a_series_taken_up_again_is_told_to_who_heard_of_its_end(
    town: Town, office: PostOffice
) -> None:
    lesson_id = weekly(town)
    for heard in (False, True):
        before = len(town.messages("series_changed", Channel.EMAIL))
        ended = town.run(town.cast.olivia, end_series, lesson_id)
        if heard:
            town.settle()
        town.run(town.cast.olivia, resume_series, ended.series_id, ended.lesson_ids)
        town.settle()
        assert len(town.messages("series_changed", Channel.EMAIL)) == before + heard
    assert len(office.letters_to("grace@example.org")) == 3


def test_who_is_taken_back_from_a_class_at_once_hears_nothing(
    town: Town, office: PostOffice
) -> None:
    cast = town.cast
    band = town.run(cast.olivia, add_lesson_type, LessonTypeDetails("Band", 60, capacity=6))
    wish = NewSeries(cast.teacher_id, band, MONDAY, time(16, 0), frozenset({1}), ())
    series_id = town.run(cast.olivia, schedule_series, wish)
    town.settle()
    before = {one.id for one in town.messages()}
    for _again in range(2):
        joined = town.run(cast.olivia, join_series, series_id, cast.student_id, starts_on=MONDAY)
        town.deliver()
        town.run(cast.olivia, take_joining_back, joined)
        town.settle()
    told = [one for one in town.messages() if one.id not in before]
    assert told
    assert {one.status for one in told} == {"skipped"}
    assert office.letters_to("grace@example.org") == []
    ended = town.run(cast.olivia, join_series, series_id, cast.student_id, starts_on=MONDAY)
    town.settle()
    assert len(office.letters_to("grace@example.org")) == 1
    assert ended
