"""A month of lessons, and ways to change the calendar that everybody hears of."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, TypeVar

from studio_app.billing.commands.billing_run import Billed, bill_term
from studio_app.billing.commands.charging import put_charges_right
from studio_app.billing.commands.prices import bill_enrolment
from studio_app.billing.rules.pricing import Mode
from studio_app.kit.access import Actor
from studio_app.kit.ids import EnrolmentId, LessonId, SeatId, TermId
from studio_app.scheduling.commands.year import add_term
from studio_app.scheduling.models.lessons import Lesson
from tests.billing.till import Till, pounds
from tests.scheduling.conftest import Desk, wall

T = TypeVar("T")
WEEK = timedelta(weeks=1)
SEPTEMBER, OCTOBER = date(2026, 9, 1), date(2026, 10, 1)
AFTER = wall(date(2026, 10, 2), 9)


class Month:
    """Sam's four Tuesdays in September at £25, seen from the second of October."""

    def __init__(self, desk: Desk, till: Till) -> None:
        till.price(pounds(25))
        self.desk = desk
        self.series_id = desk.series(count=4)
        self.early, self.till = till, till.at(AFTER)
        self.lessons: list[Lesson] = list(desk.lessons(self.series_id))

    def seat(self, nth: int) -> SeatId:
        return self.desk.seats(self.lessons[nth].id)[0].id

    def lesson(self, nth: int) -> LessonId:
        return self.lessons[nth].id

    def enrolment(self) -> EnrolmentId:
        found = self.desk.seats(self.lessons[0].id)[0].enrolment_id
        assert found
        return found

    def do(self, use_case: Callable[..., T], *args: Any, early: bool = False, **more: Any) -> T:
        """What Olivia does, and everybody has heard of it."""
        till = self.early if early else self.till
        answer = till.world.run(till.world.olivia, use_case, *args, **more)
        till.hear()
        return answer

    def hold(self, *nths: int) -> None:
        for nth in nths:
            self.till.mark(self.seat(nth))
        self.till.hear()

    def sell(self) -> Billed:
        """The term, in advance, on the first of September."""
        term_id = self.term()
        world = self.early.world
        world.run(world.olivia, bill_enrolment, self.enrolment(), Mode.ADVANCE)
        return world.run(world.olivia, bill_term, term_id, sending=True)

    def term(self, first: date = SEPTEMBER, last: date = date(2026, 9, 30)) -> TermId:
        world = self.early.world
        return world.run(
            world.olivia, add_term, name=f"Term {first}", starts_on=first, ends_on=last
        )

    def bill_the_rest(self, month: date = SEPTEMBER) -> Billed:
        unmarked = [self.seat(nth) for nth in range(4)]
        return self.till.bill(month=month, leaving=unmarked)

    def put_right(self) -> None:
        world = self.till.world
        assert world.run(Actor.system(world.harmony), put_charges_right) == "1 postings"
        assert world.run(Actor.system(world.harmony), put_charges_right) == "0 postings"
