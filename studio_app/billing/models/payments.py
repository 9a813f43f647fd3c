"""Money that came in, what was charged by hand, and what settles which invoice."""

from datetime import date
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, String, UniqueConstraint
from sqlmodel import Field

from studio_app.billing.rules.status import Method
from studio_app.kit.ids import FamilyId, InvoiceId, PaymentId, PersonId, StudentId, TransactionId
from studio_app.kit.money import Money
from studio_app.kit.tables import StudioOwned, key, ref, same_studio, studio_table


class Payment(StudioOwned, table=True):
    """Money a family gave us. Written once; a mistake is reversed in the ledger."""

    __table_args__ = studio_table(
        same_studio("family_id", "family"),
        UniqueConstraint("studio_id", "key", name="payment_once_per_key"),
        CheckConstraint("amount_minor > 0", name="payment_is_positive"),
    )

    id: PaymentId = key()
    family_id: FamilyId = ref()
    amount_minor: int = Field(sa_type=BigInteger)
    currency: str = Field(min_length=3, max_length=3)
    method: Method = Field(sa_type=String)
    received_on: date
    reference: str = Field(default="", description="personal")
    key: str = Field(description="minted by the sender: the same payment twice is one payment")
    recorded_by: PersonId | None = ref(default=None, index=False)

    @property
    def amount(self) -> Money:
        return Money(self.amount_minor, self.currency)


class Fee(StudioOwned, table=True):
    """Something charged that is not a lesson: a book, an exam, a late fee."""

    __table_args__ = studio_table(
        same_studio("family_id", "family"), same_studio("student_id", "student")
    )

    id: UUID = key()
    family_id: FamilyId = ref()
    student_id: StudentId | None = ref(default=None, index=False)
    description: str
    recorded_by: PersonId | None = ref(default=None, index=False)


class Allocation(StudioOwned, table=True):
    """Part of a credit that settles part of an invoice; negative rows take it back."""

    __table_args__ = studio_table(
        same_studio("invoice_id", "invoice"),
        same_studio("transaction_id", "ledger_transaction"),
        same_studio("credit_note_id", "invoice"),
        same_studio("reverses_id", "allocation"),
        UniqueConstraint("studio_id", "reverses_id", name="allocation_reversed_once"),
        CheckConstraint(
            "num_nonnulls(transaction_id, credit_note_id) = 1", name="allocation_has_one_source"
        ),
        CheckConstraint(
            "(amount_minor < 0) = (reverses_id is not null)", name="allocation_negative_reverses"
        ),
    )

    id: UUID = key()
    invoice_id: InvoiceId = ref()
    transaction_id: TransactionId | None = ref(default=None)
    credit_note_id: InvoiceId | None = ref(default=None)
    amount_minor: int = Field(sa_type=BigInteger)
    reverses_id: UUID | None = ref(default=None, index=False)


class HowToPay(StudioOwned, table=True):
    """What a studio tells families about paying it: its bank account, or where to bring cash."""

    __table_args__ = studio_table(UniqueConstraint("studio_id", name="how_to_pay_one"))

    id: UUID = key()
    words: str = ""
