"""What an automation is made of: when, if, then. Plain data, kept as JSON and versioned."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter, ValidationError

from studio_app.kit.errors import Refused
from studio_app.kit.words import Text, _


class NotARecipe(Refused):
    message = _("An automation is made of when, if and then; that could not be read.")


class Happening(StrEnum):
    """What can set an automation off: something that happens, or the clock."""

    LESSON_CANCELLED = "lesson_cancelled"
    LESSON_MOVED = "lesson_moved"
    LESSON_HELD = "lesson_held"
    NO_SHOW = "no_show"
    STUDENT_ADDED = "student_added"
    STUDENT_ENROLLED = "student_enrolled"
    ENROLMENT_ENDED = "enrolment_ended"
    STUDENT_TAGGED = "student_tagged"
    INVOICE_SENT = "invoice_sent"
    PAYMENT_RECEIVED = "payment_received"
    EVERY_DAY = "every_day"
    EVERY_WEEK = "every_week"
    EVERY_MONTH = "every_month"

    @property
    def is_scheduled(self) -> bool:
        return self in {Happening.EVERY_DAY, Happening.EVERY_WEEK, Happening.EVERY_MONTH}


class About(StrEnum):
    """What one happening is about; it decides what can be asked and done."""

    LESSON = "lesson"
    STUDENT = "student"
    FAMILY = "family"
    STUDIO = "studio"


_ABOUT = {
    Happening.LESSON_CANCELLED: About.LESSON,
    Happening.LESSON_MOVED: About.LESSON,
    Happening.LESSON_HELD: About.LESSON,
    Happening.NO_SHOW: About.LESSON,
    Happening.STUDENT_ADDED: About.STUDENT,
    Happening.STUDENT_ENROLLED: About.STUDENT,
    Happening.ENROLMENT_ENDED: About.STUDENT,
    Happening.STUDENT_TAGGED: About.STUDENT,
    Happening.INVOICE_SENT: About.FAMILY,
    Happening.PAYMENT_RECEIVED: About.FAMILY,
}


@dataclass(frozen=True, slots=True)
class When:
    """A happening; for the clock also at which hour of the studio's wall, and for each of whom."""

    happening: Happening
    hour: int = 8
    weekday: int = 1
    """ISO, for every week: Monday is 1"""
    day: int = 1
    """Of the month; the last day where a month is shorter"""
    each: About = About.STUDENT
    tag: str = ""
    """Which tag a student gets; empty: any"""

    @property
    def about(self) -> About:
        return _ABOUT.get(self.happening, self.each)

    def is_meant(self, word: str) -> bool:
        """Whether the tag that was given is the one waited for."""
        return not self.tag.strip() or self.tag.strip().casefold() == word.casefold()


class What(StrEnum):
    """What a condition looks at."""

    STUDENT_STATUS = "student_status"
    STUDENT_AGE = "student_age"
    STUDENT_INSTRUMENT = "student_instrument"
    STUDENT_TAG = "student_tag"
    STUDENT_ADULT = "student_adult"
    STUDENT_TEACHER = "student_teacher"
    LESSON_TYPE = "lesson_type"
    LESSON_TEACHER = "lesson_teacher"
    LESSON_WEEKDAY = "lesson_weekday"
    LESSON_ONLINE = "lesson_online"
    LESSON_HOURS_BEFORE = "lesson_hours_before"
    LESSON_CANCELLED_BY = "lesson_cancelled_by"
    OWED = "owed"
    OVERDUE_DAYS = "overdue_days"
    NO_SHOWS = "no_shows"


class Compare(StrEnum):
    IS = "is"
    IS_NOT = "is_not"
    MORE_THAN = "more_than"
    LESS_THAN = "less_than"
    AT_LEAST = "at_least"


@dataclass(frozen=True, slots=True)
class Condition:
    """`value` is what it is compared with, as text: a word, an id, `yes`, a whole number;
    money in minor units. `days` is how far back a count looks."""

    what: What
    compare: Compare
    value: str
    days: int = 0


class Do(StrEnum):
    """What an automation can do."""

    TASK = "task"
    MESSAGE_FAMILY = "message_family"
    MESSAGE_TEACHER = "message_teacher"
    ADD_TAG = "add_tag"
    REMOVE_TAG = "remove_tag"
    PAUSE = "pause"
    WEBHOOK = "webhook"


@dataclass(frozen=True, slots=True)
class Action:
    """`words` are a task's or a message's, with {placeholders}; `hook` names the key that a
    webhook is signed with."""

    do: Do
    words: str = ""
    subject: str = ""
    """Of a message"""
    by_text: bool = False
    """Of a message: as a text too, to whoever has allowed texts; each costs the studio money"""
    due_in: int | None = None
    """Days until a task is due"""
    tag: str = ""
    url: str = ""
    hook: UUID | None = None


@dataclass(frozen=True, slots=True)
class Recipe:
    """All conditions must hold; the actions are done in their order."""

    when: When
    conditions: tuple[Condition, ...] = ()
    actions: tuple[Action, ...] = ()


_RECIPE = TypeAdapter(Recipe)
_ACTION = TypeAdapter(Action)


def as_data(recipe: Recipe) -> dict[str, Any]:
    """A recipe as it is kept and sent: JSON of plain values."""
    return _RECIPE.dump_python(recipe, mode="json")


def as_data_of(action: Action) -> dict[str, Any]:
    return _ACTION.dump_python(action, mode="json")


def action_of(data: Any) -> Action:
    return _ACTION.validate_python(data)


def recipe_of(data: Any) -> Recipe:
    """Raises `NotARecipe` when these are not the parts of one."""
    try:
        return _RECIPE.validate_python(data)
    except ValidationError:
        raise NotARecipe from None


def said_of(text: Text) -> dict[str, Any]:
    """A sentence as it is kept, to be said later in the reader's language."""
    return {"say": text.msgid, "with": {name: str(value) for name, value in text.params.items()}}


def text_of(kept: dict[str, Any]) -> Text | None:
    return Text(kept["say"], kept.get("with", {})) if kept else None
