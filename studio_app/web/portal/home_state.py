"""The family's home: next lessons, what is owed and why, what to practise, how it goes."""

from dataclasses import dataclass, field
from datetime import date

import reflex as rx

from studio_app.billing.queries.mine import MyAccount
from studio_app.kit.formats import say_short_month
from studio_app.overview.queries import Child, my_home
from studio_app.scheduling.queries.families import FamilyLesson
from studio_app.web import routes
from studio_app.web.documents import row_of
from studio_app.web.frame import initials
from studio_app.web.handlers import handler, loader
from studio_app.web.session import PageState
from studio_app.web.ui.avatars import colour_of
from studio_app.web.words import _, many


@dataclass(frozen=True)
class ChildShown:
    name: str = ""
    first_name: str = ""
    initials: str = ""
    colour: str = "k1"
    has_lesson: bool = False
    month: str = ""
    day: str = ""
    when: str = ""
    what: str = ""
    where: str = ""
    teacher: str = ""
    makeup: bool = False
    focus: str = ""
    focus_from: str = ""
    held: int = 0
    of: int = 0
    progress: str = ""


@dataclass(frozen=True)
class Part:
    """One part of a balance: an open invoice, lessons not billed yet, credit."""

    words: str = ""
    detail: str = ""
    amount: str = ""
    href: str = ""
    late: bool = False


@dataclass(frozen=True)
class AccountShown:
    family: str = ""
    balance: str = ""
    standing: str = ""
    """owes, credit, or "" when nothing is open."""
    overdue: str = ""
    due_now: str = ""
    parts: list[Part] = field(default_factory=list[Part])


class HomeState(PageState, rx.State):
    children: list[ChildShown] = []
    accounts: list[AccountShown] = []
    how_to_pay: str = ""

    @loader
    async def load(self) -> None:
        await self._show()

    @handler
    async def look_again(self) -> None:
        await self._show()

    async def _show(self) -> None:
        home = await self._run(my_home)
        locale = (await self._actor()).locale
        soonest = sorted(home.children, key=_when)
        self.children = [_child(one, home.today, locale) for one in soonest]
        self.accounts = [account_of(one) for one in home.accounts]
        self.how_to_pay = home.how_to_pay


def _when(child: Child) -> tuple[bool, float]:
    """Whose lesson is first stands first; who has none stands last."""
    lesson = child.next_lesson
    return lesson is None, lesson.starts_at.timestamp() if lesson else 0


def _child(child: Child, today: date, locale: str) -> ChildShown:
    lesson, focus, progress = child.next_lesson, child.focus, child.progress
    return ChildShown(
        name=child.name,
        first_name=child.first_name,
        initials=initials(child.name),
        colour=colour_of(child.id),
        has_lesson=lesson is not None,
        month=say_short_month(lesson.on, locale) if lesson else "",
        day=str(lesson.on.day) if lesson else "",
        when=when_of(lesson, today) if lesson else "",
        what=what_of(lesson) if lesson else "",
        where=where_of(lesson) if lesson else "",
        teacher=lesson.teacher if lesson else "",
        makeup=lesson is not None and lesson.kind.value == "make_up",
        focus=focus.words if focus else "",
        focus_from=_("{teacher}, {when}", teacher=focus.teacher, when=focus.when) if focus else "",
        held=progress.held if progress else 0,
        of=progress.of if progress else 0,
        progress=_progress(progress.held, progress.of, progress.term) if progress else "",
    )


def when_of(lesson: FamilyLesson, today: date) -> str:
    """Tomorrow, 16:00; Thu 19 Nov, 16:00"""
    said = {0: _("Today"), 1: _("Tomorrow")}.get((lesson.on - today).days)
    return _("{day}, {time}", day=said, time=lesson.time) if said else lesson.when


def what_of(lesson: FamilyLesson) -> str:
    lasting = _("{n} min", n=lesson.minutes)
    return " · ".join(part for part in (lesson.lesson_type, lasting, lesson.room) if part)


def where_of(lesson: FamilyLesson) -> str:
    if lesson.is_online:
        return _("Online")
    return ", ".join(part for part in (lesson.location, lesson.address) if part)


def _progress(held: int, of: int, term: str) -> str:
    if term:
        return _("{held} of {of} lessons in {term}", held=held, of=of, term=term)
    return many("{n} lesson so far", "{n} lessons so far", n=held)


def account_of(account: MyAccount) -> AccountShown:
    parts = [
        Part(
            row.title,
            _("{period}, due {due}", period=row.period, due=row.due) if row.period else row.due,
            row.balance_due,
            row.href,
            row.is_overdue,
        )
        for row in (row_of(card, to=routes.PORTAL_INVOICE) for card in account.open)
    ]
    if account.rest_minor > 0:
        parts.append(Part(_("Not on an invoice yet"), _("On your next invoice"), account.rest))
    if account.rest_minor < 0:
        parts.append(Part(_("Credit on your account"), "", f"−{account.rest}"))
    late = many("Overdue by {n} day", "Overdue by {n} days", n=account.days_overdue)
    owes = account.balance_minor
    return AccountShown(
        family=account.family,
        balance=account.balance,
        standing="owes" if owes > 0 else "credit" if owes < 0 else "",
        overdue=late if account.days_overdue and account.due_now_minor else "",
        due_now=account.due_now if account.due_now_minor else "",
        parts=parts if len(parts) > 1 or owes else [],
    )
