"""How far a batch is, and what became of its parts."""

from datetime import datetime, timedelta

from studio_app.kit.words import Labelled

UNDO_FOR = timedelta(hours=24)


class BatchState(Labelled):
    CHECKING = "checking"
    PREVIEW = "preview"
    APPLIED = "applied"
    UNDONE = "undone"


class RowResult(Labelled):
    """What became of a row. A row without one is still waiting."""

    ADDED = "added"
    FILLED = "filled"
    UNCHANGED = "unchanged"
    LEFT_OUT = "left_out"


class MadeKind(Labelled):
    STUDENT = "student"
    GUARDIAN = "guardian"
    FAMILY = "family"
    TEACHER = "teacher"
    GUARDIANSHIP = "guardianship"


class ProposalState(Labelled):
    OPEN = "open"
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"


def undo_until(applied_at: datetime) -> datetime:
    """The last moment an applied batch can be taken back."""
    return applied_at + UNDO_FOR
