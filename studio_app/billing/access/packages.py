"""Packages, what was sold of them, and what of it is still deferred."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlmodel import col
from sqlmodel import select as rows_of

from studio_app.attendance.access import among, ask
from studio_app.billing.access import affected, rows, seats
from studio_app.billing.models.ledger import LedgerEntry, LedgerTransaction
from studio_app.billing.models.packages import Package, PackageSale
from studio_app.billing.rules.charging import SeatFacts
from studio_app.billing.rules.ledger import Account, Kind
from studio_app.credits import access as credits_
from studio_app.credits.models import CreditEntry, CreditLot
from studio_app.credits.rules.lots import UNITS, Act, CreditKind, GoodFor, Need, applies
from studio_app.identity.access import studio_zone
from studio_app.kit.clock import local_date, local_days
from studio_app.kit.errors import NotFound
from studio_app.kit.ids import CreditEntryId, CreditLotId, PackageId, SaleId, SeatId, TransactionId
from studio_app.kit.money import Money
from studio_app.kit.work import Work
from studio_app.people.access import visible_accounts
from studio_app.people.models import Student
from studio_app.scheduling.models.lessons import Lesson, Seat
from studio_app.scheduling.rules.states import CancelledBy

EARNED = (Kind.SESSION_HELD, Kind.CREDIT_EXPIRED)

LOOKED_BACK = timedelta(days=60)
"""How long an unrecorded lesson keeps the credit that may have to pay for it."""


@dataclass(frozen=True, slots=True)
class Deferred:
    """Of a package that was sold: the money that is not earned yet, for so many sessions."""

    money: Money
    sessions: int


def package(work: Work, package_id: PackageId) -> Package:
    found = work.session.exec(
        rows_of(Package).where(Package.id == package_id).with_for_update()
    ).one_or_none()
    if found is None:
        raise NotFound
    return found


def sale(work: Work, sale_id: SaleId) -> PackageSale:
    query = rows_of(PackageSale).where(
        PackageSale.id == sale_id, col(PackageSale.family_id).in_(visible_accounts(work))
    )
    found = work.session.exec(query).one_or_none()
    if found is None:
        raise NotFound
    return found


def sales_of(work: Work, lot_ids: Collection[CreditLotId]) -> dict[CreditLotId, PackageSale]:
    query = rows_of(PackageSale).where(among(col(PackageSale.lot_id), lot_ids))
    return {sale.lot_id: sale for sale in work.session.exec(query)}


def lots_around(work: Work, seat_ids: Collection[SeatId]) -> list[CreditLotId]:
    """Lots that may pay, or do pay, for these seats: those of who pays for them."""
    families = (
        select(col(Student.family_id))
        .join(Seat, col(Seat.student_id) == col(Student.id))
        .where(among(col(Seat.id), seat_ids))
    )
    paying = select(col(CreditEntry.lot_id)).where(among(col(CreditEntry.target_id), seat_ids))
    query = select(col(CreditLot.id)).where(
        col(CreditLot.kind).in_(UNITS),
        or_(col(CreditLot.family_id).in_(families), col(CreditLot.id).in_(paying)),
    )
    return [CreditLotId(row[0]) for row in ask(work, query)]


def deferred(work: Work, sale: PackageSale) -> Deferred:
    """What a sale still owes: its price without tax, less what was earned or has run out."""
    query: Select[*tuple[Any, ...]] = (
        select(
            func.coalesce(func.sum(col(LedgerEntry.amount_minor)), 0),
            func.coalesce(func.sum(-col(CreditEntry.amount)), 0),
        )
        .join(LedgerTransaction, col(LedgerTransaction.id) == col(LedgerEntry.transaction_id))
        .join(CreditEntry, col(CreditEntry.id) == col(LedgerTransaction.about_id))
        .where(
            col(CreditEntry.lot_id) == sale.lot_id,
            col(LedgerTransaction.kind).in_(EARNED),
            col(LedgerEntry.account) == Account.DEFERRED_INCOME,
            rows.is_live(),
        )
    )
    [(minor, sessions)] = ask(work, query)
    return Deferred(
        Money(sale.net_minor - int(minor), sale.currency), sale.sessions - int(sessions)
    )


def earned(work: Work, seat_ids: Collection[SeatId]) -> dict[CreditEntryId, TransactionId]:
    """Of every use of a session for these seats what it has earned, if it has."""
    query: Select[*tuple[Any, ...]] = (
        select(col(CreditEntry.id), col(LedgerTransaction.id))
        .join(LedgerTransaction, col(LedgerTransaction.about_id) == col(CreditEntry.id))
        .where(
            among(col(CreditEntry.target_id), seat_ids),
            col(CreditEntry.act) == Act.USED,
            col(LedgerTransaction.kind) == Kind.SESSION_HELD,
            rows.is_live(),
        )
    )
    found: dict[Any, Any] = {entry: made for entry, made in ask(work, query)}  # noqa: C416
    return found


def cancelled_by(work: Work, seat_id: SeatId) -> CancelledBy | None:
    """Who cancelled the lesson of a seat."""
    query = rows_of(Lesson.cancelled_by).join(Seat, col(Seat.lesson_id) == col(Lesson.id))
    said = work.session.exec(query.where(Seat.id == seat_id)).one_or_none()
    return CancelledBy(said) if said else None


def held_and_open(work: Work) -> list[SeatId]:
    """Seats of held lessons, not billed yet, in a studio where sessions are left that may pay."""
    sold = [col(CreditLot.kind) == CreditKind.SESSION, credits_.left() > 0]
    return affected.held_and_unbilled(work) if credits_.lots(work, *sold) else []


def is_lot(lot_id: CreditLotId) -> ColumnElement[bool]:
    return col(CreditLot.id) == lot_id


def still_to_be_said(work: Work) -> set[CreditLotId]:
    """Lots that ran out while nobody has said what became of a lesson they may have to pay for."""
    zone = studio_zone(work)
    today = local_date(work.now, zone)
    over = credits_.lots(work, credits_.last_day() < today, credits_.left() > 0)
    sold = [lot for lot in over if lot.kind is CreditKind.SESSION]
    if not sold:
        return set()
    open_ = seats.unrecorded_within(work, local_days(today - LOOKED_BACK, today, zone))
    return {
        lot.id
        for lot in sold
        for seat in open_
        if seat.covered is None and applies(lot, need_of(seat, zone))
    }


def need_of(seat: SeatFacts, zone: ZoneInfo) -> Need:
    """What a seat needs to be paid by a session, on the day of its lesson."""
    start = seat.ends_at - timedelta(minutes=seat.scope.minutes or 0)
    here = start.astimezone(zone)
    lesson = GoodFor(
        seat.scope.lesson_type_id,
        seat.scope.minutes,
        seat.scope.teacher_id,
        here.isoweekday(),
        here.time(),
    )
    kinds = frozenset({CreditKind.SESSION})
    return Need(seat.family_id, seat.on, kinds, student_id=seat.student_id, lesson=lesson)
