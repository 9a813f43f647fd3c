"""What reaches oneself, by which ways, and what one has allowed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from studio_app.identity.access import studio_zone
from studio_app.kit.access import Permission
from studio_app.kit.formats import say_date
from studio_app.kit.ids import ContactId
from studio_app.kit.words import Text, _
from studio_app.kit.work import Work, requires
from studio_app.messaging.access import consents
from studio_app.messaging.access.consents import LastWords, Wish
from studio_app.messaging.access.own import own_contacts
from studio_app.messaging.access.recipients import Recipient, recipients
from studio_app.messaging.access.studio import House, house
from studio_app.messaging.models.messages import Contact, PushSubscription
from studio_app.messaging.push_gateway import public_key
from studio_app.messaging.rules.asking import ABOUT, ASKED, sentence
from studio_app.messaging.rules.kinds import KINDS, TEACHERS, Category, Channel, Kind
from studio_app.messaging.rules.states import Purpose
from studio_app.messaging.rules.ways import FIXED

__all__ = ["Category", "Channel", "Purpose", "my_browsers", "my_choices"]

FAMILY = (
    Category.LESSONS,
    Category.REMINDERS,
    Category.PRACTICE,
    Category.LETTERS,
    Category.BILLING,
)
MARK = 24
TOLD_TEACHERS = TEACHERS | {"by_hand"}
"""The kinds that reach who teaches."""


@dataclass(frozen=True, slots=True)
class WayChoice:
    channel: Channel
    label: str
    on: bool


@dataclass(frozen=True, slots=True)
class CategoryChoice:
    """One category and the ways it can take to this person now; fixed: it always comes."""

    category: Category
    label: str
    about: str
    fixed: bool
    ways: tuple[WayChoice, ...]


@dataclass(frozen=True, slots=True)
class ConsentChoice:
    """One thing that needs a yes: `wording` is the sentence to tick."""

    channel: Channel
    purpose: Purpose
    address: str
    """Where it would go; empty where the studio has none"""
    wording: str
    given: bool
    said_on: str
    """When that was said; empty where nothing was"""


@dataclass(frozen=True, slots=True)
class ContactChoices:
    """What one hears as a parent, a student, a teacher, or the office."""

    id: ContactId
    part: str
    categories: tuple[CategoryChoice, ...]
    consents: tuple[ConsentChoice, ...]
    quiet_from: str
    """21:00, on the studio's clock; empty without quiet hours of one's own"""
    quiet_until: str


@dataclass(frozen=True, slots=True)
class MyChoices:
    studio: str
    studio_quiet: str
    """21:00-08:00"""
    contacts: tuple[ContactChoices, ...]


@dataclass(frozen=True, slots=True)
class BrowserRow:
    """A browser of one's own that takes notifications."""

    id: UUID
    device: str
    since: str
    mark: str
    """The end of its address, by which the browser knows itself"""


@dataclass(frozen=True, slots=True)
class MyBrowsers:
    """`server_key` is what a browser subscribes with (RFC 8292, base64url)."""

    server_key: str
    rows: tuple[BrowserRow, ...]


@requires(Permission.OWN_ACCOUNT)
def my_choices(work: Work) -> MyChoices:
    """For each part one has here; none before `introduce_myself`."""
    here, mine = house(work), own_contacts(work)
    reachable = {who.contact_id: who for who in recipients(work, mine)}
    muted, words = consents.muted(work, mine), consents.last_words(work, mine)
    query = select(Contact).where(col(Contact.id).in_(reachable)).order_by(col(Contact.created_at))
    found: Sequence[Contact] = work.session.scalars(query).all()
    chosen = tuple(
        ContactChoices(
            id=one.id,
            part=str(_part(one)),
            categories=tuple(_categories(here, one, reachable[one.id], muted, words)),
            consents=tuple(_consents(work, here, one, reachable[one.id], words)),
            quiet_from=one.quiet_from,
            quiet_until=one.quiet_until,
        )
        for one in found
    )
    return MyChoices(here.name, str(here.quiet), chosen)


@requires(Permission.OWN_ACCOUNT)
def my_browsers(work: Work) -> MyBrowsers:
    """One's browsers that take this studio's notifications, the newest first."""
    query = (
        select(PushSubscription)
        .where(col(PushSubscription.person_id) == work.actor.person_id)
        .where(col(PushSubscription.ended_at).is_(None))
        .order_by(col(PushSubscription.created_at).desc())
    )
    zone, locale = studio_zone(work), work.actor.locale
    rows = tuple(
        BrowserRow(
            id=one.id,
            device=one.device,
            since=say_date(one.created_at.astimezone(zone).date(), locale),
            mark=one.endpoint[-MARK:],
        )
        for one in work.session.scalars(query)
    )
    return MyBrowsers(public_key(), rows)


def _part(contact: Contact) -> Text:
    if contact.guardian_id:
        return _("As a parent")
    if contact.student_id:
        return _("As a student")
    return _("As a teacher") if contact.teacher_id else _("As the office")


def _kinds(contact: Contact) -> Iterable[Kind]:
    """What can reach this contact at all; news has its own place."""
    if contact.teacher_id:
        wanted = [kind for name, kind in KINDS.items() if name in TOLD_TEACHERS]
    elif contact.person_id:
        wanted = [kind for kind in KINDS.values() if kind.category is Category.OFFICE]
    else:
        own = [kind for kind in KINDS.values() if kind.category in FAMILY]
        wanted = [kind for kind in own if kind.name not in TEACHERS]
    return wanted


def _categories(
    here: House,
    contact: Contact,
    who: Recipient,
    muted: set[Wish],
    words: LastWords,
) -> Iterable[CategoryChoice]:
    ways: dict[Category, set[Channel]] = {}
    for kind in _kinds(contact):
        ways.setdefault(kind.category, set()).update(here.ways(kind))
    possible = _possible(contact.id, who, words)
    for category, channels in ways.items():
        yield CategoryChoice(
            category=category,
            label=str(category.label),
            about=str(ABOUT[category]),
            fixed=category in FIXED,
            ways=tuple(
                WayChoice(one, str(one.label), (contact.id, category, one) not in muted)
                for one in Channel
                if one in channels & possible
            ),
        )


def _possible(contact_id: ContactId, who: Recipient, words: LastWords) -> set[Channel]:
    """The ways by which messages about lessons can reach somebody now."""
    said = words.get((contact_id, Channel.TEXT, Purpose.SERVICE))
    found = {Channel.EMAIL, Channel.INBOX}
    if said and said.given and said.address == who.phone:
        found.add(Channel.TEXT)
    if who.browsers:
        found.add(Channel.PUSH)
    return found


def _consents(
    work: Work,
    here: House,
    contact: Contact,
    who: Recipient,
    words: LastWords,
) -> Iterable[ConsentChoice]:
    """Texts for whoever has lessons or gives them; news for families."""
    if contact.person_id:
        return
    zone = studio_zone(work)
    for channel, purpose in ASKED:
        if contact.teacher_id and purpose is Purpose.MARKETING:
            continue
        address = who.phone if channel is Channel.TEXT else who.email
        said = words.get((contact.id, channel, purpose))
        given = said is not None and said.given and said.address == address
        on: Any = said.recorded_at.astimezone(zone).date() if said else None
        yield ConsentChoice(
            channel=channel,
            purpose=purpose,
            address=address,
            wording=str(sentence(here.name, channel, purpose, address)),
            given=given,
            said_on=say_date(on, work.actor.locale) if on else "",
        )
