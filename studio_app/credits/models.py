"""Credits: lots, and what took from them or gave back. Written once, never changed."""

from datetime import date, datetime, time
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index, SmallInteger, String, UniqueConstraint
from sqlmodel import Field

from studio_app.credits.rules.lots import Act, CreditKind, GoodFor, Source
from studio_app.kit.ids import (
    CreditEntryId,
    CreditLotId,
    FamilyId,
    LessonTypeId,
    PersonId,
    StudentId,
    TeacherId,
)
from studio_app.kit.tables import StudioOwned, instant, key, ref, same_studio, studio_table


class CreditLot(StudioOwned, table=True):
    """A family may have so many lessons or so much money, until a day. What is left is its amount
    and the sum of its entries."""

    __table_args__ = studio_table(
        same_studio("family_id", "family"),
        same_studio("student_id", "student"),
        same_studio("lesson_type_id", "lesson_type"),
        same_studio("teacher_id", "teacher"),
        UniqueConstraint(
            "studio_id", "source", "about_id", "nth", name="credit_lot_once_per_source"
        ),
        CheckConstraint("amount > 0", name="credit_lot_is_positive"),
        CheckConstraint(
            "(kind = 'money') = (currency is not null)", name="credit_lot_money_has_a_currency"
        ),
        CheckConstraint("minutes > 0", name="credit_lot_minutes_are_positive"),
        CheckConstraint(
            "aligned = (weekday is not null) and aligned = (at is not null)",
            name="credit_lot_aligned_knows_when",
        ),
        CheckConstraint("valid_until >= valid_from", name="credit_lot_begins_before_it_ends"),
    )

    id: CreditLotId = key()
    family_id: FamilyId = ref()
    student_id: StudentId | None = ref(default=None)
    kind: CreditKind = Field(sa_type=String)
    amount: int = Field(sa_type=BigInteger, description="units, or minor units of the currency")
    currency: str | None = Field(default=None, min_length=3, max_length=3)
    lesson_type_id: LessonTypeId | None = ref(default=None, index=False)
    minutes: int | None = None
    teacher_id: TeacherId | None = ref(default=None, index=False)
    aligned: bool = False
    weekday: int | None = Field(default=None, sa_type=SmallInteger)
    at: time | None = None
    source: Source = Field(sa_type=String)
    about_id: UUID | None = ref(default=None, index=False)
    nth: int = 1
    """Of the same source: another one only after this was voided"""
    valid_from: date | None = None
    valid_until: date | None = None
    paid_for: bool = False
    reason: str = Field(default="", description="personal")
    given_by: PersonId | None = ref(default=None, index=False)
    made_at: datetime = instant()

    @property
    def good_for(self) -> GoodFor:
        return GoodFor(self.lesson_type_id, self.minutes, self.teacher_id, self.weekday, self.at)


class CreditEntry(StudioOwned, table=True):
    """What is left of a lot became less (negative) or more; what gives back says what it undoes."""

    __table_args__ = studio_table(
        same_studio("lot_id", "credit_lot"),
        same_studio("reverses_id", "credit_entry"),
        UniqueConstraint("studio_id", "reverses_id", name="credit_entry_reversed_once"),
        CheckConstraint(
            "(act in ('released', 'reinstated')) = (reverses_id is not null)",
            name="credit_entry_gives_back_what_was_taken",
        ),
        CheckConstraint(
            "(amount > 0) = (act in ('released', 'reinstated')) and amount <> 0",
            name="credit_entry_sign",
        ),
        CheckConstraint(
            "(act in ('used', 'released')) = (target_id is not null)",
            name="credit_entry_use_has_a_target",
        ),
        Index("credit_entry_of_target", "studio_id", "target_id"),
    )

    id: CreditEntryId = key()
    lot_id: CreditLotId = ref()
    act: Act = Field(sa_type=String)
    amount: int = Field(sa_type=BigInteger)
    target_id: UUID | None = ref(default=None, index=False)
    """The seat or the invoice it pays for"""
    booked: bool = False
    """A use that came with a booking stays as long as the seat does"""
    reverses_id: CreditEntryId | None = ref(default=None, index=False)
    on: date
    """In the studio's zone: the day that had to be within the validity of the lot"""
    good_until: date | None = None
    """What came back can be used until then, though the lot had run out"""
    words: str = Field(default="", description="personal")
    by: PersonId | None = ref(default=None, index=False)
    at: datetime = instant()


class CreditWarning(StudioOwned, table=True):
    """A family was told that a lot runs out: so many days before this day, once."""

    __table_args__ = studio_table(
        same_studio("lot_id", "credit_lot"),
        UniqueConstraint("studio_id", "lot_id", "until", "days", name="credit_warning_once"),
    )

    id: UUID = key()
    lot_id: CreditLotId = ref()
    until: date
    days: int
    warned_at: datetime = instant()
