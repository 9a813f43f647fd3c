"""What conditions may ask: of which thing, how compared, with what kind of value."""

from dataclasses import dataclass
from enum import StrEnum

from studio_app.automations.rules.recipe import About, Compare, Condition, What
from studio_app.kit.words import Text, _
from studio_app.people.rules import StudentStatus
from studio_app.scheduling.rules.states import CancelledBy


class Kind(StrEnum):
    """What a value is; it decides the control that asks for it."""

    STATUS = "status"
    NUMBER = "number"
    WORD = "word"
    FLAG = "flag"
    TEACHER = "teacher"
    LESSON_TYPE = "lesson_type"
    WEEKDAY = "weekday"
    CANCELLED_BY = "cancelled_by"
    MONEY = "money"


@dataclass(frozen=True, slots=True)
class Question:
    kind: Kind
    of: frozenset[About]
    compares: tuple[Compare, ...]
    looks_back: bool = False


_LESSON = frozenset({About.LESSON})
_STUDENT = frozenset({About.LESSON, About.STUDENT})
_FAMILY = frozenset({About.LESSON, About.STUDENT, About.FAMILY})
_SAME = (Compare.IS, Compare.IS_NOT)
_NUMBER = (Compare.MORE_THAN, Compare.LESS_THAN, Compare.AT_LEAST)

QUESTIONS: dict[What, Question] = {
    What.STUDENT_STATUS: Question(Kind.STATUS, _STUDENT, _SAME),
    What.STUDENT_AGE: Question(Kind.NUMBER, _STUDENT, _NUMBER),
    What.STUDENT_INSTRUMENT: Question(Kind.WORD, _STUDENT, _SAME),
    What.STUDENT_TAG: Question(Kind.WORD, _STUDENT, _SAME),
    What.STUDENT_ADULT: Question(Kind.FLAG, _STUDENT, (Compare.IS,)),
    What.STUDENT_TEACHER: Question(Kind.TEACHER, _STUDENT, _SAME),
    What.LESSON_TYPE: Question(Kind.LESSON_TYPE, _LESSON, _SAME),
    What.LESSON_TEACHER: Question(Kind.TEACHER, _LESSON, _SAME),
    What.LESSON_WEEKDAY: Question(Kind.WEEKDAY, _LESSON, _SAME),
    What.LESSON_ONLINE: Question(Kind.FLAG, _LESSON, (Compare.IS,)),
    What.LESSON_HOURS_BEFORE: Question(Kind.NUMBER, _LESSON, _NUMBER),
    What.LESSON_CANCELLED_BY: Question(Kind.CANCELLED_BY, _LESSON, _SAME),
    What.OWED: Question(Kind.MONEY, _FAMILY, _NUMBER),
    What.OVERDUE_DAYS: Question(Kind.NUMBER, _FAMILY, _NUMBER),
    What.NO_SHOWS: Question(Kind.NUMBER, _STUDENT, _NUMBER, looks_back=True),
}

YES, NO = "yes", "no"
FURTHEST_BACK = 366
MOST = 10**9
_CHOICES: dict[Kind, frozenset[str]] = {
    Kind.STATUS: frozenset(StudentStatus),
    Kind.FLAG: frozenset({YES, NO}),
    Kind.WEEKDAY: frozenset("1234567"),
    Kind.CANCELLED_BY: frozenset(CancelledBy),
}


def asked_of(about: About) -> tuple[What, ...]:
    """What can be asked of this, in the order of the list."""
    return tuple(what for what, question in QUESTIONS.items() if about in question.of)


def condition_fault(condition: Condition, about: About) -> Text | None:
    """Why this condition cannot be used for what the automation is about; None if it can."""
    question = QUESTIONS[condition.what]
    if about not in question.of:
        return _("That cannot be asked about what sets this off.")
    if condition.compare not in question.compares:
        return _("That cannot be compared like this.")
    if question.looks_back and not 1 <= condition.days <= FURTHEST_BACK:
        return _("Say how many days to look back, from 1 to {most}.", most=FURTHEST_BACK)
    return _value_fault(question.kind, condition.value)


def _value_fault(kind: Kind, value: str) -> Text | None:
    if not value.strip():
        return _("Say what it should be compared with.")
    if kind in {Kind.NUMBER, Kind.MONEY}:
        fits = value.isascii() and value.isdigit() and int(value) <= MOST
        return None if fits else _("A whole number, please.")
    if kind in _CHOICES and value not in _CHOICES[kind]:
        return _("Please choose one of these.")
    return None
