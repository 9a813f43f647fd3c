"""Rows of one file beside each other: what a later one says otherwise about the same family or
the same person, so that it is shown instead of lost."""

from collections.abc import Iterable

from studio_app.imports.rules.cells import weekday_name
from studio_app.imports.rules.comparing import shortened
from studio_app.imports.rules.fields import ContactField, Field, contact
from studio_app.imports.rules.parsed import Parsed
from studio_app.imports.rules.problems import Code, Problem
from studio_app.people.rules import folded


class Families:
    """The first row of each family that said a thing, and what."""

    def __init__(self) -> None:
        self._said: dict[tuple[str, ...], tuple[int, str]] = {}

    def differing(self, key: str, line: int, parsed: Parsed) -> list[Problem]:
        """What this row says otherwise than an earlier one; then it is remembered too."""
        found: list[Problem] = []
        for field, about, text in _of_the_family(parsed):
            first_line, first = self._said.setdefault((key, *about), (line, text))
            if first.casefold() != text.casefold():
                said = {"field": field, "line": first_line}
                words = {"ours": shortened(first), "theirs": shortened(text)}
                found.append(Problem(Code.DIFFERS_IN_FAMILY, {**said, **words}))
        return found


def left_out_with(parsed: Parsed, first: Parsed) -> list[Problem]:
    """What stands only in a row that is left out because an earlier one is about the same
    person."""
    mine, theirs = dict(_of_the_student(parsed)), dict(_of_the_student(first))
    return [
        Problem(Code.LEFT_OUT_WITH_IT, {"field": field, "text": shortened(text)})
        for field, text in mine.items()
        if text and text.casefold() != theirs[field].casefold()
    ]


def _of_the_family(parsed: Parsed) -> Iterable[tuple[str, tuple[str, ...], str]]:
    """(field, what it is about, text) of what a family has once."""
    if parsed.address:
        yield Field.ADDRESS.value, ("address",), parsed.address
    for number, parent in enumerate(parsed.contacts, 1):
        name = folded(parent.name)
        for part, text in (
            (ContactField.EMAIL, parent.email),
            (ContactField.MOBILE_PHONE, parent.phone),
        ):
            if text:
                yield contact(number, part), (name, part.value), text


def _of_the_student(parsed: Parsed) -> Iterable[tuple[str, str]]:
    weekly = parsed.weekly
    when = f"{weekly.next_on or weekday_name(weekly.weekday)} {weekly.at:%H:%M}" if weekly else ""
    yield Field.EMAIL.value, parsed.email
    yield Field.MOBILE_PHONE.value, parsed.phone
    yield Field.BIRTHDAY.value, str(parsed.birthday or "")
    yield Field.INSTRUMENT.value, parsed.instrument
    yield Field.TEACHER.value, "; ".join(parsed.teachers)
    yield Field.DURATION.value, "; ".join(map(str, parsed.minutes))
    yield Field.NEXT_LESSON.value, when
    yield Field.MAKE_UP_CREDITS.value, str(parsed.make_ups or "")
    yield contact(1, ContactField.NAME), "; ".join(parent.name for parent in parsed.contacts)
    yield Field.NOTES.value, parsed.notes
