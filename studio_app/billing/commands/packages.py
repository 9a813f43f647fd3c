"""Packages of sessions: put on offer, sold, taken back."""

from dataclasses import dataclass
from datetime import date

from studio_app.billing.access import packages, rows
from studio_app.billing.commands.credits import OfAnotherFamily
from studio_app.billing.commands.ledger import own_currency, post, reverse, today
from studio_app.billing.models.packages import Package, PackageSale
from studio_app.billing.rules.crediting import net_of, sold
from studio_app.billing.rules.ledger import NO_TAX, Kind, TaxRate
from studio_app.billing.rules.pricing import Scope
from studio_app.credits import access as credits_
from studio_app.credits.commands import giving
from studio_app.credits.commands.giving import Grant
from studio_app.credits.rules.expiry import months_later
from studio_app.credits.rules.lots import CreditKind, GoodFor, Source
from studio_app.kit.access import Permission
from studio_app.kit.errors import Conflict, Refused
from studio_app.kit.ids import FamilyId, LessonTypeId, PackageId, SaleId, StudentId, new_id
from studio_app.kit.money import Money
from studio_app.kit.words import _, many
from studio_app.kit.work import Work, requires
from studio_app.people.access import student


class NotAPackage(Refused):
    message = _("A package needs a name, some sessions and a price.")


class NotOnOffer(Conflict):
    message = _("This package is not sold any more.")


class AlreadyUsed(Refused):
    """Some of its sessions were used: those are earned."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What a package is: so many sessions of a kind and length for a price, good for months."""

    name: str
    sessions: int
    price: Money
    lesson_type_id: LessonTypeId | None = None
    minutes: int | None = None
    months: int | None = None
    tax: TaxRate = NO_TAX


@requires(Permission.BILLING_MANAGE)
def offer_package(work: Work, offer: Offer) -> PackageId:
    """Put a package on the price list. What was sold before stays as it was sold."""
    own_currency(work, offer.price)
    counts = (offer.sessions, offer.minutes or 1, offer.months or 1)
    if not offer.name.strip() or min(counts) < 1 or offer.price.minor < 0:
        raise NotAPackage
    rows.require_known(work, Scope(lesson_type_id=offer.lesson_type_id))
    row = Package(
        name=offer.name.strip(),
        sessions=offer.sessions,
        lesson_type_id=offer.lesson_type_id,
        minutes=offer.minutes,
        months=offer.months,
        amount_minor=offer.price.minor,
        currency=offer.price.currency,
        tax_bp=offer.tax.basis_points,
        tax_included=offer.tax.included,
        created_at=work.now,
    )
    work.session.add(row)
    work.session.flush()
    return row.id


@requires(Permission.BILLING_MANAGE)
def withdraw_package(work: Work, package_id: PackageId) -> None:
    """It is not sold any more; what was sold of it is good as before."""
    row = packages.package(work, package_id)
    row.archived_at = row.archived_at or work.now


@requires(Permission.BILLING_MANAGE)
def offer_again(work: Work, package_id: PackageId) -> None:
    """What was taken off the price list is sold again."""
    packages.package(work, package_id).archived_at = None


@requires(Permission.BILLING_MANAGE)
def sell_package(
    work: Work, package_id: PackageId, family_id: FamilyId, *, student_id: StudentId | None = None
) -> SaleId:
    """Sell a package to a family, for one student or all of them.

    The family owes its price, which the next invoice asks for, and has its sessions at once.
    """
    package = packages.package(work, package_id)
    if package.archived_at is not None:
        raise NotOnOffer
    family = rows.family(work, family_id)
    if student_id is not None and student(work, student_id).family_id != family.id:
        raise OfAnotherFamily
    price = Money(package.amount_minor, package.currency)
    tax = TaxRate(package.tax_bp, package.tax_included)
    sale_id = SaleId(new_id())
    sale = PackageSale(
        id=sale_id,
        package_id=package.id,
        family_id=family.id,
        student_id=student_id,
        lot_id=giving.grant(work, _credit(package, family.id, student_id, sale_id, today(work))),
        name=package.name,
        sessions=package.sessions,
        amount_minor=price.minor,
        net_minor=net_of(price, tax).minor,
        currency=price.currency,
        sold_on=today(work),
        sold_by=work.actor.person_id,
        created_at=work.now,
    )
    work.session.add(sale)
    work.session.flush()
    words = _("{what}", what=package.name)
    posting = sold(
        sale.id, family.id, price, on=today(work), words=words, student_id=student_id, tax=tax
    )
    post(work, posting)
    return sale.id


@requires(Permission.BILLING_MANAGE)
def take_back_package(work: Work, sale_id: SaleId, *, reason: str) -> None:
    """Undo a sale of which nothing is used: the sessions are gone and the price is not owed."""
    sale = packages.sale(work, sale_id)
    credits_.hold(work, [sale.lot_id])
    rows.lock_accounts(work, [sale.family_id])
    [lot] = credits_.lots(work, packages.is_lot(sale.lot_id))
    used = sale.sessions - lot.left
    posted = rows.live(work, Kind.PACKAGE, sale.id)
    if posted is None:
        raise giving.NotTakenAway
    if used:
        raise AlreadyUsed(
            many(
                "{n} of its sessions is used. Give the rest back as a credit instead.",
                "{n} of its sessions are used. Give the rest back as a credit instead.",
                n=used,
            )
        )
    giving.void(work, sale.lot_id, on=today(work), reason=reason)
    reverse(work, [posted.id], on=today(work))


def _credit(
    package: Package,
    family_id: FamilyId,
    student_id: StudentId | None,
    sale_id: SaleId,
    sold_on: date,
) -> Grant:
    """What the family has bought."""
    months = package.months
    return Grant(
        family_id,
        CreditKind.SESSION,
        package.sessions,
        Source.SOLD,
        package.name,
        student_id,
        GoodFor(package.lesson_type_id, package.minutes),
        about_id=sale_id,
        valid_from=sold_on,
        valid_until=months_later(sold_on, months) if months else None,
        paid_for=True,
    )
