"""Ending letters of a kind from a letter itself: without an account, by its token alone."""

from studio_app.kit.work import Work, public
from studio_app.messaging.access.letters import letter_of
from studio_app.messaging.commands.consenting import set_muted
from studio_app.messaging.rules.kinds import Channel


@public
def unsubscribe(work: Work, token: str) -> None:
    """No more letters like the one this token stands in, to whom it was written. RFC 8058.

    The work's actor is the public one in the letter's studio; NotFound for any other token.
    """
    letter = letter_of(work, token)
    set_muted(work, letter.contact_id, letter.category, Channel.EMAIL, muted=True)


@public
def subscribe_again(work: Work, token: str) -> None:
    """Take back what `unsubscribe` did."""
    letter = letter_of(work, token)
    set_muted(work, letter.contact_id, letter.category, Channel.EMAIL, muted=False)
