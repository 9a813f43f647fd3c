"""Rows of the books, found among what the actor may see. NotFound otherwise."""

from collections.abc import Collection, Iterable
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, union
from sqlalchemy import select as rows_of
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from studio_app.attendance.access import among, ask
from studio_app.billing.models.invoices import Invoice
from studio_app.billing.models.ledger import LedgerEntry, LedgerTransaction
from studio_app.billing.models.payments import Payment
from studio_app.billing.rules.ledger import Kind
from studio_app.billing.rules.pricing import Scope
from studio_app.kit.access import Permission
from studio_app.kit.errors import NotFound
from studio_app.kit.ids import EnrolmentId, FamilyId, InvoiceId, PaymentId, SeatId, TransactionId
from studio_app.kit.work import Work
from studio_app.people.access import visible_accounts
from studio_app.people.models import Family, Student, Teacher
from studio_app.scheduling.models.lessons import Seat
from studio_app.scheduling.models.series import Enrolment
from studio_app.scheduling.models.setup import LessonType


def family(work: Work, family_id: FamilyId, *, lock: bool = False) -> Family:
    """A family whose account the actor may see; locked, its account is ours until the end."""
    query = select(Family).where(Family.id == family_id, col(Family.id).in_(visible_accounts(work)))
    found = work.session.exec(query.with_for_update(key_share=True) if lock else query).first()
    if found is None:
        raise NotFound
    return found


def lock_accounts(work: Work, family_ids: Iterable[FamilyId]) -> None:
    """Hold these families' accounts, in one order, so that nobody else settles them now."""
    _hold(work, col(Family.id).in_(sorted(set(family_ids))))


def lock_accounts_of_seats(work: Work, seat_ids: Collection[SeatId]) -> None:
    """Hold the accounts of who pays for these seats now and of who was charged for them."""
    paying = rows_of(col(Student.family_id)).join(Seat, col(Seat.student_id) == col(Student.id))
    about = col(LedgerTransaction.about_id)
    charged = rows_of(col(LedgerEntry.family_id)).join(
        LedgerTransaction, col(LedgerTransaction.id) == col(LedgerEntry.transaction_id)
    )
    families = union(
        paying.where(among(col(Seat.id), seat_ids)),
        charged.where(
            among(about, seat_ids),
            col(LedgerTransaction.kind) == Kind.CHARGE,
            col(LedgerEntry.family_id).is_not(None),
        ),
    )
    _hold(work, col(Family.id).in_(families))


def _hold(work: Work, which: ColumnElement[bool]) -> None:
    query = select(Family.id).where(which).order_by(col(Family.id))
    work.session.exec(query.with_for_update(key_share=True)).all()


def is_visible(work: Work) -> ColumnElement[bool]:
    """Documents the actor may read: the office all of them, a payer their own once sent."""
    own = col(Invoice.family_id).in_(visible_accounts(work))
    if work.actor.may(Permission.BILLING_VIEW):
        return own
    return and_(own, col(Invoice.sent_at).is_not(None))


def invoice(work: Work, invoice_id: InvoiceId) -> Invoice:
    query = select(Invoice).where(Invoice.id == invoice_id, is_visible(work))
    found = work.session.exec(query).first()
    if found is None:
        raise NotFound
    return found


def invoice_to_change(work: Work, invoice_id: InvoiceId) -> Invoice:
    """An invoice whose family's account is locked: locks go from the family to its invoices."""
    found = invoice(work, invoice_id)
    lock_accounts(work, [found.family_id])
    work.session.refresh(found)
    return found


def payment(work: Work, payment_id: PaymentId) -> Payment:
    query = select(Payment).where(
        Payment.id == payment_id, col(Payment.family_id).in_(visible_accounts(work))
    )
    found = work.session.exec(query).first()
    if found is None:
        raise NotFound
    return found


def payment_counts(work: Work, payment_id: PaymentId) -> bool:
    """Whether a payment was recorded and not taken back."""
    return live(work, Kind.PAYMENT, payment_id) is not None


def is_live() -> ColumnElement[bool]:
    """A transaction that nothing has reversed."""
    undo = aliased(LedgerTransaction)
    return ~exists().where(col(undo.reverses_id) == col(LedgerTransaction.id))


def live(work: Work, kind: Kind, about_id: UUID) -> LedgerTransaction | None:
    """The one transaction of this kind about this thing that counts now."""
    query = select(LedgerTransaction).where(
        LedgerTransaction.kind == kind, LedgerTransaction.about_id == about_id, is_live()
    )
    return work.session.exec(query).one_or_none()


def next_nth(work: Work, kind: Kind, about_ids: Collection[UUID]) -> dict[UUID, int]:
    """For each thing the number that its next transaction of this kind would have."""
    latest = func.max(col(LedgerTransaction.nth))
    query = (
        rows_of(col(LedgerTransaction.about_id), latest)
        .where(
            col(LedgerTransaction.kind) == kind, among(col(LedgerTransaction.about_id), about_ids)
        )
        .group_by(col(LedgerTransaction.about_id))
    )
    found = dict.fromkeys(about_ids, 1)
    return found | {about: nth + 1 for about, nth in ask(work, query)}


def owed_by(work: Work, transaction_id: TransactionId) -> int:
    """How much more the family owes by a transaction, in minor units."""
    query = select(func.sum(LedgerEntry.amount_minor)).where(
        LedgerEntry.transaction_id == transaction_id, col(LedgerEntry.family_id).is_not(None)
    )
    return int(work.session.exec(query).one() or 0)


def billed_to(work: Work, family_ids: Collection[FamilyId]) -> dict[FamilyId, str]:
    """Name and address as they are now: on a document they stay so."""
    query = rows_of(col(Family.id), col(Family.name), col(Family.address)).where(
        col(Family.id).in_(family_ids)
    )
    return {id_: f"{name}\n{address}".strip() for id_, name, address in ask(work, query)}


def require_known(work: Work, scope: Scope) -> None:
    """NotFound unless what a price names is in this studio."""
    for table, id_ in (
        (LessonType, scope.lesson_type_id),
        (Teacher, scope.teacher_id),
        (Student, scope.student_id),
    ):
        if id_ and work.session.exec(select(table).where(table.id == id_)).first() is None:
            raise NotFound


def require_enrolment(work: Work, enrolment_id: EnrolmentId) -> None:
    if work.session.exec(select(Enrolment.id).where(Enrolment.id == enrolment_id)).first() is None:
        raise NotFound
