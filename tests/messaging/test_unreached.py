"""Invoices that went to nobody wait for the office."""

from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import text

from studio_app.kit.access import Actor, Permission
from studio_app.kit.ids import FamilyId
from studio_app.kit.work import Work, requires
from studio_app.messaging.access import contacts
from studio_app.messaging.access.billed import out_of_reach
from studio_app.messaging.access.recipients import recipients
from studio_app.messaging.commands.settings import choose_way
from studio_app.messaging.rules.kinds import Channel
from studio_app.overview.queries.needs_you import Matter, Need, needs_you
from studio_app.people.commands.guardians import GuardianDetails, add_guardian, edit_guardian
from studio_app.people.commands.students import StudentDetails, add_student
from tests.billing.till import Till, pounds
from tests.conftest import World
from tests.scheduling.conftest import TUESDAY, Desk, desk, wall

__all__ = ["desk"]
NOBODY = "update guardian set email = '', person_id = null where name = 'Grace Gray'"
ANOTHER_PAYS = (
    "insert into payer (id, studio_id, created_at, family_id, guardian_id, is_primary) "
    "select gen_random_uuid(), studio_id, now(), (select id from family where name = 'Gray'), id, "
    "false from guardian where name = 'Bob'"
)


@requires(Permission.PEOPLE_MANAGE)
def write(work: Work, *statements: str) -> None:
    for one in statements:
        work.session.connection().execute(text(one))


@dataclass(frozen=True)
class Billed:
    """An invoice of Sam's family has just been sent."""

    world: World
    till: Till

    def needs(self) -> list[Need]:
        found = self.world.run(self.world.olivia, needs_you)
        return [one for one in found if one.matter is Matter.UNREACHED]


@pytest.fixture
def billed(desk: Desk) -> Billed:
    till = Till(desk.world)
    till.price(pounds(25))
    lesson_id = desk.lesson(wall(TUESDAY, 9), student_ids=(desk.world.student_id,))
    [seat] = desk.seats(lesson_id)
    later = till.at(wall(TUESDAY, 12))
    later.mark(seat.id)
    later.bill()
    return Billed(later.world, later)


def test_an_invoice_that_reaches_nobody_leads_to_the_family(billed: Billed) -> None:
    world = billed.world
    assert billed.needs() == []
    world.run(world.olivia, write, NOBODY)
    [need] = billed.needs()
    assert (need.n, need.words, need.detail, need.about) == (
        1,
        "1 invoice reaches nobody",
        "Gray: invoice 1",
        world.family_id,
    )


def test_it_waits_no_more_once_it_is_paid_or_there_is_an_address(billed: Billed) -> None:
    world = billed.world
    world.run(world.olivia, write, NOBODY)
    details = GuardianDetails("Grace Gray", "grace@example.org", "")
    assert billed.needs() != []
    world.run(world.olivia, edit_guardian, world.guardian_id, details)
    assert billed.needs() == []
    world.run(world.olivia, write, NOBODY)
    billed.till.pay(pounds(25))
    assert billed.needs() == []


def test_what_went_out_while_there_was_an_address_has_reached_somebody(billed: Billed) -> None:
    world = billed.world
    billed.till.hear()
    world.run(world.olivia, write, NOBODY)
    assert billed.needs() == []


def test_a_studio_that_sends_no_invoices_is_not_reminded_of_it(billed: Billed) -> None:
    world = billed.world
    world.run(world.olivia, write, NOBODY)
    for way in (Channel.EMAIL, Channel.PUSH, Channel.INBOX):
        world.run(world.olivia, choose_way, "invoice_sent", way, on=False)
    assert billed.needs() == []


def test_nobody_else_sees_it(billed: Billed) -> None:
    world = billed.world
    world.run(world.olivia, write, NOBODY)
    rita: Any = world.run(world.rita, needs_you)
    assert [one for one in rita if one.matter is Matter.UNREACHED] == []


@requires(Permission.JOBS_RUN)
def is_reached(work: Work, family_id: FamilyId) -> bool:
    """As it turns out when an invoice is sent."""
    told = recipients(work, contacts.hearing_of_bills(work, family_id))
    return any(who.email or who.person_id for who in told)


@requires(Permission.JOBS_RUN)
def seems_reached(work: Work, family_id: FamilyId) -> bool:
    return family_id not in out_of_reach(work)


@pytest.mark.parametrize(
    ("statements", "reached"),
    [
        ([], True),
        (["update guardian set email = ''"], True),  # Grace has an account
        ([NOBODY], False),
        (["update guardian set archived_at = now() where name = 'Grace Gray'"], False),
        ([NOBODY, ANOTHER_PAYS], False),  # Grace alone would hear of it
        (["delete from payer", ANOTHER_PAYS], True),
        ([NOBODY, "update guardianship set receives_billing = true"], True),
        (["delete from payer", "update guardian set email = '' where name = 'Bob'"], False),
        ([NOBODY, "delete from payer", ANOTHER_PAYS], True),
        (["delete from payer", "delete from guardianship"], False),
        (
            [
                "delete from payer",
                "delete from guardianship",
                "update student set is_adult = true, email = 'sam@example.org'",
            ],
            True,
        ),
        ([NOBODY, "update student set is_adult = true, email = 'sam@example.org'"], False),
    ],
)
def test_it_agrees_with_whom_an_invoice_is_sent_to(
    world: World, statements: list[str], *, reached: bool
) -> None:
    """Bob is another guardian of Sam's, who does not pay."""
    details = GuardianDetails("Bob", "bob@example.org", "")
    world.run(world.olivia, add_guardian, world.student_id, details)
    world.run(world.olivia, write, "delete from payer where not is_primary", *statements)
    system = Actor.system(world.harmony)
    assert world.run(system, is_reached, world.family_id) == reached
    assert world.run(system, seems_reached, world.family_id) == reached


def test_a_family_of_its_own_is_looked_at_by_itself(world: World) -> None:
    added = world.run(world.olivia, add_student, StudentDetails("Zoe", "Zink"))
    family_id = world.run(world.olivia, family_of, added.student_id)
    system = Actor.system(world.harmony)
    assert not world.run(system, seems_reached, family_id)
    assert world.run(system, seems_reached, world.family_id)


@requires(Permission.PEOPLE_MANAGE)
def family_of(work: Work, student_id: object) -> FamilyId:
    query = text("select family_id from student where id = :id")
    return FamilyId(work.session.connection().execute(query, {"id": student_id}).scalar_one())
