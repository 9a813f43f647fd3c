"""Lessons that are sold several at once: what is on offer, and what was sold to whom."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, String, UniqueConstraint
from sqlmodel import Field

from studio_app.kit.ids import (
    CreditLotId,
    FamilyId,
    LessonTypeId,
    PackageId,
    PersonId,
    SaleId,
    StudentId,
)
from studio_app.kit.money import Money
from studio_app.kit.tables import StudioOwned, instant, key, ref, same_studio, studio_table


class Package(StudioOwned, table=True):
    """So many sessions for a price, good for lessons of a kind and length. Empty is any."""

    __table_args__ = studio_table(
        same_studio("lesson_type_id", "lesson_type"),
        CheckConstraint("sessions > 0", name="package_has_sessions"),
        CheckConstraint("amount_minor >= 0", name="package_is_not_negative"),
        CheckConstraint("minutes > 0", name="package_minutes_are_positive"),
        CheckConstraint("months > 0", name="package_months_are_positive"),
        CheckConstraint("tax_bp between 0 and 10000", name="package_tax_is_a_rate"),
    )

    id: PackageId = key()
    name: str
    sessions: int
    lesson_type_id: LessonTypeId | None = ref(default=None, index=False)
    minutes: int | None = None
    months: int | None = None
    """How long it is good for; None: it does not run out"""
    amount_minor: int = Field(sa_type=BigInteger)
    currency: str = Field(min_length=3, max_length=3)
    tax_bp: int = Field(default=0, description="hundredths of a percent")
    tax_included: bool = True
    archived_at: datetime | None = instant(default=None)


class PackageSale(StudioOwned, table=True):
    """A family bought a package: at which price, and the credit it became. Written once."""

    __table_args__ = studio_table(
        same_studio("package_id", "package"),
        same_studio("family_id", "family"),
        same_studio("student_id", "student"),
        same_studio("lot_id", "credit_lot"),
        UniqueConstraint("studio_id", "lot_id", name="package_sale_one_lot"),
        CheckConstraint("sessions > 0", name="package_sale_has_sessions"),
    )

    id: SaleId = key()
    package_id: PackageId = ref()
    family_id: FamilyId = ref()
    student_id: StudentId | None = ref(default=None, index=False)
    lot_id: CreditLotId = ref(index=False)
    name: str
    sessions: int
    amount_minor: int = Field(sa_type=BigInteger)
    net_minor: int = Field(sa_type=BigInteger, description="without the tax inside")
    currency: str = Field(sa_type=String, min_length=3, max_length=3)
    sold_on: date
    sold_by: PersonId | None = ref(default=None, index=False)

    @property
    def net(self) -> Money:
        return Money(self.net_minor, self.currency)
