"""Who or what would be in two lessons at once, and how many fit into one."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from uuid import UUID

from studio_app.kit.clock import Slot
from studio_app.kit.ids import LessonId, RoomId, StudentId, TeacherId
from studio_app.kit.words import Text, _

LONGEST = timedelta(days=1)
"""No lesson lasts longer; so a lesson that overlaps begins at most this long before."""


class Side(StrEnum):
    TEACHER = "teacher"
    ROOM = "room"
    STUDENT = "student"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Who and what a lesson needs; a shared room is nobody's alone."""

    slot: Slot
    teacher_id: TeacherId
    room_id: RoomId | None = None
    single_use: bool = False
    student_ids: frozenset[StudentId] = frozenset()


@dataclass(frozen=True, slots=True)
class Booking:
    """A lesson that is in the diary already."""

    lesson_id: LessonId
    wants: Wanted


@dataclass(frozen=True, slots=True)
class Clash:
    side: Side
    who: UUID
    booking: Booking


def clashes(wanted: Sequence[Wanted], booked: Sequence[Booking]) -> list[list[Clash]]:
    """For each wanted lesson what stands in its way, the earliest first."""
    in_order = sorted(booked, key=lambda b: b.wants.slot)
    starts = [b.wants.slot.starts_at for b in in_order]
    found: list[list[Clash]] = []
    for want in wanted:
        first = bisect_left(starts, want.slot.starts_at - LONGEST)
        last = bisect_left(starts, want.slot.ends_at)
        found.append([clash for b in in_order[first:last] for clash in _between(want, b)])
    return found


def _between(want: Wanted, booking: Booking) -> list[Clash]:
    there = booking.wants
    if not want.slot.overlaps(there.slot):
        return []
    sides: list[tuple[Side, UUID]] = []
    if want.teacher_id == there.teacher_id:
        sides.append((Side.TEACHER, want.teacher_id))
    if want.room_id is not None and want.single_use and want.room_id == there.room_id:
        sides.append((Side.ROOM, want.room_id))
    sides += [(Side.STUDENT, who) for who in sorted(want.student_ids & there.student_ids)]
    return [Clash(side, who, booking) for side, who in sides]


MOST = 300
"""More people are an audience."""


def too_many(students: int, *, for_type: int | None, in_room: int | None) -> Text | None:
    """Why so many students do not fit, or None if they do. Empty limits do not limit."""
    if students > MOST:
        return _("At most {n} people take part in one lesson.", n=MOST)
    if for_type is not None and students > for_type:
        return _("This kind of lesson is for {n} at most.", n=for_type)
    if in_room is not None and students > in_room:
        return _("The room holds {n} at most.", n=in_room)
    return None
