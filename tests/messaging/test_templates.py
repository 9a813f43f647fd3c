"""A studio's own words: what is refused, how they would read, and trying them on oneself."""

from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from studio_app.billing.commands.billing_run import bill_month
from studio_app.billing.commands.payments import record_payment
from studio_app.billing.commands.prices import charge_fee
from studio_app.billing.rules.status import Method
from studio_app.kit.errors import Forbidden, NotFound
from studio_app.kit.ids import LessonId
from studio_app.kit.money import Money
from studio_app.messaging.commands.settings import (
    NobodyCouldSignIn,
    choose_way,
    reset_template,
    write_template,
)
from studio_app.messaging.commands.testing import send_test
from studio_app.messaging.queries.settings import kinds_and_ways, messaging_choices
from studio_app.messaging.queries.templates import (
    Preview,
    Wording,
    preview,
    template,
    to_try_on,
    wording_faults,
)
from studio_app.messaging.rules.kinds import EDITABLE, Channel
from studio_app.messaging.rules.states import MessageStatus
from studio_app.scheduling.commands.lessons import cancel_lesson
from studio_app.scheduling.commands.series import schedule_series
from studio_app.scheduling.wishes import NewSeries
from tests.database import rows
from tests.messaging.town import Town
from tests.messaging.town import words_of as read
from tests.standins.smtp import PostOffice

LONDON = ZoneInfo("Europe/London")
FRIDAY = datetime(2026, 9, 4, 16, 0, tzinfo=LONDON)
WORDS = Wording(
    "{{ student }} at {{ when }}", "Dear {{ first_name }},\n\n{{ when }}.", "{{ when }}"
)


def shown(town: Town, kind: str, wording: Wording = WORDS, language: str = "en") -> Preview:
    first = town.run(town.cast.olivia, to_try_on, kind)[0]
    return town.run(town.cast.olivia, preview, kind, language, wording, first.id)


def wording_in(town: Town, kind: str, language: str = "en") -> Wording:
    found = town.run(town.cast.olivia, template, kind, language)
    return Wording(found.subject, found.body, found.short)


def test_it_says_what_is_wrong_with_each_part(town: Town) -> None:
    wrong = Wording("", "Dear {{ first_name", "{% for a in name %}x{% endfor %}")

    faults = town.run(town.cast.olivia, wording_faults, "lesson_moved", "en", wrong)

    assert str(faults["subject"]) == "Please write something."
    assert str(faults["body"]) == "A bracket is not closed on line 1."
    assert str(faults["short"]) == "Only words in double curly brackets can be filled in."
    assert town.run(town.cast.olivia, wording_faults, "lesson_moved", "en", WORDS) == {}


def test_it_reads_as_it_would_be_sent_at_the_studios_time(town: Town, office: PostOffice) -> None:
    town.lesson(FRIDAY)

    seen = shown(town, "lesson_booked")

    assert seen.subject == "Sam Gray at Fri 4 Sept, 16:00–16:30"
    assert "Dear Grace," in seen.html
    assert (seen.text, seen.texts) == ("Harmony: Fri 4 Sept, 16:00-16:30", 1)


def test_a_preview_in_french_says_the_day_in_french(town: Town) -> None:
    town.lesson(FRIDAY)

    assert shown(town, "lesson_booked", language="fr").subject.startswith("Sam Gray at ven. 4 sept")


def test_a_preview_signs_nobody_in_and_writes_nothing(town: Town) -> None:
    town.lesson(FRIDAY)
    town.deliver()
    before = written(town)

    seen = shown(town, "lesson_moved", wording_in(town, "lesson_moved"))

    assert "/portal/schedule?lesson=" in seen.html
    assert "/link?token=" not in seen.html + seen.text
    assert written(town) == before


def written(town: Town) -> object:
    query = "select count(*), (select count(*) from sign_in_link) from audit_change"
    return rows(town.database.owner, query)


def furnish(town: Town) -> None:
    """One of everything that there is to tell of."""
    olivia, cast = town.cast.olivia, town.cast
    lesson_id = town.lesson(FRIDAY)
    town.run(olivia, cancel_lesson, lesson_id, reason="Ill")
    series = NewSeries(
        teacher_id=cast.teacher_id,
        lesson_type_id=town.kind(),
        first_on=date(2026, 9, 7),
        at=time(16),
        weekdays=frozenset({1}),
        student_ids=(cast.student_id,),
    )
    town.run(olivia, schedule_series, series)
    pounds, paid_on = Money(1000, "GBP"), date(2026, 9, 1)
    town.run(olivia, charge_fee, cast.family_id, pounds, description="Book")
    town.run(olivia, bill_month, paid_on, sending=True)
    paid = {"method": Method.BANK, "received_on": paid_on, "key": "one"}
    town.run(olivia, record_payment, cast.family_id, pounds, **paid)


def test_every_kind_can_be_previewed_with_the_words_it_ships_with(town: Town) -> None:
    furnish(town)
    for kind in EDITABLE:
        for language in ("en", "fr"):
            seen = shown(town, kind.name, wording_in(town, kind.name, language), language)
            assert (seen.refusal, seen.subject != "") == ("", True), kind.name
            assert "{{" not in seen.html + seen.text


def test_the_lesson_it_is_tried_on_fits_the_kind(town: Town) -> None:
    town.lesson(FRIDAY)
    off = town.lesson(FRIDAY + timedelta(days=1))
    town.run(town.cast.olivia, cancel_lesson, off)

    booked = town.run(town.cast.olivia, to_try_on, "lesson_booked")
    cancelled = town.run(town.cast.olivia, to_try_on, "lesson_cancelled")

    assert booked[0].words == "Sam Gray, Fri 4 Sept, 16:00"
    assert cancelled[0].id == off


def test_a_test_goes_to_oneself_at_night_and_tells_nobody_else(
    town: Town, office: PostOffice
) -> None:
    lesson_id = town.lesson(FRIDAY)
    town.settle()
    before = len(office.letters)
    town.now = datetime(2026, 9, 1, 23, 0, tzinfo=LONDON)
    unsaved = Wording("Try {{ student }}", "See {{ link }}", "{{ when }}")

    sent = town.run(town.cast.olivia, send_test, "lesson_moved", "en", unsaved, lesson_id)
    town.deliver()

    [letter] = office.letters_to("olivia@example.org")
    assert letter["Subject"] == "Try Sam Gray"
    assert "/link?token=" not in read(letter)
    assert len(office.letters) == before + 1
    [row] = [one for one in town.messages("lesson_moved") if one.id == sent]
    assert (row.status, row.why, row.about_ids, row.urgent) == (
        MessageStatus.SENT,
        "test",
        [],
        True,
    )


def test_a_sign_in_link_can_be_tried_without_making_one(town: Town, office: PostOffice) -> None:
    words = wording_in(town, "sign_in_link")

    town.run(town.cast.olivia, send_test, "sign_in_link", "en", words, UUID(int=0))
    town.run(town.cast.olivia, send_test, "invitation", "en", words, UUID(int=0))
    town.deliver()

    letters = office.letters_to("olivia@example.org")
    assert len(letters) == 2
    assert all("token=" not in read(one) for one in letters)


def test_own_words_count_until_they_are_reset(town: Town, office: PostOffice) -> None:
    olivia = town.cast.olivia
    town.run(olivia, write_template, "lesson_booked", "en", WORDS)
    town.lesson(FRIDAY)
    town.settle()
    assert town.run(olivia, template, "lesson_booked", "en").version == 1
    [letter] = office.letters_to("grace@example.org")
    assert letter["Subject"] == "Sam Gray at Fri 4 Sept, 16:00–16:30"

    town.run(olivia, reset_template, "lesson_booked", "en")

    assert town.run(olivia, template, "lesson_booked", "en").version == 0


def test_the_settings_say_what_is_on_and_what_cannot_be_off(town: Town) -> None:
    olivia = town.cast.olivia
    town.run(olivia, choose_way, "lesson_booked", Channel.TEXT, on=False)

    kinds = {one.kind: one for one in town.run(olivia, kinds_and_ways)}
    choices = town.run(olivia, messaging_choices)

    on = {way.channel: way.is_on for way in kinds["lesson_booked"].ways}
    assert (on[Channel.TEXT], on[Channel.EMAIL]) == (False, True)
    assert kinds["sign_in_link"].ways[0].is_fixed
    assert not kinds["delivery_died"].can_be_written
    assert "by_hand" not in kinds
    assert (choices.is_telling, choices.quiet_from, choices.reminder_hours) == (
        True,
        "21:00",
        (24, 2),
    )
    with pytest.raises(NobodyCouldSignIn):
        town.run(olivia, choose_way, "sign_in_link", Channel.EMAIL, on=False)


def test_a_stranger_finds_nothing_to_try_on_and_a_teacher_may_not(town: Town) -> None:
    lesson_id = LessonId(town.lesson(FRIDAY))

    with pytest.raises(NotFound):
        town.run(town.cast.rita, preview, "lesson_booked", "en", WORDS, lesson_id)
    with pytest.raises(NotFound):
        town.run(town.cast.rita, send_test, "lesson_booked", "en", WORDS, lesson_id)
    with pytest.raises(NotFound):
        town.run(town.cast.olivia, template, "by_hand", "en")
    with pytest.raises(Forbidden):
        town.run(town.cast.tom, preview, "lesson_booked", "en", WORDS, lesson_id)
