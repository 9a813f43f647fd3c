"""The lists from which an automation is put together, in the reader's language."""

from dataclasses import dataclass

from studio_app.automations.access.named import names_in, require_what_it_names
from studio_app.automations.rules.asking import NO, QUESTIONS, YES, Kind, asked_of
from studio_app.automations.rules.checking import PLACEHOLDERS, action_fault, faults_of
from studio_app.automations.rules.phrases import (
    asked_words,
    compared_words,
    do_words,
    each_words,
    happening_words,
    sentence,
)
from studio_app.automations.rules.recipe import About, Action, Do, Happening, Recipe, What
from studio_app.identity.access import studio
from studio_app.kit.access import Permission
from studio_app.kit.formats import say_weekday
from studio_app.kit.words import Text, _
from studio_app.kit.work import Work, requires
from studio_app.people.queries.families import teachers
from studio_app.people.rules import StudentStatus
from studio_app.scheduling.queries.setup import lesson_types
from studio_app.scheduling.rules.states import CancelledBy

Option = tuple[str, str]
"""A value and what it is called."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a condition may look at: its comparisons, and the values where they are a list."""

    what: What
    words: str
    kind: Kind
    compares: tuple[Option, ...]
    values: tuple[Option, ...]
    looks_back: bool


@dataclass(frozen=True, slots=True)
class Blocks:
    asked: tuple[Asked, ...]
    done: tuple[Option, ...]
    placeholders: tuple[str, ...]


@requires(Permission.AUTOMATION_MANAGE)
def happenings(work: Work) -> list[Option]:
    """What can set an automation off."""
    locale = work.actor.locale
    return [(one.value, _capital(happening_words(one).say(locale))) for one in Happening]


@requires(Permission.AUTOMATION_MANAGE)
def whom_the_clock_visits(work: Work) -> list[Option]:
    each = (About.STUDENT, About.FAMILY, About.STUDIO)
    return [(one.value, each_words(one).say(work.actor.locale)) for one in each]


@requires(Permission.AUTOMATION_MANAGE)
def building_blocks(work: Work, about: About) -> Blocks:
    """What can be asked and done where something is about that."""
    locale = work.actor.locale
    return Blocks(
        tuple(_asked(work, what) for what in asked_of(about)),
        tuple(
            (one.value, _capital(do_words(one).say(locale))) for one in Do if _possible(one, about)
        ),
        tuple("{" + name + "}" for name, of in PLACEHOLDERS.items() if about in of),
    )


@requires(Permission.AUTOMATION_MANAGE)
def faults_in(work: Work, recipe: Recipe) -> dict[str, Text]:
    """What cannot be kept, part by part: `when`, `conditions.0`, `actions.1`; and whether
    what it names is there."""
    found = faults_of(recipe)
    if not found:
        require_what_it_names(work, recipe)
    return found


@requires(Permission.AUTOMATION_MANAGE)
def said_as_sentence(work: Work, recipe: Recipe) -> str:
    """The whole of it as one reads it; nothing while a part is still missing."""
    if faults_of(recipe):
        return ""
    locale, names = work.actor.locale, names_in(work, [recipe])
    said = sentence(recipe, locale=locale, currency=studio(work).currency, names=names)
    return said.say(locale)


def _possible(do: Do, about: About) -> bool:
    filled_in = Action(do, words="x", subject="x", tag="x", url="https://x.example/")
    return action_fault(filled_in, about) is None


def _asked(work: Work, what: What) -> Asked:
    question, locale = QUESTIONS[what], work.actor.locale
    compares = tuple((one.value, compared_words(one).say(locale)) for one in question.compares)
    values = tuple(_values(work, question.kind))
    words = _capital(asked_words(what).say(locale))
    return Asked(what, words, question.kind, compares, values, question.looks_back)


def _values(work: Work, kind: Kind) -> list[Option]:
    locale = work.actor.locale
    match kind:
        case Kind.STATUS:
            return [(one.value, one.label.say(locale)) for one in StudentStatus]
        case Kind.CANCELLED_BY:
            return [(one.value, one.label.say(locale)) for one in CancelledBy]
        case Kind.FLAG:
            return [(YES, _("Yes").say(locale)), (NO, _("No").say(locale))]
        case Kind.WEEKDAY:
            return [(str(day), say_weekday(day, locale)) for day in range(1, 8)]
        case Kind.TEACHER:
            return [(str(one.id), one.name) for one in teachers(work)]
        case Kind.LESSON_TYPE:
            return [(str(one.id), one.name) for one in lesson_types(work)]
        case _:
            return []


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
