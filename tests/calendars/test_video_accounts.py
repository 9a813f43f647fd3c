"""A studio's own accounts: tried, in words where they fail, sealed, and only the office's."""

import pytest
from sqlalchemy import text
from sqlmodel import select

from studio_app.calendars.commands.video import (
    HostMissing,
    NewAccount,
    NoSuchName,
    Provider,
    SecretMissing,
    connect_video,
    disconnect_video,
    try_video,
)
from studio_app.calendars.models import VideoAccount
from studio_app.calendars.queries.video import (
    video_accounts,
    video_in_trouble,
    why_it_meets_there,
)
from studio_app.kit.errors import Forbidden, NotFound
from studio_app.kit.work import run
from studio_app.scheduling.commands.lessons import (
    cancel_lesson,
)
from tests.calendars.online import OURS, House, base, house
from tests.standins.video import (
    ACCOUNT,
    CLIENT,
    HOST,
    SECRET,
    refused,
)

__all__ = ["base", "house"]


def test_an_account_is_tried_by_making_and_removing_a_meeting(house: House) -> None:
    house.connect(Provider.ZOOM)
    house.do(try_video, Provider.ZOOM)
    assert house.do(video_accounts)[0].trying
    house.deliver()
    (shown, other) = house.do(video_accounts)
    assert (house.zoom.made, house.zoom.meetings) == (1, {})
    assert (shown.trying, shown.trouble, bool(shown.worked)) == (False, "", True)
    assert (other.title, other.place) == ("Teams", 0)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (NewAccount(ACCOUNT, CLIENT, "not it", HOST), "does not accept these ids"),
        (NewAccount(ACCOUNT, CLIENT, SECRET, "nobody@harmony.example"), "does not know the user"),
    ],
)
def test_what_is_wrong_with_an_account_is_said_in_words(
    house: House, wrong: NewAccount, said: str
) -> None:
    house.do(connect_video, Provider.TEAMS, wrong)
    house.deliver()
    (shown, _zoom) = house.do(video_accounts)
    assert said in shown.trouble
    assert len(house.do(video_in_trouble)) == 1
    house.do(connect_video, Provider.TEAMS, OURS)
    house.deliver()
    assert house.do(video_accounts)[0].trouble == ""
    assert house.do(video_in_trouble) == []


def test_a_secret_is_kept_sealed_and_told_to_nobody(house: House) -> None:
    house.connect(Provider.ZOOM)
    with house.work() as work:
        kept = work.session.exec(select(VideoAccount)).one()
        audit = text(
            "select count(*) from audit_change where (before::text || after::text) like :s"
        )
        told = work.session.connection().execute(audit, {"s": f"%{kept.sealed_secret}%"}).scalar()
    assert SECRET not in kept.sealed_secret
    assert told == 0
    assert SECRET not in repr(house.do(video_accounts))
    house.do(connect_video, Provider.ZOOM, NewAccount(ACCOUNT, CLIENT, "", HOST))  # keeps it
    house.deliver()
    assert house.do(video_accounts)[0].trouble == ""


def test_a_secret_that_cannot_be_opened_any_more_is_a_refusal(house: House) -> None:
    house.connect(Provider.ZOOM)
    house.change("update video_account set sealed_secret = repeat('A', 80)")
    one = house.lesson()
    house.deliver()
    assert house.link(one).startswith("https://meet.jit.si/")
    assert house.do(video_in_trouble) == ["Zoom did not accept the studio’s account."]


def test_disconnected_it_is_asked_no_more_and_what_was_made_stays(house: House) -> None:
    house.connect(Provider.ZOOM)
    one = house.lesson()
    house.deliver()
    before = house.link(one)
    house.do(disconnect_video, Provider.ZOOM)
    two = house.lesson()
    house.deliver()
    assert house.link(one) == before
    assert house.link(two).startswith("https://meet.jit.si/")
    house.do(cancel_lesson, one)
    house.deliver()
    assert [each.state for each in house.asked()] == ["lost"]


def test_what_makes_no_sense_is_refused(house: House) -> None:
    for wrong, refusal in (
        (NewAccount("../x", CLIENT, SECRET, HOST), NoSuchName),
        (NewAccount(ACCOUNT, CLIENT, SECRET, ".."), NoSuchName),
        (NewAccount(ACCOUNT, CLIENT, "", HOST), SecretMissing),
        (NewAccount(ACCOUNT, CLIENT, SECRET, ""), HostMissing),
    ):
        with pytest.raises(refusal):
            house.do(connect_video, Provider.TEAMS, wrong)
    with pytest.raises(NotFound):
        house.do(try_video, Provider.TEAMS)


def test_only_who_configures_the_studio_sees_and_changes_it(house: House) -> None:
    house.connect(Provider.ZOOM)
    app, cast = house.database.app, house.cast
    for who in (cast.tom, cast.grace):
        with pytest.raises(Forbidden):
            run(app, who, video_accounts)
        with pytest.raises(Forbidden):
            run(app, who, connect_video, Provider.ZOOM, OURS)
    assert [one.place for one in run(app, cast.rita, video_accounts)] == [0, 0]
    with pytest.raises(NotFound):
        run(app, cast.rita, disconnect_video, Provider.ZOOM)
    one = house.lesson()
    house.zoom.script(refused(500))
    house.deliver()
    assert run(app, cast.rita, why_it_meets_there, one) == ""
