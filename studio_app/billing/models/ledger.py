"""The books: double entry, written once. A mistake is reversed by a transaction of its own."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index, String, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from studio_app.billing.rules.ledger import Account, Kind
from studio_app.kit.ids import FamilyId, PricePlanId, StudentId, TransactionId
from studio_app.kit.money import Money
from studio_app.kit.tables import StudioOwned, key, ref, same_studio, studio_table


class LedgerTransaction(StudioOwned, table=True):
    """One movement of money: why, about what, and which transaction it undoes.

    Of the same kind about the same thing there is one at a time: the next `nth` only after
    the one before is reversed.
    """

    __table_args__ = studio_table(
        same_studio("reverses_id", "ledger_transaction"),
        same_studio("student_id", "student"),
        same_studio("price_plan_id", "price_plan"),
        UniqueConstraint("studio_id", "kind", "about_id", "nth", name="ledger_once"),
        UniqueConstraint("studio_id", "reverses_id", name="ledger_reversed_once"),
        CheckConstraint(
            "(kind = 'reversal') = (reverses_id is not null)", name="ledger_reversal_has_a_target"
        ),
        CheckConstraint("nth > 0", name="ledger_nth_counts_from_one"),
        Index("ledger_transaction_by_day", "studio_id", "effective_on"),
    )

    id: TransactionId = key()
    kind: Kind = Field(sa_type=String)
    about_id: UUID = ref(index=False)  # the seat, fee, invoice or payment this is about
    nth: int = 1
    reverses_id: TransactionId | None = ref(default=None, index=False)
    effective_on: date
    words: dict[str, Any] = Field(sa_type=JSONB, description="see rules.words")
    student_id: StudentId | None = ref(default=None, index=False)
    price_plan_id: PricePlanId | None = ref(default=None)
    tax_bp: int = Field(default=0, description="hundredths of a percent")
    tax_included: bool = True


class LedgerEntry(StudioOwned, table=True):
    """One side of a transaction. Positive: the account receives; negative: it gives."""

    __table_args__ = studio_table(
        same_studio("transaction_id", "ledger_transaction"),
        same_studio("family_id", "family"),
        CheckConstraint(
            "(account = 'receivable') = (family_id is not null)",
            name="ledger_entry_family_owes_what_is_receivable",
        ),
        Index("ledger_entry_by_account", "studio_id", "account"),
    )

    id: UUID = key()
    transaction_id: TransactionId = ref()
    account: Account = Field(sa_type=String)
    family_id: FamilyId | None = ref(default=None)
    amount_minor: int = Field(sa_type=BigInteger)
    currency: str = Field(min_length=3, max_length=3)

    @property
    def amount(self) -> Money:
        return Money(self.amount_minor, self.currency)
