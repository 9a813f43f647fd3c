"""Runs and the places in them, found among what the actor may answer for."""

from collections.abc import Collection, Iterable, Sequence
from uuid import UUID

from sqlmodel import col, select

from studio_app.bookings.access.bookings import bookable_students, require_bookable
from studio_app.bookings.models.rollover import Rollover, RolloverLesson, RolloverPlace
from studio_app.bookings.rules.rollover import RolloverState
from studio_app.identity.access import studio_zone
from studio_app.kit.errors import Conflict, NotFound
from studio_app.kit.ids import (
    FamilyId,
    RolloverId,
    RolloverLessonId,
    RolloverPlaceId,
    StudentId,
    TermId,
)
from studio_app.kit.words import Text, _
from studio_app.kit.work import Work
from studio_app.people.models import Student, Teacher
from studio_app.scheduling.access.continuing import days_of_term, plans_of
from studio_app.scheduling.access.setup import one, row
from studio_app.scheduling.models.series import Enrolment, Series
from studio_app.scheduling.models.setup import Term
from studio_app.scheduling.phrases import plan_text
from studio_app.scheduling.rules.year import TermDays


class RolloverIsClosed(Conflict):
    message = _("This has been closed: please speak to the studio.")


class AlreadySent(Conflict):
    message = _("Families have been asked already.")


class NotSentYet(Conflict):
    message = _("Families have not been asked yet.")


def rollover(work: Work, rollover_id: RolloverId) -> Rollover:
    """A run, whoever asks: what it holds is looked for among their own."""
    return one(work, select(Rollover).where(Rollover.id == rollover_id), lock=False)


def prepared(work: Work, rollover_id: RolloverId) -> Rollover:
    """A run nobody was asked about, held until the work is done."""
    found = one(work, select(Rollover).where(Rollover.id == rollover_id), lock=True)
    if found.state != RolloverState.PREPARED:
        raise AlreadySent
    return found


def open_run(work: Work, rollover_id: RolloverId, *, alone: bool = False) -> Rollover:
    """A run that takes answers. Answers share it; who closes or reminds has it `alone`."""
    query = select(Rollover).where(Rollover.id == rollover_id)
    locked = query.with_for_update(read=not alone).execution_options(populate_existing=True)
    found = work.session.exec(locked).one_or_none()
    if found is None:
        raise NotFound
    if found.state == RolloverState.PREPARED:
        raise NotSentYet
    if found.state == RolloverState.CLOSED:
        raise RolloverIsClosed
    return found


def term(work: Work, term_id: TermId) -> TermDays:
    return days_of_term(row(work, Term, term_id))


def terms_of(work: Work, run: Rollover) -> tuple[TermDays, TermDays]:
    """The old term and the new."""
    return term(work, run.from_term_id), term(work, run.to_term_id)


def places(
    work: Work, rollover_id: RolloverId, ids: Collection[RolloverPlaceId] | None = None
) -> Sequence[RolloverPlace]:
    """Those that families are asked about, or these of them; held, in one order."""
    query = select(RolloverPlace).where(
        RolloverPlace.rollover_id == rollover_id, col(RolloverPlace.left_out).is_(False)
    )
    if ids is not None:
        query = query.where(col(RolloverPlace.id).in_(ids))
    locked = query.order_by(col(RolloverPlace.id)).with_for_update()
    found = work.session.exec(locked.execution_options(populate_existing=True)).all()
    if ids is not None and len(found) != len(set(ids)):
        raise NotFound
    return found


def require_own(work: Work, student_ids: Iterable[StudentId]) -> None:
    """NotFound for a stranger's child; a child hears that a parent answers."""
    wanted = set(student_ids)
    mine = set(work.session.exec(bookable_students(work).where(col(Student.id).in_(wanted))))
    for student_id in sorted(wanted - mine):
        require_bookable(work, student_id)


def of_family(
    work: Work, among: Collection[RolloverPlace], family_id: FamilyId
) -> list[RolloverPlace]:
    """Those of these places that are a family's; NotFound for a family without students."""
    theirs = set(work.session.exec(select(Student.id).where(Student.family_id == family_id)))
    if not theirs:
        raise NotFound
    return [place for place in among if place.student_id in theirs]


def gone_among(work: Work, among: Collection[RolloverPlace]) -> set[StudentId]:
    """Those of their students who have left."""
    query = select(Student.id).where(
        col(Student.id).in_([one.student_id for one in among]),
        col(Student.archived_at).is_not(None),
    )
    return {StudentId(one) for one in work.session.exec(query)}


def names_of(work: Work, among: Collection[RolloverPlace]) -> list[str]:
    """Of their students, each once."""
    query = select(Student).where(col(Student.id).in_([one.student_id for one in among]))
    return sorted(student.name for student in work.session.exec(query))


def called(work: Work, series: Series) -> Text:
    """Which weekly lesson it is: Tom Teal, every Tuesday, 16:00."""
    teacher = work.session.exec(select(Teacher.name).where(Teacher.id == series.teacher_id)).one()
    plan = plans_of(work, [series])[series.id]
    when = plan_text(plan, work.actor.locale, studio_zone(work))
    return _("{teacher}, {when}", teacher=teacher, when=when)


def lessons(work: Work, rollover_id: RolloverId) -> dict[RolloverLessonId, RolloverLesson]:
    query = select(RolloverLesson).where(RolloverLesson.rollover_id == rollover_id)
    return {row.id: row for row in work.session.exec(query.order_by(col(RolloverLesson.id)))}


def series_of(work: Work, among: Collection[RolloverLesson]) -> dict[UUID, Series]:
    """The old series of these lessons."""
    query = select(Series).where(col(Series.id).in_([one.series_id for one in among]))
    return {found.id: found for found in work.session.exec(query)}


def needed_by(work: Work, among: Collection[RolloverPlace]) -> set[UUID | None]:
    """Everybody and everything that answers to these may touch, to be locked in one order."""
    ids: set[UUID | None] = {one.student_id for one in among}
    known = {one.enrolment_id for one in among} | {one.next_id for one in among if one.next_id}
    while True:
        query = (
            select(Enrolment.id, Series.id, Series.teacher_id, Series.room_id)
            .join(Series, col(Series.id) == col(Enrolment.series_id))
            .where(col(Enrolment.id).in_(known) | col(Enrolment.follows_id).in_(known))
        )
        found = work.session.exec(query).all()
        if {row[0] for row in found} <= known:
            break
        known |= {row[0] for row in found}
    series_ids = {row[1] for row in found}
    taking_part = select(col(Enrolment.student_id)).where(col(Enrolment.series_id).in_(series_ids))
    return ids | {id_ for row in found for id_ in row[1:]} | set(work.session.exec(taking_part))
