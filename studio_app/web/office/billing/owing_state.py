"""Who owes what and the documents about it, as the page holds them."""

from dataclasses import dataclass

import reflex as rx

from studio_app.billing.commands.invoices import send_drafts
from studio_app.billing.queries.invoices import InvoiceCard, invoices
from studio_app.billing.queries.owing import Owed, Owing, all_that_is_owed
from studio_app.scheduling.queries.lessons import today
from studio_app.web import routes
from studio_app.web.handlers import handler, loader
from studio_app.web.office.billing.paying import Paying
from studio_app.web.turning import Turning
from studio_app.web.words import many

PAGE = 50
OPEN, OVERDUE, DRAFTS, ALL = "open", "overdue", "drafts", "all"
OWING, CREDIT = "owing", "credit"


@dataclass(frozen=True)
class OwingLine:
    id: str = ""
    family: str = ""
    href: str = ""
    due_now: str = ""
    later: str = ""
    late: str = ""
    """How long the oldest is overdue, in words; empty when nothing is."""
    statement: str = ""
    owed_minor: int = 0
    owes: bool = False
    credit: str = ""


@dataclass(frozen=True)
class InvoiceLine:
    number: int = 0
    href: str = ""
    family: str = ""
    period: str = ""
    due: str = ""
    total: str = ""
    open: str = ""
    status: str = ""
    overdue: bool = False
    part_paid: bool = False


@dataclass(frozen=True)
class Sums:
    """What families owe, with how many those are."""

    overdue: str = ""
    late: str = ""
    owing: str = ""
    owers: str = ""
    credit: str = ""
    creditors: str = ""


class BillingState(Turning, Paying, rx.State):
    owing: list[OwingLine] = []
    documents: list[InvoiceLine] = []
    sums: Sums = Sums()
    whose: str = ALL
    kept: str = OPEN
    has_drafts: bool = False

    @loader
    async def load(self) -> None:
        self.whose = ALL
        self._from_the_start()
        await self._again()

    @handler
    async def narrow(self, to: str) -> None:
        self.kept = to if to in {OVERDUE, DRAFTS, ALL} else OPEN
        self._from_the_start()
        await self._show()

    @handler
    async def pick(self, whose: str) -> None:
        """Only the families that a figure counts."""
        self.whose = whose if whose in {OVERDUE, OWING, CREDIT} else ALL
        await self._families()

    @handler
    async def look_again(self) -> None:
        await self._again()

    @handler
    async def send_all(self) -> None:
        """Every draft goes out; sent twice, the second finds none left."""
        sent = await self._run(send_drafts)
        await self._tell(many("{n} document sent.", "{n} documents sent.", n=len(sent)))
        await self._again()

    async def _again(self) -> None:
        await self._families()
        await self._show()

    async def _families(self) -> None:
        found = await self._run(all_that_is_owed)
        self.owing = [_owing(one) for one in found.families if self.whose in _groups(one)]
        self.sums = _sums(found)

    async def _show(self) -> None:
        found = await self._run(
            invoices,
            only_open=self.kept in {OPEN, OVERDUE},
            only_drafts=self.kept == DRAFTS,
            due_before=await self._run(today) if self.kept == OVERDUE else None,
            before_number=int(self._after()) if self._after() else None,
            limit=PAGE + 1,
        )
        self.documents = [line_of(one) for one in found[:PAGE]]
        self._turned(self.documents[-1].number if len(found) > PAGE else None)
        self.has_drafts = bool(await self._run(invoices, only_drafts=True, limit=1))

    def _owes(self, family_id: str) -> tuple[str, int]:
        found = next((one for one in self.owing if one.id == family_id), OwingLine())
        return found.family, found.owed_minor


def _groups(one: Owing) -> set[str]:
    """The figures in which this family is counted."""
    groups = {ALL, CREDIT if one.balance_minor < 0 else OWING}
    return groups | {OVERDUE} if one.is_late else groups


def _sums(found: Owed) -> Sums:
    groups = [_groups(one) for one in found.families]
    late, owers, creditors = (
        many("{n} family", "{n} families", n=sum(kind in each for each in groups))
        for kind in (OVERDUE, OWING, CREDIT)
    )
    return Sums(found.overdue, late, found.owing, owers, found.credit, creditors)


def _owing(one: Owing) -> OwingLine:
    late = many("{n} day overdue", "{n} days overdue", n=one.days_overdue)
    return OwingLine(
        id=str(one.family_id),
        family=one.family,
        href=routes.filled(routes.FAMILY, family_id=one.family_id),
        statement=routes.filled(routes.STATEMENT, family_id=one.family_id),
        due_now=one.due_now if one.due_now_minor else "",
        later=one.not_yet_due if one.not_yet_due_minor > 0 else "",
        credit=one.balance if one.balance_minor < 0 else "",
        late=late if one.days_overdue > 0 else "",
        owed_minor=one.balance_minor,
        owes=one.balance_minor > 0,
    )


def line_of(one: InvoiceCard) -> InvoiceLine:
    badges = {str(each.value) for each in one.badges}
    return InvoiceLine(
        number=one.number,
        href=routes.filled(routes.INVOICE, invoice_id=one.id),
        family=one.family,
        period=one.period,
        due=one.due,
        total=one.total,
        open=one.balance_due if one.balance_due_minor else "",
        status=one.state.value,
        overdue="overdue" in badges,
        part_paid="part_paid" in badges,
    )
