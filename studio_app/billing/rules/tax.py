"""Tax: once per invoice and rate, shared out among the lines to the last penny."""

from collections.abc import Iterable, Sequence
from fractions import Fraction

from studio_app.billing.rules.ledger import Account, Entry, TaxRate
from studio_app.kit.ids import FamilyId
from studio_app.kit.money import half_up

WHOLE = 10_000  # basis points


def tax_of(minor: int, rate: TaxRate) -> int:
    """The tax on (or in) an amount, in minor units, rounded half up."""
    whole = WHOLE + rate.basis_points if rate.included else WHOLE
    return half_up(Fraction(minor * rate.basis_points, whole))


def taxes(lines: Sequence[tuple[int, TaxRate]]) -> list[int]:
    """The tax of each line so that the lines of one rate sum to the tax of their sum.

    Lines are (amount in minor units, rate). What rounding leaves goes to the largest line.
    """
    found = [tax_of(minor, rate) for minor, rate in lines]
    for rate in {rate for _minor, rate in lines}:
        places = [i for i, (_minor, there) in enumerate(lines) if there == rate]
        whole = tax_of(sum(lines[i][0] for i in places), rate)
        largest = max(places, key=lambda i: (abs(lines[i][0]), -i))
        found[largest] += whole - sum(found[i] for i in places)
    return found


def tax_entries(
    family_id: FamilyId, shares: Iterable[tuple[Account, int, TaxRate]]
) -> tuple[Entry, ...]:
    """The entries that set the tax of an invoice aside: (where the price went, tax, rate) each.

    On top of the price the family owes it as well; inside of the price it comes out of what
    was booked as (deferred) income.
    """
    sums: dict[tuple[Account, FamilyId | None], int] = {}
    for account, minor, rate in shares:
        source = (account, None) if rate.included else (Account.RECEIVABLE, family_id)
        for place, change in ((source, minor), ((Account.TAX, None), -minor)):
            sums[place] = sums.get(place, 0) + change
    return tuple(Entry(account, minor, whose) for (account, whose), minor in sums.items() if minor)


def added(tax_minor: int, rate: TaxRate) -> int:
    """What the tax adds to the total: nothing where the price has it inside."""
    return 0 if rate.included else tax_minor


def credit_entries(
    family_id: FamilyId, lines: Iterable[tuple[int, int, TaxRate]]
) -> tuple[Entry, ...]:
    """The entries of a credit note, from its lines: (negative amount, negative tax, rate) each."""
    given = list(lines)
    tax = sum(minor for _amount, minor, _rate in given)
    total = sum(amount + added(minor, rate) for amount, minor, rate in given)
    entries = [Entry(Account.RECEIVABLE, total, family_id), Entry(Account.TAX, -tax)]
    return (*(e for e in entries if e.minor), Entry(Account.CREDIT_GIVEN, tax - total))
