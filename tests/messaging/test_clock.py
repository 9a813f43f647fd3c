"""Who hears that the studio's clock shows another zone's time: each once."""

from datetime import date, time

from studio_app.bookings.commands.zones import Keep, change_timezone
from studio_app.messaging.rules.kinds import Channel
from studio_app.scheduling.commands.series import schedule_series
from studio_app.scheduling.wishes import NewSeries
from tests.messaging.town import Town, words_of
from tests.standins.smtp import PostOffice

MONDAY = date(2026, 9, 14)
OTHERS = {"series_changed", "lesson_moved", "teacher_series_changed", "teacher_day_changed"}


def weekly(town: Town) -> None:
    """On Mondays and Thursdays at four: eight lessons."""
    wish = NewSeries(
        town.cast.teacher_id,
        town.kind(),
        MONDAY,
        time(16, 0),
        frozenset({1, 4}),
        (town.cast.student_id,),
        count=8,
    )
    town.run(town.cast.olivia, schedule_series, wish)
    town.settle()


def test_kept_local_times_are_one_message_to_each(town: Town, office: PostOffice) -> None:
    weekly(town)
    before = len(office.letters_to("grace@example.org"))
    others = len([one for one in town.messages() if one.kind in OTHERS])
    town.run(town.cast.olivia, change_timezone, "Europe/Paris", Keep.LOCAL_TIME)
    town.settle()
    [told] = office.letters_to("grace@example.org")[before:]
    assert told["Subject"] == "Harmony now keeps Paris time"
    assert "So far they were London time" in words_of(told)
    assert len(town.messages("clock_changed", Channel.INBOX)) == 2  # Grace, and Tom who teaches
    assert len([one for one in town.messages() if one.kind in OTHERS]) == others


def test_kept_moments_are_told_to_nobody(town: Town, office: PostOffice) -> None:
    weekly(town)
    before = len(office.letters)
    town.run(town.cast.olivia, change_timezone, "Europe/Paris", Keep.MOMENT)
    town.settle()
    assert len(office.letters) == before


def test_gone_back_before_it_left_it_is_not_told_wrongly(town: Town, office: PostOffice) -> None:
    weekly(town)
    before = len(office.letters_to("grace@example.org"))
    for zone in ("Europe/Paris", "Europe/London"):
        town.run(town.cast.olivia, change_timezone, zone, Keep.LOCAL_TIME)
    town.settle()
    told = office.letters_to("grace@example.org")[before:]
    assert [one["Subject"] for one in told] == ["Harmony now keeps London time"]


def test_a_zone_with_the_same_clock_is_told_to_nobody(town: Town, office: PostOffice) -> None:
    weekly(town)
    before = len(office.letters)
    town.run(town.cast.olivia, change_timezone, "Europe/Lisbon", Keep.LOCAL_TIME)
    town.settle()
    assert len(office.letters) == before
