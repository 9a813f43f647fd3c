"""Weekly lessons that would take each other's time."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time
from uuid import UUID


@dataclass(frozen=True, slots=True)
class WeeklyTime:
    """A weekly lesson that is proposed: when, and whose time it takes."""

    id: UUID
    weekday: int
    at: time
    minutes: int
    teacher_id: UUID
    student_id: UUID

    @property
    def span(self) -> tuple[int, int]:
        """Minutes from the start of Monday, the end excluded."""
        start = ((self.weekday - 1) * 24 + self.at.hour) * 60 + self.at.minute
        return start, start + self.minutes


def rivals(wanted: Sequence[WeeklyTime]) -> dict[UUID, list[UUID]]:
    """For each proposal the others that want its teacher or its student at the same time."""
    in_order = sorted(wanted, key=lambda w: (w.span, w.id))
    found: dict[UUID, list[UUID]] = defaultdict(list)
    for index, one in enumerate(in_order):
        for other in in_order[index + 1 :]:
            if other.span[0] >= one.span[1]:
                break
            if one.teacher_id == other.teacher_id or one.student_id == other.student_id:
                found[one.id].append(other.id)
                found[other.id].append(one.id)
    return found
