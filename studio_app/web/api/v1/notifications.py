"""What reaches oneself: the inbox, notifications of a browser, and one's choices."""

from dataclasses import dataclass
from datetime import time
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Body, Header

from studio_app.kit.ids import ContactId, MessageId
from studio_app.messaging.commands.consenting import agree, introduce_myself, keep_quiet, mute
from studio_app.messaging.commands.inbox import read_everything, read_message
from studio_app.messaging.commands.pushing import (
    Browser,
    end_browser,
    send_test_notification,
    subscribe_browser,
    unsubscribe_browser,
)
from studio_app.messaging.queries.inbox import Inbox, my_inbox
from studio_app.messaging.queries.own import (
    Category,
    Channel,
    MyBrowsers,
    MyChoices,
    Purpose,
    my_browsers,
    my_choices,
)
from studio_app.web.api.caller import Asking
from studio_app.web.api.made import Made
from studio_app.web.api.v1.bounds import Limit

router = APIRouter(prefix="/api/v1", tags=["messages to oneself"])
Address = Annotated[str, Body(max_length=2000)]
Key = Annotated[str, Body(max_length=200)]


@dataclass(frozen=True, slots=True)
class Sent:
    browsers: int


@dataclass(frozen=True, slots=True)
class WayWanted:
    """One category by one way; what is fixed cannot be muted."""

    category: Category
    channel: Channel
    muted: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """Yes or no to texts about lessons, or to news by a way."""

    channel: Channel
    purpose: Purpose
    given: bool


@dataclass(frozen=True, slots=True)
class QuietHours:
    """On the studio's clock; both or neither."""

    begins: time | None = None
    ends: time | None = None


@router.get("/me/inbox")
def inbox(asking: Asking, limit: Limit = 50) -> Inbox:
    """The newest messages of the last half year."""
    return asking.run(my_inbox, most=limit)


@router.post("/me/inbox/read", status_code=204)
def read_all(asking: Asking) -> None:
    asking.run(read_everything)


@router.post("/me/inbox/{message_id}/read", status_code=204)
def read(asking: Asking, message_id: MessageId) -> None:
    asking.run(read_message, message_id)


@router.get("/me/message-choices")
def choices(asking: Asking) -> MyChoices:
    """By which ways what reaches oneself, and what one has allowed."""
    asking.run(introduce_myself)
    return asking.run(my_choices)


@router.put("/me/message-choices/{contact_id}/ways", status_code=204)
def choose_way(asking: Asking, contact_id: ContactId, wanted: WayWanted) -> None:
    asking.run(mute, contact_id, wanted.category, wanted.channel, muted=wanted.muted)


@router.put("/me/message-choices/{contact_id}/consents", status_code=204)
def answer(asking: Asking, contact_id: ContactId, answer: Answer) -> None:
    """The sentence of `message-choices` is kept with it, as it reads in one's language."""
    asking.run(agree, contact_id, answer.channel, answer.purpose, given=answer.given)


@router.put("/me/message-choices/{contact_id}/quiet-hours", status_code=204)
def choose_quiet_hours(asking: Asking, contact_id: ContactId, hours: QuietHours) -> None:
    begins, ends = (f"{at:%H:%M}" if at else "" for at in (hours.begins, hours.ends))
    asking.run(keep_quiet, contact_id, begins=begins, ends=ends)


@router.get("/notifications")
def browsers(asking: Asking) -> MyBrowsers:
    """One's browsers, and the key a further one subscribes with."""
    return asking.run(my_browsers)


@router.post("/notifications/subscribe", status_code=201)
def subscribe(
    asking: Asking,
    endpoint: Address,
    p256dh: Key,
    auth: Key,
    user_agent: Annotated[str, Header(max_length=1000)] = "",
) -> Made:
    """What the browser's pushManager answered; known push services only."""
    return Made(asking.run(subscribe_browser, Browser(endpoint, p256dh, auth, user_agent)))


@router.post("/notifications/unsubscribe", status_code=204)
def unsubscribe(
    asking: Asking, endpoint: Annotated[str, Body(embed=True, max_length=2000)]
) -> None:
    asking.run(unsubscribe_browser, endpoint)


@router.post("/notifications/test", status_code=202)
def test(asking: Asking) -> Sent:
    """Sends a notification to one's own browsers."""
    return Sent(asking.run(send_test_notification))


@router.delete("/notifications/{subscription_id}", status_code=204)
def end(asking: Asking, subscription_id: UUID) -> None:
    asking.run(end_browser, subscription_id)
