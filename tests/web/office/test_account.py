"""One's own account, and the guide for a new studio."""

from dataclasses import replace

import pytest

from studio_app.identity.queries import my_profile, my_tokens
from studio_app.kit.access import Permission
from studio_app.people.queries.students import students
from studio_app.web.office import account as account_module
from studio_app.web.office import welcome as welcome_module
from studio_app.web.office.account import AccountState
from studio_app.web.office.welcome import WelcomeState
from tests.conftest import World
from tests.web.office.conftest import Visit

pytestmark = pytest.mark.anyio


async def test_everybody_changes_their_own_name(world: World, visit: Visit) -> None:
    state = visit(world.grace).open(AccountState)
    await state.load()
    assert state.email == "grace@example.org"

    await state.save({"name": "Grace Hall", "language": ""})

    assert world.run(world.grace, my_profile).name == "Grace Hall"


async def test_a_language_we_do_not_speak_is_refused(world: World, visit: Visit) -> None:
    browser = visit(world.grace)
    await browser.open(AccountState).save({"name": "Grace", "language": "tlh"})
    assert browser.notice.refused


async def test_a_weak_password_is_refused(world: World, visit: Visit) -> None:
    browser = visit(world.grace)
    state = browser.open(AccountState)
    await state.open("password", True)

    await state.change_password({"present": "", "new": "short"})

    assert browser.notice.refused
    assert state.opened == "password"


async def test_a_key_is_shown_once_and_withdrawn(world: World, visit: Visit) -> None:
    state = visit(world.olivia).open(AccountState)
    await state.open("key", True)
    await state.make_key({"name": "Backup script"})
    await state.load()
    assert state.new_key
    [key] = state.keys
    assert key.name == "Backup script"

    await state.hide_key()
    await state.end_key(key.id)

    assert state.new_key == ""
    assert world.run(world.olivia, my_tokens) == []


async def test_nobody_ends_a_session_or_key_that_is_not_theirs(world: World, visit: Visit) -> None:
    state = visit(world.olivia).open(AccountState)
    await state.make_key({"name": "Olivia's"})
    [(key, _name, _at)] = world.run(world.olivia, my_tokens)
    browser = visit(world.rita)

    await browser.open(AccountState).end_key(str(key))

    assert browser.notice.refused
    assert len(world.run(world.olivia, my_tokens)) == 1


async def test_whoever_may_not_have_keys_sees_none(world: World, visit: Visit) -> None:
    without = replace(world.tom, grants=world.tom.grants - {Permission.TOKEN_MANAGE})
    state = visit(without).open(AccountState)

    await state.load()

    assert state.ready
    assert (state.may_have_keys, state.keys) == (False, [])


async def test_the_guide_stands_at_the_first_open_step(world: World, visit: Visit) -> None:
    state = visit(world.rita).open(WelcomeState)

    await state.load()

    assert (state.standings.basics, state.standings.students) == ("done", "now")
    assert (state.standings.teachers, state.done) == ("later", 1)


async def test_three_names_are_enough_to_begin(world: World, visit: Visit) -> None:
    state = visit(world.rita).open(WelcomeState)
    await state.load()

    await state.add_names({"first": "Ada Lake", "second": "", "third": "Ben Barlow"})
    await state.load()

    assert [row.name for row in world.run(world.rita, students).rows] == ["Ben Barlow", "Ada Lake"]
    assert (state.standings.students, state.standings.teachers) == ("done", "now")


async def test_no_name_at_all_is_said(world: World, visit: Visit) -> None:
    state = visit(world.rita).open(WelcomeState)
    await state.add_names({})
    assert set(state.faults) == {"first"}


async def test_the_guide_is_for_the_office(world: World, visit: Visit) -> None:
    state = visit(world.grace).open(WelcomeState)
    await state.load()
    assert "permission" in state.trouble


def test_the_pages_render() -> None:
    assert "Where you are signed in" in str(account_module.page())
    assert "Type three names" in str(welcome_module.page())
