"""What a staged studio has of messages: one in Grace's inbox, and a browser of hers."""

from uuid import UUID

from studio_app.kit.access import Actor
from studio_app.kit.clock import utc_now
from studio_app.kit.work import open_work
from studio_app.messaging.access.contacts import of_guardians
from studio_app.messaging.models.messages import Message, PushSubscription
from studio_app.messaging.rules.kinds import Channel
from studio_app.messaging.rules.states import MessageStatus
from tests.cast import Cast
from tests.database import Database


def post_for(database: Database, cast: Cast, word: str) -> dict[str, UUID]:
    """Both carry the word; their ids, by the names of parameters."""
    now = utc_now()
    with open_work(database.app, Actor.system(cast.harmony), post_for) as work:
        [contact_id] = of_guardians(work, [cast.guardian_id])
        message = Message(
            kind="lesson_notes",
            channel=Channel.INBOX,
            contact_id=contact_id,
            dedupe_key="staged",
            status=MessageStatus.SENT,
            attempts=1,
            made_at=now,
            due_at=now,
            sent_at=now,
            subject=f"{word} says",
            body=f"{word} scales",
            path="/portal",
        )
        assert cast.grace.person_id is not None
        browser = PushSubscription(
            person_id=cast.grace.person_id,
            endpoint=f"https://fcm.googleapis.com/fcm/send/{word}",
            p256dh="",
            auth="",
            device=f"{word} phone",
        )
        work.session.add_all([message, browser])
        work.session.flush()
        return {"subscription_id": browser.id, "contact_id": contact_id}
