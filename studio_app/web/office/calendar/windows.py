"""Which days a view of the calendar shows, and what that stretch is called."""

from dataclasses import dataclass
from datetime import date, timedelta

from studio_app.kit.formats import say_long_day, say_month

DAY, WEEK, MONTH, AGENDA, TEACHERS, ROOMS = "day", "week", "month", "agenda", "teachers", "rooms"
GRIDS = {
    DAY: "timeGridDay",
    WEEK: "timeGridWeek",
    MONTH: "dayGridMonth",
    AGENDA: "listWeek",
    TEACHERS: "resourceTimeGridDay",
    ROOMS: "resourceTimeGridDay",
}
ONE_DAY = timedelta(days=1)
SIX_WEEKS = timedelta(weeks=6)


@dataclass(frozen=True, slots=True)
class Window:
    """A view at a day. `first_weekday` is ISO: people in Britain begin weeks on Monday, 1."""

    view: str
    day: date
    first_weekday: int = 1

    @property
    def first(self) -> date:
        if self.view == MONTH:
            return self._week_begin(self.day.replace(day=1))
        return self._week_begin(self.day) if self._weekly else self.day

    @property
    def until(self) -> date:
        if self.view == MONTH:
            return self.first + SIX_WEEKS
        return self.first + timedelta(weeks=1) if self._weekly else self.day + ONE_DAY

    def stepped(self, steps: int) -> date:
        """The day to look at, so many periods later."""
        if self.view == MONTH:
            month = self.day.year * 12 + self.day.month - 1 + steps
            return date(month // 12, month % 12 + 1, 1)
        return self.day + steps * (timedelta(weeks=1) if self._weekly else ONE_DAY)

    def title(self, locale: str) -> str:
        if self.view == MONTH:
            return say_month(self.day, locale)
        if not self._weekly:
            return say_long_day(self.day, locale)
        begin, end = say_month(self.first, locale), say_month(self.until - ONE_DAY, locale)
        return begin if begin == end else f"{begin} – {end}"

    @property
    def _weekly(self) -> bool:
        return self.view in {WEEK, AGENDA}

    def _week_begin(self, day: date) -> date:
        return day - timedelta(days=(day.isoweekday() - self.first_weekday) % 7)
