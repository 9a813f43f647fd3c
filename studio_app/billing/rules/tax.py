"""Tax: once per invoice and rate, shared out among the lines to the last penny."""

from collections.abc import Sequence
from fractions import Fraction

from studio_app.billing.rules.ledger import TaxRate
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


def added(tax_minor: int, rate: TaxRate) -> int:
    """What the tax adds to the total: nothing where the price has it inside."""
    return 0 if rate.included else tax_minor
