"""What the dashboard shows; each section loads, and may fail, by itself."""

from dataclasses import dataclass

import reflex as rx

from studio_app.kit.formats import say_long_day
from studio_app.overview.queries.figures import Figure, studio_figures
from studio_app.overview.queries.lanes import Lane, LaneLesson, todays_lanes
from studio_app.overview.queries.money import MonthMoney, money_by_month
from studio_app.overview.queries.needs_you import Need, needs_you
from studio_app.scheduling.queries.lessons import today
from studio_app.web import routes
from studio_app.web.frame import initials
from studio_app.web.handlers import loader
from studio_app.web.session import PageState
from studio_app.web.ui.charts import column_bars, polyline

LOOKS = {
    "bookings": ("calendar-check", "info"),
    "freed": ("hourglass", "info"),
    "proposed": ("calendar-clock", "warn"),
    "rollover": ("repeat", "info"),
    "overdue": ("circle-alert", "bad"),
    "unplaced": ("calendar-x", "warn"),
    "unmarked": ("list-checks", "bad"),
    "unpriced": ("tag", "info"),
    "imported": ("upload", "accent"),
    "dead": ("circle-alert", "bad"),
    "failing": ("workflow", "bad"),
    "tasks": ("clipboard-check", "accent"),
    "undelivered": ("mail-x", "bad"),
    "unreached": ("mail-x", "bad"),
    "answers": ("message-circle", "info"),
    "silent": ("bell-off", "warn"),
    "video": ("video", "warn"),
    "running_low": ("ticket", "info"),
}


@dataclass(frozen=True)
class FigureShown:
    name: str = ""
    said: str = ""
    note: str = ""
    tone: str = "mute"
    points: str = ""
    """Of the small line; empty without a past."""
    href: str = ""


@dataclass(frozen=True)
class MonthShown:
    month: str = ""
    collected: str = ""
    open: str = ""


@dataclass(frozen=True)
class NeedShown:
    matter: str = ""
    tone: str = ""
    words: str = ""
    detail: str = ""
    href: str = ""


@dataclass(frozen=True)
class BlockShown:
    title: str = ""
    says: str = ""
    left: str = ""
    width: str = ""
    look: str = "lane__block"
    href: str = ""


@dataclass(frozen=True)
class LaneShown:
    teacher: str = ""
    initials: str = ""
    colour: str = "k1"
    blocks: tuple[BlockShown, ...] = ()


class FiguresState(PageState, rx.State):
    figures: list[FigureShown] = []

    @loader
    async def load(self) -> None:
        homes = (routes.PAYMENTS, routes.BILLING, routes.CALENDAR, routes.STUDENTS)
        figures = await self._run(studio_figures)
        self.figures = [_figure(one, home) for one, home in zip(figures, homes, strict=True)]


class MoneyState(PageState, rx.State):
    months: list[MonthShown] = []
    bars: list[dict[str, str]] = []
    nothing: bool = True

    @loader
    async def load(self) -> None:
        found: list[MonthMoney] = await self._run(money_by_month)
        self.months = [MonthShown(one.month, one.collected, one.open) for one in found]
        self.bars = column_bars([(m.month, m.collected_minor, m.open_minor) for m in found])
        self.nothing = not any(one.collected_minor or one.open_minor for one in found)


class NeedsState(PageState, rx.State):
    needs: list[NeedShown] = []
    day: str = ""

    @loader
    async def load(self) -> None:
        self.needs = [_need(one) for one in await self._run(needs_you)]
        self.day = say_long_day(await self._run(today), (await self._actor()).locale)


class LanesState(PageState, rx.State):
    lanes: list[LaneShown] = []
    hours: list[str] = []
    now: str = ""
    """Where the line of the present is; empty outside of the day."""
    day_href: str = ""

    @loader
    async def load(self) -> None:
        found = await self._run(todays_lanes)
        self.day_href = f"{routes.CALENDAR}?view=teachers&date={found.on}"
        self.lanes = [_lane(one, found.on.isoformat()) for one in found.lanes]
        self.hours = list(found.hours)
        self.now = "" if found.now is None else f"{found.now:.2%}"


def _figure(one: Figure, href: str) -> FigureShown:
    points = polyline(one.trend) if len(one.trend) > 1 else ""
    return FigureShown(one.name, one.said, one.note, one.tone, points, href)


def _need(one: Need) -> NeedShown:
    matter = one.matter.value
    return NeedShown(matter, LOOKS[matter][1], one.words, one.detail, _solution(one))


def _solution(one: Need) -> str:
    """The page on which the first of it is dealt with."""
    homes = {
        "bookings": routes.BOOKINGS,
        "freed": routes.WAITLIST,
        "unmarked": routes.UNMARKED,
        "proposed": routes.COVER,
        "dead": routes.SETTINGS_JOBS,
        "undelivered": f"{routes.MESSAGES}?which=undelivered",
        "answers": routes.REPLIES,
        "silent": routes.SETTINGS_MESSAGES,
        "tasks": routes.TASKS,
        "video": routes.SETTINGS_VIDEO,
    }
    match one.matter.value:
        case "overdue":
            several = one.n > 1 or one.about is None
            return routes.BILLING if several else routes.filled(routes.FAMILY, family_id=one.about)
        case "unreached":
            return routes.filled(routes.FAMILY, family_id=one.about)
        case "failing":
            return f"{routes.filled(routes.AUTOMATION, automation_id=one.about)}#history"
        case "running_low":
            return routes.filled(routes.FAMILY_CREDITS, family_id=one.about)
        case "rollover":
            return routes.filled(routes.ROLLOVER, rollover_id=one.about)
        case "unplaced":
            return f"{routes.CALENDAR}?view=week&date={one.on}"
        case "unpriced":
            return routes.filled(routes.STUDENT, student_id=one.about)
        case _:
            return homes.get(one.matter.value, routes.IMPORT)


def _lane(lane: Lane, on: str) -> LaneShown:
    blocks = tuple(_block(one, on) for one in lane.lessons)
    return LaneShown(lane.teacher, initials(lane.teacher), f"k{lane.colour}", blocks)


def _block(one: LaneLesson, on: str) -> BlockShown:
    return BlockShown(
        title=one.title.split(" ", maxsplit=1)[0].rstrip(","),
        says=f"{one.starts} {one.title}",
        left=f"{one.left:.2%}",
        width=f"{one.width:.2%}",
        look="lane__block is-off" if one.is_cancelled else "lane__block",
        href=f"{routes.CALENDAR}?view=day&date={on}&lesson={one.id}",
    )
