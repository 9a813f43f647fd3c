"""The settings: the studio, its members and policy, places, kinds of lessons, the year."""

import pytest

from studio_app.identity.commands.members import invite
from studio_app.identity.queries import members, my_profile, open_invitations, who_may_do_what
from studio_app.kit.access import Permission, Role
from studio_app.people.commands.students import StudentDetails, edit_student
from studio_app.scheduling.queries.setup import closures, lesson_types, locations, terms
from studio_app.web.office.settings import lessons as lessons_module
from studio_app.web.office.settings import members as members_module
from studio_app.web.office.settings import places as places_module
from studio_app.web.office.settings import policy as policy_module
from studio_app.web.office.settings import studio as studio_module
from studio_app.web.office.settings import year as year_module
from studio_app.web.office.settings.changes import ChangesState
from studio_app.web.office.settings.lessons import KindsState
from studio_app.web.office.settings.members import MembersState
from studio_app.web.office.settings.places import PlacesState
from studio_app.web.office.settings.policy import PolicyState
from studio_app.web.office.settings.studio_state import StudioState
from studio_app.web.office.settings.year_state import YearState
from tests.conftest import World
from tests.scheduling.conftest import Desk, desk
from tests.web.office.conftest import Visit

__all__ = ["desk"]
pytestmark = pytest.mark.anyio


async def test_the_studio_gets_another_name(world: World, visit: Visit) -> None:
    state = visit(world.olivia).open(StudioState)
    await state.load()

    await state.save({"name": "Harmony House", "language": "en-GB", "region": "SCT"})
    await state.load()

    assert (state.name, state.region) == ("Harmony House", "SCT")


async def test_a_teacher_may_not_change_the_studio(world: World, visit: Visit) -> None:
    browser = visit(world.tom)

    await browser.open(StudioState).save({"name": "Toms", "language": "en-GB"})

    assert browser.notice.refused
    assert world.run(world.olivia, my_profile).studio == "Harmony"


async def test_members_are_invited_and_removed(world: World, visit: Visit) -> None:
    state = visit(world.olivia).open(MembersState)
    await state.open("invite", True)
    await state.invite({"name": "Ann", "email": "ann@example.org", "role": "admin"})
    await state.load()
    assert [one.email for one in state.invitations] == ["ann@example.org"]

    await state.remove(str(world.tom.person_id), "teacher")

    assert world.tom.person_id not in {m.person_id for m in world.run(world.olivia, members)}


async def test_an_invitation_is_withdrawn(world: World, visit: Visit) -> None:
    browser = visit(world.olivia)
    state = browser.open(MembersState)
    invitation_id = world.run(world.olivia, invite, "ann@example.org", Role.ADMIN)
    await state.load()
    assert [one.id for one in state.invitations] == [str(invitation_id)]
    assert "owner" in [one["value"] for one in state.roles]

    await state.withdraw(str(invitation_id))
    await state.load()

    assert state.invitations == []
    assert "does not work any more" in browser.notice.words


async def test_a_region_is_chosen_by_its_name(world: World, visit: Visit) -> None:
    state = visit(world.olivia).open(StudioState)
    await state.load()
    assert {"value": "NIR", "label": "Northern Ireland"} in state.regions
    assert state.regions[0] == {"value": "", "label": "The whole country"}

    await state.save({"name": "Harmony", "language": "en-GB", "region": "Atlantis"})

    assert "Please choose" in state.faults["region"]
    assert world.run(world.olivia, my_profile).region == "ENG"


async def test_the_last_owner_stays(world: World, visit: Visit) -> None:
    browser = visit(world.olivia)

    await browser.open(MembersState).remove(str(world.olivia.person_id), "owner")

    assert browser.notice.refused


async def test_a_wrong_address_is_invited_to_nothing(world: World, visit: Visit) -> None:
    browser = visit(world.olivia)
    state = browser.open(MembersState)
    await state.open("invite", True)

    await state.invite({"email": "nowhere", "role": "teacher"})

    assert browser.notice.refused
    assert state.opened == "invite"
    assert world.run(world.olivia, open_invitations) == []


async def test_the_policy_is_a_table_that_can_be_changed(world: World, visit: Visit) -> None:
    browser = visit(world.olivia)
    state = browser.open(PolicyState)
    await state.load()
    line = next(one for one in state.lines if one.permission == "student.add")
    assert (line.words, line.teacher, line.guardian) == ("Add students", True, False)

    await state.allow("teacher", "student.add", False)

    [grant] = [
        one
        for one in world.run(world.olivia, who_may_do_what)
        if (one.permission, one.role) == (Permission.STUDENT_ADD, Role.TEACHER)
    ]
    assert (grant.allowed, grant.changed) == (False, True)
    assert browser.notice.undoable


async def test_every_permission_has_words(world: World, visit: Visit) -> None:
    state = visit(world.olivia).open(PolicyState)
    await state.load()
    assert [one.permission for one in state.lines if one.words == one.permission] == []


async def test_what_owners_and_machines_may_do_stays(world: World, visit: Visit) -> None:
    browser = visit(world.olivia)

    await browser.open(PolicyState).allow("owner", "student.add", False)
    assert browser.notice.refused


async def test_places_and_rooms(world: World, visit: Visit) -> None:
    state = visit(world.olivia).open(PlacesState)
    await state.open("location", True)
    await state.save_location({"name": "Riverside", "address": "12 River Street"})
    await state.load()
    [place] = state.locations

    await state.open(f"new-room {place.id}", True)
    await state.save_room({"name": "Hall", "max_capacity": "30", "shared": "on"})
    await state.load()
    [hall] = state.locations[0].rooms
    assert (hall.name, hall.about) == ("Hall", "30 people · shared")

    await state.open(f"room {hall.id}", True)
    await state.save_room({"name": "Great Hall"})
    await state.archive_room(hall.id)
    assert world.run(world.olivia, locations)[0].rooms == ()
    await state.restore_room(hall.id)
    assert world.run(world.olivia, locations)[0].rooms[0].name == "Great Hall"


async def test_a_room_that_is_needed_stays(desk: Desk, visit: Visit) -> None:
    desk.series(count=2)
    browser = visit(desk.world.olivia)

    await browser.open(PlacesState).archive_room(str(desk.room_id))

    assert "2 lessons to come" in browser.notice.words


async def test_kinds_of_lessons(world: World, visit: Visit) -> None:
    state = visit(world.olivia).open(KindsState)
    await state.open("kind", True)
    await state.save({"name": "Piano", "minutes": "45", "capacity": "1", "colour": "3"})
    await state.load()
    [piano] = state.kinds
    assert (piano.about, piano.k) == ("45 minutes · for one", "k3")

    await state.open(f"kind {piano.id}", True)
    await state.save({"name": "Piano", "minutes": "2"})
    assert set(state.faults) == {"minutes"}

    await state.archive(piano.id)
    assert world.run(world.olivia, lesson_types) == []


async def test_terms_are_added_changed_and_removed(world: World, visit: Visit) -> None:
    state = visit(world.olivia).open(YearState)
    await state.open("term", True)
    await state.save_term({"name": "Autumn", "starts_on": "2026-09-07", "ends_on": "2026-12-18"})
    await state.load()
    [autumn] = state.terms

    await state.open(f"term {autumn.id}", True)
    await state.save_term({"name": "Autumn", "starts_on": "2026-09-07", "ends_on": "2026-12-11"})
    assert world.run(world.olivia, terms)[0].ends_on.day == 11

    await state.remove_term(autumn.id)
    assert world.run(world.olivia, terms) == []


async def test_closing_says_first_what_it_would_call_off(desk: Desk, visit: Visit) -> None:
    desk.series(count=2)
    state = visit(desk.world.olivia).open(YearState)
    await state.open("close", True)
    sent = {"name": "Concert", "first_on": "2026-09-08"}

    await state.close(sent)
    await state.look_ahead(sent)
    assert state.ahead == "1 lesson would be called off."
    assert desk.world.run(desk.world.olivia, closures) == []

    await state.close(sent | {"first_on": "2026-09-15"})
    assert desk.world.run(desk.world.olivia, closures) == []

    await state.close(sent)
    [closure] = desk.world.run(desk.world.olivia, closures)
    assert closure.name == "Concert"

    await state.reopen(str(closure.id))
    assert desk.world.run(desk.world.olivia, closures) == []


async def test_bank_holidays_are_kept_or_not(world: World, visit: Visit) -> None:
    state = visit(world.olivia).open(YearState)
    await state.load()
    first = state.holidays[0]
    assert first.kept

    await state.keep_holiday(first.key, False)
    await state.load()

    assert not state.holidays[0].kept


@pytest.mark.parametrize("state", [MembersState, PolicyState])
async def test_a_parent_sees_no_settings(world: World, visit: Visit, state: type) -> None:
    page = visit(world.grace).open(state)
    await page.load()
    assert "permission" in page.trouble


@pytest.mark.parametrize("state", [PlacesState, KindsState, YearState])
async def test_a_stranger_sees_her_own_studio_only(desk: Desk, visit: Visit, state: type) -> None:
    page = visit(desk.world.rita).open(state)
    await page.load()
    shown = [getattr(page, name, []) for name in ("locations", "kinds", "terms", "closures")]
    assert not any(shown)


def test_the_pages_render() -> None:
    pages = (
        *(lessons_module, members_module, places_module),
        *(policy_module, studio_module, year_module),
    )
    assert all("Settings" in str(module.page()) for module in pages)


async def test_what_still_needs_a_place_or_a_kind_is_shown_before_it_goes(
    desk: Desk, visit: Visit
) -> None:
    desk.series(count=3)
    browser = visit(desk.world.olivia)
    places, kinds = browser.open(PlacesState), browser.open(KindsState)

    await places.open(f"archive-location {desk.location_id}", True)
    assert places.needed.startswith("High Street is still needed: 3 lessons to come")
    await places.open(f"archive-room {desk.room_id}", True)
    assert places.needed.startswith("Room 1 is still needed: 3 lessons to come")
    await kinds.open(f"archive-lesson_type {desk.piano}", True)
    assert kinds.needed.startswith("Piano is still needed: 3 lessons to come")
    await kinds.open(f"archive-lesson_type {desk.band}", True)
    assert (kinds.needed, kinds.looked) == ("", True)


async def test_the_history_is_turned_page_by_page(world: World, visit: Visit) -> None:
    for n in range(30):
        details = StudentDetails(f"Sam {n}", "Gray")
        world.run(world.olivia, edit_student, world.student_id, details)
    state = visit(world.olivia).open(ChangesState)
    await state.load()
    assert (state.rows[0].what, state.rows[0].who) == ("Student changed", "Olivia Owen")
    assert "First name: Sam 28 → Sam 29" in state.rows[0].details
    latest = state.rows[0].id

    await state.next_page()
    assert (state.page_number, latest in {row.id for row in state.rows}) == (2, False)
    await state.last_page()

    assert (state.page_number, state.rows[0].id) == (1, latest)
