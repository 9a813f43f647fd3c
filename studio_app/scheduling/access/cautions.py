"""What could speak against some lessons, read in two or three statements however many they are."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import text

from studio_app.kit.clock import Slot
from studio_app.kit.ids import LessonId, LessonTypeId, StudentId, TeacherId
from studio_app.kit.ready import Ready
from studio_app.kit.work import Work
from studio_app.scheduling.access import openings
from studio_app.scheduling.rules.cautions import Known
from studio_app.scheduling.rules.clashes import Wanted
from studio_app.scheduling.rules.hours import Away

_KNOWN = Ready(
    text(
        openings.FRAME.format(
            more=""",
      (select jsonb_agg(jsonb_build_array(o.teacher_id, o.first_on, o.from_minute, o.last_on,
          o.until_minute)) from time_off o where o.teacher_id = any(cast(:teachers as uuid[]))
          and o.last_on >= :first_on and o.first_on <= :last_on) as away,
      (select jsonb_agg(jsonb_build_array(e.student_id, e.starts_at, e.ends_at))
          from busy_elsewhere(cast(:students as uuid[]), :begins, :ends) e) as elsewhere"""
        )
    )
)
DAY = timedelta(days=1)


def known(
    work: Work, wants: Sequence[Wanted], kind: LessonTypeId, *, without: LessonId | None
) -> Known:
    first = min(want.slot.starts_at for want in wants)
    span = Slot(first, max(want.slot.ends_at for want in wants))
    days = ((first - DAY).date(), (span.ends_at + DAY).date())
    given: dict[str, Any] = {"kind": kind, "begins": span.starts_at, "ends": span.ends_at}
    given |= {"first_on": days[0], "last_on": days[1]}
    given["teachers"] = list({want.teacher_id for want in wants})
    given["students"] = list({student for want in wants for student in want.student_ids})
    row = _KNOWN.send(work.session.connection(), given).one()
    frame = openings.framed(row, *days)
    return Known(
        zone=frame.zone,
        travel=frame.rules.travel,
        year=frame.year,
        places={hall.id: hall.location_id for hall, _holds in frame.rooms},
        around=_around(work, wants, span, frame, without),
        away=[_away(*one) for one in row.away or ()],
        elsewhere=[(StudentId(UUID(s)), _slot(a, b)) for s, a, b in row.elsewhere or ()],
    )


def _around(
    work: Work,
    wants: Sequence[Wanted],
    span: Slot,
    frame: openings.Frame,
    without: LessonId | None,
) -> list[openings.Busy]:
    """Lessons of the same people, where it takes time to get from one place to another."""
    travel = frame.rules.travel
    if not travel:
        return []
    found = openings.booked(
        work,
        Slot(span.starts_at - travel, span.ends_at + travel),
        teachers={want.teacher_id for want in wants},
        rooms=(),
        students={student for want in wants for student in want.student_ids},
    )
    return [one.busy for one in found if one.lesson_id != without]


def _away(teacher: str, first: str, from_minute: int, last: str, until_minute: int) -> Away:
    return Away(
        TeacherId(UUID(teacher)),
        date.fromisoformat(first),
        from_minute,
        date.fromisoformat(last),
        until_minute,
    )


def _slot(begins: str, ends: str) -> Slot:
    return Slot(datetime.fromisoformat(begins), datetime.fromisoformat(ends))
