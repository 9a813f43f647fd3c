"""Files on their way in: batches, their rows, and what came of them."""

from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    BigInteger,
    CheckConstraint,
    Index,
    Integer,
    SmallInteger,
    String,
    UniqueConstraint,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from studio_app.imports.rules.batches import BatchState, MadeKind, ProposalState, RowResult
from studio_app.imports.rules.dates import DateOrder
from studio_app.imports.rules.mapping import FileKind
from studio_app.imports.rules.problems import TodoCode
from studio_app.imports.rules.settling import Decision, Outcome
from studio_app.kit.ids import (
    BatchId,
    FamilyId,
    PersonId,
    SeriesId,
    StudentId,
    TeacherId,
)
from studio_app.kit.tables import StudioOwned, instant, key, ref, same_studio, studio_table


class ImportBatch(StudioOwned, table=True):
    """One file: how it is read, and how far it is."""

    __table_args__ = studio_table(
        CheckConstraint(
            "(state in ('applied', 'undone')) = (applied_at is not null)",
            name="import_batch_applied_when",
        ),
        CheckConstraint(
            "(state = 'undone') = (undone_at is not null)", name="import_batch_undone_when"
        ),
        Index("import_batch_by_file", "studio_id", "file_hash"),
    )

    id: BatchId = key()
    name: str = Field(description="of the file")
    file_hash: str
    kind: FileKind = Field(sa_type=String)
    encoding: str
    delimiter: str
    headings: list[str] = Field(sa_type=ARRAY(String))  # type: ignore[call-overload]
    preamble: int = 0
    replaced: int = 0
    mapping: dict[str, str] = Field(sa_type=JSONB, description="column number to target")
    order_chosen: DateOrder | None = Field(default=None, sa_type=String)
    order_found: DateOrder = Field(sa_type=String)
    order_evidence: dict[str, Any] = Field(default_factory=dict, sa_type=JSONB)
    state: BatchState = Field(default=BatchState.CHECKING, sa_type=String)
    rows_total: int
    rows_done: int = 0
    started_by: PersonId | None = ref(default=None, index=False)
    opening_on: date | None = None
    applied_at: datetime | None = instant(default=None)
    undone_at: datetime | None = instant(default=None)
    kept_on_undo: int = 0


class ImportRow(StudioOwned, table=True):
    """One row of a file, exactly once, with what it says and what became of it."""

    __table_args__ = studio_table(
        same_studio("batch_id", "import_batch", ondelete="CASCADE"),
        UniqueConstraint("studio_id", "batch_id", "line", name="import_row_once_per_line"),
        Index("import_row_in_group", "studio_id", "batch_id", "outcome", "line"),
    )

    id: UUID = key()
    batch_id: BatchId = ref(index=False)
    line: int
    cells: list[str] = Field(sa_type=ARRAY(String), description="personal")  # type: ignore[call-overload]
    withheld: bool = False
    fixes: dict[str, str] = Field(default_factory=dict, sa_type=JSONB, description="personal")
    parsed: dict[str, Any] = Field(default_factory=dict, sa_type=JSONB, description="personal")
    problems: list[dict[str, Any]] = Field(
        default_factory=list, sa_type=JSONB, description="personal"
    )
    outcome: Outcome | None = Field(default=None, sa_type=String)
    suggested: Decision | None = Field(default=None, sa_type=String)
    decision: Decision | None = Field(default=None, sa_type=String)
    family_key: str = Field(default="", description="personal")
    match_id: StudentId | None = ref(default=None, index=False)
    same_as_line: int | None = None
    result: RowResult | None = Field(default=None, sa_type=String)
    student_id: StudentId | None = ref(default=None, index=False)


class ImportBalance(StudioOwned, table=True):
    """What a family of the file owes at cut-over; negative: what it paid ahead."""

    __table_args__ = studio_table(
        same_studio("batch_id", "import_batch", ondelete="CASCADE"),
        UniqueConstraint("studio_id", "batch_id", "family_key", name="import_balance_once"),
    )

    id: UUID = key()
    batch_id: BatchId = ref(index=False)
    family_key: str = Field(description="personal")
    lines: list[int] = Field(sa_type=ARRAY(Integer))  # type: ignore[call-overload]
    amount_minor: int = Field(sa_type=BigInteger)
    currency: str = Field(min_length=3, max_length=3)
    typed: bool = False
    family_id: FamilyId | None = ref(default=None, index=False)
    posted: bool = False


class ImportMade(StudioOwned, table=True):
    """Somebody a batch added, or blanks it filled: what undoing has to take back."""

    __table_args__ = studio_table(
        same_studio("batch_id", "import_batch", ondelete="CASCADE"),
        Index("import_made_in_batch", "studio_id", "batch_id"),
    )

    id: UUID = key()
    batch_id: BatchId = ref(index=False)
    kind: MadeKind = Field(sa_type=String)
    made_id: UUID = ref(index=False)
    filled: dict[str, Any] | None = Field(
        default=None,
        sa_type=JSONB,
        nullable=True,
        description="personal; null: added by the batch, else what was written into blanks",
    )
    fingerprint: str = Field(default="", description="of the row as the batch left it")


class SeriesProposal(StudioOwned, table=True):
    """A weekly lesson read from a file, waiting to be put on the calendar."""

    __table_args__ = studio_table(
        same_studio("batch_id", "import_batch", ondelete="CASCADE"),
        same_studio("student_id", "student", ondelete="CASCADE"),
        same_studio("teacher_id", "teacher", ondelete="CASCADE"),
        same_studio("series_id", "series"),
        UniqueConstraint(
            "studio_id", "student_id", "teacher_id", "weekday", "at", name="proposal_made_once"
        ),
        CheckConstraint("weekday between 1 and 7", name="proposal_weekday_is_iso"),
        CheckConstraint(
            "(state = 'confirmed') = (series_id is not null)", name="proposal_confirmed_as"
        ),
    )

    id: UUID = key()
    batch_id: BatchId = ref(index=False)
    student_id: StudentId = ref(index=False)
    teacher_id: TeacherId = ref(index=False)
    weekday: int = Field(sa_type=SmallInteger)
    at: time
    minutes: int
    first_on: date
    price_minor: int | None = Field(default=None, sa_type=BigInteger)
    state: ProposalState = Field(default=ProposalState.OPEN, sa_type=String)
    series_id: SeriesId | None = ref(default=None, index=False)


class ImportTodo(StudioOwned, table=True):
    """What the file left for a person to finish."""

    __table_args__ = studio_table(
        same_studio("batch_id", "import_batch", ondelete="CASCADE"),
        same_studio("student_id", "student", ondelete="CASCADE"),
        Index("import_todo_open", "studio_id", "done_at"),
    )

    id: UUID = key()
    batch_id: BatchId = ref(index=False)
    student_id: StudentId = ref(index=False)
    code: TodoCode = Field(sa_type=String)
    params: dict[str, Any] = Field(default_factory=dict, sa_type=JSONB, description="personal")
    done_at: datetime | None = instant(default=None)
