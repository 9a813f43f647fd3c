"""Marks: what happened in a lesson, who said so, and what nobody has said anything about."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated

from fastapi import APIRouter, Body, Query
from pydantic import Field

from studio_app.attendance.commands import (
    Became,
    PhoneAnswer,
    PhoneMark,
    leave_for_later,
    mark_day_present,
    mark_from_phone,
    mark_seat,
    mark_together,
    take_up_again,
    undo_mark,
    undo_marks,
)
from studio_app.attendance.queries import (
    MarkMade,
    Outcome,
    SeatMark,
    day_sheet,
    lesson_sheet,
    mark_history,
    unmarked_before,
)
from studio_app.kit.clock import utc_now
from studio_app.kit.errors import Conflict, Forbidden, Refused, SignedOut
from studio_app.kit.ids import LessonId, SeatId, TeacherId
from studio_app.kit.words import _
from studio_app.overview.queries.unmarked import LeftLesson, UnmarkedLesson, unmarked_lessons
from studio_app.overview.queries_phone import KeptDays, days_for_the_phone, phone_holder
from studio_app.web.api.caller import Asking, Caller
from studio_app.web.api.v1.pages import Page, Paging

router = APIRouter(prefix="/api/v1", tags=["attendance"])


@dataclass(frozen=True, slots=True)
class NewMark:
    outcome: Outcome
    note: str = ""


AT_ONCE = 100
"""How many taps a phone may send in one request, and seats may be named in one."""
Seats = Annotated[list[SeatId], Body(embed=True, max_length=AT_ONCE)]


@dataclass(frozen=True, slots=True)
class WaitingMark:
    """A tap that waited on a phone. `order` counts the taps of that phone; no clock counts."""

    key: Annotated[str, Field(min_length=1, max_length=100)]
    order: Annotated[int, Field(ge=0, le=2**53 - 1)]
    seat_id: SeatId
    outcome: Outcome
    seen: Outcome


@dataclass(frozen=True, slots=True)
class WaitingMarks:
    """`holder` as it was said with the days: marks of one person are not sent as another."""

    holder: Annotated[str, Field(max_length=64)]
    marks: Annotated[list[WaitingMark], Field(max_length=AT_ONCE)]


class SomebodyElse(Conflict):
    message = _("These marks were made by somebody else on this device. They are still kept.")


@router.get("/attendance/phone")
def days_to_keep(asking: Asking) -> KeptDays:
    """Today and tomorrow of who asks, for a phone to show without signal."""
    return asking.run(days_for_the_phone)


@router.post("/attendance/phone")
def take_marks(asking: Asking, sent: WaitingMarks) -> list[PhoneAnswer]:
    """Takes what waited on a phone, in the order of the taps, each once: a mark sent again under
    its key hears the first answer. `differs`: somebody has said something else meanwhile, so
    nothing is changed and both values are said. One that is refused stops no other."""
    if sent.holder != asking.run(phone_holder):
        raise SomebodyElse
    in_order = sorted(sent.marks, key=lambda mark: mark.order)
    return [_take(asking, mark) for mark in in_order]


def _take(asking: Caller, mark: WaitingMark) -> PhoneAnswer:
    tap = PhoneMark(mark.key, mark.seat_id, mark.outcome, mark.seen)
    try:
        return Caller(asking.actor, mark.key).run(mark_from_phone, tap)
    except (SignedOut, Forbidden):  # true of all of them: the phone keeps them
        raise
    except Refused as refusal:
        return PhoneAnswer(mark.key, mark.seat_id, Became.REFUSED, str(refusal.text))


@router.get("/attendance")
def day(asking: Asking, on: Annotated[date, Query()]) -> list[SeatMark]:
    """Every seat of a day in the studio's timezone; a teacher sees their own."""
    return asking.run(day_sheet, on)


@router.get("/attendance/unmarked")
def unmarked(
    asking: Asking, page: Paging, days: Annotated[int, Query(ge=1, le=366)] = 30
) -> Page[SeatMark]:
    """Of whom nobody has said what became of them: lessons that are over and began in the last
    so many days, the oldest first; a teacher's own. Nobody is billed for them before."""
    now = utc_now()
    found = asking.run(unmarked_before, now, since=now - timedelta(days=days))
    return page.of(found, by=lambda one: one.seat_id)


@router.post("/attendance/undo", status_code=204)
def undo_many(asking: Asking, seat_ids: Seats) -> None:
    """Takes back the latest mark of each: of what `present` and `marks` answer, that undoes it."""
    asking.run(undo_marks, seat_ids)


@router.post("/attendance/marks")
def mark_several(
    asking: Asking, seat_ids: Seats, outcome: Annotated[Outcome, Body()]
) -> list[SeatId]:
    """The same of each of whom nobody has said anything; answers which those were."""
    return asking.run(mark_together, seat_ids, outcome)


@router.get("/attendance/unmarked-lessons")
def to_decide(
    asking: Asking, page: Paging, teacher_id: TeacherId | None = None
) -> Page[UnmarkedLesson]:
    """What nobody has marked in the last year, the oldest first, without what was left for later.
    Billing and payroll wait for a word about each."""
    board = asking.run(unmarked_lessons, teacher_id=teacher_id)
    found = [lesson for day in board.days for lesson in day.lessons]
    return page.of(found, by=lambda one: one.lesson_id)


@router.get("/attendance/left-for-later")
def left(asking: Asking, page: Paging) -> Page[LeftLesson]:
    """What waits for a later word, by whom it was left and until when."""
    return page.of(asking.run(unmarked_lessons).left, by=lambda one: one.seat_id)


@router.post("/attendance/leave-for-later", status_code=204)
def leave(asking: Asking, seat_ids: Seats) -> None:
    """For two weeks no billing run asks about these; 422 for a lesson that is not over."""
    asking.run(leave_for_later, seat_ids)


@router.post("/attendance/take-up-again", status_code=204)
def take_up(asking: Asking, seat_ids: Seats) -> None:
    """These are to be decided now."""
    asking.run(take_up_again, seat_ids)


@router.get("/lessons/{lesson_id}/attendance")
def of_lesson(asking: Asking, lesson_id: LessonId) -> list[SeatMark]:
    """Every seat of one lesson with its mark; none where it does not take place."""
    return asking.run(lesson_sheet, lesson_id)


@router.put("/seats/{seat_id}/mark", status_code=204)
def mark(asking: Asking, seat_id: SeatId, mark: NewMark) -> None:
    """Marking again corrects it; the history keeps both. 422 before the lesson has begun."""
    asking.run(mark_seat, seat_id, mark.outcome, note=mark.note)


@router.delete("/seats/{seat_id}/mark", status_code=204)
def undo(asking: Asking, seat_id: SeatId) -> None:
    """Back to what was said before, as a further entry in the history."""
    asking.run(undo_mark, seat_id)


@router.get("/seats/{seat_id}/marks")
def history(asking: Asking, seat_id: SeatId) -> list[MarkMade]:
    return asking.run(mark_history, seat_id)


@router.post("/attendance/present")
def all_present(asking: Asking, on: Annotated[date, Body(embed=True)]) -> list[SeatId]:
    """Marks every lesson of the day that has begun and has no mark yet; answers which."""
    return asking.run(mark_day_present, on)
