"""What people tells the contexts above it."""

from dataclasses import dataclass
from uuid import UUID

from studio_app.kit.ids import StudentId
from studio_app.kit.outbox import Event


@dataclass(frozen=True, slots=True)
class StudentArrived(Event):
    """Somebody added a student. Not told of those whom an import brings: they are not new."""

    student_id: StudentId


@dataclass(frozen=True, slots=True)
class StudentTagged(Event):
    """The row of the tag: it is gone when the tag has been taken off again."""

    tag_id: UUID
