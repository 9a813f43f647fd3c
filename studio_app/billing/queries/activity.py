"""What happened to a document, the latest first."""

from dataclasses import dataclass
from datetime import datetime

from studio_app.billing.access import rows
from studio_app.billing.queries.invoices import invoice
from studio_app.identity.access import studio_zone
from studio_app.kit.access import Permission
from studio_app.kit.formats import say_when
from studio_app.kit.ids import InvoiceId
from studio_app.kit.words import Text, _
from studio_app.kit.work import Work, requires


@dataclass(frozen=True, slots=True)
class Happening:
    """`kind` is created, sent, settled or voided."""

    kind: str
    words: str
    when: str


@requires(Permission.BILLING_VIEW)
def invoice_activity(work: Work, invoice_id: InvoiceId) -> list[Happening]:
    """Written, sent, settled by what, voided."""
    row = rows.invoice(work, invoice_id)
    zone, locale = studio_zone(work), work.actor.locale

    def at(kind: str, words: Text, instant: datetime | None) -> list[Happening]:
        if instant is None:
            return []
        return [Happening(kind, words.say(locale), say_when(instant, zone, locale))]

    settled = [
        Happening("settled", f"{part.what}: {part.amount}", part.on)
        for part in invoice(work, invoice_id).settled_by
    ]
    return [
        *at("voided", _("Voided"), row.voided_at),
        *reversed(settled),
        *at("sent", _("Sent"), row.sent_at),
        *at("created", _("Created"), row.created_at),
    ]
