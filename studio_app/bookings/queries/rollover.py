"""Re-enrolment runs as the office sees them: how far they are, and who said what."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from sqlmodel import col, select

from studio_app.bookings.access.rollover import rollover, terms_of
from studio_app.bookings.access.rollover_places import Listed, listed, said_of
from studio_app.bookings.models.rollover import Rollover
from studio_app.bookings.rules.rollover import Answer, RolloverState
from studio_app.identity.access import studio_zone
from studio_app.kit.access import Permission
from studio_app.kit.clock import local_date
from studio_app.kit.formats import say_date, say_when
from studio_app.kit.ids import (
    FamilyId,
    RolloverId,
    RolloverLessonId,
    RolloverPlaceId,
    StudentId,
    TeacherId,
)
from studio_app.kit.words import _
from studio_app.kit.work import Work, requires


@dataclass(frozen=True, slots=True)
class Counts:
    """Of the places that families are asked about."""

    yes: int
    no: int
    waiting: int
    left_out: int
    families_waiting: int
    families: int

    @property
    def asked(self) -> int:
        return self.yes + self.no + self.waiting


@dataclass(frozen=True, slots=True)
class RolloverRow:
    id: RolloverId
    state: RolloverState
    from_term: str
    to_term: str
    to_dates: str
    answer_by: date
    answer_by_said: str
    is_late: bool
    sent: str
    closed: str
    counts: Counts


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A student's weekly lesson, as it would be in the new term, and what was said of it."""

    id: RolloverPlaceId
    lesson_id: RolloverLessonId
    student_id: StudentId
    student: str
    family_id: FamilyId
    family: str
    teacher_id: TeacherId
    teacher: str
    lesson: str
    rhythm: str
    weekday: int | None
    """ISO; None for a lesson on several days"""
    at: str
    """16:00"""
    minutes: int
    where: str
    goes_on: bool
    is_changed: bool
    left_out: bool
    answer: Answer | None
    said: str
    reason: str
    reminded: str


@requires(Permission.CALENDAR_MANAGE)
def rollovers(work: Work) -> list[RolloverRow]:
    """Every run, what is open first, then the latest."""
    runs = work.session.exec(select(Rollover).order_by(col(Rollover.created_at).desc())).all()
    order = list(RolloverState)[:-1]
    order.reverse()
    ranked = sorted(runs, key=lambda run: order.index(run.state) if run.state in order else 9)
    return [_row(work, run, listed(work, run.id, left_out=True)) for run in ranked]


@requires(Permission.CALENDAR_MANAGE)
def rollover_run(work: Work, rollover_id: RolloverId) -> tuple[RolloverRow, list[PlaceRow]]:
    """One run and all of its places, by teacher, weekday, time and student."""
    run = rollover(work, rollover_id)
    found = listed(work, run.id, left_out=True)
    zone = studio_zone(work)
    return _row(work, run, found), [_place(work, one, zone) for one in found]


@requires(Permission.CALENDAR_MANAGE)
def families_waited_for(work: Work) -> list[tuple[RolloverRow, list[str]]]:
    """The open runs in which families have not answered, with their names."""
    query = select(Rollover).where(Rollover.state == RolloverState.OPEN)
    found: list[tuple[RolloverRow, list[str]]] = []
    for run in work.session.exec(query.order_by(col(Rollover.answer_by))):
        places = listed(work, run.id)
        silent = dict.fromkeys(
            (one.family_id, one.family) for one in places if one.is_asked and not one.answer
        )
        if silent:
            found.append((_row(work, run, places), [name for _id, name in silent]))
    return found


def _counts(places: Sequence[Listed]) -> Counts:
    asked = [one for one in places if one.is_asked]
    said = Counter(one.answer for one in asked)
    return Counts(
        yes=said[Answer.YES],
        no=said[Answer.NO],
        waiting=said[None],
        left_out=len(places) - len(asked),
        families_waiting=len({one.family_id for one in asked if one.answer is None}),
        families=len({one.family_id for one in asked}),
    )


def _row(work: Work, run: Rollover, places: Sequence[Listed]) -> RolloverRow:
    old, new = terms_of(work, run)
    zone, locale = studio_zone(work), work.actor.locale
    state = RolloverState(run.state)
    late = state is RolloverState.OPEN and run.answer_by < local_date(work.now, zone)
    return RolloverRow(
        id=run.id,
        state=state,
        from_term=old.name,
        to_term=new.name,
        to_dates=f"{say_date(new.first_on, locale)} – {say_date(new.last_on, locale)}",
        answer_by=run.answer_by,
        answer_by_said=say_date(run.answer_by, locale),
        is_late=late,
        sent=say_when(run.sent_at, zone, locale) if run.sent_at else "",
        closed=say_when(run.closed_at, zone, locale) if run.closed_at else "",
        counts=_counts(places),
    )


def _place(work: Work, one: Listed, zone: ZoneInfo) -> PlaceRow:
    locale, place, lesson = work.actor.locale, one.place, one.lesson
    days = one.plan.weekdays
    reminded = place.reminded_at
    return PlaceRow(
        id=place.id,
        lesson_id=lesson.id,
        student_id=place.student_id,
        student=one.student,
        family_id=one.family_id,
        family=one.family,
        teacher_id=one.teacher_id,
        teacher=one.teacher,
        lesson=one.name,
        rhythm=one.rhythm(locale, zone).say(locale),
        weekday=next(iter(days)) if len(days) == 1 else None,
        at=one.plan.at.strftime("%H:%M"),
        minutes=one.plan.minutes,
        where=_("online").say(locale) if one.is_online else one.where,
        goes_on=lesson.goes_on,
        is_changed=lesson.weekday is not None or lesson.at is not None,
        left_out=not one.is_asked,
        answer=one.answer,
        said=said_of(work, one).say(locale) if one.answer else "",
        reason=place.reason,
        reminded=say_when(reminded, zone, locale) if reminded else "",
    )
