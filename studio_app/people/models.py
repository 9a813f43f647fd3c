"""The people of a studio: who learns, who teaches, who is responsible, who pays."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, Index, String, UniqueConstraint, literal_column, text
from sqlmodel import Field

from studio_app.kit.ids import FamilyId, GuardianId, PersonId, StudentId, TeacherId
from studio_app.kit.tables import StudioOwned, instant, key, ref, same_studio, studio_table
from studio_app.people.rules import StudentStatus


def _findable(table: str, expression: str) -> Index:
    """Find as you type: trigrams of what the row is called, in lower case."""
    return Index(
        f"{table}_found_by_name",
        literal_column(expression, String).label("called"),
        postgresql_using="gin",
        postgresql_ops={"called": "gin_trgm_ops"},
    )


class Family(StudioOwned, table=True):
    """A payer's account: who owes. An adult student's family is the student alone."""

    __table_args__ = studio_table(
        UniqueConstraint("studio_id", "external_id", name="family_imported_once"),
        _findable("family", "lower(name)"),
    )

    id: FamilyId = key()
    name: str = Field(description="personal")
    address: str = Field(default="", description="personal")
    notes: str = Field(default="", description="personal")
    external_id: str | None = None
    archived_at: datetime | None = instant(default=None)


class Student(StudioOwned, table=True):
    """Somebody who learns. Only a name is needed."""

    __table_args__ = studio_table(
        same_studio("family_id", "family"),
        UniqueConstraint("studio_id", "external_id", name="student_imported_once"),
        _findable("student", "lower((first_name || ' ') || last_name)"),
    )

    id: StudentId = key()
    family_id: FamilyId = ref()
    person_id: PersonId | None = ref(default=None, foreign_key="person.id")
    first_name: str = Field(description="personal")
    last_name: str = Field(default="", description="personal")
    status: StudentStatus = Field(default=StudentStatus.ACTIVE, sa_type=String)
    is_adult: bool = False
    email: str = Field(default="", description="personal")
    phone: str = Field(default="", description="personal")
    birthday: date | None = Field(default=None, description="personal")
    instrument: str = ""
    notes: str = Field(default="", description="personal")
    started_on: date | None = None
    left_on: date | None = None
    external_id: str | None = None
    archived_at: datetime | None = instant(default=None)

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()


class StudentTag(StudioOwned, table=True):
    """A word the office has put on a student, to find those like them again."""

    __table_args__ = studio_table(
        same_studio("student_id", "student", ondelete="CASCADE"),
        UniqueConstraint("studio_id", "student_id", "tag", name="student_tag_once"),
        Index("student_tag_by_word", "studio_id", "tag"),
    )

    id: UUID = key()
    student_id: StudentId = ref(index=False)
    tag: str


class Guardian(StudioOwned, table=True):
    """An adult responsible for students. Signs in once they accepted an invitation."""

    __table_args__ = studio_table(
        UniqueConstraint("studio_id", "person_id", name="guardian_once_per_person"),
        _findable("guardian", "lower(name)"),
    )

    id: GuardianId = key()
    person_id: PersonId | None = ref(default=None, foreign_key="person.id")
    name: str = Field(description="personal")
    email: str = Field(default="", description="personal")
    phone: str = Field(default="", description="personal")
    archived_at: datetime | None = instant(default=None)


class Guardianship(StudioOwned, table=True):
    """Who is responsible for whom, and who of them hears of what."""

    __table_args__ = studio_table(
        same_studio("guardian_id", "guardian"),
        same_studio("student_id", "student"),
        UniqueConstraint("studio_id", "guardian_id", "student_id", name="guardianship_once"),
    )

    id: UUID = key()
    guardian_id: GuardianId = ref()
    student_id: StudentId = ref()
    receives_schedule: bool = True
    receives_practice: bool = True
    receives_billing: bool | None = Field(
        default=None, description="empty: whoever is the primary payer"
    )


class Payer(StudioOwned, table=True):
    """A guardian who sees and settles a family's account; the primary one is billed."""

    __table_args__ = studio_table(
        same_studio("family_id", "family"),
        same_studio("guardian_id", "guardian"),
        UniqueConstraint("studio_id", "family_id", "guardian_id", name="payer_once_per_family"),
        Index(
            "payer_one_primary_per_family",
            "studio_id",
            "family_id",
            unique=True,
            postgresql_where=text("is_primary"),
        ),
    )

    id: UUID = key()
    family_id: FamilyId = ref()
    guardian_id: GuardianId = ref()
    is_primary: bool = False


class Teacher(StudioOwned, table=True):
    """Somebody who teaches here; with an account or without."""

    __table_args__ = studio_table(
        UniqueConstraint("studio_id", "person_id", name="teacher_once_per_person"),
        CheckConstraint("colour between 1 and 8", name="teacher_colour_is_one_of_eight"),
        _findable("teacher", "lower(name)"),
    )

    id: TeacherId = key()
    person_id: PersonId | None = ref(default=None, foreign_key="person.id")
    name: str = Field(description="personal")
    email: str = Field(default="", description="personal")
    phone: str = Field(default="", description="personal")
    colour: int = 1
    instruments: list[str] = Field(default_factory=list, sa_type=ARRAY(String))  # type: ignore[call-overload]
    archived_at: datetime | None = instant(default=None)
