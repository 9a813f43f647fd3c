"""Allowing texts, forbidding them, and muting what one does not want to hear of."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from studio_app.kit.access import Permission
from studio_app.kit.errors import NotFound, Refused
from studio_app.kit.ids import ContactId, GuardianId, new_id
from studio_app.kit.locks import lock_in_order
from studio_app.kit.words import _
from studio_app.kit.work import Work, requires
from studio_app.messaging.access import contacts
from studio_app.messaging.access.own import introduce, own_contacts
from studio_app.messaging.access.recipients import Recipient, recipients
from studio_app.messaging.access.studio import house
from studio_app.messaging.models.messages import Contact
from studio_app.messaging.models.settings import Consent, Muted
from studio_app.messaging.rules.asking import ASKED, sentence
from studio_app.messaging.rules.quiet import leaves_room
from studio_app.messaging.rules.states import Purpose
from studio_app.messaging.rules.ways import FIXED, Category, Channel
from studio_app.people.access import guardian


class NoNumber(Refused):
    message = _("There is no telephone number to send texts to.")


class NeverQuiet(Refused):
    message = _("Please leave at least four hours of the day in which messages may come.")


@requires(Permission.OWN_ACCOUNT)
def introduce_myself(work: Work) -> None:
    """Whoever looks at their choices for the first time becomes somebody messages can reach."""
    introduce(work)


@requires(Permission.OWN_ACCOUNT)
def agree(
    work: Work, contact_id: ContactId, channel: Channel, purpose: Purpose, *, given: bool
) -> None:
    """One's own yes or no to texts or news; the sentence that was shown is kept with it."""
    _require_own(work, contact_id)
    if (channel, purpose) not in ASKED:
        raise NotFound
    address = _address(work, contact_id, channel, given=given)
    said = sentence(house(work).name, channel, purpose, address).say(work.actor.locale)
    wording = said if given else _("Switched off.").say(work.actor.locale)
    record_consent(
        work, contact_id, channel, purpose, given=given, wording=wording, source="portal"
    )
    if given and purpose is Purpose.MARKETING:
        set_muted(work, contact_id, Category.NEWS, channel, muted=False)


@requires(Permission.PEOPLE_MANAGE)
def note_consent(work: Work, guardian_id: GuardianId, *, given: bool, wording: str) -> None:
    """What a parent said to the office about texts; `wording` is how: on the form, by telephone."""
    if not wording.strip():
        raise Refused(_("Please write how it was said: on the form, on the telephone …"))
    guardian(work, guardian_id)
    [contact_id] = contacts.of_guardians(work, [guardian_id])
    record_consent(
        work,
        contact_id,
        Channel.TEXT,
        Purpose.SERVICE,
        given=given,
        wording=wording,
        source="office",
    )


@requires(Permission.OWN_ACCOUNT)
def mute(
    work: Work, contact_id: ContactId, category: Category, channel: Channel, *, muted: bool
) -> None:
    """Hear no more of a category by one way, or hear of it again. Bills and links always come."""
    _require_own(work, contact_id)
    set_muted(work, contact_id, category, channel, muted=muted)


@requires(Permission.OWN_ACCOUNT)
def keep_quiet(work: Work, contact_id: ContactId, *, begins: str, ends: str) -> None:
    """One's own quiet hours, as 21:00 and 08:00 on the studio's clock; empty: the studio's only."""
    _require_own(work, contact_id)
    if bool(begins) != bool(ends):
        raise Refused(_("Quiet hours need a beginning and an end."))
    if begins and not leaves_room(begins, ends):
        raise NeverQuiet
    found = work.session.get(Contact, contact_id)
    if found is None:
        raise NotFound
    found.quiet_from, found.quiet_until = begins, ends


def set_muted(
    work: Work, contact_id: ContactId, category: Category, channel: Channel, *, muted: bool
) -> None:
    if category in FIXED:
        raise Refused(_("These messages cannot be switched off."))
    connection = work.session.connection()
    if not muted:
        wish: Any = (
            col(Muted.contact_id) == contact_id,
            col(Muted.category) == category.value,
            col(Muted.channel) == channel.value,
        )
        connection.execute(delete(Muted).where(*wish))
        return
    row = {"id": new_id(), "contact_id": contact_id, "created_at": work.now}
    row |= {"category": category.value, "channel": channel.value}
    connection.execute(insert(Muted).values(**row).on_conflict_do_nothing())


def record_consent(
    work: Work,
    contact_id: ContactId,
    channel: Channel,
    purpose: Purpose,
    *,
    given: bool,
    wording: str,
    source: str,
    address: str = "",
) -> None:
    """Add one's word to what was said before; the same again changes nothing.

    It is about `address`, or about the one they have now.
    """
    address = address or _address(work, contact_id, channel, given=given)
    lock_in_order(work, contact_id)
    latest = (
        work.session.connection()
        .execute(
            select(col(Consent.given), col(Consent.address), col(Consent.nth))
            .where(
                col(Consent.contact_id) == contact_id,
                col(Consent.channel) == channel.value,
                col(Consent.purpose) == purpose.value,
            )
            .order_by(col(Consent.nth).desc())
            .limit(1)
        )
        .first()
    )
    if latest and (latest[0], latest[1]) == (given, address):
        return
    work.session.add(
        Consent(
            contact_id=contact_id,
            channel=channel,
            purpose=purpose,
            nth=latest[2] + 1 if latest else 1,
            given=given,
            address=address,
            wording=wording.strip(),
            source=source,
            recorded_at=work.now,
            recorded_by=work.actor.person_id,
        )
    )
    work.session.flush()


def stop_texts_to(work: Work, number: str, *, wording: str) -> None:
    """No more texts of any kind to this number: for whoever has it, or once allowed them to it.

    Their other numbers are another matter, and so is whether they are still here.
    """
    query = select(col(Consent.contact_id)).where(col(Consent.address) == number).distinct()
    said = work.session.connection().execute(query).scalars().all()
    for contact_id in sorted({*said, *contacts.with_number(work, number)}):
        for purpose in Purpose:
            record_consent(
                work,
                contact_id,
                Channel.TEXT,
                purpose,
                given=False,
                wording=wording,
                source="text",
                address=number,
            )


def _address(work: Work, contact_id: ContactId, channel: Channel, *, given: bool) -> str:
    found: Collection[Recipient] = recipients(work, [contact_id])
    who = next(iter(found), None)
    if who is None:
        raise NotFound
    address = who.phone if channel is Channel.TEXT else who.email
    if given and not address:
        raise NoNumber
    return address


def _require_own(work: Work, contact_id: ContactId) -> None:
    if contact_id not in own_contacts(work):
        raise NotFound
