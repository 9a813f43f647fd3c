"""What lessons cost, since when, and how each enrolment is billed."""

from datetime import date
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index, String, UniqueConstraint
from sqlmodel import Field

from studio_app.billing.rules.pricing import Mode, Per
from studio_app.kit.ids import EnrolmentId, LessonTypeId, PricePlanId, StudentId, TeacherId
from studio_app.kit.tables import StudioOwned, key, ref, same_studio, studio_table


class PricePlan(StudioOwned, table=True):
    """A price from a day on, for lessons that match what it names. Empty matches everything."""

    __table_args__ = studio_table(
        same_studio("lesson_type_id", "lesson_type"),
        same_studio("teacher_id", "teacher"),
        same_studio("student_id", "student"),
        CheckConstraint("amount_minor >= 0", name="price_plan_is_not_negative"),
        CheckConstraint("tax_bp between 0 and 10000", name="price_plan_tax_is_a_rate"),
        Index(
            "price_plan_once_per_day",
            "studio_id",
            "lesson_type_id",
            "teacher_id",
            "student_id",
            "minutes",
            "from_on",
            unique=True,
            postgresql_nulls_not_distinct=True,
        ),
    )

    id: PricePlanId = key()
    lesson_type_id: LessonTypeId | None = ref(default=None)
    teacher_id: TeacherId | None = ref(default=None, index=False)
    student_id: StudentId | None = ref(default=None, index=False)
    minutes: int | None = None
    from_on: date
    per: Per = Field(default=Per.LESSON, sa_type=String)
    amount_minor: int = Field(sa_type=BigInteger)
    currency: str = Field(min_length=3, max_length=3)
    tax_bp: int = Field(default=0, description="hundredths of a percent")
    tax_included: bool = True


class BillingArrangement(StudioOwned, table=True):
    """How an enrolment is billed; without one, lesson by lesson once they are held."""

    __table_args__ = studio_table(
        same_studio("enrolment_id", "enrolment"),
        UniqueConstraint("studio_id", "enrolment_id", name="billing_arrangement_one_each"),
    )

    id: UUID = key()
    enrolment_id: EnrolmentId = ref(index=False)
    mode: Mode = Field(sa_type=String)
