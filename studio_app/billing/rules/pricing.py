"""Which price a lesson has. The most specific price that has begun wins."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from studio_app.billing.rules.ledger import NO_TAX, TaxRate
from studio_app.kit.ids import LessonTypeId, PricePlanId, StudentId, TeacherId
from studio_app.kit.money import Money
from studio_app.kit.words import Labelled, Text, _


class Per(Labelled):
    """What a price is for: each lesson, or a whole term of them."""

    LESSON = "lesson"
    TERM = "term"


class Mode(Labelled):
    """Arrears: charged once a lesson was held. Advance: a term is sold before it begins."""

    ARREARS = "arrears"
    ADVANCE = "advance"


@dataclass(frozen=True, slots=True)
class Scope:
    """The lessons a price is for; what is None may be anything."""

    lesson_type_id: LessonTypeId | None = None
    teacher_id: TeacherId | None = None
    student_id: StudentId | None = None
    minutes: int | None = None

    def covers(self, lesson: "Scope") -> bool:
        return all(
            wanted is None or wanted == there
            for wanted, there in zip(_parts(self), _parts(lesson), strict=True)
        )

    @property
    def rank(self) -> tuple[bool, ...]:
        """A price for one student beats one for a teacher, that a lesson type, that a length."""
        return tuple(part is not None for part in _parts(self))


ANY_LESSON = Scope()


@dataclass(frozen=True, slots=True)
class Price:
    """One entry of the rate card."""

    id: PricePlanId
    scope: Scope
    from_on: date
    amount: Money
    per: Per = Per.LESSON
    tax: TaxRate = NO_TAX


def price_for(lesson: Scope, on: date, prices: Iterable[Price]) -> Price | None:
    """The price of a lesson on a day, or None if nobody has said what it costs.

    Of the prices for the same lessons the latest that has begun counts; of those that are
    left the most specific wins.
    """
    fitting = [p for p in prices if p.from_on <= on and p.scope.covers(lesson)]
    return max(fitting, key=lambda p: (p.scope.rank, p.from_on), default=None)


class RateCard:
    """All prices of a studio, quick to ask for the lessons of ten thousand students."""

    def __init__(self, prices: Iterable[Price]) -> None:
        self._for_anybody: list[Price] = []
        self._for_one: dict[StudentId, list[Price]] = {}
        self._known: dict[tuple[Scope, date], Price | None] = {}
        self.sells_terms = False
        for price in prices:
            self.sells_terms |= price.per is Per.TERM
            student_id = price.scope.student_id
            place = self._for_one.setdefault(student_id, []) if student_id else self._for_anybody
            place.append(price)

    def price(self, lesson: Scope, on: date) -> Price | None:
        """As `price_for`."""
        own = self._for_one.get(lesson.student_id, []) if lesson.student_id else []
        if own:
            return price_for(lesson, on, [*own, *self._for_anybody])
        alike = (replace(lesson, student_id=None), on)
        if alike not in self._known:
            self._known[alike] = price_for(*alike, self._for_anybody)
        return self._known[alike]


def why_this_price(price: Price) -> Text:
    """The rule in one sentence, for whoever asks how a total was computed."""
    scope, since = price.scope, price.from_on
    if scope.student_id:
        return _("The price agreed for this student, since {day}", day=since)
    if scope.teacher_id:
        return _("The price of this teacher, since {day}", day=since)
    if scope.lesson_type_id:
        return _("The price of this kind of lesson, since {day}", day=since)
    if scope.minutes:
        return _("The price for this length, since {day}", day=since)
    return _("The studio's standard price, since {day}", day=since)


def _parts(scope: Scope) -> tuple[UUID | int | None, ...]:
    return (scope.student_id, scope.teacher_id, scope.lesson_type_id, scope.minutes)
