"""The letter that a token stands in."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import col

from studio_app.identity.secrets import subject_of
from studio_app.kit.errors import NotFound
from studio_app.kit.ids import ContactId
from studio_app.kit.words import _
from studio_app.kit.work import Work
from studio_app.messaging.models.messages import Message
from studio_app.messaging.parcels import UNSUBSCRIBE
from studio_app.messaging.rules.kinds import KINDS, Category


class LetterUnknown(NotFound):
    message = _("We do not know this link. It may have been cut off in your mail.")


@dataclass(frozen=True, slots=True)
class Letter:
    """To whom it was written, and what it is one of."""

    contact_id: ContactId
    category: Category


def letter_of(work: Work, token: str) -> Letter:
    """Of this studio; whether it is forged, another studio's or gone is one sentence."""
    message_id = subject_of(UNSUBSCRIBE, token)
    query = select(col(Message.contact_id), col(Message.kind)).where(col(Message.id) == message_id)
    row = work.session.connection().execute(query).first()
    if row is None or row.contact_id is None or not KINDS[row.kind].can_be_muted:
        raise LetterUnknown
    return Letter(row.contact_id, KINDS[row.kind].category)
