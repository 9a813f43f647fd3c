"""Messages to a teacher about their weekly lessons as a whole."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlmodel import col

from studio_app.kit.clock import local_date
from studio_app.kit.formats import say_date
from studio_app.kit.ids import EnrolmentId, SeriesId, StudentId
from studio_app.kit.words import Text, _
from studio_app.messaging import paths
from studio_app.messaging.access.teaching import columns_of, last_of
from studio_app.messaging.rules.teaching import (
    NOT_THEIRS,
    Change,
    as_attended,
    as_taught,
    change_between,
)
from studio_app.messaging.subjects.series import plan_words
from studio_app.messaging.subjects.told import Answer, Telling, Told
from studio_app.people.models import Student
from studio_app.scheduling.access.series import plan_of
from studio_app.scheduling.models.series import Enrolment, Series
from studio_app.scheduling.rules.states import EnrolmentState

_OF_ALL: Mapping[Change, Text] = {
    Change.NEW: _("a new weekly lesson"),
    Change.CHANGED: _("the weekly lesson changes"),
    Change.ENDS: _("the weekly lesson ends"),
    Change.GOES_ON: _("the weekly lesson goes on after all"),
}
_OF_ONE: Mapping[Change, Text] = {
    Change.NEW: _("joins the weekly lesson"),
    Change.CHANGED: _("stays in the weekly lesson after all"),
    Change.ENDS: _("leaves the weekly lesson"),
    Change.GOES_ON: _("stays in the weekly lesson after all"),
}


def tell(telling: Telling) -> Answer:
    """What became of the weekly lesson, if that is still so."""
    facts = telling.message.facts
    series = telling.work.session.get(Series, SeriesId(telling.message.about_ids[0]))
    if series is None:
        return _("The weekly lesson is not there any more.")
    if not telling.rehearsed:
        outdated = _outdated(telling, series)
        if outdated is not None:
            return outdated
    change = change_between(facts.get("before", ""), facts.get("now", "rehearsed"))
    words = plan_words(telling, series, _names(telling, series))
    words["lesson"] = series.name or words["lesson"]
    words["student"] = words["student"] or words["lesson"]
    words["what"] = telling.say(_what(telling, change, words["teacher"]))
    words["until"] = _until(telling, series) if change is not Change.GONE else ""
    if change is Change.ENDS:
        words["from_on"] = ""
    return Told(words, paths.teachers_week(_day(telling, series)))


def _outdated(telling: Telling, series: Series) -> Text | None:
    """Why it is no news any more: a newer message tells what is so now, if anything has to."""
    facts, work = telling.message.facts, telling.work
    now = as_taught(columns_of(series), facts["teacher"])
    if "enrolment" in facts:
        enrolment = work.session.get(Enrolment, EnrolmentId(UUID(facts["enrolment"])))
        if enrolment is None:
            return _("The place is not there any more.")
        last = last_of(work, enrolment)
        now = as_attended({**columns_of(last), "starts_on": enrolment.starts_on.isoformat()})
        taught_by = work.session.get_one(Series, last.series_id).teacher_id
        if str(taught_by) != facts["teacher"]:
            return _("The weekly lesson is another teacher’s now.")
    elif facts.get("before") == NOT_THEIRS and _is_undecided(telling, series):
        return _("It has not been decided.")
    if now != facts["now"]:
        return _("It became different again meanwhile.")
    today, ends = local_date(work.now, telling.house.zone), plan_of(work, series, as_ended=False)
    if ends.last_on is not None and ends.last_on < today:
        return _("The weekly lesson is over.")
    return None


def _is_undecided(telling: Telling, series: Series) -> bool:
    """Everybody's place in it waits for the studio's yes."""
    query = select(func.bool_and(col(Enrolment.state) == EnrolmentState.PROVISIONAL)).where(
        col(Enrolment.series_id) == series.id
    )
    return bool(telling.work.session.connection().execute(query).scalar())


def _what(telling: Telling, change: Change, teacher: str) -> Text:
    if change is Change.GONE:
        return _("the weekly lesson is given to {teacher}", teacher=teacher)
    return (_OF_ONE if "enrolment" in telling.message.facts else _OF_ALL)[change]


def _until(telling: Telling, series: Series) -> str:
    last = telling.message.facts.get("last")
    day = date.fromisoformat(last) if last else series.ended_on
    return say_date(day, telling.language) if day else ""


def _day(telling: Telling, series: Series) -> date:
    """The day to look at: from it on it is as it is said."""
    from_on = telling.message.facts.get("from_on")
    return date.fromisoformat(from_on) if from_on else series.first_on


def _names(telling: Telling, series: Series) -> list[str]:
    """Of whom it is told, else of all who take part now or later."""
    name = func.btrim(col(Student.first_name) + " " + col(Student.last_name))
    asked = [StudentId(UUID(each)) for each in telling.message.facts.get("students", ())]
    query = select(name).order_by(name)
    if asked:
        query = query.where(col(Student.id).in_(asked))
    else:
        today = local_date(telling.work.now, telling.house.zone)
        query = query.join(Enrolment, col(Enrolment.student_id) == col(Student.id)).where(
            col(Enrolment.series_id) == series.id,
            or_(col(Enrolment.ends_on).is_(None), col(Enrolment.ends_on) >= today),
        )
    return list(dict.fromkeys(telling.work.session.connection().execute(query).scalars()))
