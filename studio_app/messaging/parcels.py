"""The last look at a message before it leaves: is it still wanted, allowed, and not night?"""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select
from sqlmodel import col

from studio_app.identity.models import Invitation
from studio_app.identity.secrets import token_about
from studio_app.kit.ids import MessageId
from studio_app.kit.settings import settings
from studio_app.kit.words import Text, _
from studio_app.kit.work import Work
from studio_app.messaging.access import consents
from studio_app.messaging.access.begins import first_begin
from studio_app.messaging.access.recipients import Recipient, recipients, stranger
from studio_app.messaging.access.studio import House, house
from studio_app.messaging.composing import Written, unsubscribe_path, write
from studio_app.messaging.email_gateway import Email
from studio_app.messaging.handing import Parcel
from studio_app.messaging.layout import dressed
from studio_app.messaging.models.messages import Message, PushSubscription
from studio_app.messaging.push_gateway import Push
from studio_app.messaging.rehearsing import is_rehearsal, rehearsal_of
from studio_app.messaging.rules.kinds import KINDS, Category, Channel, Kind
from studio_app.messaging.rules.quiet import heeded, not_before
from studio_app.messaging.rules.states import MessageStatus, Purpose
from studio_app.messaging.rules.wording import paragraphs
from studio_app.messaging.sms_gateway import Sms
from studio_app.messaging.subjects.told import Telling

AT_IT = timedelta(minutes=2)
"""How long somebody may be sending before we believe that they died over it."""
PUSH_LASTS = timedelta(hours=12)
UNSUBSCRIBE = "unsubscribe"
REPORT = "/api/hooks/twilio/report"


def prepare(work: Work, message_id: MessageId) -> tuple[Parcel, bool] | None:
    """What to hand over now, and whether it is new or was in somebody's hands who died.

    None where there is nothing to do: it waits, it is not wanted any more, or it is done.
    """
    query = select(Message).where(col(Message.id) == message_id).with_for_update()
    message = work.session.scalars(query).one_or_none()
    if message is None:
        return None
    if message.status == MessageStatus.SENDING:
        return _left_behind(work, message)
    if message.status != MessageStatus.WAITING or message.due_at > work.now:
        return None
    here = house(work)
    recipient = _recipient(work, message)
    tried = is_rehearsal(message)
    reason = None if tried else _unwanted(work, message, recipient, here)
    if reason is not None or recipient is None:
        _skip(message, reason or _("Nobody is there any more."), here.language)
        return None
    if _must_wait(work, message, recipient, here):
        return None
    telling = Telling(work, message, recipient, here, recipient.language or here.language)
    said = rehearsal_of(work, message, recipient, here) if tried else telling
    written = write(said)
    if isinstance(written, Text):
        _skip(message, written, here.language)
        return None
    return _leaving(replace(said, message=message), written)


def address_of(recipient: Recipient, channel: Channel) -> str:
    return {Channel.EMAIL: recipient.email, Channel.TEXT: recipient.phone}.get(channel, "")


def _leaving(telling: Telling, written: Written) -> tuple[Parcel, bool] | None:
    """Keep the words as they leave; what only lands in Cadenza's inbox is there with this."""
    message, now = telling.message, telling.work.now
    short = message.channel in {Channel.TEXT, Channel.PUSH}
    message.subject = written.subject
    message.body = written.kept_short if short else written.kept_body
    message.path = written.path
    message.language = telling.language
    message.template_version = written.version
    message.address = address_of(telling.recipient, Channel(message.channel))
    message.reason = ""
    message.tried_at = now
    message.attempts += 1
    message.quiet = [str(w) for w in heeded(telling.house.quiet, telling.recipient.quiet)]
    message.zone = telling.house.zone.key
    if message.channel == Channel.INBOX:
        message.status, message.sent_at = MessageStatus.SENT, now
        return None
    message.status = MessageStatus.SENDING
    return _parcel(telling, written), True


def _left_behind(work: Work, message: Message) -> tuple[Parcel, bool] | None:
    if message.tried_at and work.now - message.tried_at < AT_IT:
        return None
    sms = None
    if message.channel == Channel.TEXT:
        sms = Sms(message.id, message.address, "", message.body, "")
    since = message.tried_at or message.made_at
    carried = message.channel != Channel.INBOX and sms is None
    if carried:
        message.status = MessageStatus.DOUBTFUL
        return None
    return Parcel(message.id, message.language, since, sms=sms), False


def _unwanted(
    work: Work, message: Message, recipient: Recipient | None, here: House
) -> Text | None:
    """Why this person does not want it this way, or cannot be reached by it."""
    kind, channel = KINDS[message.kind], Channel(message.channel)
    if recipient is None:
        return _("Nobody is there any more.")
    if channel not in here.ways(kind):
        return _("The studio does not send this.")
    if kind.can_be_muted and consents.muted(work, [recipient.contact_id]) & {
        (recipient.contact_id, kind.category, channel)
    }:
        return _("They do not want to hear of this.")
    if channel is Channel.EMAIL and not recipient.email:
        return _("There is no e-mail address.")
    if channel is Channel.PUSH and not recipient.browsers:
        return _("No browser of theirs takes notifications any more.")
    if channel is Channel.INBOX and recipient.person_id is None:
        return _("They have no account here.")
    return _not_allowed(work, kind, channel, recipient)


def _not_allowed(work: Work, kind: Kind, channel: Channel, recipient: Recipient) -> Text | None:
    """Texts and news need a recorded consent; the answer to somebody's own text does not."""
    news = kind.category is Category.NEWS
    if kind.about == "reply" or (channel is not Channel.TEXT and not news):
        return None
    if channel is Channel.INBOX:
        return None
    purpose = Purpose.MARKETING if news else Purpose.SERVICE
    given = consents.allowed(work, [recipient.contact_id], channel, purpose)
    if given.get(recipient.contact_id) != address_of(recipient, channel):
        return _("They have not allowed this.")
    return None


def _must_wait(work: Work, message: Message, recipient: Recipient, here: House) -> bool:
    """Night: it waits for the morning, and is looked at again then; unless that is too late."""
    if message.urgent or message.channel == Channel.INBOX:
        return False
    morning = not_before(work.now, heeded(here.quiet, recipient.quiet), here.zone)
    if morning == work.now:
        return False
    begins = first_begin(work, message)
    if begins is not None and begins <= morning:
        message.urgent = True
        return False
    message.due_at, message.queued_at = morning, None
    return True


def _skip(message: Message, reason: Text, language: str) -> None:
    message.status = MessageStatus.SKIPPED
    message.reason = reason.say(language)


def _recipient(work: Work, message: Message) -> Recipient | None:
    if message.kind == "invitation" and message.about_ids:
        invited = work.session.get(Invitation, message.about_ids[0])
        return stranger(invited.name, invited.email) if invited else None
    if message.contact_id is None:
        return None
    return next(iter(recipients(work, [message.contact_id])), None)


def _parcel(telling: Telling, written: Written) -> Parcel:
    message, here, who = telling.message, telling.house, telling.recipient
    base = (message.id, telling.language, telling.work.now)
    if message.channel == Channel.EMAIL:
        return Parcel(*base, email=email_of(telling, written), stays=here.is_demo)
    if message.channel == Channel.TEXT:
        report = f"{settings().studio_origin}{REPORT}?studio={telling.work.studio_id}"
        sms = Sms(
            message.id, who.phone, here.sms_number, written.short, f"{report}&message={message.id}"
        )
        return Parcel(*base, sms=sms, stays=here.is_demo)
    query = select(PushSubscription).where(
        col(PushSubscription.person_id) == who.person_id, col(PushSubscription.ended_at).is_(None)
    )
    browsers = telling.work.session.scalars(query)
    return Parcel(
        *base,
        pushes=tuple(
            Push(
                message.id,
                one.endpoint,
                one.p256dh,
                one.auth,
                f"{here.name}: {written.subject}",
                written.short,
                written.path,
                PUSH_LASTS,
            )
            for one in browsers
        ),
    )


def email_of(telling: Telling, written: Written) -> Email:
    """The letter, dressed."""
    message, here, who = telling.message, telling.house, telling.recipient
    kind, told = KINDS[message.kind], written.told
    path = unsubscribe_path(telling.work.studio_id, token_about(UNSUBSCRIBE, message.id))
    unsubscribe = f"{settings().studio_origin}/api{path}" if kind.can_be_muted else ""
    page = f"{settings().studio_origin}{path}"
    label = telling.say(kind.button) if kind.button else ""
    html, text = dressed(
        studio=here.name,
        heading=written.subject,
        paragraphs=paragraphs(written.body),
        button=(label, written.link) if label and written.link else None,
        rows=told.rows,
        footer=[telling.say(_("{studio} sends this with Cadenza.", studio=here.name))],
        unsubscribe=(telling.say(_("No more e-mails like this")), page) if unsubscribe else None,
        locale=telling.language,
    )
    return Email(
        key=message.id,
        to=who.email,
        to_name=who.name,
        sender_name=here.name,
        subject=written.subject,
        text=text,
        html=html,
        reply_to=here.reply_to,
        unsubscribe_url=unsubscribe,
        calendar=told.calendar,
        calendar_method=told.calendar_method,
        attachments=told.attached,
        stays=here.is_demo,
    )
