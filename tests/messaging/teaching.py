"""Weekly lessons of Tom, with room for a second student, and what teachers hear of them."""

from datetime import date, datetime, time
from uuid import UUID

from studio_app.kit.ids import EnrolmentId, LessonId, SeriesId, StudentId, TeacherId
from studio_app.people.commands.teachers import TeacherDetails, add_teacher
from studio_app.scheduling.commands.lesson_types import LessonTypeDetails, add_lesson_type
from studio_app.scheduling.commands.series import schedule_series
from studio_app.scheduling.wishes import NewSeries, SeriesChange
from tests.database import rows
from tests.messaging.town import Town
from tests.standins.smtp import PostOffice

KIND = "teacher_series_changed"

TOM, ANNA = "tom@example.org", "anna@example.org"
MONDAY = date(2026, 9, 14)
AT_FIVE = SeriesChange(to=datetime(2026, 9, 14, 17, 0))  # noqa: DTZ001  on the studio's wall
AT_FOUR = SeriesChange(to=datetime(2026, 9, 14, 16, 0))  # noqa: DTZ001


def with_room(town: Town) -> None:
    """Lessons here have room for a second student."""
    details = LessonTypeDetails("Piano lesson", 30, capacity=2)
    town.ids["kind"] = town.run(town.cast.olivia, add_lesson_type, details)


def weekly(town: Town, *, every: int = 1) -> SeriesId:
    """On Mondays at four, not told of yet."""
    wish = NewSeries(
        town.cast.teacher_id,
        town.kind(),
        MONDAY,
        time(16, 0),
        frozenset({1}),
        (town.cast.student_id,),
        count=4,
        every_weeks=every,
    )
    return town.run(town.cast.olivia, schedule_series, wish)


def first(town: Town, nth: int = 0) -> LessonId:
    found = rows(town.database.owner, "select id from lesson order by starts_at")
    return LessonId(UUID(str(found[nth][0])))


def subjects(office: PostOffice, to: str = TOM) -> list[str]:
    return [letter["Subject"] for letter in office.letters_to(to)]


def anna(town: Town) -> TeacherId:
    return town.run(town.cast.olivia, add_teacher, TeacherDetails("Anna Ash", ANNA))


def enrolment_of(town: Town, student_id: StudentId) -> EnrolmentId:
    found = rows(
        town.database.owner,
        f"select id from enrolment where student_id = '{student_id}' order by id desc",  # noqa: S608
    )
    return EnrolmentId(UUID(str(found[0][0])))
