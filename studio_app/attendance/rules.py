"""What a mark means for the calendar and for the bill. Values in, values out."""

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum

from studio_app.kit.words import Labelled, Text, _


class Outcome(Labelled):
    """What a teacher says of a student in a lesson. Unmarked takes a mark back."""

    PRESENT = "present"
    LATE = "late"
    NO_SHOW = "no_show"
    EXCUSED = "excused"
    UNMARKED = "unmarked"


class Standing(Labelled):
    """How far a lesson is, as the calendar shows it: from the marks of all its seats."""

    TO_COME = "to_come"
    UNMARKED = "unmarked"
    HELD = "held"
    NO_SHOW = "no_show"
    EXCUSED = "excused"


class Became(StrEnum):
    """What became of a mark that waited on a phone."""

    DONE = "done"
    ALREADY = "already"
    DIFFERS = "differs"
    REFUSED = "refused"


HELD = frozenset({Outcome.PRESENT, Outcome.LATE})
"""The student had the lesson."""

BILLABLE = frozenset({Outcome.PRESENT, Outcome.LATE, Outcome.NO_SHOW})
"""The lesson is paid for: nobody said in time that the student would not come."""


def is_billable(outcome: Outcome | None) -> bool:
    return outcome in BILLABLE


def marking_problem(
    *, starts_at: datetime, takes_place: bool, now: datetime, outcome: Outcome
) -> Text | None:
    """Why this seat cannot be marked so, or None.

    An absence may be excused before the lesson; that somebody came cannot be known before.
    """
    if not takes_place:
        return _("This lesson was cancelled, so there is nothing to mark.")
    if now < starts_at and outcome not in {Outcome.EXCUSED, Outcome.UNMARKED}:
        return _("This lesson has not begun yet.")
    return None


def became(*, seen: Outcome, wanted: Outcome, current: Outcome) -> Became:
    """What becomes of a mark that comes late, from a phone that was without signal.

    `seen` is what the phone had shown when the teacher tapped, `current` is what counts by now:
    where the two are not the same somebody else has spoken meanwhile, and the teacher chooses.
    """
    if current == wanted:
        return Became.ALREADY
    return Became.DONE if current == seen else Became.DIFFERS


def standing(outcomes: Collection[Outcome], *, ends_at: datetime, now: datetime) -> Standing:
    """What the marks of a lesson's seats come to. One who came makes the lesson held."""
    if not outcomes or Outcome.UNMARKED in outcomes:
        return Standing.UNMARKED if ends_at <= now and outcomes else Standing.TO_COME
    if not HELD.isdisjoint(outcomes):
        return Standing.HELD
    return Standing.NO_SHOW if Outcome.NO_SHOW in outcomes else Standing.EXCUSED
