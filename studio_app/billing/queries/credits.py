"""Every credit of a family: from what, what is left, where it was used, until when."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import col

from studio_app.attendance.access import among, ask
from studio_app.billing.access import rows, sessions
from studio_app.billing.access.credits_told import entries_told, lots_told
from studio_app.billing.access.packages import sales_of
from studio_app.billing.rules.credit_words import amount_said, source_said
from studio_app.credits import access
from studio_app.credits.models import CreditLot
from studio_app.credits.rules.expiry import WARNED_DAYS
from studio_app.credits.rules.lots import Act, CreditKind, Lot, Source
from studio_app.identity.access import studio
from studio_app.kit.access import Permission
from studio_app.kit.clock import local_date
from studio_app.kit.formats import say_date, say_money, say_wall_time, say_weekday, say_when
from studio_app.kit.ids import CreditEntryId, CreditLotId, FamilyId, SaleId, StudentId
from studio_app.kit.money import Money
from studio_app.kit.words import Text, _
from studio_app.kit.work import Work, requires
from studio_app.people.access import own_accounts, student


@dataclass(frozen=True, slots=True)
class CreditLine:
    """Something that happened to a credit. `change` has a sign, in the language of the reader."""

    when: str
    what: str
    change: str
    words: str
    by: str
    undone: bool
    entry_id: CreditEntryId
    act: Act


@dataclass(frozen=True, slots=True)
class CreditCard:
    """One credit. `left` counts what is booked and not held yet, `bookable` does not."""

    lot_id: CreditLotId
    family_id: FamilyId
    kind: CreditKind
    title: str
    """3 lessons, £12.50: what is left"""
    source: str
    """From what it comes, with its reason"""
    good_for: str
    """For which lessons; empty: for any"""
    student: str
    given: int
    left: int
    booked: int
    bookable: int
    standing: str
    """6 of 10 left, 2 booked"""
    until: str
    until_on: date | None
    days_left: int | None
    runs_out_soon: bool
    is_open: bool
    paid_for: bool
    given_on: str
    by: str
    sale_id: SaleId | None
    lines: tuple[CreditLine, ...]


@requires(Permission.STATEMENT_VIEW)
def family_credits(work: Work, family_id: FamilyId) -> list[CreditCard]:
    """Those of which something is left first, what runs out soonest at the top; then the others,
    the latest first."""
    rows.family(work, family_id)
    return _cards(work, [family_id])


@requires(Permission.LESSON_VIEW)
def my_credits(work: Work) -> list[CreditCard]:
    """The same of the actor's own accounts, whatever else they may see."""
    return _cards(work, [FamilyId(row[0]) for row in ask(work, own_accounts(work))])


@requires(Permission.STATEMENT_VIEW)
def student_credits(work: Work, student_id: StudentId) -> list[CreditCard]:
    """Those of the student's family that can pay for the student's lessons."""
    family_id = student(work, student_id).family_id
    rows.family(work, family_id)
    ours = [lot for lot in _lots_of(work, [family_id]) if lot.student_id in {None, student_id}]
    return _said(work, [lot for lot in ours if lot.kind is not CreditKind.MONEY])


def _lots_of(work: Work, family_ids: Collection[FamilyId]) -> list[Lot]:
    return access.lots(work, among(col(CreditLot.family_id), family_ids))


def _cards(work: Work, family_ids: Collection[FamilyId]) -> list[CreditCard]:
    return _said(work, _lots_of(work, family_ids))


def _said(work: Work, lots: Sequence[Lot]) -> list[CreditCard]:
    if not lots:
        return []
    told = _Told(work, lots)
    cards = [told.card(lot) for lot in lots]
    last = date.max
    return sorted(
        cards,
        key=lambda c: (not c.is_open, (c.until_on or last) if c.is_open else last, c.lot_id.int),
    )


class _Told:
    """What the credits of a family refer to, read once for all of them."""

    def __init__(self, work: Work, lots: Sequence[Lot]) -> None:
        here = studio(work)
        self._locale, self._zone = work.actor.locale, ZoneInfo(here.timezone)
        self._today = local_date(work.now, self._zone)
        ids = [lot.id for lot in lots]
        self._rows = {row.id: row for row in ask(work, lots_told(ids))}
        self._sales = sales_of(work, ids)
        self._ahead = sessions.ahead(work, lots)
        self._lines = self._said(work, ids)

    def card(self, lot: Lot) -> CreditCard:
        row = self._rows[lot.id]
        ahead = self._ahead.get(lot.id, sessions.NOTHING)
        left = lot.left + ahead.reserved
        over = lot.valid_until is not None and lot.valid_until < self._today
        days = (lot.valid_until - self._today).days if lot.valid_until else None
        is_open = left > 0 and not (over and lot.left > 0 and not ahead.reserved)
        sale = self._sales.get(lot.id)
        return CreditCard(
            lot_id=lot.id,
            family_id=lot.family_id,
            kind=lot.kind,
            title=self._say(amount_said(lot.kind, left, lot.currency, self._locale)),
            source=self._source(row),
            good_for=self._good_for(row),
            student=row.student or "",
            given=row.amount,
            left=left,
            booked=ahead.booked,
            bookable=max(0, left - ahead.booked),
            standing=self._standing(lot, row.amount, left, ahead.booked),
            until=say_date(lot.valid_until, self._locale) if lot.valid_until else "",
            until_on=lot.valid_until,
            days_left=days,
            runs_out_soon=is_open and days is not None and days <= max(WARNED_DAYS),
            is_open=is_open,
            paid_for=lot.paid_for,
            given_on=say_date(local_date(row.made_at, self._zone), self._locale),
            by=row.by or "",
            sale_id=sale.id if sale else None,
            lines=tuple(self._lines.get(lot.id, ())),
        )

    def _standing(self, lot: Lot, given: int, left: int, booked: int) -> str:
        if lot.kind is CreditKind.MONEY:
            names = [say_money(Money(n, lot.currency or ""), self._locale) for n in (left, given)]
            return self._say(_("{left} of {given} left", left=names[0], given=names[1]))
        if booked:
            return self._say(
                _("{left} of {given} left, {booked} booked", left=left, given=given, booked=booked)
            )
        return self._say(_("{left} of {given} left", left=left, given=given))

    def _source(self, row: Any) -> str:
        return self._say(source_said(Source(row.source), row.reason))

    def _good_for(self, row: Any) -> str:
        parts = [row.lesson_type] if row.lesson_type else []
        if row.minutes:
            parts.append(self._say(_("{n} min", n=row.minutes)))
        if row.teacher:
            parts.append(row.teacher)
        if row.weekday:
            day = say_weekday(row.weekday, self._locale)
            at = say_wall_time(row.at, self._locale)
            parts.append(self._say(_("only on {day} at {time}", day=day, time=at)))
        return " · ".join(parts)

    def _said(self, work: Work, ids: Sequence[CreditLotId]) -> dict[CreditLotId, list[CreditLine]]:
        found: dict[CreditLotId, list[CreditLine]] = {}
        for row in ask(work, entries_told(ids)):
            found.setdefault(row.lot_id, []).append(self._line(row))
        return found

    def _line(self, row: Any) -> CreditLine:
        sign = "−" if row.amount < 0 else "+"
        size = abs(row.amount)
        money = say_money(Money(size, row.currency), self._locale) if row.currency else str(size)
        return CreditLine(
            when=say_date(local_date(row.at, self._zone), self._locale),
            what=self._what(row),
            change=f"{sign}{money}",
            words=row.words,
            by=row.by or "",
            undone=row.undone,
            entry_id=row.id,
            act=Act(row.act),
        )

    def _what(self, row: Any) -> str:
        where = ""
        if row.starts_at:
            where = f"{row.lesson_type}, {say_when(row.starts_at, self._zone, self._locale)}"
        elif row.number:
            where = self._say(_("Invoice {number}", number=row.number))
        said: Mapping[Act, Text] = {
            Act.USED: _("Used: {what}", what=where),
            Act.RELEASED: _("Given back: {what}", what=where),
            Act.VOIDED: _("Taken back by the studio"),
            Act.EXPIRED: _("Ran out"),
            Act.REINSTATED: _("Good again"),
        }
        return self._say(said[Act(row.act)])

    def _say(self, text: Text) -> str:
        return text.say(self._locale)
