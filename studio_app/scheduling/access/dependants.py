"""What still depends on a place, a kind of lesson or a teacher."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement
from sqlmodel import col, func, or_, select

from studio_app.kit.errors import Conflict
from studio_app.kit.words import Text, _, many
from studio_app.kit.work import Work
from studio_app.scheduling.models.lessons import Lesson
from studio_app.scheduling.models.series import Series


class StillNeeded(Conflict):
    message = _("Lessons still depend on this.")


@dataclass(frozen=True, slots=True)
class Dependants:
    """Lessons to come that are not cancelled, and series that will make more."""

    lessons: int
    series: int

    def __bool__(self) -> bool:
        return bool(self.lessons or self.series)


def dependants(
    work: Work, of_lesson: ColumnElement[bool], of_series: ColumnElement[bool]
) -> Dependants:
    lessons = (
        select(func.count())
        .select_from(Lesson)
        .where(of_lesson, Lesson.starts_at > work.now, col(Lesson.blocking))
    )
    running = (
        select(func.count())
        .select_from(Series)
        .where(
            of_series,
            or_(col(Series.ended_on).is_(None), _makes_more_before(Series.ended_on)),
            or_(col(Series.until_on).is_(None), _makes_more_before(Series.until_on)),
            col(Series.count).is_(None),
            col(Series.term_id).is_(None),
        )
    )
    return Dependants(work.session.exec(lessons).one(), work.session.exec(running).one())


def _makes_more_before(last_on: date | None) -> ColumnElement[bool]:
    return col(last_on) > col(Series.generated_until)


def require_none(found: Dependants, name: str) -> None:
    """Refuse to put something away that lessons to come still need, and say what."""
    if found:
        raise StillNeeded(
            _(
                "{name} is still needed: {lessons}, {series}. Move or cancel them first.",
                name=name,
                lessons=_lessons(found.lessons),
                series=_series(found.series),
            )
        )


def _lessons(n: int) -> Text:
    return many("{n} lesson to come", "{n} lessons to come", n=n)


def _series(n: int) -> Text:
    return many("{n} series that goes on", "{n} series that go on", n=n)
