"""A series that is cut at a day: what follows takes its lessons, skipped days and enrolments on."""

from datetime import date, timedelta

from sqlalchemy import delete, update
from sqlmodel import col

from studio_app.kit.work import Work
from studio_app.scheduling import diary
from studio_app.scheduling.access import lessons as access
from studio_app.scheduling.models.lessons import Seat
from studio_app.scheduling.models.series import Enrolment, Series, SeriesException
from studio_app.scheduling.refitting import Split
from studio_app.scheduling.rules.changes import before
from studio_app.scheduling.rules.states import Why


def follow_on(work: Work, series: Series, split: Split) -> Series:
    """The series that follows: a new one, or the same where nothing came before."""
    following = series
    if split.from_on > series.first_on:
        copied = series.model_dump(exclude={"id", "studio_id", "generated_until", "follows_id"})
        following = Series(**copied, follows_id=series.id)
        following.created_at = work.now
        head = before(split.was, split.from_on)
        series.until_on, series.count, series.term_id = head.until_on, None, None
    plan = split.tail.plan
    if plan.until_on != split.was.until_on:
        following.until_on, following.term_id = plan.until_on, None
    following.first_on, following.at, following.minutes = plan.first_on, plan.at, plan.minutes
    following.weekdays, following.count = sorted(plan.weekdays), plan.count
    work.session.add(following)
    work.session.flush()
    return following


def rekey(work: Work, series: Series, following: Series, split: Split) -> None:
    """Lessons, skipped days and enrolments from that day on belong to what follows."""
    day_of = split.tail.day_of
    for lesson in split.lessons:
        assert lesson.occurs_on is not None  # noqa: S101  lessons of a series have their day
        lesson.series_id, lesson.occurs_on = following.id, day_of(lesson.occurs_on)
        if lesson.covers_for_id is not None:
            owner = following.teacher_id
            lesson.covers_for_id = None if lesson.teacher_id == owner else owner
    work.session.flush()
    exceptions = access.exceptions_from(work, series.id, split.from_on)
    again = [row.id for row in exceptions if row.why != Why.SKIPPED]
    connection = work.session.connection()
    connection.execute(delete(SeriesException).where(col(SeriesException.id).in_(again)))
    for skipped in exceptions:
        if skipped.why == Why.SKIPPED:
            skipped.series_id, skipped.occurs_on = following.id, day_of(skipped.occurs_on)
    diary.write_rows(work, [_skipped(work, following, day) for day in split.tail.skipped])
    work.session.flush()
    if following.id != series.id:
        _move_enrolments(work, series, following, split)


def _skipped(work: Work, series: Series, day: date) -> SeriesException:
    return SeriesException(series_id=series.id, occurs_on=day, why=Why.SKIPPED, created_at=work.now)


def _move_enrolments(work: Work, series: Series, following: Series, split: Split) -> None:
    last = split.from_on - timedelta(days=1)
    first = min(split.from_on, following.first_on)
    ids = [lesson.id for lesson in split.lessons]
    for enrolment in access.enrolments(work, series.id):
        if enrolment.ends_on is not None and enrolment.ends_on < split.from_on:
            continue
        if enrolment.starts_on >= split.from_on:
            enrolment.series_id = following.id
            continue
        later = Enrolment(
            student_id=enrolment.student_id,
            series_id=following.id,
            starts_on=first,
            ends_on=enrolment.ends_on,
            state=enrolment.state,
            follows_id=enrolment.id,
            created_at=work.now,
        )
        enrolment.ends_on = last
        work.session.add(later)
        work.session.flush()
        seats = update(Seat).where(
            col(Seat.enrolment_id) == enrolment.id, col(Seat.lesson_id).in_(ids)
        )
        work.session.connection().execute(seats.values(enrolment_id=later.id))
    work.session.flush()
