"""What a credit is, what it is good for, and which of several is spent first."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from studio_app.kit.ids import CreditLotId, FamilyId, LessonTypeId, StudentId, TeacherId
from studio_app.kit.words import Labelled


class CreditKind(Labelled):
    """Lesson: one to make up for one that was lost. Session: one that was sold before.
    Money: so many minor units of a currency."""

    LESSON = "lesson"
    SESSION = "session"
    MONEY = "money"


UNITS = frozenset({CreditKind.LESSON, CreditKind.SESSION})
"""Kinds of which one pays for one seat."""


class Source(Labelled):
    """Where a credit comes from."""

    CANCELLATION = "cancellation"
    GIVEN = "given"
    SOLD = "sold"
    COMPENSATION = "compensation"
    IMPORTED = "imported"


class Act(Labelled):
    """What an entry does to what is left of a lot: used, voided and expired take away."""

    USED = "used"
    RELEASED = "released"
    VOIDED = "voided"
    EXPIRED = "expired"
    REINSTATED = "reinstated"


@dataclass(frozen=True, slots=True)
class GoodFor:
    """The lessons a credit pays for; what is None may be anything.

    `weekday` (ISO, 1 is Monday) and `at`, both or neither: only at the own weekday and time.
    """

    lesson_type_id: LessonTypeId | None = None
    minutes: int | None = None
    teacher_id: TeacherId | None = None
    weekday: int | None = None
    at: time | None = None

    def covers(self, lesson: "GoodFor") -> bool:
        return all(
            wanted is None or wanted == there
            for wanted, there in zip(self.parts, lesson.parts, strict=True)
        )

    @property
    def parts(self) -> tuple[Any, ...]:
        return (self.lesson_type_id, self.minutes, self.teacher_id, self.weekday, self.at)

    @property
    def narrowness(self) -> int:
        return sum(part is not None for part in self.parts)


ANYTHING = GoodFor()


@dataclass(frozen=True, slots=True)
class Lot:
    """What is left of a credit: units, or minor units of its currency; days in the studio's zone.

    `valid_until` is the last day on which it can be used.
    """

    id: CreditLotId
    kind: CreditKind
    left: int
    family_id: FamilyId
    student_id: StudentId | None = None
    good_for: GoodFor = ANYTHING
    valid_from: date | None = None
    valid_until: date | None = None
    paid_for: bool = False
    currency: str | None = None
    made_on: date = date.min
    """When it was given or sold, or from when it is good"""

    def is_valid(self, on: date) -> bool:
        begun = self.valid_from is None or self.valid_from <= on
        return begun and (self.valid_until is None or on <= self.valid_until)


@dataclass(frozen=True, slots=True)
class Need:
    """What is to be paid by credit, on which day, for what; for money nothing but the currency."""

    family_id: FamilyId
    on: date
    kinds: Collection[CreditKind]
    amount: int = 1
    student_id: StudentId | None = None
    lesson: GoodFor = ANYTHING
    currency: str | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """So much out of this lot."""

    lot_id: CreditLotId
    amount: int


def applies(lot: Lot, need: Need) -> bool:
    """Whether something of this lot may pay for the need."""
    if lot.left <= 0 or lot.kind not in need.kinds or lot.family_id != need.family_id:
        return False
    if lot.student_id is not None and lot.student_id != need.student_id:
        return False
    if lot.kind is CreditKind.MONEY:
        return lot.is_valid(need.on) and lot.currency == need.currency
    return lot.is_valid(need.on) and lot.good_for.covers(need.lesson)


def shares(lots: Iterable[Lot], need: Need) -> list[Share]:
    """Which lots pay, and how much each: what runs out first is spent first.

    Of those that run out together the narrowest, then one that nobody paid for. A need is split
    over several lots; where they do not suffice the shares come to less than it.
    """
    found: list[Share] = []
    missing = need.amount
    for lot in sorted((one for one in lots if applies(one, need)), key=_first):
        part = min(lot.left, missing)
        if part > 0:
            found.append(Share(lot.id, part))
            missing -= part
    return found


def _first(lot: Lot) -> tuple[Any, ...]:
    narrow = (lot.student_id is None, -lot.good_for.narrowness)
    return (lot.valid_until or date.max, *narrow, lot.paid_for, lot.id)
