"""Money is a whole number of minor units in one currency. There are no floats here."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor

# ISO 4217: currencies whose minor unit is not a hundredth.
_WHOLE = ("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND")
_WHOLE_TOO = ("VUV", "XAF", "XOF", "XPF")
_THOUSANDTHS = ["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"]
_EXPONENTS = dict.fromkeys((*_WHOLE, *_WHOLE_TOO), 0) | dict.fromkeys(_THOUSANDTHS, 3)


def exponent(currency: str) -> int:
    """Digits behind the point: 2 for GBP, 0 for JPY, 3 for KWD."""
    return _EXPONENTS.get(currency, 2)


def half_up(amount: Fraction) -> int:
    """Round to a whole number; a half goes away from zero, so that -x mirrors x."""
    return floor(amount + Fraction(1, 2)) if amount >= 0 else -floor(-amount + Fraction(1, 2))


@dataclass(frozen=True, slots=True)
class Money:
    minor: int
    currency: str

    @classmethod
    def zero(cls, currency: str) -> "Money":
        return cls(0, currency)

    def __add__(self, other: "Money") -> "Money":
        return Money(self.minor + self._same(other).minor, self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.minor - self._same(other).minor, self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.minor, self.currency)

    def __bool__(self) -> bool:
        return self.minor != 0

    def times(self, factor: Fraction | int) -> "Money":
        """This amount times a factor, rounded half up."""
        return Money(half_up(self.minor * Fraction(factor)), self.currency)

    def share(self, part: int, whole: int) -> "Money":
        """part/whole of this amount, rounded half up."""
        return self.times(Fraction(part, whole))

    def split(self, ways: int) -> list["Money"]:
        """Divide without losing a penny; the first shares are the larger ones."""
        each, left = divmod(self.minor, ways)
        return [Money(each + (i < left), self.currency) for i in range(ways)]

    def allocate(self, weights: Sequence[int]) -> list["Money"]:
        """Divide by weight without losing a penny; what rounding leaves goes to the heaviest."""
        shares = [self.share(weight, sum(weights)).minor for weight in weights]
        shares[weights.index(max(weights))] += self.minor - sum(shares)
        return [Money(share, self.currency) for share in shares]

    def _same(self, other: "Money") -> "Money":
        if other.currency != self.currency:
            raise ValueError(f"cannot combine {self.currency} with {other.currency}")
        return other
