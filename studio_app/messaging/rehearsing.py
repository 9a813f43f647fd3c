"""Trying out words: written by the very code that sends, of a real thing, for nobody.

A rehearsal is asked for by a person. Its message names what it is tried on in its facts and not
as what it is about, so that nobody counts as having heard of it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import UUID

from studio_app.kit.ids import StudentId
from studio_app.kit.words import SOURCE_LOCALE
from studio_app.kit.work import Work
from studio_app.messaging.access.recipients import Recipient
from studio_app.messaging.access.studio import House
from studio_app.messaging.models.messages import Message
from studio_app.messaging.rules.kinds import Channel
from studio_app.messaging.rules.wording import Wording
from studio_app.messaging.subjects.told import Telling

WHY = "test"


@dataclass(frozen=True, slots=True)
class Tried:
    """Which words of which kind are tried, on what, in which language."""

    kind: str
    language: str
    """A language of templates: en"""
    wording: Wording
    about: Sequence[UUID] = ()
    students: Sequence[StudentId] = ()
    more: Mapping[str, Any] = field(default_factory=dict[str, Any])
    """What only the moment would know: where a lesson was"""

    def facts(self) -> dict[str, Any]:
        """As a message keeps it."""
        return {
            **self.more,
            "language": self.language,
            "wording": asdict(self.wording),
            "tried_on": [str(each) for each in self.about],
            "students": [str(each) for each in self.students],
        }


def is_rehearsal(message: Message) -> bool:
    return message.why == WHY


def rehearsal_of(work: Work, message: Message, who: Recipient, here: House) -> Telling:
    """What a message that is a rehearsal tells, instead of the truth."""
    facts = message.facts
    tried = Tried(
        message.kind,
        facts["language"],
        Wording(**facts["wording"]),
        [UUID(each) for each in facts["tried_on"]],
        [StudentId(UUID(each)) for each in facts["students"]],
        {name: value for name, value in facts.items() if name.startswith(("was ", "last", "late"))},
    )
    return rehearse(work, tried, who, here, message=message)


def rehearse(
    work: Work,
    tried: Tried,
    who: Recipient,
    here: House,
    *,
    channel: Channel = Channel.EMAIL,
    message: Message | None = None,
) -> Telling:
    """The telling of a rehearsal; its message is not kept unless it was there already."""
    sample = Message(
        kind=tried.kind,
        channel=Channel(message.channel) if message else channel,
        dedupe_key="",
        about_ids=list(tried.about),
        facts=tried.facts(),
    )
    if message is not None:
        sample.id = message.id
    spoken = locale_in(here, tried.language)
    return Telling(work, sample, who, here, spoken, wording=tried.wording, rehearsed=True)


def locale_in(here: House, language: str) -> str:
    """How dates and sums are said in this language here: English as the studio's, if it is."""
    for known in (here.language, SOURCE_LOCALE):
        if known.partition("-")[0] == language:
            return known
    return language
