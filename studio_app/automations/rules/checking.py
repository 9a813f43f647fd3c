"""Whether an automation can be kept as it is; each fault a sentence beside its part."""

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from studio_app.automations.rules.asking import condition_fault
from studio_app.automations.rules.recipe import About, Action, Do, Recipe, When
from studio_app.kit.errors import Refused
from studio_app.kit.words import Text, _

MOST_CONDITIONS = 8
MOST_ACTIONS = 8
LONGEST_WORDS = 2000
LONGEST_SUBJECT = 120
LONGEST_MESSAGE = 600
"""A message may leave as a text"""
LONGEST_TAG = 40
LONGEST_URL = 500
LATEST_DUE = 365
_HOURS = 24
PLACEHOLDERS: dict[str, frozenset[About]] = {
    "studio": frozenset(About),
    "family": frozenset({About.LESSON, About.STUDENT, About.FAMILY}),
    "owed": frozenset({About.LESSON, About.STUDENT, About.FAMILY}),
    "days_overdue": frozenset({About.LESSON, About.STUDENT, About.FAMILY}),
    "student": frozenset({About.LESSON, About.STUDENT}),
    "instrument": frozenset({About.LESSON, About.STUDENT}),
    "teacher": frozenset({About.LESSON}),
    "lesson": frozenset({About.LESSON}),
    "when": frozenset({About.LESSON}),
}
_BRACES = re.compile(r"\{([^{}]*)\}")
_OF_STUDENTS = frozenset({Do.ADD_TAG, Do.REMOVE_TAG, Do.PAUSE})
_HAS_A_STUDENT = frozenset({About.LESSON, About.STUDENT})


class Unusable(Refused):
    """`faults` says what is wrong, part by part: `when`, `conditions.0`, `actions.1`."""

    message = _("Please look at the marked parts.")

    def __init__(self, faults: Mapping[str, Text]) -> None:
        super().__init__(next(iter(faults.values()), None))
        self.faults = faults


def check(recipe: Recipe) -> None:
    """Raises `Unusable` with a sentence for each part that cannot be kept."""
    if found := faults_of(recipe):
        raise Unusable(found)


def faults_of(recipe: Recipe) -> dict[str, Text]:
    about = recipe.when.about
    found: dict[str, Text | None] = {"when": _when_fault(recipe.when)}
    found |= {
        f"conditions.{n}": condition_fault(one, about) for n, one in enumerate(recipe.conditions)
    }
    found |= {f"actions.{n}": action_fault(one, about) for n, one in enumerate(recipe.actions)}
    if len(recipe.conditions) > MOST_CONDITIONS:
        found["conditions"] = _("At most {n} conditions, please.", n=MOST_CONDITIONS)
    if not recipe.actions:
        found["actions"] = _("Say what should be done.")
    if len(recipe.actions) > MOST_ACTIONS:
        found["actions"] = _("At most {n} actions, please.", n=MOST_ACTIONS)
    return {part: fault for part, fault in found.items() if fault is not None}


def _when_fault(when: When) -> Text | None:
    if len(when.tag) > LONGEST_TAG:
        return _("At most {longest} characters, please.", longest=LONGEST_TAG)
    if not when.happening.is_scheduled:
        return None
    fits = 0 <= when.hour < _HOURS and 1 <= when.weekday <= 7 and 1 <= when.day <= 31  # noqa: PLR2004
    if not fits:
        return _("There is no such day or hour.")
    return (
        _("The clock can go through students, families or the studio.")
        if (when.each is About.LESSON)
        else None
    )


def action_fault(action: Action, about: About) -> Text | None:
    """Why this cannot be done about that; None if it can."""
    if action.do in _OF_STUDENTS and about not in _HAS_A_STUDENT:
        return _("This is not about a student, so there is nobody to do that with.")
    match action.do:
        case Do.TASK:
            return words_fault(action.words, about) or _due_fault(action.due_in)
        case Do.MESSAGE_FAMILY | Do.MESSAGE_TEACHER:
            return _message_fault(action, about)
        case Do.ADD_TAG | Do.REMOVE_TAG:
            return tag_fault(action.tag)
        case Do.WEBHOOK:
            return url_fault(action.url)
        case _:
            return None


def _message_fault(action: Action, about: About) -> Text | None:
    if about is About.STUDIO:
        return _("This is about the studio, so there is nobody to write to.")
    return words_fault(action.subject, about, longest=LONGEST_SUBJECT) or words_fault(
        action.words, about, longest=LONGEST_MESSAGE
    )


def words_fault(words: str, about: About, *, longest: int = LONGEST_WORDS) -> Text | None:
    if not words.strip():
        return _("Write what it should say.")
    if len(words) > longest:
        return _("At most {longest} characters, please.", longest=longest)
    known = [name for name, of in PLACEHOLDERS.items() if about in of]
    strange = [name for name in _BRACES.findall(words) if name not in known]
    if not strange:
        return None
    return _(
        "“{strange}” is not known here. There are {known}.",
        strange="{" + strange[0] + "}",
        known=", ".join("{" + name + "}" for name in known),
    )


def filled(words: str, values: Mapping[str, str]) -> str:
    """The words with each {placeholder} replaced; one we have nothing for becomes empty."""
    return _BRACES.sub(lambda match: values.get(match[1], ""), words)


def tag_fault(tag: str) -> Text | None:
    if not tag.strip():
        return _("Say which tag.")
    return (
        _("At most {longest} characters, please.", longest=LONGEST_TAG)
        if len(tag.strip()) > LONGEST_TAG
        else None
    )


def url_fault(url: str) -> Text | None:
    """Whether an address can be posted to at all; where it leads is looked at when it is."""
    try:
        parts = urlsplit(url)
        known = bool(parts.hostname) and parts.port != 0
    except ValueError:
        known, parts = False, urlsplit("")
    if not known or parts.scheme not in {"https", "http"} or len(url) > LONGEST_URL:
        return _("An address such as https://example.org/hook, please.")
    if parts.username or parts.password:
        return _("Leave name and password out of the address: what is sent is signed.")
    return None


def _due_fault(due_in: int | None) -> Text | None:
    if due_in is None or 0 <= due_in <= LATEST_DUE:
        return None
    return _("Due in 0 to {most} days, please.", most=LATEST_DUE)
