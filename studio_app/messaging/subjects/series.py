"""Messages about weekly lessons as a whole."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select
from sqlmodel import col

from studio_app.kit.clock import local_date
from studio_app.kit.formats import say_date, say_list
from studio_app.kit.ids import SeriesId, StudentId
from studio_app.kit.words import _
from studio_app.messaging import paths
from studio_app.messaging.access.lessons import own_students
from studio_app.messaging.subjects.told import Answer, Telling, Told
from studio_app.people.models import Student, Teacher
from studio_app.scheduling.access.series import plan_of
from studio_app.scheduling.access.setup import is_online
from studio_app.scheduling.models.series import Enrolment, Series
from studio_app.scheduling.models.setup import LessonType, Location, Room
from studio_app.scheduling.phrases import plan_text
from studio_app.scheduling.rules.states import EnrolmentState


def tell(telling: Telling) -> Answer:
    """The weekly lessons that are still as the message wants to say, the first of them in words."""
    found = [telling.work.session.get(Series, SeriesId(i)) for i in telling.message.about_ids]
    series = next((one for one in found if one is not None), None)
    if series is None:
        return _("The weekly lesson is not there any more.")
    students = own_students(telling.work, telling.recipient.contact_id)
    asked = {StudentId(UUID(each)) for each in telling.message.facts.get("students", ())}
    if telling.rehearsed:
        students = asked
    students = students & asked if asked else students
    names = _enrolled(telling, series, students)
    if not names:
        return _("Nobody of this family takes part any more.")
    if telling.message.kind == "series_booked" and not telling.rehearsed:
        names = _enrolled(telling, series, students, for_good=True)
        if not names:
            return _("It is not decided, or was taken back.")
    if telling.message.kind == "series_ended":
        return _ended(telling, series, names)
    today = local_date(telling.work.now, telling.house.zone)
    over = series.ended_on is not None and series.ended_on < today
    if over and not telling.rehearsed:
        return _("The weekly lesson has ended.")
    return Told(plan_words(telling, series, names), paths.PORTAL_SCHEDULE)


def _ended(telling: Telling, series: Series, names: list[str]) -> Answer:
    last = telling.message.facts.get("last")
    left = telling.message.facts.get("enrolment")
    enrolment = telling.work.session.get(Enrolment, UUID(left)) if left else None
    if left and (enrolment is None or str(enrolment.ends_on) != last):
        return _("The weekly lesson goes on after all.")
    if last is None and series.ended_on is None:
        return _("The weekly lesson goes on after all.")
    day = date.fromisoformat(last) if last else series.ended_on
    said = say_date(day, telling.language) if day else ""
    words = plan_words(telling, series, names) | {"until": said}
    return Told(words, paths.PORTAL_SCHEDULE)


def plan_words(telling: Telling, series: Series, names: list[str]) -> dict[str, str]:
    """Who, what, with whom, when and where a weekly lesson is, in the reader's language."""
    run = telling.work.session.connection().execute
    place: ColumnElement[str] = func.concat_ws(", ", col(Room.name), col(Location.name))
    named: Select[*tuple[Any, ...]] = select(
        col(Teacher.name),
        col(LessonType.name).label("kind"),
        place.label("place"),
        is_online().label("is_online"),
    )
    query = (
        named.select_from(Series)
        .join(Teacher, col(Teacher.id) == col(Series.teacher_id))
        .join(LessonType, col(LessonType.id) == col(Series.lesson_type_id))
        .outerjoin(Room, col(Room.id) == col(Series.room_id))
        .outerjoin(Location, col(Location.id) == col(Room.location_id))
        .where(col(Series.id) == series.id)
    )
    row: Any = run(query).one()
    language = telling.language
    from_on = telling.message.facts.get("from_on")
    begins = date.fromisoformat(from_on) if from_on else series.first_on
    plan = plan_of(telling.work, series)
    return {
        "student": say_list(names, language) if names else "",
        "lesson": row.kind,
        "teacher": row.name,
        "rhythm": telling.say(plan_text(plan, language, telling.house.zone)),
        "from_on": say_date(begins, language),
        "until": "",
        "where": telling.say(_("online")) if row.is_online else row.place,
    }


def _enrolled(
    telling: Telling, series: Series, students: set[StudentId], *, for_good: bool = False
) -> list[str]:
    """Those of these students who take part, or took part until it ended; `for_good` those who
    do from now on, with the studio's yes."""
    name = func.btrim(col(Student.first_name) + " " + col(Student.last_name))
    query = (
        select(name)
        .join(Enrolment, col(Enrolment.student_id) == col(Student.id))
        .where(col(Enrolment.series_id) == series.id, col(Student.id).in_(students))
        .distinct()
        .order_by(name)
    )
    if for_good:
        today = local_date(telling.work.now, telling.house.zone)
        query = query.where(
            col(Enrolment.state) == EnrolmentState.ACTIVE,
            func.coalesce(col(Enrolment.ends_on), today) >= today,
        )
    return list(telling.work.session.connection().execute(query).scalars())
