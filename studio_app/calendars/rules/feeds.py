"""What a calendar link can be about, and how much of it a program is given."""

from datetime import timedelta
from enum import StrEnum

PAST = timedelta(days=90)
"""How far back a calendar shows what was."""


class FeedAbout(StrEnum):
    """Whose lessons; `own` are those of the maker's children, and of the maker as a student."""

    TEACHER = "teacher"
    STUDENT = "student"
    FAMILY = "family"
    ROOM = "room"
    OWN = "own"
