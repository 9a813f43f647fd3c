"""Credits in a sentence: from what, how much, paid by which."""

from studio_app.credits.rules.lots import CreditKind, Source
from studio_app.kit.formats import say_money
from studio_app.kit.money import Money
from studio_app.kit.words import Text, _, many


def source_said(source: Source, reason: str) -> Text:
    """From what a credit comes, with its reason."""
    said = {
        Source.CANCELLATION: _("For a lesson that was cancelled"),
        Source.GIVEN: _("Given by the studio"),
        Source.SOLD: _("Bought"),
        Source.COMPENSATION: _("To make up for something"),
        Source.IMPORTED: _("From before Cadenza"),
    }[source]
    return _("{source}: {reason}", source=said, reason=reason) if reason else said


def paid_said(from_: Source, reason: str, locale: str) -> str:
    """Paid by credit. Given by the studio: Sorry"""
    source = source_said(from_, reason).say(locale)
    return _("Paid by credit. {source}", source=source).say(locale)


def amount_said(kind: CreditKind, n: int, currency: str | None, locale: str) -> Text:
    """3 lessons, 1 session, £12.50"""
    if kind is CreditKind.MONEY:
        return _("{amount}", amount=say_money(Money(n, currency or ""), locale))
    if kind is CreditKind.SESSION:
        return many("{n} session", "{n} sessions", n=n)
    return many("{n} lesson", "{n} lessons", n=n)
