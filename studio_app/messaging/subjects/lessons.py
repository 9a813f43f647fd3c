"""Messages about single lessons: one command of somebody is one message, however many lessons."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from studio_app.calendars import ical
from studio_app.kit.clock import local_date
from studio_app.kit.formats import say_list, say_time, say_when
from studio_app.kit.ids import LessonId, StudentId
from studio_app.kit.settings import settings
from studio_app.kit.words import Text, _, many
from studio_app.messaging import paths
from studio_app.messaging.access.lessons import LessonFacts, Seated, lesson_facts, own_students
from studio_app.messaging.subjects.still import outdated, proposal_of
from studio_app.messaging.subjects.told import Answer, Telling, Told

LISTED = 12
"""How many lessons are named one by one; the rest is counted."""
_GONE = _("The lesson is not there any more.")


def tell(telling: Telling) -> Answer:
    """The lessons that are still as the message wants to say, or why none is."""
    message = telling.message
    left = bool(message.facts.get("left")) or message.facts.get("seat") == "out"
    ids = [LessonId(each) for each in message.about_ids]
    facts = lesson_facts(telling.work, ids, with_left=left)
    known: set[StudentId] | None = None
    asked = {StudentId(UUID(each)) for each in message.facts.get("students", ())}
    if telling.rehearsed:
        known = asked or None
    elif not telling.recipient.teaches:
        known = own_students(telling.work, telling.recipient.contact_id)
        known = known & asked if asked else known
    elif "seat" in message.facts:
        known = asked
    reason: Text = _GONE
    still: list[LessonFacts] = []
    for lesson in facts:
        why_not = outdated(telling, lesson)
        if why_not is None and (known is None or known & set(lesson.students)):
            still.append(lesson)
        reason = why_not or reason
    return _told(telling, still, known) if still else reason


def _told(telling: Telling, lessons: Sequence[LessonFacts], known: set[StudentId] | None) -> Told:
    first = lessons[0]
    seats = [seat for one in lessons for seat in _shown(one, known)]
    names = list(dict.fromkeys(seat.student for seat in seats))
    words = {
        "student": say_list(names, telling.language) if names else "",
        "lesson": _single([one.kind for one in lessons], telling.language),
        "teacher": _single([one.teacher for one in lessons], telling.language),
        "where": _where(telling, first),
        "when": "\n".join(_lines(telling, lessons, known)),
        "minutes": str(int((first.ends_at - first.starts_at).total_seconds() // 60)),
        "reason": first.reason,
        "was": _was(telling, first),
        "what": _what(telling, first),
        "late": str(telling.message.facts.get("late", "")),
        "focus": first.focus,
        **_asked(telling, lessons),
    }
    single = len(lessons) == 1
    return Told(
        words=words,
        path=_path(telling, first),
        calendar=_calendar(telling, first, words) if single else None,
        calendar_method="CANCEL" if _is_off(telling, first) else "PUBLISH",
    )


def _lines(
    telling: Telling, lessons: Sequence[LessonFacts], known: set[StudentId] | None
) -> list[str]:
    """One lesson says when it is; several say also whose each is."""
    if len(lessons) == 1:
        return [_when(telling, lessons[0])]
    lines = [
        f"• {_when(telling, one)}, {', '.join(seat.student for seat in _shown(one, known))}"
        for one in lessons[:LISTED]
    ]
    more = len(lessons) - LISTED
    if more > 0:
        lines.append(telling.say(many("• and {n} more", "• and {n} more", n=more)))
    return lines


def _asked(telling: Telling, lessons: Sequence[LessonFacts]) -> dict[str, str]:
    """Which times are proposed; to try the words out, when the lessons are."""
    proposal = proposal_of(telling)
    if proposal is None:
        known = [one.starts_at for one in lessons] if telling.rehearsed else []
        note = ""
    else:
        known, note = list(proposal.times), proposal.words
    said = (say_when(at, telling.house.zone, telling.language) for at in known)
    return {"times": "\n".join(f"• {each}" for each in said), "note": note}


def _when(telling: Telling, lesson: LessonFacts) -> str:
    zone, language = telling.house.zone, telling.language
    return (
        f"{say_when(lesson.starts_at, zone, language)}–{say_time(lesson.ends_at, zone, language)}"
    )


def _was(telling: Telling, lesson: LessonFacts) -> str:
    kept = telling.message.facts.get(f"was {lesson.id}")
    if not kept:
        return ""
    return say_when(datetime.fromisoformat(kept), telling.house.zone, telling.language)


def _what(telling: Telling, lesson: LessonFacts) -> str:
    """What became of a teacher's lesson, in words."""
    if not lesson.takes_place:
        return telling.say(_("cancelled"))
    if telling.message.facts.get(f"gone {lesson.id}"):
        return telling.say(_("given to {teacher}", teacher=lesson.teacher))
    if telling.message.facts.get(f"back {lesson.id}"):
        return telling.say(_("takes place after all"))
    if seat := telling.message.facts.get("seat"):
        return telling.say(_("joins the lesson") if seat == "in" else _("leaves the lesson"))
    was = _was(telling, lesson)
    return telling.say(_("moved, it was {was}", was=was)) if was else telling.say(_("new"))


def _where(telling: Telling, lesson: LessonFacts) -> str:
    if not lesson.is_online:
        return lesson.where
    if lesson.takes_place and lesson.meeting:
        return lesson.meeting
    return telling.say(_("online"))


def _shown(lesson: LessonFacts, known: set[StudentId] | None) -> list[Seated]:
    return [seat for seat in lesson.seats if known is None or seat.student_id in known]


def _single(names: Sequence[str], language: str) -> str:
    return say_list(list(dict.fromkeys(names)), language)


def _path(telling: Telling, lesson: LessonFacts) -> str:
    if telling.recipient.teaches:
        on = local_date(lesson.starts_at, telling.house.zone)
        return paths.teachers_lesson(lesson.id, on)
    if telling.message.kind == "lesson_notes":
        return paths.PORTAL
    return paths.lesson(lesson.id)


def _calendar(telling: Telling, lesson: LessonFacts, words: Mapping[str, str]) -> bytes | None:
    if telling.message.kind not in {"lesson_booked", "lesson_moved", "lesson_cancelled"}:
        return None
    return ical.lesson_event(
        uid=ical.uid_of(lesson.id),
        sequence=ical.sequence_of(telling.work.now),
        starts_at=lesson.starts_at,
        ends_at=lesson.ends_at,
        zone=telling.house.zone.key,
        summary=telling.say(
            _("{lesson}, {student}", lesson=words["lesson"], student=words["student"])
        ),
        description=telling.say(_("With {teacher}", teacher=lesson.teacher)),
        location=words["where"],
        url=f"{settings().studio_origin}{_path(telling, lesson)}",
        organizer_name=telling.house.name,
        stamped_at=telling.work.now,
        cancelled=_is_off(telling, lesson),
    )


def _is_off(telling: Telling, lesson: LessonFacts) -> bool:
    """For whom it is told."""
    return not lesson.takes_place or bool(telling.message.facts.get("left"))
