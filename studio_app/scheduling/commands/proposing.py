"""The studio proposes other times for a lesson, and its family takes one.

Nothing is held meanwhile: a time is looked at again when it is accepted. It is the studio's
offer, so what families may reschedule by themselves does not matter.
"""

from collections.abc import Sequence
from datetime import datetime

from studio_app.identity.access import studio_zone
from studio_app.kit.access import Permission
from studio_app.kit.errors import Conflict, NotFound, Refused
from studio_app.kit.formats import say_list, say_when
from studio_app.kit.ids import LessonId, ProposalId
from studio_app.kit.words import Text, _
from studio_app.kit.work import Work, requires
from studio_app.scheduling import diary
from studio_app.scheduling.access import lessons as lessons_access
from studio_app.scheduling.access import proposals as access
from studio_app.scheduling.cautions import require_reason
from studio_app.scheduling.commands.lessons import IsCancelled
from studio_app.scheduling.events import LessonMoved, TimesDeclined, TimesProposed
from studio_app.scheduling.models.lessons import Lesson
from studio_app.scheduling.models.proposals import Proposal
from studio_app.scheduling.rules.clashes import Wanted
from studio_app.scheduling.rules.states import LessonStatus, ProposalStatus

FEWEST, MOST = 2, 6


class LeavesNoChoice(Refused):
    message = _("Please propose two to six different times to come.")


class HasBegun(Refused):
    message = _("This lesson has begun already.")


class NotOneFamily(Refused):
    message = _("Other times can be proposed where one family decides. Move this lesson instead.")


class NotFree(Conflict):
    message = _("One of these times is not free.")


class NoLongerOpen(Conflict):
    message = _("This question is settled: the lesson has changed, or somebody has answered.")


class TimeGone(Conflict):
    message = _("That time has been taken meanwhile.")


@requires(Permission.LESSON_MOVE)
def propose_times(
    work: Work,
    lesson_id: LessonId,
    times: Sequence[datetime],
    *,
    words: str = "",
    despite: str = "",
) -> ProposalId:
    """Ask the family which of these it wants; what was proposed before is withdrawn.

    Times are instants, or wall time of the studio if naive. Each has to be free now.
    """
    lesson = lessons_access.lesson_to_change(work, lesson_id, lock=True)
    students = lessons_access.students_in(work, lesson_id)
    wished = _wished(work, lesson, times)
    if access.families_in(work, students) != 1:
        raise NotOneFamily
    free = access.fitting(work, lesson, students, wished)
    for at in wished:
        if at not in free:
            raise NotFree(_("{when} is not free.", when=_said(work, [at])))
        kept = require_reason(
            work, free[at], lesson.lesson_type_id, despite=despite, without=lesson.id
        )
        despite = kept or despite
    before = access.open_proposal(work, lesson_id)
    if before is not None:
        _answer(work, before, ProposalStatus.WITHDRAWN)
        work.session.flush()
    proposal = Proposal(
        lesson_id=lesson_id,
        lesson_at=lesson.starts_at,
        times=wished,
        words=words.strip(),
        despite=despite.strip(),
        created_at=work.now,
    )
    work.session.add(proposal)
    work.session.flush()
    work.emit(TimesProposed(proposal.id, lesson_id))
    return proposal.id


@requires(Permission.LESSON_MOVE)
def withdraw_proposal(work: Work, proposal_id: ProposalId) -> None:
    """Nobody is asked any more; or it was declined, and somebody has seen to it."""
    proposal = access.proposal_to_withdraw(work, proposal_id)
    if proposal.status in {ProposalStatus.OPEN, ProposalStatus.DECLINED}:
        _answer(work, proposal, ProposalStatus.WITHDRAWN)


@requires(Permission.LESSON_VIEW)
def accept_time(work: Work, proposal_id: ProposalId, at: datetime) -> LessonId:
    """The lesson moves there. Of several who accept one is first; the others hear NoLongerOpen,
    and who comes after another booking hears TimeGone with what is left."""
    seen = access.proposal_to_answer(work, proposal_id)
    lesson = access.lesson_of(work, seen)
    students = lessons_access.students_in(work, lesson.id)
    diary.lock_ids(work, [lesson.teacher_id, lesson.room_id, *students])
    lesson = access.lesson_of(work, seen, lock=True)
    proposal = access.proposal_to_answer(work, proposal_id, lock=True)
    if not access.is_current(work, proposal, lesson):
        raise NoLongerOpen
    if at not in proposal.times:
        raise NotFound
    free = access.fitting(work, lesson, students, proposal.times)
    if at not in free:
        raise TimeGone(_left(work, [one for one in proposal.times if one in free]))
    _move(work, lesson, free[at], despite=proposal.despite)
    proposal.chosen = at
    _answer(work, proposal, ProposalStatus.ACCEPTED)
    return lesson.id


@requires(Permission.LESSON_VIEW)
def decline_times(work: Work, proposal_id: ProposalId) -> None:
    """None of them; the lesson stays where it is, and the studio sees that it was declined."""
    seen = access.proposal_to_answer(work, proposal_id)
    lesson = access.lesson_of(work, seen, lock=True)
    proposal = access.proposal_to_answer(work, proposal_id, lock=True)
    if proposal.status == ProposalStatus.DECLINED:
        return
    if not access.is_current(work, proposal, lesson):
        raise NoLongerOpen
    _answer(work, proposal, ProposalStatus.DECLINED)
    work.emit(TimesDeclined(proposal.id, lesson.id))


def _wished(work: Work, lesson: Lesson, times: Sequence[datetime]) -> list[datetime]:
    if not LessonStatus(lesson.status).takes_place:
        raise IsCancelled
    if lesson.starts_at <= work.now:
        raise HasBegun
    wished = sorted({diary.instant_of(work, at) for at in times} - {lesson.starts_at})
    if not FEWEST <= len(wished) <= MOST or wished[0] <= work.now:
        raise LeavesNoChoice
    return wished


def _answer(work: Work, proposal: Proposal, status: ProposalStatus) -> None:
    proposal.status, proposal.answered_at = status, work.now


def _move(work: Work, lesson: Lesson, wants: Wanted, *, despite: str) -> None:
    was = lesson.starts_at
    lesson.despite = despite
    with diary.keeping_promises():
        diary.place(lesson, wants)
        work.session.flush()
    work.emit(LessonMoved(lesson.id, was_at=was, now_at=wants.slot.starts_at))


def _left(work: Work, free: Sequence[datetime]) -> Text:
    if not free:
        return _("None of these times is free any more. The lesson stays where it is.")
    return _("That time has been taken meanwhile. Still free: {times}.", times=_said(work, free))


def _said(work: Work, times: Sequence[datetime]) -> str:
    zone, locale = studio_zone(work), work.actor.locale
    return say_list([say_when(at, zone, locale) for at in times], locale)
