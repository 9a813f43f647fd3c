"""Marks: what happened in a lesson, who said so, and what nobody has said anything about."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Body, Query

from studio_app.attendance.commands import mark_day_present, mark_seat, undo_mark
from studio_app.attendance.queries import MarkMade, Outcome, SeatMark, day_sheet, mark_history
from studio_app.kit.ids import SeatId
from studio_app.web.api.caller import Asking

router = APIRouter(prefix="/api/v1", tags=["attendance"])


@dataclass(frozen=True, slots=True)
class NewMark:
    outcome: Outcome
    note: str = ""


@router.get("/attendance")
def day(asking: Asking, on: Annotated[date, Query()]) -> list[SeatMark]:
    """Every seat of a day in the studio's timezone; a teacher sees their own."""
    return asking.run(day_sheet, on)


@router.put("/seats/{seat_id}/mark", status_code=204)
def mark(asking: Asking, seat_id: SeatId, mark: NewMark) -> None:
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
