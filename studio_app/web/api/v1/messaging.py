"""What a studio wants sent: when, by which ways, in which words. Times are its wall times."""

from dataclasses import dataclass, field
from datetime import time

from fastapi import APIRouter

from studio_app.messaging.commands.settings import (
    Wishes,
    begin_telling,
    choose_times,
    choose_way,
    reset_template,
    stop_telling,
    write_template,
)
from studio_app.messaging.queries.settings import (
    Channel,
    KindChoices,
    MessagingChoices,
    kinds_and_ways,
    messaging_choices,
)
from studio_app.messaging.queries.templates import TemplateWords, Wording, template
from studio_app.web.api.caller import Asking

router = APIRouter(prefix="/api/v1", tags=["messages"])


@dataclass(frozen=True, slots=True)
class Chosen:
    """Quiet from 21:00 to 08:00, say; up to three of 1, 2, 3, 4, 6, 8, 12, 24, 36, 48 and 72
    hours before a lesson; the digest at a time or never."""

    quiet_from: time
    quiet_until: time
    reminder_hours: list[int] = field(default_factory=list[int])
    digest_at: time | None = None
    sms_number: str = ""
    reply_to: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    choices: MessagingChoices
    kinds: list[KindChoices]


@dataclass(frozen=True, slots=True)
class Way:
    is_on: bool


@router.get("/message-settings")
def read_settings(asking: Asking) -> Settings:
    return Settings(asking.run(messaging_choices), asking.run(kinds_and_ways))


@router.put("/message-settings", status_code=204)
def replace_settings(asking: Asking, chosen: Chosen) -> None:
    """422 where less than four hours of the day would be left to send in."""
    wishes = Wishes(
        chosen.quiet_from,
        chosen.quiet_until,
        tuple(chosen.reminder_hours),
        chosen.digest_at,
        chosen.sms_number,
        chosen.reply_to,
    )
    asking.run(choose_times, wishes)


@router.post("/message-settings/begin", status_code=204)
def begin(asking: Asking) -> None:
    """From now on families and teachers hear of changes by themselves."""
    asking.run(begin_telling)


@router.post("/message-settings/stop", status_code=204)
def stop(asking: Asking) -> None:
    """No more messages by themselves; what waits still goes."""
    asking.run(stop_telling)


@router.put("/message-settings/ways/{kind}/{channel}", status_code=204)
def switch(asking: Asking, kind: str, channel: Channel, way: Way) -> None:
    """404 where the kind does not go that way; 422 where it cannot be switched off."""
    asking.run(choose_way, kind, channel, on=way.is_on)


@router.get("/message-templates/{kind}/{language}")
def read_template(asking: Asking, kind: str, language: str) -> TemplateWords:
    """`version` is 0 while these are the words Cadenza comes with. Languages: en, fr."""
    return asking.run(template, kind, language)


@router.put("/message-templates/{kind}/{language}", status_code=204)
def replace_template(asking: Asking, kind: str, language: str, words: Wording) -> None:
    """422 for a word in {{ }} that is not among `known_words`, or anything but words and if."""
    asking.run(write_template, kind, language, words)


@router.delete("/message-templates/{kind}/{language}", status_code=204)
def delete_template(asking: Asking, kind: str, language: str) -> None:
    """Back to the words Cadenza comes with."""
    asking.run(reset_template, kind, language)
