"""Saying what became of a lesson, taking it back, and leaving it for later."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from studio_app.attendance import access
from studio_app.attendance.events import AttendanceMarked
from studio_app.attendance.models import AttendanceMark, LeftForLater
from studio_app.attendance.rules import Became, Outcome, became, marking_problem
from studio_app.identity.access import studio_zone
from studio_app.kit.access import Permission
from studio_app.kit.clock import local_day
from studio_app.kit.errors import Refused
from studio_app.kit.ids import SeatId
from studio_app.kit.words import _
from studio_app.kit.work import Work, requires

LEFT_FOR = timedelta(days=14)
"""How long what is left for later waits before it is asked about again."""


@dataclass(frozen=True, slots=True)
class PhoneMark:
    """A tap on a phone: what was said, and what had been `seen` there when it was."""

    key: str
    """Made by the phone for this one tap"""
    seat_id: SeatId
    outcome: Outcome
    seen: Outcome


@dataclass(frozen=True, slots=True)
class PhoneAnswer:
    """What became of a tap; where somebody had said something else, both values in a sentence."""

    key: str
    seat_id: SeatId
    became: Became
    sentence: str = ""
    theirs: Outcome = Outcome.UNMARKED
    """What counts now, or counted before a tap that is done"""
    theirs_label: str = ""


class NotOver(Refused):
    message = _("This lesson is not over yet, so there is nothing to leave for later.")


class NothingToUndo(Refused):
    message = _("There is no mark to take back.")


@requires(Permission.ATTENDANCE_MARK)
def mark_seat(work: Work, seat_id: SeatId, outcome: Outcome, *, note: str = "") -> None:
    """Say what became of one student in one lesson. The same again changes nothing."""
    seat = access.seats(work, [seat_id])[0]
    _require_markable(work, seat, outcome)
    latest = access.latest_marks(work, [seat_id]).get(seat_id)
    if latest and (latest.outcome, latest.note) == (outcome, note):
        return
    _add(work, seat_id, latest, outcome, note)
    work.session.flush()
    work.emit(AttendanceMarked((seat_id,)))


@requires(Permission.ATTENDANCE_MARK)
def mark_from_phone(work: Work, mark: PhoneMark) -> PhoneAnswer:
    """A mark that waited on a phone, taken under its key by `once`.

    Where somebody has said something else since the phone last looked, nothing is changed and
    both values are answered. The clock of the phone counts for nothing.
    """
    seat = access.seats(work, [mark.seat_id])[0]
    latest = access.latest_marks(work, [seat.id]).get(seat.id)
    current = access.current_outcome(latest)
    result = became(seen=mark.seen, wanted=mark.outcome, current=current)
    if result is Became.DONE:
        mark_seat(work, seat.id, mark.outcome)
    differs = result is Became.DIFFERS
    sentence = str(access.both_said(work, seat, latest, mark.outcome)) if differs else ""
    label = current.label.say(work.actor.locale)
    return PhoneAnswer(mark.key, seat.id, result, sentence, current, label)


@requires(Permission.ATTENDANCE_MARK)
def mark_day_present(work: Work, on: date, *, own: bool = False) -> list[SeatId]:
    """Everybody of a day who has no mark yet came: in a teacher's own lessons, the whole studio's
    else, unless only one's `own` are asked for. Which seats those were.

    Lessons that have not begun are left: nobody can know.
    """
    day = local_day(on, studio_zone(work))
    asked = access.begun_between(work, day.starts_at, min(day.ends_at, work.now), own=own)
    return _mark_open(work, access.seats(work, asked), Outcome.PRESENT)


@requires(Permission.ATTENDANCE_MARK)
def mark_together(work: Work, seat_ids: Collection[SeatId], outcome: Outcome) -> list[SeatId]:
    """The same of several students, where nobody has said anything yet. Which seats those were."""
    seats = access.seats(work, seat_ids)
    for seat in seats:
        _require_markable(work, seat, outcome)
    return _mark_open(work, seats, outcome)


@requires(Permission.ATTENDANCE_MARK)
def undo_marks(work: Work, seat_ids: Collection[SeatId]) -> None:
    """Go back to what was said before the latest mark of each seat, by a new mark."""
    seats = access.seats(work, seat_ids)
    latest = access.latest_marks(work, seat_ids)
    if not seats or len(latest) != len(seats):
        raise NothingToUndo
    for seat in seats:
        mark = latest[seat.id]
        before = access.mark_before(work, mark)
        said = (before.outcome, before.note) if before else (Outcome.UNMARKED, "")
        _add(work, seat.id, mark, *said)
    work.session.flush()
    work.emit(AttendanceMarked(tuple(seat.id for seat in seats)))


@requires(Permission.CALENDAR_MANAGE)
def leave_for_later(work: Work, seat_ids: Collection[SeatId]) -> None:
    """Nobody knows yet what became of these, or what they cost: for two weeks no run asks, unless
    somebody decides before. They stay listed, with who said so."""
    seats = access.seats(work, seat_ids)
    known = access.left(work, seat_ids)
    for seat in seats:
        if seat.ends_at > work.now or not access.takes_place(seat):
            raise NotOver
        row = known.get(seat.id) or LeftForLater(
            seat_id=seat.id, left_at=work.now, until=work.now, created_at=work.now
        )
        row.left_at, row.left_by = work.now, work.actor.person_id
        row.until = work.now + LEFT_FOR
        work.session.add(row)
    work.session.flush()


@requires(Permission.CALENDAR_MANAGE)
def take_up_again(work: Work, seat_ids: Collection[SeatId]) -> None:
    """These are to be decided now: every run asks about them again."""
    access.seats(work, seat_ids)
    for row in access.left(work, seat_ids).values():
        work.session.delete(row)
    work.session.flush()


@requires(Permission.ATTENDANCE_MARK)
def undo_mark(work: Work, seat_id: SeatId) -> None:
    """Take back the latest mark of one seat."""
    undo_marks(work, [seat_id])


def _require_markable(work: Work, seat: access.Seat, outcome: Outcome) -> None:
    problem = marking_problem(
        starts_at=seat.starts_at,
        takes_place=access.takes_place(seat),
        now=work.now,
        outcome=outcome,
    )
    if problem:
        raise Refused(problem)


def _mark_open(work: Work, seats: Collection[access.Seat], outcome: Outcome) -> list[SeatId]:
    """Those of whom nobody has said anything; what somebody has said stays."""
    latest = access.latest_marks(work, [seat.id for seat in seats])
    marked: list[SeatId] = []
    for seat in seats:
        before = latest.get(seat.id)
        if access.current_outcome(before) is Outcome.UNMARKED:
            _add(work, seat.id, before, outcome)
            marked.append(seat.id)
    work.session.flush()
    if marked:
        work.emit(AttendanceMarked(tuple(marked)))
    return marked


def _add(
    work: Work, seat_id: SeatId, latest: AttendanceMark | None, outcome: Outcome, note: str = ""
) -> None:
    mark = AttendanceMark(
        seat_id=seat_id,
        nth=latest.nth + 1 if latest else 1,
        outcome=outcome,
        note=note.strip(),
        marked_at=work.now,
        marked_by=work.actor.person_id,
    )
    work.session.add(mark)
