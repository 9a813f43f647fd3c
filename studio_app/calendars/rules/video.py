"""When and where an online lesson meets, and who is asked for it."""

import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from studio_app.kit.words import Text, _

AHEAD = timedelta(days=4)
"""How long before a lesson its meeting is made: before the earliest reminder can be written."""
AFTER = timedelta(hours=2)
"""How long after its end the way to a lesson is still shown to its people."""
DEAD_AFTER = timedelta(minutes=2)
"""Longer than any provider is waited for: who was asking then is not asking any more."""
REMOVED_UNTIL = timedelta(days=1)
"""How long after its time a meeting that nobody needs is still tried to be removed."""
_BREATH, _WHILE = timedelta(minutes=2), timedelta(hours=1)


class Provider(StrEnum):
    """Jitsi needs no account, so it is always there and always last."""

    ZOOM = "zoom"
    TEAMS = "teams"
    JITSI = "jitsi"

    @property
    def title(self) -> str:  # type: ignore[override]  # pyright: ignore[reportIncompatibleMethodOverride]
        return self.value.capitalize()


class Why(StrEnum):
    """Why a provider made no meeting."""

    CREDENTIALS = "credentials"
    PERMISSION = "permission"
    HOST = "host"
    REFUSED = "refused"
    BUSY = "busy"
    DOWN = "down"
    SILENT = "silent"
    ODD = "odd"


class RequestState(StrEnum):
    """What became of asking one provider for the meeting of one lesson at one time."""

    ASKING = "asking"
    MADE = "made"
    REFUSED = "refused"
    DOUBTFUL = "doubtful"
    LEFT = "left"
    """Nobody needs it any more; it is to be removed"""
    REMOVED = "removed"
    LOST = "lost"
    """It could not be removed, and will not be tried again"""


MENDABLE = frozenset({Why.CREDENTIALS, Why.PERMISSION, Why.HOST})
"""What somebody in the office has to see to."""
_RESTS = {
    Why.CREDENTIALS: _WHILE,
    Why.PERMISSION: _WHILE,
    Why.BUSY: _BREATH,
    Why.DOWN: _BREATH,
    Why.SILENT: _BREATH,
}


@dataclass(frozen=True, slots=True)
class Standing:
    """How a studio's account with a provider stands."""

    provider: Provider
    resting_until: datetime | None = None
    why: Why | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """Who is to be asked next, and who was passed over on the way there."""

    provider: Provider
    passed_over: tuple[tuple[Provider, Why], ...] = ()


def next_to_ask(
    accounts: Sequence[Standing], asked: Mapping[Provider, Why], now: datetime
) -> Choice:
    """The first in the studio's order that was not asked for this meeting and is not resting.

    Nobody is asked twice for the meeting of one lesson at one time: who did not answer may have
    made it all the same. Jitsi comes when nobody else is left.
    """
    passed: list[tuple[Provider, Why]] = []
    for account in accounts:
        if account.provider in asked:
            passed.append((account.provider, asked[account.provider]))
        elif account.resting_until is not None and account.resting_until > now:
            passed.append((account.provider, account.why or Why.BUSY))
        else:
            return Choice(account.provider, tuple(passed))
    return Choice(Provider.JITSI, tuple(passed))


def rest_after(why: Why, asked_for: timedelta | None = None) -> timedelta | None:
    """How long a provider is left alone; None: the next lesson may ask it at once."""
    return max(asked_for, timedelta()) if asked_for is not None else _RESTS.get(why)


def why_passed_over(provider: Provider, why: Why) -> Text:
    """For the people of the lesson: a full sentence."""
    name = provider.title
    match why:
        case Why.CREDENTIALS:
            return _("{provider} did not accept the studio’s account.", provider=name)
        case Why.PERMISSION:
            return _("{provider} does not let the studio make meetings.", provider=name)
        case Why.HOST:
            return _("{provider} does not know who hosts the lesson.", provider=name)
        case Why.BUSY:
            return _("{provider} had too much to do.", provider=name)
        case Why.DOWN | Why.SILENT:
            return _("{provider} did not answer.", provider=name)
        case Why.REFUSED | Why.ODD:
            return _("{provider} made no meeting.", provider=name)


def met_instead(provider: Provider, passed_over: Collection[tuple[Provider, Why]]) -> list[Text]:
    """Why a lesson meets there and not where the studio would rather have it; empty: it does."""
    if not passed_over:
        return []
    said = [why_passed_over(one, why) for one, why in passed_over]
    return [*said, _("{provider} was used.", provider=provider.title)]


def jitsi_room(base: str) -> str:
    """The address of a room that nobody can guess: with Jitsi, knowing it is being let in.

    128 random bits; a room needs no account and no call, it begins when somebody comes.
    """
    return f"{base.rstrip('/')}/lesson-{secrets.token_hex(16)}"
