"""One family, as the office sees and changes it."""

from dataclasses import dataclass
from typing import Any

import reflex as rx
from reflex.event import EventType

from studio_app.identity.commands.members import invite
from studio_app.kit.access import Permission, Role
from studio_app.kit.ids import FamilyId, GuardianId, StudentId
from studio_app.overview.queries.leaving import owed_by
from studio_app.people.commands.families import FamilyDetails, edit_family
from studio_app.people.commands.guardians import (
    edit_guardianship,
    make_primary_payer,
    remove_payer,
)
from studio_app.people.queries.families import (
    FamilyCard,
    Responsibility,
    family_card,
    responsibilities,
)
from studio_app.web import routes
from studio_app.web.frame import initials
from studio_app.web.handlers import handler, loader
from studio_app.web.inputs import LONGEST, Form, as_id
from studio_app.web.office.families import standing_of
from studio_app.web.opening import Opening
from studio_app.web.ui.avatars import colour_of
from studio_app.web.words import _


@dataclass(frozen=True)
class FamilyShown:
    id: str = ""
    name: str = ""
    address: str = ""
    notes: str = ""
    balance: str = ""
    standing: str = ""
    shows_money: bool = False


@dataclass(frozen=True)
class ChildLine:
    name: str = ""
    initials: str = ""
    colour: str = "k1"
    instrument: str = ""
    status: str = ""
    href: str = ""


@dataclass(frozen=True)
class PayerLine:
    id: str = ""
    name: str = ""
    email: str = ""
    phone: str = ""
    bills: bool = False
    has_account: bool = False


@dataclass(frozen=True)
class HearsLine:
    """One parent and one child: what reaches the parent."""

    guardian_id: str = ""
    guardian: str = ""
    student_id: str = ""
    student: str = ""
    schedule: bool = False
    practice: bool = False
    billing: bool | None = None


class FamilyState(Opening, rx.State):
    family: FamilyShown = FamilyShown()
    children: list[ChildLine] = []
    payers: list[PayerLine] = []
    hears: list[HearsLine] = []

    @loader
    async def load(self) -> None:
        family_id = self._id()
        card = await self._run(family_card, family_id)
        hears = await self._run(responsibilities, family_id)
        shows_money = (await self._actor()).may(Permission.BILLING_VIEW)
        owed = (await self._run(owed_by, [family_id]))[family_id] if shows_money else None
        self.family = FamilyShown(
            str(card.id),
            card.name,
            card.address,
            card.notes,
            balance=owed.said if owed else "",
            standing=standing_of(owed.minor) if owed else "",
            shows_money=shows_money,
        )
        self.children, self.payers = _children(card), _payers(card)
        self.hears = [_hears(one) for one in hears]

    @handler
    async def save(self, sent: dict[str, Any]) -> EventType[()]:
        self.faults = {}
        form = Form(sent)
        details = FamilyDetails(
            form.text("name", longest=160),
            form.optional_text("address"),
            form.optional_text("notes", longest=8 * LONGEST),
        )
        form.check()
        await self._run_once(self._key, edit_family, self._id(), details)
        self.opened = ""
        await self._tell(_("Saved."))
        return FamilyState.load

    @handler
    async def bill_to(self, guardian_id: str) -> EventType[()]:
        await self._run(make_primary_payer, self._id(), GuardianId(as_id(guardian_id)))
        await self._tell(_("The bills go to {name} now.", name=self._payer(guardian_id).name))
        return FamilyState.load

    @handler
    async def stop_paying(self, guardian_id: str) -> EventType[()]:
        await self._run(remove_payer, self._id(), GuardianId(as_id(guardian_id)))
        name = self._payer(guardian_id).name
        await self._tell(_("{name} no longer sees the account.", name=name))
        return FamilyState.load

    @handler
    async def invite(self, guardian_id: str) -> None:
        one = self._payer(guardian_id)
        role, who = Role.GUARDIAN, GuardianId(as_id(guardian_id))
        key = f"{self._key} {guardian_id}"
        await self._run_once(key, invite, one.email, role, name=one.name, guardian_id=who)
        await self._tell(_("{name} was invited.", name=one.name), detail=one.email)

    @handler
    async def switch(
        self, student_id: str, guardian_id: str, which: str, on: bool
    ) -> EventType[()]:
        """Which messages about this child reach this parent."""
        pair = (student_id, guardian_id)
        now = [one for one in self.hears if (one.student_id, one.guardian_id) == pair]
        known = now[0] if now else HearsLine()
        await self._run(
            edit_guardianship,
            StudentId(as_id(student_id)),
            GuardianId(as_id(guardian_id)),
            receives_schedule=on if which == "schedule" else known.schedule,
            receives_practice=on if which == "practice" else known.practice,
            receives_billing=known.billing,
        )
        return FamilyState.load

    def _payer(self, guardian_id: str) -> PayerLine:
        found = [one for one in self.payers if one.id == guardian_id]
        return found[0] if found else PayerLine(id=guardian_id)

    def _id(self) -> FamilyId:
        return FamilyId(self._path_id("family_id"))


def _children(card: FamilyCard) -> list[ChildLine]:
    return [
        ChildLine(
            one.name,
            initials(one.name),
            colour_of(one.id),
            one.instrument,
            one.status.value,
            routes.filled(routes.STUDENT, student_id=one.id),
        )
        for one in card.students
    ]


def _payers(card: FamilyCard) -> list[PayerLine]:
    return [
        PayerLine(str(one.id), one.name, one.email, one.phone, one.is_primary, one.has_account)
        for one in card.payers
    ]


def _hears(one: Responsibility) -> HearsLine:
    return HearsLine(
        str(one.guardian_id),
        one.guardian,
        str(one.student_id),
        one.student,
        one.receives_schedule,
        one.receives_practice,
        one.receives_billing,
    )
