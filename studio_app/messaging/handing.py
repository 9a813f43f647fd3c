"""Handing a parcel to whoever carries it: the mail server, the text service, the browsers."""

from dataclasses import dataclass, replace
from datetime import datetime

from studio_app.kit.ids import MessageId
from studio_app.kit.outbox import TryLater
from studio_app.messaging.email_gateway import Email, send_email
from studio_app.messaging.push_gateway import Push, send_push
from studio_app.messaging.sms_gateway import Sms, find_sent, send_sms
from studio_app.messaging.vendors import Accepted, Doubtful, Undeliverable


@dataclass(frozen=True, slots=True)
class Parcel:
    """One message as its carrier takes it; without any of them it stays in Cadenza's own inbox."""

    message_id: MessageId
    language: str
    since: datetime
    email: Email | None = None
    sms: Sms | None = None
    pushes: tuple[Push, ...] = ()
    stays: bool = False
    """A demonstration's: shown, and never sent"""


class NobodyListens(Undeliverable):
    """Every browser that wanted notifications is gone."""

    def __init__(self, refusal: Undeliverable, gone: tuple[str, ...]) -> None:
        super().__init__(refusal.code, refusal.sentence)
        self.gone = gone


def hand_over(parcel: Parcel) -> tuple[Accepted, tuple[str, ...]]:
    """Raises what the gateways raise. Also answers which browsers are gone for good."""
    if parcel.email:
        return send_email(parcel.email), ()
    if parcel.sms and parcel.stays:
        return send_sms(replace(parcel.sms, stays=True)), ()
    if parcel.sms:
        return send_sms(parcel.sms), ()
    if parcel.pushes:
        return _push(parcel.pushes)
    return Accepted(""), ()


def was_taken(parcel: Parcel) -> Accepted | None:
    """Whether the carrier has it already, where a carrier can be asked; None: nobody knows."""
    if parcel.sms:
        return find_sent(parcel.sms.to, parcel.sms.text, parcel.since)
    inside = not (parcel.email or parcel.pushes)
    return Accepted("") if inside else None


def _push(pushes: tuple[Push, ...]) -> tuple[Accepted, tuple[str, ...]]:
    """To each browser; one that took it is enough, one that is gone is only noted."""
    taken: Accepted | None = None
    gone: list[str] = []
    refusal: Undeliverable | None = None
    later: TryLater | Doubtful | None = None
    for push in pushes:
        try:
            taken = send_push(push)
        except Undeliverable as refused:
            refusal = refused
            gone.append(push.endpoint)
        except (TryLater, Doubtful) as error:
            later = error
    if taken is None and later is not None:
        raise later
    if taken is None and refusal is not None:
        raise NobodyListens(refusal, tuple(gone))
    return taken or Accepted(""), tuple(gone)
