"""A week of a studio with six teachers, from when they teach to who came, by hand of everybody.

The teachers say on the phone when they teach, families book, the office sets a class up; then
somebody falls ill, somebody is covered for, a lesson goes elsewhere, a child stays at home. When
the week is over the application is started under a later clock, and every lesson is marked.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import text

from studio_app.kit.access import Actor, Role
from studio_app.kit.clock import local_date, utc_now
from studio_app.kit.formats import say_weekday
from studio_app.kit.ids import FamilyId, GuardianId, LessonTypeId, StudentId, TeacherId
from studio_app.kit.work import run
from studio_app.people.models import Family, Guardian, Guardianship, Payer, Student, Teacher
from studio_app.scheduling.bank_holidays_gateway import bank_holidays
from studio_app.scheduling.commands.lesson_types import LessonTypeDetails, add_lesson_type
from studio_app.scheduling.commands.series import schedule_series
from studio_app.scheduling.commands.year import ignore_holiday
from studio_app.scheduling.wishes import NewSeries
from studio_app.web import routes
from tests.cast import _member, write_rows
from tests.e2e.conftest import Site, come_in, serving
from tests.e2e.looking import settle, until, violations

LONDON = ZoneInfo("Europe/London")
WORKER = 30_000
LATER, DAYS, AHEAD = "tests.e2e.later:app", "CADENZA_TEST_DAYS_AHEAD", 9
TEACHERS = ("Tom Teal", "Ada Abel", "Ben Bach", "Cleo Carr", "Dan Dove", "Eve Elgar")
FAMILIES = ("Gray", "Hope", "Ives", "Jones", "King", "Lamb")
"""In the order in which they take lessons with the teachers."""


@dataclass(frozen=True)
class Colleague:
    name: str
    actor: Actor
    teacher_id: TeacherId
    day: date
    """The one day of the week on which they teach"""


@dataclass(frozen=True)
class House:
    name: str
    parent: Actor
    student_id: StudentId


@dataclass(frozen=True)
class Town:
    site: Site
    kind: LessonTypeId
    colleagues: list[Colleague]
    houses: list[House]

    def lesson_of(self, house: House, column: str = "starts_at") -> object:
        query = text(
            f"select l.{column} from lesson l join seat s on s.lesson_id = l.id "  # noqa: S608
            "where s.student_id = :student and l.series_id is null"
        )
        with self.site.database.owner.connect() as connection:
            return connection.execute(query, {"student": house.student_id}).scalar_one()

    def one(self, query: str) -> object:
        with self.site.database.owner.connect() as connection:
            return connection.execute(text(query)).scalar_one()


@pytest.fixture
def town(site: Site) -> Town:
    app, olivia, tomorrow = site.database.app, site.cast.olivia, _today() + timedelta(days=1)
    kind = run(app, olivia, add_lesson_type, LessonTypeDetails("Piano", minutes=30))
    coming = bank_holidays("GB", "ENG", tomorrow, tomorrow + timedelta(days=AHEAD))
    for name in {*coming.values()}:
        run(app, olivia, ignore_holiday, name)
    days = [tomorrow + timedelta(days=n) for n in range(1, 7)]
    colleagues = [_colleague(site, *each) for each in zip(TEACHERS, days, strict=True)]
    return Town(site, kind, colleagues, [_house(site, name) for name in FAMILIES])


def _today() -> date:
    return local_date(utc_now(), LONDON)


def _colleague(site: Site, name: str, day: date) -> Colleague:
    if name == "Tom Teal":
        return Colleague(name, site.cast.tom, site.cast.teacher_id, day)
    with site.database.owner.begin() as connection:
        actor = _member(connection, site.cast.harmony, name, Role.TEACHER, utc_now())
        teacher = Teacher(person_id=actor.person_id, name=name, instruments=["Piano"])
        write_rows(connection, site.cast.harmony, utc_now(), teacher)
    return Colleague(name, actor, teacher.id, day)


def _house(site: Site, name: str) -> House:
    if name == "Gray":
        return House(name, site.cast.grace, site.cast.student_id)
    harmony, now = site.cast.harmony, utc_now()
    with site.database.owner.begin() as connection:
        actor = _member(connection, harmony, f"{name}er {name}", Role.GUARDIAN, now)
        email = f"{name.lower()}er@example.org"
        guardian = Guardian(person_id=actor.person_id, name=f"{name}er {name}", email=email)
        family = Family(name=name)
        write_rows(connection, harmony, now, guardian, family)
        family_id, guardian_id = FamilyId(family.id), GuardianId(guardian.id)
        child = Student(family_id=family_id, first_name="Kit", last_name=name, instrument="Piano")
        write_rows(connection, harmony, now, child)
        write_rows(
            connection,
            harmony,
            now,
            Guardianship(guardian_id=guardian_id, student_id=child.id),
            Payer(family_id=family_id, guardian_id=guardian_id, is_primary=True),
        )
    return House(name, actor, child.id)


def test_a_week_from_hours_to_marks(
    town: Town, page: Page, phone: Page, tmp_path_factory: pytest.TempPathFactory
) -> None:
    for colleague in town.colleagues:
        _says_when_they_teach(phone, town, colleague)
    for house, colleague in zip(town.houses, town.colleagues, strict=True):
        _books(phone, town, house, colleague)
    _a_class_is_set_up(town)

    _is_ill(phone, town, town.colleagues[1])
    _is_covered_for(page, town, town.colleagues[2])
    _goes_elsewhere(phone, town, town.colleagues[3], town.houses[3])
    _stays_at_home(page, town, town.houses[0])

    log = tmp_path_factory.mktemp("later") / "server.log"
    with _a_week_later(town, log) as later:
        _teacher_marks(phone, later, town.colleagues[0])
        _office_marks_the_rest(page, later)
        for window in (phone, page):
            window.goto("about:blank")  # what this server leads to ends with it
    _every_lesson_has_its_mark(town)


def _signed_in(page: Page, site: Site, who: Actor, path: str) -> None:
    page.context.clear_cookies()
    come_in(page, site, who)
    page.goto(f"{site.base}{path}")
    settle(page)


def _says_when_they_teach(phone: Page, town: Town, colleague: Colleague) -> None:
    _signed_in(phone, town.site, colleague.actor, routes.HOURS)
    weekday = say_weekday(colleague.day.isoweekday(), "en-GB")
    phone.get_by_role("button", name=f"Add hours on {weekday}").click()
    phone.get_by_label("From").fill("15:00")
    phone.get_by_label("Until").fill("18:00")
    phone.get_by_role("button", name="Save").click()
    expect(phone.get_by_role("button", name="15:00–18:00")).to_be_visible()


def _books(phone: Page, town: Town, house: House, colleague: Colleague) -> None:
    """The first time that this teacher has."""
    _signed_in(phone, town.site, house.parent, routes.PORTAL_BOOK)
    phone.get_by_label("Teacher").select_option(label=colleague.name)
    first = phone.locator(".slot").first
    expect(first).to_have_text(re.compile(r"^\d\d:\d\d$"))  # of one teacher: nobody is named
    first.click()
    phone.get_by_role("button", name=re.compile("^Book ")).click()
    phone.wait_for_url("**/portal/bookings/*")
    expect(phone.get_by_text("It is booked.")).to_be_visible(timeout=WORKER)
    assert town.lesson_of(house, "teacher_id") == colleague.teacher_id


def _a_class_is_set_up(town: Town) -> None:
    """With the last teacher, after their other lessons."""
    app, olivia, last = town.site.database.app, town.site.cast.olivia, town.colleagues[-1]
    kind = run(app, olivia, add_lesson_type, LessonTypeDetails("Choir", 45, capacity=6))
    wish = NewSeries(
        teacher_id=last.teacher_id,
        lesson_type_id=kind,
        first_on=last.day,
        at=time(17),
        weekdays=frozenset({last.day.isoweekday()}),
        student_ids=tuple(house.student_id for house in town.houses[:3]),
        name="Choir",
    )
    run(app, olivia, schedule_series, wish)


def _is_ill(phone: Page, town: Town, colleague: Colleague) -> None:
    _signed_in(phone, town.site, colleague.actor, f"{routes.WEEK}?date={colleague.day}")
    phone.get_by_role("button", name="Cancel day").click()
    phone.get_by_role("button", name="I am ill").click()
    expect(phone.locator(".notice")).to_contain_text("1 lesson is cancelled.")
    assert town.lesson_of(town.houses[1], "status") == "cancelled"


def _is_covered_for(page: Page, town: Town, colleague: Colleague) -> None:
    _signed_in(page, town.site, town.site.cast.olivia, routes.COVER)
    page.get_by_label("Who is away").select_option(colleague.name)
    same = colleague.day.isocalendar().week == _today().isocalendar().week
    page.get_by_role("radio", name="This week" if same else "Next week").click()
    expect(page.get_by_text("free, outside their hours").first).to_be_visible()
    page.get_by_role("button", name="Assign").click()
    expect(page.locator(".notice")).to_contain_text("covered.")
    assert town.lesson_of(town.houses[2], "covers_for_id") == colleague.teacher_id


def _goes_elsewhere(phone: Page, town: Town, colleague: Colleague, house: House) -> None:
    """The teacher proposes two other times, the family takes one."""
    was, lesson_id = town.lesson_of(house), town.lesson_of(house, "id")
    week = f"{routes.WEEK}?date={colleague.day}&lesson={lesson_id}"
    _signed_in(phone, town.site, colleague.actor, week)
    phone.get_by_role("button", name="Propose times").click()
    phone.get_by_role("button", name="Propose 2 times").click()
    expect(phone.locator(".notice")).to_contain_text("The family is asked.")
    schedule = f"{routes.PORTAL_SCHEDULE}?lesson={lesson_id}"
    _signed_in(phone, town.site, house.parent, schedule)
    question = phone.get_by_role("heading", name=f"Kit {house.name}: another time?")
    phone.locator("section", has=question).get_by_role("button").first.click()
    expect(phone.locator(".notice")).to_contain_text("Piano is now")
    assert town.lesson_of(house) != was


def _stays_at_home(page: Page, town: Town, house: House) -> None:
    """Excused from the class, for that day only."""
    _signed_in(page, town.site, town.site.cast.olivia, routes.CLASSES)
    page.get_by_role("link", name="Choir").click()
    first = page.locator(".entry").first
    first.get_by_role("button", name="Sam Gray does not come").click()
    expect(first).to_contain_text("4 places free")
    assert violations(page) == []


@contextmanager
def _a_week_later(town: Town, log: Path) -> Iterator[Site]:
    with serving(town.site.database, log, LATER, **{DAYS: str(AHEAD)}) as base:
        yield replace(town.site, base=base, log=log)


def _teacher_marks(phone: Page, later: Site, colleague: Colleague) -> None:
    """What stands from earlier days, with one tap."""
    _signed_in(phone, later, colleague.actor, routes.TODAY)
    group = phone.get_by_role("radiogroup", name="Attendance of Sam Gray")
    group.get_by_role("radio", name="Present").click()
    expect(phone.locator(".notice")).to_contain_text("Present")


def _office_marks_the_rest(page: Page, later: Site) -> None:
    """A day with one tap, until nothing is left; the dashboard led here."""
    _signed_in(page, later, later.cast.olivia, routes.OFFICE)
    page.locator(f"a[href='{routes.UNMARKED}']").first.click()
    page.wait_for_url(f"**{routes.UNMARKED}")
    settle(page)
    assert violations(page) == []
    cards = page.locator("section.card", has=page.get_by_role("button", name="All present"))
    while days := cards.count():
        cards.first.get_by_role("button", name="All present").first.click()
        expect(cards).to_have_count(days - 1)
    expect(page.get_by_text("Every lesson is marked")).to_be_visible()


def _every_lesson_has_its_mark(town: Town) -> None:
    """Six booked and three in the class, less the one cancelled and the child at home."""
    marks = "select count(distinct seat_id) from attendance_mark where outcome = 'present'"
    until(lambda: town.one(marks) == 7)
