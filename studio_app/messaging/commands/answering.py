"""Texts that came in: read, and answered by hand."""

from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from studio_app.kit.access import Permission
from studio_app.kit.errors import NotFound, Refused
from studio_app.kit.ids import new_id
from studio_app.kit.words import _
from studio_app.kit.work import Work, requires
from studio_app.messaging.access.studio import house
from studio_app.messaging.commands.posting import Occasion, post
from studio_app.messaging.models.messages import Reply
from studio_app.messaging.rules.kinds import Channel
from studio_app.messaging.rules.wording import LONGEST_SHORT


class NobodyKnown(Refused):
    message = _("Nobody here has this number, so there is nobody to answer.")


class MayNotText(Refused):
    message = _("They have not allowed texts to this number, or want no more of them.")


class NothingSaid(Refused):
    message = _("Please write something.")


class TooLong(Refused):
    message = _("At most {n} characters, please.", n=LONGEST_SHORT)


@requires(Permission.MESSAGE_SEND)
def answer_reply(work: Work, reply_id: UUID, words: str) -> None:
    """Answer a text with a text in one's own words; with that it is read."""
    said = words.strip()
    if not said:
        raise NothingSaid
    if len(said) > LONGEST_SHORT:
        raise TooLong
    reply = _reply(work, reply_id)
    if reply.contact_id is None:
        raise NobodyKnown
    occasion = Occasion(
        "by_hand",
        about=(),
        happened_at=work.now,
        key=f"{reply.id} {new_id()}",
        why="answer_reply",
        lesson_id=reply.lesson_id,
        facts={"subject": house(work).name, "body": _as_said(said)},
        ways=(Channel.TEXT,),
    )
    if not post(work, occasion, [reply.contact_id]):
        raise MayNotText
    reply.read_at = reply.read_at or work.now


@requires(Permission.MESSAGE_VIEW)
def mark_reply_unread(work: Work, reply_id: UUID) -> None:
    """Somebody still has to look at it."""
    _reply(work, reply_id).read_at = None


def _as_said(words: str) -> str:
    """Curly brackets are nothing to fill in here."""
    return words.replace("{", "(").replace("}", ")")


def _reply(work: Work, reply_id: UUID) -> Reply:
    found = work.session.scalars(
        select(Reply).where(col(Reply.id) == reply_id).with_for_update()
    ).one_or_none()
    if found is None:
        raise NotFound
    return found
