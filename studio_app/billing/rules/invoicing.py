"""From ledger transactions to the lines of an invoice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any
from uuid import UUID

from studio_app.billing.rules.ledger import Account, TaxRate
from studio_app.billing.rules.tax import added, taxes
from studio_app.billing.rules.words import Kept, keep
from studio_app.kit.ids import StudentId, TransactionId
from studio_app.kit.words import _


@dataclass(frozen=True, slots=True)
class Item:
    """One transaction that is to be billed."""

    transaction_id: TransactionId
    on: date
    minor: int
    words: Kept
    tax: TaxRate
    student_id: StudentId | None = None
    student: str = ""
    account: Account = Account.INCOME


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an invoice and the transactions behind it, each with its part of the tax.

    `unit_minor` is the price of one; None where they differ by what splitting a term left.
    """

    title: Kept
    detail: Kept
    minor: int
    tax: TaxRate
    tax_minor: int
    quantity: int = 1
    unit_minor: int | None = None
    student_id: StudentId | None = None
    items: tuple[tuple[Item, int], ...] = ()
    corrects_id: UUID | None = None

    @property
    def total(self) -> int:
        return self.minor + added(self.tax_minor, self.tax)


def lines_of(items: Sequence[Item]) -> list[Line]:
    """The lines of one invoice: alike lessons of a student together, in the order of time.

    Tax is worked out once per rate over the whole invoice and shared out among the lines,
    then among the transactions of each line.
    """
    groups = [list(group) for _k, group in groupby(sorted(items, key=_order), key=_alike)]
    sums = [sum(item.minor for item in group) for group in groups]
    shares = taxes([(minor, group[0].tax) for minor, group in zip(sums, groups, strict=True)])
    return [_line(group, tax) for group, tax in zip(groups, shares, strict=True)]


def _line(group: list[Item], tax: int) -> Line:
    first = group[0]
    parts = taxes([(item.minor, item.tax) for item in group])
    parts[0] += tax - sum(parts)
    title = first.words
    if first.student:
        title = keep(_("{what} · {student}", what=first.words, student=first.student))
    prices = {item.minor for item in group}
    return Line(
        title=title,
        detail=keep(_("{days}", days=[item.on for item in group])),
        minor=sum(item.minor for item in group),
        tax=first.tax,
        tax_minor=tax,
        quantity=len(group),
        unit_minor=prices.pop() if len(prices) == 1 else None,
        student_id=first.student_id,
        items=tuple(zip(group, parts, strict=True)),
    )


@dataclass(frozen=True, slots=True)
class Wrong:
    """A line of a sent invoice and how much of it is given back."""

    line_id: UUID
    title: Kept
    minor: int
    tax: TaxRate


def crediting(wrong: Sequence[Wrong]) -> list[Line]:
    """The lines of a credit note; tax is given back as it was asked for."""
    shares = taxes([(-each.minor, each.tax) for each in wrong])
    return [
        Line(
            title=keep(_("Credit: {what}", what=each.title)),
            detail={},
            minor=-each.minor,
            tax=each.tax,
            tax_minor=tax,
            unit_minor=-each.minor,
            corrects_id=each.line_id,
        )
        for each, tax in zip(wrong, shares, strict=True)
    ]


def _alike(item: Item) -> tuple[Any, ...]:
    return (item.student, str(item.student_id), item.minor < 0, str(item.words), item.tax)


def _order(item: Item) -> tuple[Any, ...]:
    return (*_alike(item)[:4], item.tax.basis_points, item.tax.included, item.on)
