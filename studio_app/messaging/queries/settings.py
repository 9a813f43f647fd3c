"""How a studio wants its messages, as its settings show it."""

from dataclasses import dataclass

from sqlmodel import select

from studio_app.identity.access import studio_zone
from studio_app.kit.access import Permission
from studio_app.kit.formats import say_when
from studio_app.kit.settings import settings
from studio_app.kit.work import Work, requires
from studio_app.messaging.access.studio import house, settings_row
from studio_app.messaging.models.settings import Template
from studio_app.messaging.rules.kinds import EDITABLE, KINDS, Category, Channel, Kind

NOT_OFFERED = frozenset({"by_hand", "reply"})
"""What is about these is only sent because somebody wrote it."""


@dataclass(frozen=True, slots=True)
class MessagingChoices:
    """What the studio chose. Times are wall times such as 21:00; empty where there is none."""

    is_telling: bool
    telling_since: str
    quiet_from: str
    quiet_until: str
    reminder_hours: tuple[int, ...]
    digest_at: str
    sms_number: str
    """The studio's own; empty where it uses the installation's"""
    shared_number: str
    reply_to: str
    can_text: bool
    """Whether texts are set up on this installation"""


@dataclass(frozen=True, slots=True)
class WayChoice:
    """One kind by one way."""

    channel: Channel
    way: str
    is_on: bool
    is_fixed: bool
    """It cannot be switched off: nobody could sign in"""


@dataclass(frozen=True, slots=True)
class KindChoices:
    """One line of the table: a kind of message and its ways here."""

    kind: str
    what: str
    category: Category
    group: str
    ways: tuple[WayChoice, ...]
    can_be_written: bool
    own_words_in: tuple[str, ...]
    """The languages in which the studio has words of its own"""


@requires(Permission.MESSAGE_VIEW)
def messaging_choices(work: Work) -> MessagingChoices:
    here, row = house(work), settings_row(work)
    started = row.started_at if row else None
    shared = settings().studio_sms_from
    return MessagingChoices(
        is_telling=started is not None,
        telling_since=say_when(started, studio_zone(work), work.actor.locale) if started else "",
        quiet_from=f"{here.quiet.begins:%H:%M}",
        quiet_until=f"{here.quiet.ends:%H:%M}",
        reminder_hours=here.reminder_hours,
        digest_at=f"{here.digest_at:%H:%M}" if here.digest_at else "",
        sms_number=(row.sms_number or "") if row else "",
        shared_number=shared,
        reply_to=here.reply_to,
        can_text=bool(settings().studio_twilio_account and here.sms_number) or here.is_demo,
    )


@requires(Permission.MESSAGE_VIEW)
def kinds_and_ways(work: Work) -> list[KindChoices]:
    """Every kind that a studio can have sent or not, by category."""
    here = house(work)
    own: dict[str, list[str]] = {}
    for kind, language in work.session.exec(select(Template.kind, Template.language)):
        own.setdefault(kind, []).append(language)
    order = list(Category)
    shown = [kind for kind in KINDS.values() if kind.about not in NOT_OFFERED]
    return [
        KindChoices(
            kind=kind.name,
            what=str(kind.label),
            category=kind.category,
            group=str(kind.category.label),
            ways=tuple(_way(kind, way, on=way in here.ways(kind)) for way in kind.channels),
            can_be_written=kind in EDITABLE,
            own_words_in=tuple(sorted(own.get(kind.name, ()))),
        )
        for kind in sorted(shown, key=lambda one: order.index(one.category))
    ]


def _way(kind: Kind, channel: Channel, *, on: bool) -> WayChoice:
    fixed = not kind.can_be_switched
    return WayChoice(channel, str(channel.label), is_on=on or fixed, is_fixed=fixed)
