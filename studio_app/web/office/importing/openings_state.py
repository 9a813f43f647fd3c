"""What the families of a file owed before: typed beside their names, posted once."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import reflex as rx
from reflex.event import EventType

from studio_app.imports.commands.opening import post_opening_balances, type_opening_balances
from studio_app.imports.queries.openings import FamilyOpening, family_openings
from studio_app.kit.ids import BatchId
from studio_app.kit.money import Money, exponent
from studio_app.kit.words import Text
from studio_app.web.handlers import handler, loader
from studio_app.web.inputs import Form
from studio_app.web.turning import Turning
from studio_app.web.words import _, many

IN_CREDIT = "in_credit"


@dataclass(frozen=True)
class OpeningLine:
    """One family. `amount` is how it stands in its field, without a sign."""

    number: str = ""
    family: str = ""
    students: str = ""
    lines: str = ""
    amount: str = ""
    way: str = "owes"
    sentence: str = ""
    posted: bool = False


class OpeningsState(Turning, rx.State):
    families: list[OpeningLine] = []
    on: str = ""
    waiting: str = ""
    """How many families have an amount that is not in the accounts; "" where none has."""
    posted: str = ""
    left_out: str = ""
    """Lines with an amount of which nothing is posted."""
    _keys: list[str] = []
    _currency: str = ""

    @loader
    async def load(self) -> None:
        self._from_the_start()
        await self._show()

    @handler
    async def save(self, sent: dict[str, Any]) -> None:
        """Keep what was typed; it is posted with the import."""
        await self._keep(sent)
        await self._tell(_("The opening balances were kept. They are posted with the import."))
        await self._show()

    @handler
    async def post(self, sent: dict[str, Any]) -> EventType[()] | None:
        """Keep what was typed and put it into the accounts."""
        await self._keep(sent)
        posted = await self._run(post_opening_balances, self._id())
        said = many(
            "{n} opening balance was posted.", "{n} opening balances were posted.", n=posted
        )
        await self._tell(said)
        return OpeningsState.load

    async def _keep(self, sent: dict[str, Any]) -> None:
        self.faults = {}
        form = Form(sent)
        on = form.day("opening_on")
        open_still = [line.number for line in self.families if not line.posted]
        keys = dict(enumerate(self._keys, start=1))
        owed = {keys[int(number)]: self._owed(form, number) for number in open_still}
        form.check()
        await self._run(type_opening_balances, self._id(), owed, on=on)

    def _owed(self, form: Form, number: str) -> Money | None:
        """What one family's fields say; None where they are empty."""
        name = f"owed-{number}"
        if not form.optional_text(name):
            return None
        amount = form.money(name, self._currency)
        if amount.minor < 0:
            form.faults[name] = Text(_("Without a sign, please: choose “is in credit” instead."))
        return -amount if form.optional_text(f"way-{number}") == IN_CREDIT else amount

    async def _show(self) -> None:
        number = int(self._after() or 1)
        found = await self._run(family_openings, self._id(), number)
        self._keys = [one.family_key for one in found.families]
        self._currency = found.families[0].currency if found.families else ""
        self.families = [_line(n, one) for n, one in enumerate(found.families, start=1)]
        self.on = found.on.isoformat()
        self._turned(number + 1 if number < found.pages else None)
        self.waiting, self.posted = _waiting(found.waiting), _posted(found.posted)
        self.left_out = ", ".join(str(line) for line in found.left_out_lines)

    def _id(self) -> BatchId:
        return BatchId(self._path_id("batch_id"))


def _waiting(n: int) -> str:
    said = many("{n} family has an amount.", "{n} families have an amount.", n=n)
    return said if n else ""


def _posted(n: int) -> str:
    said = many("{n} opening balance is posted.", "{n} opening balances are posted.", n=n)
    return said if n else ""


def _line(number: int, one: FamilyOpening) -> OpeningLine:
    minor = one.owed_minor or 0
    amount = Decimal(abs(minor)).scaleb(-exponent(one.currency))
    told = (one.sentence, one.where_from)
    return OpeningLine(
        number=str(number),
        family=one.family,
        students=one.students,
        lines=", ".join(str(line) for line in one.lines),
        amount=str(amount) if minor else "",
        way=IN_CREDIT if minor < 0 else "owes",
        sentence=" · ".join(each for each in told if each),
        posted=one.posted,
    )
