"""Zoom and Teams as outer servers: what we ask, and what each of their noes means to us."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import httpx
import pytest

from studio_app.calendars import teams_gateway, zoom_gateway
from studio_app.calendars.rules.video import Why
from studio_app.calendars.video_line import Credentials, Declined, Doubtful, Wanted
from tests.standins.surroundings import surroundings
from tests.standins.video import (
    ACCOUNT,
    BREAKS,
    CLIENT,
    HOST,
    SECRET,
    TAKEN_THEN_504,
    TAKEN_THEN_SILENT,
    Step,
    Teams,
    Zoom,
    refused,
    teams_peer,
    zoom_peer,
)

STUDIO = Credentials(ACCOUNT, CLIENT, SECRET, HOST)
STARTS = datetime(2026, 9, 8, 16, tzinfo=ZoneInfo("Europe/London"))
WANTED = Wanted("Piano & more", STARTS, STARTS + timedelta(minutes=45), "Europe/London")
Provider = Zoom | Teams
GATEWAYS = {Zoom: zoom_gateway, Teams: teams_gateway}


@pytest.fixture(params=[zoom_peer, teams_peer], ids=["zoom", "teams"])
def peer(request: pytest.FixtureRequest) -> Iterator[Provider]:
    with request.param() as peer:
        yield peer


def why(peer: Provider, who: Credentials = STUDIO) -> Declined:
    with pytest.raises(Declined) as fault:
        GATEWAYS[type(peer)].make_meeting(who, WANTED)
    return fault.value


def test_zoom_makes_a_meeting_at_that_moment_which_needs_no_host() -> None:
    with zoom_peer() as zoom:
        made = zoom_gateway.make_meeting(STUDIO, WANTED)
        (meeting,) = zoom.meetings.values()
    assert made.url == meeting["join_url"]
    assert made.provider_id == str(meeting["id"])
    assert (meeting["start_time"], meeting["duration"]) == ("2026-09-08T15:00:00Z", 45)
    assert (meeting["topic"], meeting["timezone"], meeting["type"]) == (
        "Piano & more",
        "Europe/London",
        2,
    )
    assert meeting["settings"] == {"join_before_host": True, "waiting_room": False}


def test_teams_makes_a_meeting_at_that_moment_without_a_lobby() -> None:
    with teams_peer() as teams:
        made = teams_gateway.make_meeting(STUDIO, WANTED)
        (meeting,) = teams.meetings.values()
    assert (made.provider_id, made.url) == (meeting["id"], meeting["joinWebUrl"])
    assert meeting["startDateTime"] == "2026-09-08T15:00:00Z"
    assert meeting["endDateTime"] == "2026-09-08T15:45:00Z"
    assert meeting["lobbyBypassSettings"] == {"scope": "everyone"}


def test_a_meeting_is_removed_and_one_that_is_gone_is_too(peer: Provider) -> None:
    gateway = GATEWAYS[type(peer)]
    made = gateway.make_meeting(STUDIO, WANTED)
    gateway.remove_meeting(STUDIO, made.provider_id)
    assert peer.meetings == {}
    gateway.remove_meeting(STUDIO, made.provider_id)


def test_a_token_serves_until_it_is_not_accepted_any_more(peer: Provider) -> None:
    gateway = GATEWAYS[type(peer)]
    gateway.make_meeting(STUDIO, WANTED)
    gateway.make_meeting(STUDIO, WANTED)
    assert peer.signed_in == 1
    peer.forget_tokens()
    gateway.make_meeting(STUDIO, WANTED)
    assert (peer.signed_in, peer.made) == (2, 3)


def test_wrong_credentials_are_told_from_everything_else(peer: Provider) -> None:
    assert why(peer, replace(STUDIO, secret="wrong")).why is Why.CREDENTIALS
    assert why(peer, replace(STUDIO, account="another")).why is Why.CREDENTIALS
    assert peer.asked == 0


@pytest.mark.parametrize(
    ("step", "kind"),
    [
        (refused(403), Why.PERMISSION),
        (refused(404, 1001), Why.HOST),
        (refused(400, 300), Why.REFUSED),
        (refused(500), Why.DOWN),
        (refused(503), Why.DOWN),
        (refused(429), Why.BUSY),
    ],
)
def test_each_no_is_known_for_what_it_is(peer: Provider, step: Step, kind: Why) -> None:
    peer.script(step)
    fault = why(peer)
    assert fault.why is kind
    assert not isinstance(fault, Doubtful)
    assert peer.made == 0


def test_an_app_without_the_scope_is_told_so_by_zoom() -> None:
    with zoom_peer() as zoom:
        zoom.script(refused(400, 4711))
        assert why(zoom).why is Why.PERMISSION


@pytest.mark.parametrize(
    ("said", "least", "most"),
    [("30", 30, 30), ("2099-01-01T00:00:00Z", 10**6, 10**10)],
)
def test_how_long_to_wait_is_heard(peer: Provider, said: str, least: int, most: int) -> None:
    peer.script(refused(429, retry_after=said))
    wait = why(peer).after
    assert wait is not None
    assert least <= wait.total_seconds() <= most


@pytest.mark.parametrize("step", [TAKEN_THEN_SILENT, TAKEN_THEN_504, BREAKS])
def test_a_lost_answer_leaves_a_doubt(peer: Provider, step: Step) -> None:
    GATEWAYS[type(peer)].make_meeting(STUDIO, WANTED)  # so that there is a token
    peer.script(step)
    with surroundings(studio_vendor_patience="0.5"):
        fault = why(peer)
    assert isinstance(fault, Doubtful)
    assert fault.why is Why.SILENT


def test_nobody_there_is_no_doubt() -> None:
    with (
        surroundings(
            studio_zoom_url="http://127.0.0.1:9/v2", studio_zoom_sign_in_url="http://127.0.0.1:9"
        ),
        pytest.raises(Declined) as fault,
    ):
        zoom_gateway.make_meeting(replace(STUDIO, client_id="never seen"), WANTED)
    assert fault.value.why is Why.DOWN
    assert not isinstance(fault.value, Doubtful)


def test_nothing_secret_is_in_what_may_reach_a_log(peer: Provider) -> None:
    assert SECRET not in repr(STUDIO)
    fault = why(peer, replace(STUDIO, secret="my own secret"))
    assert "my own secret" not in f"{fault} {fault!r} {fault.__cause__!r}"


def test_a_host_cannot_lead_to_another_path(peer: Provider) -> None:
    assert why(peer, replace(STUDIO, host="../meetings/1?x=")).why is Why.HOST


def test_what_is_not_in_the_published_description_is_refused() -> None:
    with zoom_peer() as zoom:
        zoom_gateway.make_meeting(STUDIO, WANTED)
        headers = {"Authorization": f"Bearer {zoom.tokens[-1]}"}
        url = f"{zoom.url}/v2/users/{HOST}/meetings"
        wrong = [{"topik": "x"}, {"type": 7}, {"duration": "long"}, {"start_time": "soon"}]
        said = [httpx.post(url, json=one, headers=headers).status_code for one in wrong]
        elsewhere = httpx.delete(f"{zoom.url}/v2/meetings/abc", headers=headers).status_code
        assert (said, elsewhere, len(zoom.complaints)) == ([400] * 4, 400, 5)
        zoom.complaints.clear()
