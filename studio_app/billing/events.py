"""What billing tells the contexts above it."""

from dataclasses import dataclass

from studio_app.kit.ids import InvoiceId, PaymentId
from studio_app.kit.outbox import Event


@dataclass(frozen=True, slots=True)
class InvoiceSent(Event):
    invoice_id: InvoiceId


@dataclass(frozen=True, slots=True)
class PaymentReceived(Event):
    payment_id: PaymentId
