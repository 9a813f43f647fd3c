"""Writing to families and teachers, through the pipeline that everything else goes through."""

from dataclasses import replace

import pytest
from sqlalchemy import text
from sqlmodel import col, select

from studio_app.automations.commands.building import switch_on, take_preset
from studio_app.automations.rules.recipe import Action, Do, Happening
from studio_app.kit.access import Permission
from studio_app.kit.ids import ContactId, GuardianId
from studio_app.kit.work import Work, requires
from studio_app.messaging.access import contacts
from studio_app.messaging.commands.consenting import record_consent
from studio_app.messaging.models.messages import Contact, Message
from studio_app.messaging.rules.kinds import Channel
from studio_app.messaging.rules.states import Purpose
from studio_app.people.commands.guardians import GuardianDetails
from studio_app.people.commands.students import StudentDetails, add_student
from studio_app.people.commands.tags import tag_student
from studio_app.scheduling.commands.lessons import cancel_lesson
from tests.automations.house import House
from tests.conftest import HOUR, World
from tests.scheduling.conftest import Desk

PHONE = "+447700900123"
LETTER = Action(
    Do.MESSAGE_FAMILY, subject="News of {student}", words="{student} plays {instrument}"
)


def letters(world: World) -> list[tuple[str, str, Contact]]:
    """Subject and words of each letter by e-mail that was written by hand, and to whom."""
    query = (
        select(Message, Contact)
        .join(Contact, col(Contact.id) == Message.contact_id)
        .where(Message.kind == "by_hand", Message.channel == "email")
        .order_by(col(Message.id))
    )
    found = world.as_(world.olivia).session.exec(query)
    return [(one.facts["subject"], one.facts["body"], who) for one, who in found]


def test_the_family_is_written_to(house: House) -> None:
    house.automation(Happening.STUDENT_TAGGED, LETTER)
    world = house.world
    world.run(world.olivia, tag_student, world.student_id, "star")
    house.settle()
    [(subject, words, who)] = letters(world)
    assert (subject, words) == ("News of Sam Gray", "Sam Gray plays Piano")
    assert who.guardian_id == world.guardian_id
    assert [one.result for one in house.actions()] == ["done"]


@requires(Permission.PEOPLE_MANAGE)
def has_a_telephone(work: Work, contact_id: ContactId, *, allowed: bool) -> None:
    """Grace has this number; whether she said yes to texts."""
    work.session.connection().execute(text(f"update guardian set phone = '{PHONE}'"))  # noqa: S608
    record_consent(
        work,
        contact_id,
        Channel.TEXT,
        Purpose.SERVICE,
        given=allowed,
        wording="Yes, text me.",
        source="office",
    )


@pytest.mark.parametrize(
    ("by_text", "allowed", "texts"), [(True, True, 1), (True, False, 0), (False, True, 0)]
)
def test_a_text_goes_where_the_automation_says_so_to_who_allowed_it(
    house: House, *, by_text: bool, allowed: bool, texts: int
) -> None:
    world = house.world
    [contact_id] = world.run(world.olivia, contacts_of, world.guardian_id)
    world.run(world.olivia, has_a_telephone, contact_id, allowed=allowed)
    house.automation(Happening.STUDENT_TAGGED, replace(LETTER, by_text=by_text))
    world.run(world.olivia, tag_student, world.student_id, "star")
    house.settle()
    query = select(Message).where(Message.kind == "by_hand", Message.channel == "text")
    found = world.as_(world.olivia).session.exec(query).all()
    assert [one.address for one in found] == [PHONE] * texts
    assert len(letters(world)) == 1


@requires(Permission.PEOPLE_MANAGE)
def contacts_of(work: Work, guardian_id: GuardianId) -> list[ContactId]:
    return contacts.of_guardians(work, [guardian_id])


def test_who_cannot_be_reached_is_a_failed_action(house: House) -> None:
    house.automation(Happening.STUDENT_ADDED, LETTER)
    world = house.world
    world.run(world.olivia, add_student, StudentDetails("Ada"))
    house.settle()
    [action] = house.actions()
    assert action.result == "failed"
    assert "nobody to write to" in action.reason["say"]


def test_a_teacher_hears_once_of_a_lesson_that_several_share(house: House, desk: Desk) -> None:
    words = Action(Do.MESSAGE_TEACHER, subject="Free", words="{lesson} on {when} is off")
    house.automation(Happening.LESSON_CANCELLED, words)
    world = house.world
    ada = world.run(world.olivia, add_student, StudentDetails("Ada", "Bell")).student_id
    assert ada
    both = (world.student_id, ada)
    band = desk.lesson(world.now + 48 * HOUR, student_ids=both, lesson_type_id=desk.band)
    desk.lesson(world.now + 72 * HOUR, student_ids=both, lesson_type_id=desk.band)
    world.run(world.olivia, cancel_lesson, band)
    house.settle()
    assert house.results() == ["acted", "acted"]
    assert [(said, who.teacher_id) for _subject, said, who in letters(world)] == [
        ("Band on Thu 3 Sept, 10:00 is off", world.teacher_id)
    ]


def test_a_new_family_is_welcomed_by_the_ready_made_one(house: House) -> None:
    world = house.world
    made = world.run(world.olivia, take_preset, "welcome")
    world.run(world.olivia, switch_on, made)
    guardian = GuardianDetails("Bea Bell", email="bea@example.org")
    world.run(world.tom, add_student, StudentDetails("Ada", "Bell"), guardian=guardian)
    house.settle()
    [(subject, words, _who)] = letters(world)
    assert subject == "Welcome to Harmony"
    assert "Ada Bell’s first lesson" in words
    assert len(house.tasks()) == 1
