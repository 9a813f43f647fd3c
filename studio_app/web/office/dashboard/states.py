"""The dashboard's sections; each loads alone, and when it fails the others stand."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import reflex as rx

from studio_app.attendance.queries import SeatMark, unmarked_before
from studio_app.billing.queries.billing_run import unbilled_held_lessons
from studio_app.billing.queries.owing import Owing, who_owes
from studio_app.billing.queries.reports import MonthRevenue, revenue_by_month
from studio_app.identity.queries import my_profile
from studio_app.imports.queries.leftovers import import_todo, series_proposals
from studio_app.kit.clock import local_date, utc_now
from studio_app.kit.formats import say_long_day, say_money, say_month, say_short_month
from studio_app.kit.money import Money
from studio_app.people.queries.families import teachers
from studio_app.people.queries.students import StudentStatus, students_by_status
from studio_app.scheduling.queries.calendar import calendar_range
from studio_app.scheduling.queries.lessons import today
from studio_app.web import routes
from studio_app.web.handlers import loader
from studio_app.web.office.dashboard.day import axis, hours_of, lane, on_axis
from studio_app.web.session import PageState
from studio_app.web.ui.charts import column_bars, polyline
from studio_app.web.ui.lanes import Hour, Lane
from studio_app.web.words import _, many

MONTHS = 6
LOOK_BACK = timedelta(weeks=6)
NAMED = 3


@dataclass(frozen=True)
class Figures:
    month: str = ""
    earned: str = ""
    before: str = ""
    line: str = ""
    outstanding: str = ""
    overdue: str = ""
    any_overdue: bool = False
    active: str = ""
    others: str = ""


@dataclass(frozen=True)
class Need:
    """Something that waits for a person; without words there is nothing."""

    words: str = ""
    detail: str = ""
    href: str = ""


class FiguresState(PageState, rx.State):
    figures: Figures = Figures()
    bars: list[dict[str, str]] = []
    bars_say: str = ""

    @loader
    async def load(self) -> None:
        profile, locale = await self._run(my_profile), (await self._actor()).locale
        months = last_months(await self._run(today))
        earned = await self._run(revenue_by_month, since=months[0])
        owing = await self._run(who_owes)
        counts = await self._run(students_by_status)
        by_month = {row.month: row for row in earned}
        minor = [_minor(by_month, month) for month in months]
        said = [say_money(Money(one, profile.currency), locale) for one in minor]
        names = [say_short_month(month, locale) for month in months]
        self.bars = column_bars([(n, max(one, 0), 0) for n, one in zip(names, minor, strict=True)])
        self.bars_say = ", ".join(f"{n} {one}" for n, one in zip(names, said, strict=True))
        due = sum(one.due_now_minor for one in owing)
        late = [one for one in owing if one.days_overdue > 0 and one.due_now_minor > 0]
        active = counts.get(StudentStatus.ACTIVE, 0)
        waiting = counts.get(StudentStatus.WAITING, 0)
        self.figures = Figures(
            month=say_month(months[-1], locale),
            earned=said[-1],
            before=_("{amount} in {month}", amount=said[-2], month=names[-2]),
            line=polyline(minor),
            outstanding=say_money(Money(due, profile.currency), locale),
            overdue=many("{n} family is overdue", "{n} families are overdue", n=len(late)),
            any_overdue=bool(late),
            active=str(active),
            others=many("{n} is waiting", "{n} are waiting", n=waiting),
        )


class NeedsState(PageState, rx.State):
    overdue: Need = Need()
    unmarked: Need = Need()
    unbilled: Need = Need()
    imported: Need = Need()
    count: int = 0

    @loader
    async def load(self) -> None:
        now = utc_now()
        zone = ZoneInfo((await self._run(my_profile)).timezone)
        late = [one for one in await self._run(who_owes) if one.days_overdue > 0]
        self.overdue = _overdue([one for one in late if one.due_now_minor > 0])
        self.unmarked = _unmarked(
            await self._run(unmarked_before, now, since=now - LOOK_BACK), zone
        )
        self.unbilled = _unbilled([one.student for one in await self._run(unbilled_held_lessons)])
        waiting = len(await self._run(series_proposals)) + len(await self._run(import_todo))
        self.imported = _imported(waiting)
        needs = (self.overdue, self.unmarked, self.unbilled, self.imported)
        self.count = sum(bool(need.words) for need in needs)


class DayState(PageState, rx.State):
    day: str = ""
    lanes: list[Lane] = []
    hours: list[Hour] = []
    now: str = ""
    held: int = 0
    teachers: str = ""

    @loader
    async def load(self) -> None:
        locale = (await self._actor()).locale
        on = await self._run(today)
        found = await self._run(calendar_range, on, on + timedelta(days=1))
        colours = {row.id: row.colour for row in await self._run(teachers)}
        span = hours_of(found.lessons)
        teaching = dict.fromkeys(lesson.teacher_id for lesson in found.lessons)
        self.day = say_long_day(on, locale)
        self.hours = axis(span, locale)
        self.lanes = [
            lane([one for one in found.lessons if one.teacher_id == who], span)
            for who in colours
            if who in teaching
        ]
        wall = utc_now().astimezone(ZoneInfo(found.zone)).replace(tzinfo=None)
        self.now = on_axis(wall, span) if wall.date() == on else ""
        self.held = sum(one.status != "cancelled" for one in found.lessons)
        self.teachers = many("{n} teacher is in", "{n} teachers are in", n=len(self.lanes))


def last_months(on: date) -> list[date]:
    """The first days of the last six months, this one included."""
    current = on.year * 12 + on.month - 1
    numbers = range(current - MONTHS + 1, current + 1)
    return [date(number // 12, number % 12 + 1, 1) for number in numbers]


def _minor(by_month: dict[date, MonthRevenue], month: date) -> int:
    return by_month[month].minor if month in by_month else 0


def _overdue(late: list[Owing]) -> Need:
    if not late:
        return Need()
    words = many("{n} family is overdue", "{n} families are overdue", n=len(late))
    detail = " · ".join(f"{one.family} {one.due_now}" for one in late[:NAMED])
    return Need(words, detail, routes.BILLING)


def _unmarked(seats: list[SeatMark], zone: ZoneInfo) -> Need:
    if not seats:
        return Need()
    lessons = len({seat.lesson_id for seat in seats})
    words = many("{n} lesson is not marked", "{n} lessons are not marked", n=lessons)
    first: datetime = seats[-1].starts_at
    href = f"{routes.CALENDAR}?view=day&date={local_date(first, zone)}"
    return Need(words, _names([seat.student for seat in reversed(seats)]), href)


def _unbilled(names: list[str]) -> Need:
    if not names:
        return Need()
    one, other = "{n} held lesson has no price", "{n} held lessons have no price"
    return Need(many(one, other, n=len(names)), _names(names), routes.BILLING)


def _imported(waiting: int) -> Need:
    if not waiting:
        return Need()
    one, other = "{n} thing is left from an import", "{n} things are left from an import"
    detail = _("Weekly lessons to place, and what could not be read.")
    return Need(many(one, other, n=waiting), detail, routes.IMPORT)


def _names(names: list[str]) -> str:
    return ", ".join(list(dict.fromkeys(names))[:NAMED])
