"""The family's home: one's own children and money, also for who teaches or owns the studio."""

from dataclasses import dataclass
from datetime import timedelta

import pytest

from studio_app.attendance.rules import Outcome
from studio_app.billing.commands.payments import tell_how_to_pay
from studio_app.billing.commands.prices import charge_fee
from studio_app.billing.queries.mine import my_invoice, my_invoices
from studio_app.kit.access import Actor, Role
from studio_app.kit.errors import Forbidden, NotFound
from studio_app.kit.ids import FamilyId, InvoiceId, StudentId
from studio_app.overview.queries.home import my_home
from studio_app.people.models import Family, Guardian, Guardianship, Payer, Student
from studio_app.scheduling.commands.lessons import note_on_lesson
from studio_app.scheduling.models.lessons import Seat
from studio_app.scheduling.queries.families import my_lessons
from tests.attendance.lessons import Lessons
from tests.billing.till import Till, pounds
from tests.conftest import HOUR, World

DAY = timedelta(days=1)


@pytest.fixture
def lessons(world: World) -> Lessons:
    return Lessons(world)


@pytest.fixture
def till(world: World) -> Till:
    return Till(world)


@dataclass(frozen=True)
class OwnFamily:
    actor: Actor
    student_id: StudentId
    family_id: FamilyId


def parent_too(world: World, lessons: Lessons, member: Actor, role: Role) -> OwnFamily:
    """Somebody of the studio who is a parent of Tess as well."""
    assert member.person_id
    family = lessons.save(Family(name="Teal"))
    tess = lessons.save(Student(family_id=family.id, first_name="Tess"))
    guardian = lessons.save(Guardian(person_id=member.person_id, name="A parent"))
    lessons.save(Guardianship(guardian_id=guardian.id, student_id=tess.id))
    lessons.save(Payer(family_id=family.id, guardian_id=guardian.id, is_primary=True))
    actor = Actor.of(member.person_id, world.harmony, role, Role.GUARDIAN)
    return OwnFamily(actor, tess.id, family.id)


def note(world: World, seat: Seat | None, words: str) -> None:
    assert seat
    world.run(world.olivia, note_on_lesson, seat.lesson_id, notes=words)


def test_a_parent_sees_next_lesson_focus_progress_and_balance(
    world: World, lessons: Lessons, till: Till
) -> None:
    till.price(pounds(25))
    held = lessons.seat(world.now - DAY)
    lessons.seat(world.now + DAY)
    lessons.seat(world.now + 2 * DAY)
    note(world, world.as_(world.olivia).session.get(Seat, held), "Scales, slowly")
    till.mark(held)
    world.run(world.olivia, tell_how_to_pay, " Sort code 12-34-56 ")

    home = world.run(world.grace, my_home)

    [sam] = home.children
    assert sam.next_lesson
    assert sam.next_lesson.teacher == "Tom Teal"
    assert sam.next_lesson.on == (world.now + DAY).date()
    assert sam.focus
    assert (sam.focus.words, sam.focus.teacher) == ("Scales, slowly", "Tom Teal")
    assert sam.progress
    assert sam.progress.held == 1
    [account] = home.accounts
    assert (account.balance, account.rest, account.open) == ("£25.00", "£25.00", ())
    assert home.how_to_pay == "Sort code 12-34-56"


def test_a_lesson_nobody_came_to_leaves_no_focus(world: World, lessons: Lessons) -> None:
    missed = lessons.seat(world.now - DAY)
    note(world, world.as_(world.olivia).session.get(Seat, missed), "Not for the family yet")
    Till(world).mark(missed, Outcome.NO_SHOW)

    [sam] = world.run(world.grace, my_home).children

    assert sam.focus is None


@pytest.mark.parametrize("role", [Role.TEACHER, Role.OWNER])
def test_who_works_here_and_is_a_parent_sees_only_their_own_family(
    world: World, lessons: Lessons, till: Till, role: Role
) -> None:
    member = world.tom if role is Role.TEACHER else world.olivia
    own = parent_too(world, lessons, member, role)
    for student_id in (world.student_id, own.student_id):
        hours = 3 if student_id == own.student_id else 5
        lessons.seat(world.now + hours * HOUR, student_id=student_id)
    for family_id, amount in ((world.family_id, 99), (own.family_id, 7)):
        world.run(world.olivia, charge_fee, family_id, pounds(amount), description="Book")
    till.bill()

    home = world.run(own.actor, my_home)
    listed = world.run(own.actor, my_lessons, world.now.date(), world.now.date() + DAY)
    invoices = world.run(own.actor, my_invoices)

    assert [child.name for child in home.children] == ["Tess"]
    assert [(account.family, account.balance) for account in home.accounts] == [("Teal", "£7.00")]
    assert [lesson.student for lesson in listed] == ["Tess"]
    assert [card.family for card in invoices] == ["Teal"]


def test_an_invoice_of_another_family_is_not_found_in_the_portal(
    world: World, lessons: Lessons, till: Till
) -> None:
    till.price(pounds(25))
    till.mark(lessons.seat(world.now - HOUR))
    [invoice_id] = till.bill().invoice_ids

    assert world.run(world.grace, my_invoice, invoice_id).computed.matches
    for stranger in (world.olivia, world.rita):
        with pytest.raises(NotFound):
            world.run(stranger, my_invoice, invoice_id)
    with pytest.raises(Forbidden):
        world.run(world.tom, my_invoice, invoice_id)


def test_drafts_are_not_shown_to_who_pays_them(world: World, lessons: Lessons, till: Till) -> None:
    till.price(pounds(25))
    till.mark(lessons.seat(world.now - HOUR))
    [draft] = till.bill(sending=False).invoice_ids

    assert world.run(world.grace, my_invoices) == []
    with pytest.raises(NotFound):
        world.run(world.grace, my_invoice, InvoiceId(draft))


def test_an_open_invoice_and_what_is_not_billed_add_up_to_the_balance(
    world: World, lessons: Lessons, till: Till
) -> None:
    till.price(pounds(25))
    till.mark(lessons.seat(world.now - HOUR))
    till.bill()
    till.mark(lessons.seat(world.now - 2 * HOUR))

    [account] = world.run(world.grace, my_home).accounts
    [late] = world.at(world.now + 30 * DAY).run(world.grace, my_home).accounts

    assert account.balance_minor == account.rest_minor + account.open[0].balance_due_minor == 5000
    assert (account.due_now_minor, account.days_overdue) == (0, 0)
    assert (late.due_now_minor, late.days_overdue) == (2500, 16)


def test_a_young_student_sees_lessons_and_no_money(world: World, lessons: Lessons) -> None:
    session = world.as_(world.olivia).session
    session.get_one(Student, world.student_id).person_id = world.tom.person_id
    session.commit()
    sam = Actor.of(world.tom.person_id, world.harmony, Role.STUDENT)
    lessons.seat(world.now + HOUR)

    home = world.run(sam, my_home)

    assert [child.next_lesson is not None for child in home.children] == [True]
    assert (home.accounts, home.how_to_pay) == ((), "")


def test_a_stranger_has_no_home_here(world: World, lessons: Lessons) -> None:
    lessons.seat(world.now + HOUR)
    assert world.run(world.rita, my_home).children == ()
