"""Whether a lesson is still as a message says: what each kind looks at before it leaves."""

import hashlib
from collections.abc import Callable, Mapping
from datetime import datetime
from uuid import UUID

from studio_app.attendance.access import latest_marks
from studio_app.attendance.rules import Outcome
from studio_app.kit.words import Text, _
from studio_app.messaging.access.lessons import LessonFacts, waits_for_a_yes
from studio_app.messaging.rules.kinds import KINDS
from studio_app.messaging.subjects.told import Telling
from studio_app.scheduling.models.proposals import Proposal
from studio_app.scheduling.rules.states import ProposalStatus


def outdated(telling: Telling, lesson: LessonFacts) -> Text | None:
    """Why it is not to be told any more; for a rehearsal every lesson will do."""
    if telling.rehearsed:
        return None
    return _CHECKS.get(telling.message.kind, _stands)(telling, lesson)


def _stands(telling: Telling, lesson: LessonFacts) -> Text | None:
    """It takes place, and has not begun."""
    if not lesson.takes_place:
        return _("The lesson is cancelled.")
    if lesson.starts_at <= telling.work.now:
        return _("The lesson has begun.")
    return None


def _still_there(telling: Telling, lesson: LessonFacts) -> Text | None:
    """It takes place when the message says: else a newer message says so."""
    promised = telling.message.facts.get(f"at {lesson.id}")
    if promised and datetime.fromisoformat(promised) != lesson.starts_at:
        return _("The lesson was moved meanwhile.")
    return _stands(telling, lesson)


def _still_booked(telling: Telling, lesson: LessonFacts) -> Text | None:
    """Not while the studio's yes was taken back: then it waits again, and nothing is booked."""
    if waits_for_a_yes(telling.work, lesson.id, telling.recipient.contact_id):
        return _("It has not been decided.")
    return _still_there(telling, lesson)


def _still_off(telling: Telling, lesson: LessonFacts) -> Text | None:
    if telling.message.facts.get("left"):
        return _still_without(telling, lesson)
    if lesson.takes_place:
        return _("The lesson takes place after all.")
    return _("The lesson would be over.") if lesson.ends_at <= telling.work.now else None


def _still_without(telling: Telling, lesson: LessonFacts) -> Text | None:
    """The student was taken out of it, whether or not it takes place for others."""
    gone = {UUID(each) for each in telling.message.facts.get("students", ())}
    if any(seat.student_id in gone and not seat.has_left for seat in lesson.seats):
        return _("The lesson takes place after all.")
    return _("The lesson would be over.") if lesson.ends_at <= telling.work.now else None


def _not_over(telling: Telling, lesson: LessonFacts) -> Text | None:
    if not lesson.takes_place:
        return _("The lesson is cancelled.")
    return _("The lesson is over.") if lesson.ends_at <= telling.work.now else None


def _still_missed(telling: Telling, lesson: LessonFacts) -> Text | None:
    missing = {UUID(each) for each in telling.message.facts.get("students", ())}
    seats = [seat.seat_id for seat in lesson.seats if seat.student_id in missing]
    marks = latest_marks(telling.work, seats)
    if any(mark.outcome == Outcome.NO_SHOW for mark in marks.values()):
        return None
    return _("The mark was taken back.")


def _still_these_words(telling: Telling, lesson: LessonFacts) -> Text | None:
    if telling.message.facts.get("words") == seal_of(lesson.focus):
        return None
    return _("It was written anew meanwhile.")


def _still_seated_so(telling: Telling, lesson: LessonFacts) -> Text | None:
    """For the teacher: the student came into it, or is out of it, and nobody else changed that."""
    asked = {UUID(each) for each in telling.message.facts["students"]}
    is_in = any(seat.student_id in asked and not seat.has_left for seat in lesson.seats)
    if is_in != (telling.message.facts["seat"] == "in"):
        return _("It became different again meanwhile.")
    return _stands(telling, lesson)


def _still_so(telling: Telling, lesson: LessonFacts) -> Text | None:
    """For the teacher: cancelled is news, another time is news, what was undone is not."""
    if "seat" in telling.message.facts:
        return _still_seated_so(telling, lesson)
    promised = telling.message.facts.get(f"at {lesson.id}")
    if promised is None:
        return _still_off(telling, lesson)
    return _still_there(telling, lesson)


def _still_asked(telling: Telling, lesson: LessonFacts) -> Text | None:
    """Nobody has answered, and the question was not taken back."""
    proposal = proposal_of(telling)
    if proposal is None or proposal.status != ProposalStatus.OPEN:
        return _("The question is settled.")
    return _still_there(telling, lesson)


def proposal_of(telling: Telling) -> Proposal | None:
    """The proposal a message is about, if it is about one."""
    proposal_id = telling.message.facts.get("proposal")
    return telling.work.session.get(Proposal, UUID(proposal_id)) if proposal_id else None


def seal_of(words: str) -> str:
    """What tells one text from another without keeping it."""
    return hashlib.sha256(words.encode()).hexdigest()[:16]


_CHECKS: Mapping[str, Callable[[Telling, LessonFacts], Text | None]] = {
    "lesson_booked": _still_booked,
    "lesson_moved": _still_there,
    "lesson_reminder": _still_there,
    "times_proposed": _still_asked,
    "lesson_cancelled": _still_off,
    "lesson_restored": _stands,
    "running_late": _not_over,
    "no_show": _still_missed,
    "lesson_notes": _still_these_words,
    "teacher_day_changed": _still_so,
}
if unknown := set(_CHECKS) - set(KINDS):
    raise AssertionError(f"no such kinds: {unknown}")
