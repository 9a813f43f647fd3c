"""From ledger transactions to the lines of an invoice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

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
    """One line of an invoice and the transactions behind it, each with its part of the tax."""

    title: Kept
    detail: Kept
    items: tuple[tuple[Item, int], ...]
    student_id: StudentId | None

    @property
    def tax(self) -> TaxRate:
        return self.items[0][0].tax

    @property
    def quantity(self) -> int:
        return len(self.items)

    @property
    def minor(self) -> int:
        return sum(item.minor for item, _tax in self.items)

    @property
    def tax_minor(self) -> int:
        return sum(tax for _item, tax in self.items)

    @property
    def unit_minor(self) -> int | None:
        """The price of one; None where they differ by what splitting a term left."""
        prices = {item.minor for item, _tax in self.items}
        return prices.pop() if len(prices) == 1 else None

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
    return Line(
        title=title,
        detail=keep(_("{days}", days=[item.on for item in group])),
        items=tuple(zip(group, parts, strict=True)),
        student_id=first.student_id,
    )


def _alike(item: Item) -> tuple[Any, ...]:
    return (item.student, str(item.student_id), item.minor < 0, str(item.words), item.tax)


def _order(item: Item) -> tuple[Any, ...]:
    return (*_alike(item)[:4], item.tax.basis_points, item.tax.included, item.on)
