"""Asking after who did not come."""

from sqlalchemy import select
from sqlmodel import col

from studio_app.attendance.access import latest_marks
from studio_app.attendance.events import AttendanceMarked
from studio_app.attendance.rules import Outcome
from studio_app.kit.work import Work
from studio_app.messaging.access import contacts
from studio_app.messaging.access.causes import cause_of
from studio_app.messaging.commands.posting import Occasion, post
from studio_app.scheduling.models.lessons import Seat


def tell_of_no_show(work: Work, event: AttendanceMarked) -> None:
    """For each seat whose mark that counts says so; the message waits whether it is taken back."""
    marks = latest_marks(work, event.seat_ids)
    missed = {seat: mark for seat, mark in marks.items() if mark.outcome == Outcome.NO_SHOW}
    rows = select(col(Seat.id), col(Seat.lesson_id), col(Seat.student_id)).where(
        col(Seat.id).in_(missed)
    )
    for seat_id, lesson_id, student_id in work.session.connection().execute(rows).all():
        occasion = Occasion(
            "no_show",
            about=(lesson_id,),
            happened_at=cause_of(work).at,
            key=str(missed[seat_id].id),
            why="AttendanceMarked",
            lesson_id=lesson_id,
            facts={"students": [str(student_id)]},
        )
        post(work, occasion, contacts.hearing_of_lessons(work, [student_id]))
