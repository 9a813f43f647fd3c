"""The seats that something which happened is about: whose charges have to be looked at again."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from studio_app.attendance.access import ask, is_latest
from studio_app.attendance.models import AttendanceMark
from studio_app.attendance.rules import BILLABLE, Outcome
from studio_app.billing.access import rows
from studio_app.billing.models.invoices import InvoiceItem
from studio_app.billing.models.ledger import LedgerTransaction
from studio_app.billing.rules.ledger import Kind
from studio_app.credits.access import pays_for
from studio_app.identity.access import studio_zone
from studio_app.kit.clock import local_day
from studio_app.kit.ids import ClosureId, EnrolmentId, LessonId, SeatId, SeriesId
from studio_app.kit.work import Work
from studio_app.scheduling.models.lessons import Lesson, Seat, seat_takes_place


def of_lesson(work: Work, lesson_id: LessonId) -> list[SeatId]:
    return _ids(work, select(col(Seat.id)).where(col(Seat.lesson_id) == lesson_id))


def of_enrolment(work: Work, enrolment_id: EnrolmentId) -> list[SeatId]:
    return _ids(work, select(col(Seat.id)).where(col(Seat.enrolment_id) == enrolment_id))


def of_series(work: Work, series_id: SeriesId, *, from_on: date) -> list[SeatId]:
    """The seats of a series from one of its days on."""
    return _in_lessons(work, Lesson.series_id == series_id, col(Lesson.occurs_on) >= from_on)


def of_closure(work: Work, closure_id: ClosureId) -> list[SeatId]:
    return _in_lessons(work, Lesson.closure_id == closure_id)


def charged_though_gone(work: Work) -> list[SeatId]:
    """Seats with a live charge in lessons that do not take place any more."""
    query = select(col(Seat.id)).join(LedgerTransaction, _charge())
    return _ids(work, query.where(~takes_place()))


def held_and_unbilled(work: Work) -> list[SeatId]:
    """Seats of lessons that were held, have no live charge and are not paid for by credit."""
    query = select(col(Seat.id)).join(AttendanceMark, _mark())
    held = col(AttendanceMark.outcome).in_(BILLABLE)
    paid = pays_for(col(Seat.id))
    return _ids(work, query.where(held, takes_place(), ~exists().where(_charge()), ~paid))


def covered_though_gone(work: Work) -> list[SeatId]:
    """Seats that a credit pays for and that nobody has a place in any more."""
    gone = or_(~col(Seat.blocking), col(Seat.left_at).is_not(None))
    return _ids(work, select(col(Seat.id)).where(gone, pays_for(col(Seat.id))))


def sold_and_uncharged(work: Work) -> list[SeatId]:
    """Seats on a standing invoice whose charge was given back, though they take place again."""
    sale = aliased(LedgerTransaction)
    query = (
        select(col(Seat.id))
        .join(sale, _charge(sale, live=False))
        .join(InvoiceItem, is_on_an_invoice(sale.id))
        .join(AttendanceMark, _mark(), isouter=True)
        .where(
            or_(
                col(AttendanceMark.outcome).is_(None),
                col(AttendanceMark.outcome) != Outcome.EXCUSED,
            ),
            takes_place(),
            ~exists().where(_charge()),
        )
    )
    return _ids(work, query.distinct())


def charged_and_not_billed(work: Work, *, from_on: date) -> list[SeatId]:
    """Seats from a day on whose charge no invoice asks for yet: a new price is theirs too."""
    since = local_day(from_on, studio_zone(work)).starts_at
    query = select(col(Seat.id)).join(LedgerTransaction, _charge())
    billed = exists().where(is_on_an_invoice(LedgerTransaction.id))
    return _ids(work, query.where(col(Seat.starts_at) >= since, ~billed))


def takes_place() -> ColumnElement[bool]:
    return seat_takes_place()


def is_on_an_invoice(transaction_id: Any) -> ColumnElement[bool]:
    """An invoice that was not voided asks for this transaction."""
    return and_(
        col(InvoiceItem.transaction_id) == transaction_id, col(InvoiceItem.released_at).is_(None)
    )


def _charge(of: Any = LedgerTransaction, *, live: bool = True) -> ColumnElement[bool]:
    about = and_(col(of.about_id) == col(Seat.id), col(of.kind) == Kind.CHARGE)
    return and_(about, rows.is_live()) if live else about


def _mark() -> ColumnElement[bool]:
    return and_(col(AttendanceMark.seat_id) == col(Seat.id), is_latest())


def _in_lessons(work: Work, *where: Any) -> list[SeatId]:
    query = select(col(Seat.id)).join(Lesson, col(Lesson.id) == col(Seat.lesson_id))
    return _ids(work, query.where(*where))


def _ids(work: Work, query: Select[Any]) -> list[SeatId]:
    found: Sequence[Any] = ask(work, query)
    return [SeatId(row[0]) for row in found]
