"""How a studio wants its messages, in one value."""

from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

from sqlmodel import select

from studio_app.identity.access import studio
from studio_app.kit.settings import settings
from studio_app.kit.work import Work
from studio_app.messaging.models.settings import KindChoice, MessagingSettings
from studio_app.messaging.rules.kinds import Channel, Kind
from studio_app.messaging.rules.quiet import Window


@dataclass(frozen=True, slots=True)
class House:
    """The studio as its messages see it."""

    name: str
    zone: ZoneInfo
    language: str
    currency: str
    country: str
    is_demo: bool
    started_at: datetime | None
    quiet: Window
    reminder_hours: tuple[int, ...]
    digest_at: time | None
    sms_number: str
    reply_to: str
    choices: dict[tuple[str, str], bool]

    def ways(self, kind: Kind) -> tuple[Channel, ...]:
        """The channels a kind takes here."""
        return tuple(
            channel
            for channel in kind.channels
            if self.choices.get((kind.name, channel.value), channel not in kind.off)
        )

    def tells_of(self, kind: Kind, happened_at: datetime) -> bool:
        """Whether something that happened then is told at all: what somebody asked for always,
        whenever its job comes to run; the rest if the studio had begun to tell families by then."""
        if kind.explicit:
            return True
        return self.started_at is not None and happened_at >= self.started_at


def house(work: Work) -> House:
    here = studio(work)
    chosen = settings_row(work) or MessagingSettings()
    choices = {
        (str(one.kind), str(one.channel)): one.is_on
        for one in work.session.exec(select(KindChoice))
    }
    return House(
        name=here.name,
        zone=ZoneInfo(here.timezone),
        language=here.locale,
        currency=here.currency,
        country=here.country,
        is_demo=here.is_demo,
        started_at=chosen.started_at,
        quiet=Window(chosen.quiet_from, chosen.quiet_until),
        reminder_hours=tuple(sorted(chosen.reminder_hours, reverse=True)),
        digest_at=chosen.digest_at,
        sms_number=chosen.sms_number or settings().studio_sms_from,
        reply_to=chosen.reply_to,
        choices=choices,
    )


def settings_row(work: Work, *, lock: bool = False) -> MessagingSettings | None:
    query = select(MessagingSettings)
    return work.session.exec(query.with_for_update() if lock else query).one_or_none()
