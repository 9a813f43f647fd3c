"""The settings of online lessons: connecting, ordering and trying who makes their meetings."""

from datetime import timedelta

import pytest
from sqlmodel import select

from studio_app.calendars.commands.claiming import stand
from studio_app.calendars.commands.video import NewAccount, Provider, connect_video
from studio_app.calendars.models import VideoAccount
from studio_app.calendars.queries.video import video_accounts
from studio_app.calendars.rules.video import Why
from studio_app.calendars.video_line import Declined
from studio_app.kit.access import Actor
from studio_app.overview.queries.needs_you import Matter, needs_you
from studio_app.web.office.settings import video as page_module
from studio_app.web.office.settings.video_state import FILLED, VideoState
from tests.conftest import World
from tests.web.office.conftest import Visit

pytestmark = pytest.mark.anyio
TYPED = {"account": "abc-123", "client_id": "client", "secret": "a secret", "host": ""}
OURS = NewAccount("abc-123", "client", "a secret", "tom@harmony.example")


async def test_nothing_is_connected_until_somebody_does(world: World, visit: Visit) -> None:
    state = visit(world.olivia).open(VideoState)
    await state.load()
    assert [(line.title, line.place, line.says) for line in state.lines] == [
        ("Zoom", "", "Not connected"),
        ("Teams", "", "Not connected"),
    ]


async def test_what_is_missing_is_marked(world: World, visit: Visit) -> None:
    browser = visit(world.olivia)
    state = browser.open(VideoState)
    await state.load()
    await state.open("connect teams", True)
    await state.connect({"account": "abc"})
    assert set(state.faults) == {"client_id", "secret", "host"}
    assert world.run(world.olivia, video_accounts)[0].place == 0


async def test_connected_it_is_tried_and_the_secret_is_not_told_back(
    world: World, visit: Visit
) -> None:
    browser = visit(world.olivia)
    state = browser.open(VideoState)
    await state.load()
    await state.open("connect zoom", True)
    await state.connect(TYPED)
    await state.load()
    line = state.lines[0]
    assert (line.id, line.place, line.trying, line.kept) == ("zoom", "1", True, FILLED)
    assert "a secret" not in repr(state.lines)
    sealed = world.as_(world.olivia).session.exec(select(VideoAccount.sealed_secret)).one()
    await state.open("connect zoom", True)
    await state.connect({**TYPED, "secret": FILLED, "account": "another"})
    kept = world.as_(world.olivia).session.exec(select(VideoAccount)).one()
    assert (kept.account, kept.sealed_secret) == ("another", sealed)


async def test_they_change_places(world: World, visit: Visit) -> None:
    for provider in (Provider.ZOOM, Provider.TEAMS):
        world.run(world.olivia, connect_video, provider, OURS)
    state = visit(world.olivia).open(VideoState)
    await state.sooner("teams")
    await state.load()
    assert [(one.title, one.is_first, one.is_last) for one in state.lines] == [
        ("Teams", True, False),
        ("Zoom", False, True),
    ]
    await state.later("teams")
    await state.disconnect("zoom")
    await state.load()
    assert [(one.title, one.place) for one in state.lines] == [("Teams", "1"), ("Zoom", "")]


async def test_an_account_that_is_refused_needs_somebody(world: World, visit: Visit) -> None:
    world.run(world.olivia, connect_video, Provider.ZOOM, OURS)
    work = world.as_(Actor.system(world.harmony))
    account = work.session.exec(select(VideoAccount)).one()
    account.trying_since = None
    stand(work, account, Declined(Why.CREDENTIALS))
    [need] = [one for one in world.run(world.olivia, needs_you) if one.matter is Matter.VIDEO]
    assert need.detail == "Zoom did not accept the studio’s account."
    state = visit(world.olivia).open(VideoState)
    await state.load()
    assert "Copy all three once more" in state.lines[0].trouble


async def test_a_trial_that_nobody_answered_is_over_after_a_while(
    world: World, visit: Visit
) -> None:
    world.run(world.olivia, connect_video, Provider.ZOOM, OURS)
    later = world.at(world.now + timedelta(minutes=5))
    assert later.run(later.olivia, video_accounts)[0].trying is False


def test_the_page_renders() -> None:
    assert page_module.page().render()
