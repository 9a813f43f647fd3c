"""Which column means what."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from studio_app.imports.rules.aliases import (
    ALIASES,
    CONTACT_ALIASES,
    CONTACT_PREFIXES,
    LEFT_OUT,
)
from studio_app.imports.rules.fields import CONTACTS, TARGETS, Field, contact
from studio_app.kit.words import Labelled, Text, _
from studio_app.people.rules import folded


class FileKind(Labelled):
    """Whose export it is."""

    MY_MUSIC_STAFF = "my_music_staff"
    TUTORBIRD = "tutorbird"
    TEACHWORKS = "teachworks"
    OPUS1 = "opus1"
    OTHER = "other"

    @property
    def label(self) -> Text:
        said = {
            FileKind.MY_MUSIC_STAFF: Text("My Music Staff"),
            FileKind.TUTORBIRD: Text("TutorBird"),
            FileKind.TEACHWORKS: Text("Teachworks"),
            FileKind.OPUS1: Text("Opus1"),
        }
        return said.get(self, _("Other spreadsheet (CSV)"))


_MARKS = {
    FileKind.MY_MUSIC_STAFF: {"my music staff student id"},
    FileKind.TUTORBIRD: {"tutorbird student id"},
    FileKind.OPUS1: {"student first name", "student last name", "student street"},
    FileKind.TEACHWORKS: {"student event reminders", "billing method"},
}


def file_kind(headings: Iterable[str]) -> FileKind:
    """Recognised by headings only that program writes."""
    seen = {folded(heading) for heading in headings}
    return next((kind for kind, marks in _MARKS.items() if marks <= seen), FileKind.OTHER)


def map_columns(headings: Sequence[str]) -> dict[int, str]:
    """The target of each column we recognise; the first column of several wins a target."""
    known = _known()
    mapping: dict[int, str] = {}
    taken: set[str] = set()
    for index, heading in enumerate(headings):
        target = known.get(folded(heading))
        if target and target not in taken:
            mapping[index] = target
            taken.add(target)
    return _without_rivals(mapping)


def changed(mapping: Mapping[int, str], changes: Mapping[int, str | None]) -> dict[int, str]:
    """The mapping after the owner's choice: a target moves to the column chosen last."""
    result = dict(mapping)
    for index, target in changes.items():
        if target is None or target not in TARGETS:
            result.pop(index, None)
            continue
        result = {other: kept for other, kept in result.items() if kept != target}
        result[index] = target
    return result


def names_somebody(mapping: Mapping[int, str]) -> bool:
    """Without a column for the student's name there is nobody to import."""
    return bool({Field.FIRST_NAME, Field.LAST_NAME, Field.FULL_NAME} & set(mapping.values()))


def left_out_on_purpose(heading: str) -> bool:
    return folded(heading) in _names(LEFT_OUT)


def not_imported(index: int, heading: str, mapping: Mapping[int, str]) -> Text | None:
    """Why nothing of a column reaches a student's card, or None where something does."""
    target = mapping.get(index)
    if target is None and left_out_on_purpose(heading):
        return _("There is no place for this here: left out.")
    if target is None:
        return _("Not recognised: left out, unless you say what it means.")
    if target == Field.LAST_LESSON:
        return _("Only used to see which way dates are written.")
    if target == Field.RATE and Field.LESSON_PRICE in mapping.values():
        return _("Left out: the lesson price is used instead.")
    if target == Field.PASSWORD:
        return _("Passwords are not kept anywhere.")
    return None


def _without_rivals(mapping: dict[int, str]) -> dict[int, str]:
    """First and last name beat a column with both: that one often is the family's."""
    targets = set(mapping.values())
    if Field.FIRST_NAME in targets and Field.FULL_NAME in targets:
        return {index: t for index, t in mapping.items() if t != Field.FULL_NAME}
    return mapping


@cache
def _known() -> dict[str, str]:
    """Every heading we know, folded, with what it means."""
    known = {alias: field.value for field, names in ALIASES.items() for alias in _names(names)}
    for prefix in _names(CONTACT_PREFIXES):
        first = contact(1, next(iter(CONTACT_ALIASES)))
        known.setdefault(prefix, first)
        for part, names in CONTACT_ALIASES.items():
            for name in _names(names):
                known.setdefault(f"{prefix} {name}", contact(1, part))
                for n in range(1, CONTACTS + 1):
                    known.setdefault(f"{prefix} {n} {name}", contact(n, part))
        for n in range(1, CONTACTS + 1):
            known.setdefault(f"{prefix} {n}", contact(n, next(iter(CONTACT_ALIASES))))
    return known


def _names(listed: str) -> list[str]:
    return [folded(name) for name in listed.split(",")]
