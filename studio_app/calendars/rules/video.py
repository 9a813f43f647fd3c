"""When and where an online lesson meets."""

import secrets
from datetime import timedelta
from enum import StrEnum

AHEAD = timedelta(days=4)
"""How long before a lesson its meeting is made: before the earliest reminder can be written."""
AFTER = timedelta(hours=2)
"""How long after its end the way to a lesson is still shown to its people."""


class Provider(StrEnum):
    JITSI = "jitsi"


def jitsi_room(base: str) -> str:
    """The address of a room that nobody can guess: with Jitsi, knowing it is being let in.

    128 random bits; a room needs no account and no call, it begins when somebody comes.
    """
    return f"{base.rstrip('/')}/lesson-{secrets.token_hex(16)}"
