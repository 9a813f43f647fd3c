"""What the families of a file owed before: typed beside their names, posted once."""

from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from typing import Any

import reflex as rx
from reflex.event import EventType

from studio_app.imports.commands.opening import post_opening_balances, type_opening_balances
from studio_app.imports.queries.openings import FamilyOpening, family_openings
from studio_app.kit.errors import NotFound, Refused
from studio_app.kit.ids import BatchId
from studio_app.kit.money import Money, exponent
from studio_app.kit.words import Text
from studio_app.kit.words import _ as unsaid
from studio_app.web.handlers import handler, loader
from studio_app.web.inputs import Form, Invalid
from studio_app.web.turning import Turning
from studio_app.web.words import _, many

IN_CREDIT = "in_credit"


class NotKept(Refused):
    message = unsaid("An opening balance could not be kept. Please look at the marked fields.")


@dataclass(frozen=True)
class OpeningLine:
    """One family; `key` stays its own whichever rows stand above it. `amount` is how it stands
    in its field, without a sign."""

    key: str = ""
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
    _families: dict[str, str] = {}
    """The family of the file, by the key of its line on this page."""
    _ways: dict[str, str] = {}
    """What was chosen beside families whose amount is not kept yet, by key."""
    _currency: str = ""

    @loader
    async def load(self) -> None:
        self._from_the_start()
        self.faults = {name: why for name, why in self.faults.items() if name != "opening_on"}
        await self._show()

    @handler
    async def keep_amount(self, key: str, typed: str) -> None:
        """Each amount is kept when its field is left: turning the page or importing loses none."""
        line, name = self._line(key), f"owed-{key}"
        if typed.strip() != line.amount or name in self.faults:
            await self._keep_one(key, typed, self._ways.get(key, line.way))

    @handler
    async def keep_way(self, key: str, way: str) -> None:
        line = self._line(key)
        self._ways = self._ways | {key: way}
        if f"owed-{key}" not in self.faults:
            await self._keep_one(key, line.amount, way)

    @handler
    async def keep_day(self, on: str) -> None:
        form = Form({"opening_on": on})
        day = form.day("opening_on")
        if self._fine(form, "opening_on"):
            await self._run(type_opening_balances, self._id(), {}, on=day)
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
        asked = [name.removeprefix("owed-") for name in sent if name.startswith("owed-")]
        open_still = [key for key in asked if not self._line(key).posted]
        owed = {self._families[key]: self._owed(form, key) for key in open_still}
        form.check()
        await self._run(type_opening_balances, self._id(), owed, on=on)

    async def _keep_one(self, key: str, typed: str, way: str) -> None:
        name = f"owed-{key}"
        form = Form({name: typed, f"way-{key}": way})
        owed = self._owed(form, key)
        if self._fine(form, name):
            await self._run(type_opening_balances, self._id(), {self._families[key]: owed})
            if owed:
                self._ways = {each: way for each, way in self._ways.items() if each != key}
            await self._show()

    def _fine(self, form: Form, name: str) -> bool:
        """Whether this one field could be read; what is wrong with the others stays said."""
        others = {field: fault for field, fault in self.faults.items() if field != name}
        self.faults = others | Invalid(form.faults).said()
        return not form.faults

    def _line(self, key: str) -> OpeningLine:
        found = next((line for line in self.families if line.key == key), None)
        if found is None:
            raise NotFound
        return found

    def _leave(self) -> None:
        """What cannot be kept is not dropped with its page either."""
        if self.faults:
            raise NotKept

    def _owed(self, form: Form, key: str) -> Money | None:
        """What one family's fields say; None where they are empty."""
        name = f"owed-{key}"
        if not form.optional_text(name):
            return None
        amount = form.money(name, self._currency)
        if amount.minor < 0:
            form.faults[name] = Text(_("Without a sign, please: choose “is in credit” instead."))
        return -amount if form.optional_text(f"way-{key}") == IN_CREDIT else amount

    async def _show(self) -> None:
        number = int(self._after() or 1)
        found = await self._run(family_openings, self._id(), number)
        self._families = {_key(self._id(), one): one.family_key for one in found.families}
        self._currency = found.families[0].currency if found.families else ""
        self.families = [
            _line(key, one, self._ways.get(key, ""))
            for key, one in zip(self._families, found.families, strict=True)
        ]
        fields = {"opening_on", *(f"owed-{key}" for key in self._families)}
        self.faults = {name: fault for name, fault in self.faults.items() if name in fields}
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


def _key(batch_id: BatchId, one: FamilyOpening) -> str:
    """Safe in a field's name, and no address in it."""
    return sha256(f"{batch_id} {one.family_key}".encode()).hexdigest()[:16]


def _line(key: str, one: FamilyOpening, chosen: str) -> OpeningLine:
    minor = one.owed_minor or 0
    amount = Decimal(abs(minor)).scaleb(-exponent(one.currency))
    way = IN_CREDIT if minor < 0 else "owes"
    told = (one.sentence, one.where_from)
    return OpeningLine(
        key=key,
        family=one.family,
        students=one.students,
        lines=", ".join(str(line) for line in one.lines),
        amount=str(amount) if minor else "",
        way=way if minor else chosen or way,
        sentence=" · ".join(each for each in told if each),
        posted=one.posted,
    )
