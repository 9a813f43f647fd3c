"""What several decisions come to together: for comparing one policy with another."""

from dataclasses import dataclass

from studio_app.bookings.rules.policies.effects import Effects
from studio_app.credits.rules.lots import CreditKind
from studio_app.kit.formats import say_money
from studio_app.kit.money import Money
from studio_app.kit.words import Text, _, many


@dataclass(frozen=True, slots=True)
class Sums:
    """`credits` counts lessons and sessions; money in minor units."""

    credits: int = 0
    charged_minor: int = 0
    """For lessons that were not had"""
    credit_minor: int = 0
    fee_minor: int = 0
    refund_minor: int = 0

    def plus(self, effects: Effects) -> "Sums":
        credit = effects.credit
        units = credit.units if credit and credit.kind is not CreditKind.MONEY else 0
        money = credit.money.minor if credit and credit.money else 0
        return Sums(
            self.credits + units,
            self.charged_minor + (effects.charged.minor if effects.charged else 0),
            self.credit_minor + money,
            self.fee_minor + (effects.fee.minor if effects.fee else 0),
            self.refund_minor + (effects.refund.minor if effects.refund else 0),
        )

    def and_(self, other: "Sums") -> "Sums":
        return Sums(
            self.credits + other.credits,
            self.charged_minor + other.charged_minor,
            self.credit_minor + other.credit_minor,
            self.fee_minor + other.fee_minor,
            self.refund_minor + other.refund_minor,
        )


@dataclass(frozen=True, slots=True)
class Saying:
    """3 credits · fees £12.00; a dash where there is nothing."""

    locale: str
    currency: str

    def of(self, sums: Sums) -> str:
        money = (
            (_("charged {money}"), sums.charged_minor),
            (_("credit {money}"), sums.credit_minor),
            (_("fees {money}"), sums.fee_minor),
            (_("refunds {money}"), sums.refund_minor),
        )
        counted = [many("{n} credit", "{n} credits", n=sums.credits)] if sums.credits else []
        said = [Text(words.msgid, {"money": self._money(minor)}) for words, minor in money if minor]
        return " · ".join(one.say(self.locale) for one in (*counted, *said)) or "–"

    def _money(self, minor: int) -> str:
        return say_money(Money(minor, self.currency), self.locale)
