"""What reaches a parent, and what they said about texts: seen and noted by the office."""

import pytest

from studio_app.messaging.access.contacts import hearing_of_bills
from studio_app.people.commands.guardians import GuardianDetails, add_guardian, edit_guardian
from studio_app.web.office.consents import ConsentsState
from studio_app.web.office.guardians import GuardiansState
from tests.conftest import World
from tests.web.office.conftest import Visit

pytestmark = pytest.mark.anyio
PHONE = "+447700900123"


def billed(world: World) -> int:
    return len(hearing_of_bills(world.as_(world.olivia), world.family_id))


async def test_bills_follow_the_rule_until_the_office_chooses(world: World, visit: Visit) -> None:
    world.run(world.olivia, add_guardian, world.student_id, GuardianDetails("Gil Gray"), pays=False)
    page = visit(world.olivia).open(GuardiansState, student_id=str(world.student_id))
    await page.load()
    gil = next(one.id for one in page.guardians if one.name == "Gil Gray")
    assert ({one.billing for one in page.guardians}, billed(world)) == ({"rule"}, 1)

    await page.choose_billing(gil, "always")
    assert billed(world) == 2
    await page.choose_billing(str(world.guardian_id), "never")
    assert billed(world) == 1
    await page.load()
    chosen = {one.name: one.billing for one in page.guardians}
    assert chosen == {"Gil Gray": "always", "Grace Gray": "never"}
    await page.switch(gil, "practice", False)
    await page.load()
    kept = next(one for one in page.guardians if one.id == gil)
    assert (kept.practice, kept.billing) == (False, "always")


async def test_what_a_parent_said_is_noted_with_its_words_and_time(
    world: World, visit: Visit
) -> None:
    number = GuardianDetails("Grace Gray", "grace@example.org", PHONE)
    world.run(world.olivia, edit_guardian, world.guardian_id, number)
    browser = visit(world.olivia)
    page = browser.open(ConsentsState, student_id=str(world.student_id))
    await page.load()
    assert [(one.name, one.said) for one in page.consents] == [("Grace Gray", False)]

    await page.open(f"texts {world.guardian_id}", True)
    await page.note({"texts_answer": "yes", "texts_how": ""})
    assert page.faults
    await page.note({"texts_answer": "yes", "texts_how": "On the form of 1 September"})
    await page.load()
    [line] = page.consents
    assert (line.given, line.wording) == (True, "On the form of 1 September")
    assert line.about == "Noted by the office, Tue 1 Sept, 10:00"

    other = GuardianDetails("Grace Gray", "grace@example.org", "+447700900124")
    world.run(world.olivia, edit_guardian, world.guardian_id, other)
    await page.load()
    assert (page.consents[0].given, page.consents[0].said) == (False, True)


async def test_a_stranger_notes_nothing(world: World, visit: Visit) -> None:
    browser = visit(world.rita)
    page = browser.open(ConsentsState, student_id=str(world.student_id))
    await page.open(f"texts {world.guardian_id}", True)
    await page.note({"texts_answer": "yes", "texts_how": "By telephone"})
    assert browser.notice.refused
