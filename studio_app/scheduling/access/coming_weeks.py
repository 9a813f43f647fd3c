"""What is in the diary at the same hours of many weeks."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import text

from studio_app.kit.clock import Slot
from studio_app.kit.ids import RoomId, StudentId, TeacherId
from studio_app.kit.ready import Ready
from studio_app.kit.work import Work
from studio_app.scheduling.access.openings import Booked, booked_row

_BUSY_AT = Ready(
    text("""
    with wanted as (
      select begins, ends
      from unnest(cast(:begins as timestamptz[]), cast(:ends as timestamptz[])) as v(begins, ends)
    ), theirs as (
      select s.lesson_id, s.student_id from seat s
      where s.student_id = any(cast(:students as uuid[])) and s.left_at is null
        and s.starts_at > cast(:first as timestamptz) - interval '1 day' and s.starts_at < :last
    )
    select distinct on (l.id) l.id, l.starts_at, l.ends_at, l.teacher_id, l.room_id, r.location_id,
      l.lesson_type_id, r.max_capacity,
      array(select t.student_id from theirs t where t.lesson_id = l.id)
    from wanted w join lesson l on l.starts_at > w.begins - interval '1 day'
      and l.starts_at < w.ends and l.ends_at > w.begins
    left join room r on r.id = l.room_id
    where l.blocking and (l.teacher_id = any(cast(:teachers as uuid[]))
      or l.room_id = any(cast(:rooms as uuid[])) or l.id in (select t.lesson_id from theirs t))
    """)
)


def booked_at(
    work: Work,
    spans: Sequence[Slot],
    *,
    teachers: Collection[TeacherId],
    rooms: Collection[RoomId],
    students: Collection[StudentId],
) -> list[Booked]:
    """Lessons that block any of these spans for any of these; the spans may lie far apart."""
    given: dict[str, Any] = {
        "begins": [span.starts_at for span in spans],
        "ends": [span.ends_at for span in spans],
        "first": min(span.starts_at for span in spans),
        "last": max(span.ends_at for span in spans),
        "teachers": list[UUID](teachers),
        "rooms": list[UUID](rooms),
        "students": list[UUID](students),
    }
    return [booked_row(row) for row in _BUSY_AT.send(work.session.connection(), given)]
