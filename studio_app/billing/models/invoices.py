"""Invoices and credit notes: a frozen selection of ledger transactions, with a number."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index, String, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from studio_app.billing.rules.status import DocumentKind
from studio_app.kit.ids import FamilyId, InvoiceId, StudentId, TransactionId
from studio_app.kit.tables import StudioOwned, instant, key, ref, same_studio, studio_table


class Invoice(StudioOwned, table=True):
    """What a family is asked to pay, or is given back. Sent ones are never edited."""

    __table_args__ = studio_table(
        same_studio("family_id", "family"),
        same_studio("corrects_id", "invoice"),
        UniqueConstraint("studio_id", "number", name="invoice_number_once"),
        CheckConstraint("due_on >= issued_on", name="invoice_due_after_it_is_issued"),
        Index("invoice_by_day", "studio_id", "issued_on"),
    )

    id: InvoiceId = key()
    number: int
    kind: DocumentKind = Field(default=DocumentKind.INVOICE, sa_type=String)
    family_id: FamilyId = ref()
    billed_to: str = Field(default="", description="name and address as it was; personal")
    currency: str = Field(min_length=3, max_length=3)
    issued_on: date
    due_on: date
    period_from: date | None = None
    period_until: date | None = None  # the first day after it
    corrects_id: InvoiceId | None = ref(default=None)
    reason: str = ""
    sent_at: datetime | None = instant(default=None)
    voided_at: datetime | None = instant(default=None)


class InvoiceLine(StudioOwned, table=True):
    """One line as it was sent: words, quantity, price, amount and its share of the tax."""

    __table_args__ = studio_table(
        same_studio("invoice_id", "invoice"),
        same_studio("student_id", "student"),
        same_studio("corrects_id", "invoice_line"),
        UniqueConstraint("studio_id", "invoice_id", "position", name="invoice_line_in_its_place"),
        CheckConstraint(
            "unit_minor is null or unit_minor * quantity = amount_minor",
            name="invoice_line_is_quantity_times_price",
        ),
    )

    id: UUID = key()
    invoice_id: InvoiceId = ref()
    position: int
    title: dict[str, Any] = Field(sa_type=JSONB, description="see rules.words")
    detail: dict[str, Any] = Field(sa_type=JSONB, description="see rules.words")
    student_id: StudentId | None = ref(default=None, index=False)
    corrects_id: UUID | None = ref(default=None)
    quantity: int = 1
    unit_minor: int | None = Field(default=None, sa_type=BigInteger)
    amount_minor: int = Field(sa_type=BigInteger)
    tax_bp: int = 0
    tax_included: bool = True
    tax_minor: int = Field(default=0, sa_type=BigInteger)


class InvoiceItem(StudioOwned, table=True):
    """A ledger transaction on a line. It is on one invoice, until that one is voided."""

    __table_args__ = studio_table(
        same_studio("line_id", "invoice_line"),
        same_studio("transaction_id", "ledger_transaction"),
        Index(
            "invoice_item_billed_once",
            "studio_id",
            "transaction_id",
            unique=True,
            postgresql_where=text("released_at is null"),
        ),
    )

    id: UUID = key()
    line_id: UUID = ref()
    transaction_id: TransactionId = ref(index=False)
    amount_minor: int = Field(sa_type=BigInteger)
    tax_minor: int = Field(default=0, sa_type=BigInteger)
    released_at: datetime | None = instant(default=None)


class InvoiceCounter(StudioOwned, table=True):
    """The next number of a studio; whoever numbers an invoice holds its row."""

    __table_args__ = studio_table(UniqueConstraint("studio_id", name="invoice_counter_one"))

    id: UUID = key()
    next_number: int = 1
