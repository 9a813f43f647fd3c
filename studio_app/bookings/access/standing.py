"""What has been offered to somebody is not open to other families meanwhile.

Staff still see it: the calendar is theirs. Whoever accepts looks again, with everything locked.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import NamedTuple

from sqlalchemy import text

from studio_app.kit.clock import Slot
from studio_app.kit.ids import LessonId, StudentId, TeacherId
from studio_app.kit.ready import Ready
from studio_app.kit.work import Work
from studio_app.scheduling.rules.openings import Opening
from studio_app.scheduling.slots import OpenTimes, Place

_STANDING = Ready(
    text("""
    select o.teacher_id, o.lesson_id, o.starts_at, o.minutes from offer o
    join waiting w on w.id = o.waiting_id
    where o.decided_at is null and w.student_id <> :student
    """)
)


class _Offered(NamedTuple):
    teacher_id: TeacherId
    lesson_id: LessonId | None
    slot: Slot


def without_offered(work: Work, found: OpenTimes, student_id: StudentId) -> OpenTimes:
    """Open times as another family may see them while the offers stand."""
    offered = [
        _Offered(row[0], row[1], Slot(row[2], row[2] + timedelta(minutes=row[3])))
        for row in _STANDING.send(work.session.connection(), {"student": student_id})
    ]
    if not offered:
        return found
    return replace(
        found,
        openings=tuple(one for one in found.openings if not _is_offered(one, offered)),
        places=tuple(_left(found.places, offered)),
    )


def _is_offered(one: Opening, offered: Sequence[_Offered]) -> bool:
    slot = Slot(one.starts_at, one.ends_at)
    return any(
        other.lesson_id is None and other.teacher_id == one.teacher_id and other.slot.overlaps(slot)
        for other in offered
    )


def _left(places: Iterable[Place], offered: Sequence[_Offered]) -> Iterable[Place]:
    taken = Counter(other.lesson_id for other in offered)
    for one in places:
        left = None if one.places is None else one.places - taken[one.lesson_id]
        if left is None or left > 0:
            yield one._replace(places=left)
