"""What can be odd about a row: how much it matters, and the sentence for it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from studio_app.imports.rules.fields import said_target
from studio_app.kit.words import Text, _


class Level(StrEnum):
    NOTE = "note"  # imported; the sentence says what was done
    ASK = "ask"  # not imported until somebody says what is meant
    ERROR = "error"  # cannot be imported


class Code(StrEnum):
    EMPTY = "empty"
    TOO_MANY_CELLS = "too_many_cells"
    ENDS_EARLY = "ends_early"
    NAME_MISSING = "name_missing"
    NAME_IS_FORMULA = "name_is_formula"
    LOOKS_LIKE_A_TEST = "looks_like_a_test"
    STATUS_UNKNOWN = "status_unknown"
    FORMULA = "formula"
    INVISIBLE = "invisible"
    SHOUTED = "shouted"
    SUFFIX = "suffix"
    PASSWORD_WITHHELD = "password_withheld"  # noqa: S105  what happened to one
    PHONE_WORDS = "phone_words"
    PHONE_UNREADABLE = "phone_unreadable"
    SECOND_PHONE = "second_phone"
    EMAIL_UNREADABLE = "email_unreadable"
    SECOND_EMAIL = "second_email"
    EMAIL_OF_PARENT = "email_of_parent"
    DATE_UNREADABLE = "date_unreadable"
    AMOUNT_UNREADABLE = "amount_unreadable"
    ADULT_UNREADABLE = "adult_unreadable"
    CREDITS_UNREADABLE = "credits_unreadable"
    SAME_AS_LINE = "same_as_line"
    SAME_AS_STUDENT = "same_as_student"
    SAME_AS_ARCHIVED = "same_as_archived"
    NAMESAKE = "namesake"
    DIFFERS = "differs"
    DIFFERS_IN_FAMILY = "differs_in_family"
    LEFT_OUT_WITH_IT = "left_out_with_it"
    PARENT_ADDED = "parent_added"
    PARENT_UNCLEAR = "parent_unclear"
    OTHER_CURRENCY = "other_currency"
    LESSON_HAS_PASSED = "lesson_has_passed"
    BORN_LATER = "born_later"
    MOVED_TO_NOTES = "moved_to_notes"


@dataclass(frozen=True, slots=True)
class Problem:
    code: Code
    params: Mapping[str, str | int] = field(default_factory=dict[str, str | int])

    @property
    def level(self) -> Level:
        return _LEVELS.get(self.code, Level.NOTE)

    @property
    def said(self) -> Text:
        """The sentence; a field is called by its name in the reader's language."""
        said: dict[str, object] = dict(self.params)
        if "field" in said:
            said["field"] = said_target(str(said["field"]))
        return Text(_SAID[self.code].msgid, said)


def worst(problems: Iterable[Problem]) -> Level | None:
    levels = {problem.level for problem in problems}
    order = (Level.ERROR, Level.ASK, Level.NOTE)
    return next((level for level in order if level in levels), None)


_LEVELS = {
    Code.EMPTY: Level.ERROR,
    Code.TOO_MANY_CELLS: Level.ERROR,
    Code.NAME_MISSING: Level.ASK,
    Code.NAME_IS_FORMULA: Level.ASK,
    Code.LOOKS_LIKE_A_TEST: Level.ASK,
    Code.STATUS_UNKNOWN: Level.ASK,
}
_SAID = {
    Code.EMPTY: _("This row is empty."),
    Code.TOO_MANY_CELLS: _("This row has {found} cells, but there are {expected} columns."),
    Code.ENDS_EARLY: _("This row ends early: what is missing was taken as empty."),
    Code.NAME_MISSING: _("There is no name in this row."),
    Code.NAME_IS_FORMULA: _("The name “{text}” looks like a formula. What is it really?"),
    Code.LOOKS_LIKE_A_TEST: _("“{name}” looks like a test. Is this a real person?"),
    Code.STATUS_UNKNOWN: _("We do not know the status “{text}”."),
    Code.FORMULA: _("{field} looks like a formula: kept as text, never calculated."),
    Code.INVISIBLE: _("{field} had invisible characters: they were taken out."),
    Code.SHOUTED: _("“{text}” was written in capitals: it became “{name}”."),
    Code.SUFFIX: _("“{text}” behind the name was moved to the notes."),
    Code.PASSWORD_WITHHELD: _("A password was found in this row. It was not kept anywhere."),
    Code.PHONE_WORDS: _("{field} had words in it: “{text}” was moved to the notes."),
    Code.PHONE_UNREADABLE: _("“{text}” is not a telephone number: it was moved to the notes."),
    Code.SECOND_PHONE: _("A second number, {text}, was moved to the notes."),
    Code.EMAIL_UNREADABLE: _("“{text}” is not an e-mail address: it was moved to the notes."),
    Code.SECOND_EMAIL: _("A second address, {text}, was moved to the notes."),
    Code.EMAIL_OF_PARENT: _("The address is the parent’s: it is kept with the parent only."),
    Code.DATE_UNREADABLE: _("{field}: “{text}” is not a date. It was moved to the notes."),
    Code.AMOUNT_UNREADABLE: _("{field}: “{text}” is not an amount. It was moved to the notes."),
    Code.ADULT_UNREADABLE: _("“{text}” says neither adult nor child: taken as a child."),
    Code.CREDITS_UNREADABLE: _("{field}: “{text}” is not a number. It was moved to the notes."),
    Code.SAME_AS_LINE: _("The same person as on line {line}."),
    Code.SAME_AS_STUDENT: _("{name} is already here."),
    Code.SAME_AS_ARCHIVED: _("{name} was here before and is archived; that stays so."),
    Code.NAMESAKE: _(
        "Somebody called {name} is here already, but with other parents, birthday or number: "
        "taken as somebody else."
    ),
    Code.DIFFERS: _("{field}: we have “{ours}”, the file says “{theirs}”. Ours stays."),
    Code.DIFFERS_IN_FAMILY: _(
        "{field}: line {line} says “{ours}” for this family, this line “{theirs}”. "
        "The first one is kept."
    ),
    Code.LEFT_OUT_WITH_IT: _("{field} “{text}” stands only in this row: left out with it."),
    Code.PARENT_ADDED: _("{name} is a parent we do not have yet: added."),
    Code.PARENT_UNCLEAR: _(
        "“{theirs}” may be {ours}, who is here already: not added. If it is somebody else, "
        "add them on the student’s page."
    ),
    Code.OTHER_CURRENCY: _("{field}: “{text}” is in another currency; taken as {currency}."),
    Code.LESSON_HAS_PASSED: _(
        "The next lesson, {when}, has passed: the same weekday and time are taken from now on."
    ),
    Code.BORN_LATER: _("{field}: “{text}” is still to come. It was moved to the notes."),
    Code.MOVED_TO_NOTES: _("{field}: “{text}” was moved to the notes."),
}


class TodoCode(StrEnum):
    SEVERAL_LESSONS = "several_lessons"
    NO_TIME = "no_time"
    NO_TEACHER = "no_teacher"
    NO_LENGTH = "no_length"
    MAKE_UPS_OWED = "make_ups_owed"
    LESSONS_TO_COLLECT = "lessons_to_collect"
    PRICE = "price"
    NO_PARENT = "no_parent"
    OTHER_FAMILY = "other_family"


_TO_FINISH = {
    TodoCode.SEVERAL_LESSONS: _(
        "{name} has several lessons ({teachers}; {minutes} minutes): "
        "the file does not say which is when. Put them on the calendar."
    ),
    TodoCode.NO_TIME: _(
        "The file has no coming lesson for {name}: put the weekly lesson on the calendar."
    ),
    TodoCode.NO_TEACHER: _("{name} has a lesson on {when}, but no teacher: choose one."),
    TodoCode.NO_LENGTH: _("{name} has a lesson on {when}, but the file says no length."),
    TodoCode.MAKE_UPS_OWED: _("{name} has {n} make-up lessons to come."),
    TodoCode.LESSONS_TO_COLLECT: _("{name} owes the studio {n} lessons: they were given ahead."),
    TodoCode.PRICE: _("The file names several prices for {name}: choose one."),
    TodoCode.NO_PARENT: _("{name} is a child and the file names no parent: add one."),
    TodoCode.OTHER_FAMILY: _(
        "The file counts {name} among the family {family}; here {name} has a family of their own, "
        "and that stays. If they share an account, put them into one family."
    ),
}


def said_todo(code: TodoCode, params: Mapping[str, str | int]) -> Text:
    return Text(_TO_FINISH[code].msgid, params)
