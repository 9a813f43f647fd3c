"""A family's credits for the office: what there is, giving more, selling packages, taking back."""

from datetime import timedelta
from typing import Any

import reflex as rx
from reflex.event import EventType

from studio_app.billing.commands.credits import (
    CreditKind,
    GoodFor,
    give_credit,
    restore_credit,
    void_credit,
)
from studio_app.billing.commands.packages import sell_package, take_back_package
from studio_app.billing.queries.credits import family_credits
from studio_app.billing.queries.packages import package_list
from studio_app.identity.queries import my_profile
from studio_app.kit.access import Permission
from studio_app.kit.ids import (
    CreditEntryId,
    CreditLotId,
    FamilyId,
    LessonTypeId,
    PackageId,
    SaleId,
    StudentId,
)
from studio_app.people.queries.families import family_card
from studio_app.scheduling.queries.lessons import today
from studio_app.scheduling.queries.setup import lesson_types
from studio_app.web.credit_cards import CreditShown, shown
from studio_app.web.handlers import handler, loader
from studio_app.web.inputs import Form, as_id
from studio_app.web.opening import Opening
from studio_app.web.words import _

YEAR = timedelta(days=365)
Option = dict[str, str]


class FamilyCreditsState(Opening, rx.State):
    family: str = ""
    id: str = ""
    open_credits: list[CreditShown] = []
    over: list[CreditShown] = []
    children: list[Option] = []
    kinds: list[Option] = []
    packages: list[Option] = []
    until: str = ""
    """A year from today: what a credit is good for unless somebody says otherwise"""
    may_change: bool = False

    @loader
    async def load(self) -> None:
        await self._again()
        card = await self._run(family_card, self._id())
        self.family, self.id = card.name, str(card.id)
        everybody = {"value": "", "label": _("The whole family")}
        theirs = [{"value": str(one.id), "label": one.name} for one in card.students]
        self.children = [everybody, *theirs]
        anything = {"value": "", "label": _("Every lesson type")}
        kinds = await self._run(lesson_types)
        self.kinds = [anything, *({"value": str(k.id), "label": k.name} for k in kinds)]
        self.packages = [
            {"value": str(one.id), "label": f"{one.name} · {one.said}"}
            for one in await self._run(package_list)
            if one.is_on_offer
        ]
        self.until = (await self._run(today) + YEAR).isoformat()
        self.may_change = (await self._actor()).may(Permission.BILLING_MANAGE)

    @handler
    async def look_again(self) -> None:
        await self._again()

    async def _again(self) -> None:
        found = await self._run(family_credits, self._id())
        self.open_credits = shown([one for one in found if one.is_open])
        self.over = shown([one for one in found if not one.is_open])

    @handler
    async def give(self, sent: dict[str, Any]) -> None:
        self.faults = {}
        read = Form(sent)
        kind = read.choice("kind", CreditKind)
        if kind is CreditKind.MONEY:
            amount = read.money("amount", (await self._run(my_profile)).currency).minor
        else:
            amount = read.number("amount", least=1, most=1000)
        reason, until = read.text("reason"), read.optional_day("valid_until")
        student, lesson_type = read.optional_id("student_id"), read.optional_id("lesson_type_id")
        minutes = read.number("minutes", least=5, most=600) if sent.get("minutes") else None
        read.check()
        await self._run_once(
            self._key,
            give_credit,
            self._id(),
            kind,
            amount,
            reason=reason,
            student_id=StudentId(student) if student else None,
            good_for=GoodFor(LessonTypeId(lesson_type) if lesson_type else None, minutes),
            valid_until=until,
        )
        self.opened = ""
        await self._tell(_("Given. The family sees it at once."))
        await self._again()

    @handler
    async def sell(self, sent: dict[str, Any]) -> None:
        self.faults = {}
        read = Form(sent)
        package, student = read.id("package_id"), read.optional_id("student_id")
        read.check()
        whose = StudentId(student) if student else None
        await self._run_once(
            self._key, sell_package, PackageId(package), self._id(), student_id=whose
        )
        self.opened = ""
        await self._tell(_("Sold."), detail=_("The price is on the next invoice."))
        await self._again()

    @handler
    async def void(self, sent: dict[str, Any]) -> None:
        """What is left of the credit named by the open dialog."""
        self.faults = {}
        read = Form(sent)
        reason, lot = read.text("reason"), CreditLotId(as_id(self._about("void")))
        read.check()
        entry_id = await self._run_once(self._key, void_credit, lot, reason=reason)
        self.opened = ""
        undo = FamilyCreditsState.restore(str(entry_id))
        await self._tell(_("Taken back."), undo=undo)
        await self._again()

    @handler
    async def take_back(self, sent: dict[str, Any]) -> None:
        """The package named by the open dialog."""
        self.faults = {}
        read = Form(sent)
        reason, sale = read.text("reason"), SaleId(as_id(self._about("return")))
        read.check()
        await self._run_once(self._key, take_back_package, sale, reason=reason)
        self.opened = ""
        await self._tell(_("Taken back. Its price is not owed any more."))
        await self._again()

    @handler
    async def restore(self, entry_id: str) -> EventType[()]:
        await self._run(restore_credit, CreditEntryId(as_id(entry_id)))
        await self._tell(_("It is good again."))
        return FamilyCreditsState.load

    def _id(self) -> FamilyId:
        return FamilyId(self._path_id("family_id"))
