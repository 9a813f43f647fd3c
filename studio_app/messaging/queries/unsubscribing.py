"""What the page behind a letter's last link says."""

from dataclasses import dataclass

from studio_app.kit.work import Work, public
from studio_app.messaging.access import consents
from studio_app.messaging.access.letters import letter_of
from studio_app.messaging.access.studio import house
from studio_app.messaging.rules.kinds import Channel


@dataclass(frozen=True, slots=True)
class Unsubscription:
    """Which letters of which studio, and whether they are switched off already."""

    studio: str
    category: str
    is_off: bool


@public
def unsubscription(work: Work, token: str) -> Unsubscription:
    """For whoever holds the letter; NotFound for any token that is not one of this studio's."""
    letter = letter_of(work, token)
    wish = (letter.contact_id, letter.category, Channel.EMAIL)
    is_off = wish in consents.muted(work, [letter.contact_id])
    return Unsubscription(house(work).name, str(letter.category.label), is_off)
