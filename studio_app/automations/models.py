"""What the owner has told the studio to do by itself, what came of it, and the office's tasks."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint, Uuid, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from studio_app.automations.rules.recipe import Happening
from studio_app.automations.rules.results import ActionResult, RunResult
from studio_app.kit.ids import (
    AutomationId,
    FamilyId,
    LessonId,
    PersonId,
    RunId,
    StudentId,
    TaskId,
)
from studio_app.kit.tables import StudioOwned, instant, key, ref, same_studio, studio_table

DAILY_LIMIT = 100


class Automation(StudioOwned, table=True):
    """When, if and then: a recipe as data, which changes its version each time it changes."""

    __table_args__ = studio_table(
        CheckConstraint("daily_limit between 1 and 10000", name="automation_has_a_limit"),
        Index(
            "automation_listening",
            "studio_id",
            "happening",
            postgresql_where=text("is_on and deleted_at is null"),
        ),
    )

    id: AutomationId = key()
    name: str
    recipe: dict[str, Any] = Field(sa_type=JSONB, description="see rules.recipe")
    happening: Happening = Field(sa_type=String, description="that of the recipe")
    version: int = 1
    is_on: bool = False
    daily_limit: int = DAILY_LIMIT
    """How many actions it may do on one day of the studio"""
    since: datetime = instant(
        description="switched on or changed: what was due before is not made up for"
    )
    deleted_at: datetime | None = instant(default=None)


class AutomationTick(StudioOwned, table=True):
    """A day on which a scheduled automation has had its turn: claimed by inserting this row."""

    __table_args__ = studio_table(
        same_studio("automation_id", "automation"),
        UniqueConstraint("studio_id", "automation_id", "slot", name="automation_once_per_slot"),
    )

    id: UUID = key()
    automation_id: AutomationId = ref(index=False)
    slot: date
    ran_at: datetime = instant()
    considered: int = 0
    met: int = 0


class AutomationRun(StudioOwned, table=True):
    """One automation looked at one thing that happened. Written once."""

    __table_args__ = studio_table(
        same_studio("automation_id", "automation"),
        same_studio("after_id", "automation_run", ondelete="SET NULL (after_id)"),
        same_studio("student_id", "student", ondelete="SET NULL (student_id)"),
        same_studio("family_id", "family", ondelete="SET NULL (family_id)"),
        same_studio("lesson_id", "lesson", ondelete="SET NULL (lesson_id)"),
        UniqueConstraint("studio_id", "automation_id", "occasion", name="automation_run_once"),
        Index("automation_run_newest", "studio_id", "automation_id", "ran_at"),
        Index("automation_run_of_day", "studio_id", "automation_id", "on_day"),
    )

    id: RunId = key()
    automation_id: AutomationId = ref(index=False)
    version: int
    occasion: str
    """Which of the things that happen: the same one never counts twice"""
    happening: Happening = Field(sa_type=String)
    happened_at: datetime = instant()
    ran_at: datetime = instant()
    on_day: date
    """On the studio's wall: the limit is by day"""
    student_id: StudentId | None = ref(default=None)
    family_id: FamilyId | None = ref(default=None)
    lesson_id: LessonId | None = ref(default=None)
    conditions: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSONB)  # type: ignore[call-overload]
    """Each condition with what was found and whether it held"""
    result: RunResult = Field(sa_type=String)
    depth: int = 0
    after_id: RunId | None = ref(default=None)
    """The run whose action made this happen"""
    work_id: UUID = ref(description="the audit entry of what it did")


class AutomationAction(StudioOwned, table=True):
    """What became of one action of a run."""

    __table_args__ = studio_table(
        same_studio("run_id", "automation_run"),
        UniqueConstraint("studio_id", "run_id", "position", name="automation_action_in_its_place"),
        Index(
            "automation_action_failed",
            "studio_id",
            postgresql_where=text("result = 'failed'"),
        ),
    )

    id: UUID = key()
    run_id: RunId = ref(index=False)
    position: int
    asked: dict[str, Any] = Field(sa_type=JSONB, description="as it was then; see rules.recipe")
    result: ActionResult = Field(sa_type=String)
    reason: dict[str, Any] = Field(default_factory=dict, sa_type=JSONB)
    """Why it failed, as a sentence to be said later"""
    made_id: UUID | None = Field(default=None, sa_type=Uuid, description="the task it made")
    attempts: int = 0
    ended_at: datetime | None = instant(default=None)


class WebhookKey(StudioOwned, table=True):
    """What a webhook is signed with is derived from this id and the installation's secret."""

    __table_args__ = studio_table(same_studio("automation_id", "automation"))

    id: UUID = key()
    automation_id: AutomationId = ref()
    shown_at: datetime | None = instant(default=None)


class Task(StudioOwned, table=True):
    """Something for the office to do, written by somebody or by an automation."""

    __table_args__ = studio_table(
        same_studio("student_id", "student", ondelete="SET NULL (student_id)"),
        same_studio("family_id", "family", ondelete="SET NULL (family_id)"),
        same_studio("lesson_id", "lesson", ondelete="SET NULL (lesson_id)"),
        same_studio("run_id", "automation_run", ondelete="SET NULL (run_id)"),
        Index("task_open", "studio_id", "due_on", postgresql_where=text("done_at is null")),
    )

    id: TaskId = key()
    words: str = Field(description="personal")
    student_id: StudentId | None = ref(default=None)
    family_id: FamilyId | None = ref(default=None)
    lesson_id: LessonId | None = ref(default=None)
    due_on: date | None = None
    done_at: datetime | None = instant(default=None)
    done_by: PersonId | None = ref(default=None, index=False)
    made_by: PersonId | None = ref(default=None, index=False)
    run_id: RunId | None = ref(default=None)
