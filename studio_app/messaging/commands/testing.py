"""Sending oneself a message to see how it reads."""

from uuid import UUID

from studio_app.kit.access import Permission
from studio_app.kit.errors import NotFound
from studio_app.kit.ids import MessageId, new_id
from studio_app.kit.work import Work, requires
from studio_app.messaging.access import contacts
from studio_app.messaging.access.samples import samples_for
from studio_app.messaging.commands.posting import Occasion, post_one
from studio_app.messaging.queries.templates import editable, tried_on
from studio_app.messaging.rehearsing import WHY
from studio_app.messaging.rules.kinds import Channel
from studio_app.messaging.rules.wording import Wording, require_sound


@requires(Permission.MESSAGE_CONFIGURE)
def send_test(work: Work, kind: str, language: str, wording: Wording, about: UUID) -> MessageId:
    """These words, saved or not, of that thing, as a letter to oneself, at once.

    It goes the way of every message and is in the log; nobody counts as told by it.
    """
    found = editable(kind, language)
    require_sound(wording, found.known_words)
    sample = next((one for one in samples_for(work, found) if one.id == about), None)
    if sample is None or work.actor.person_id is None:
        raise NotFound
    [me] = contacts.of_people(work, [work.actor.person_id])
    occasion = Occasion(
        kind,
        about=(),
        happened_at=work.now,
        key=f"{WHY} {new_id()}",
        why=WHY,
        facts=tried_on(found, language, wording, sample).facts(),
        urgent=True,
        due_at=work.now,
    )
    return post_one(work, occasion, me, Channel.EMAIL)
