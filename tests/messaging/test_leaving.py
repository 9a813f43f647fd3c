"""Who leaves hears what ends with it."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import text

from studio_app.messaging.rules.kinds import Channel
from studio_app.overview.commands.leaving import let_student_go
from tests.messaging.test_series import weekly
from tests.messaging.town import Town
from tests.standins.smtp import PostOffice

LONDON = ZoneInfo("Europe/London")
FRIDAY = datetime(2026, 9, 4, 16, 0, tzinfo=LONDON)


def test_a_family_hears_what_ends_with_a_student_who_is_let_go(
    town: Town, office: PostOffice
) -> None:
    weekly(town)
    town.lesson(FRIDAY)
    town.settle()
    town.run(town.cast.olivia, let_student_go, town.cast.student_id)
    town.settle()
    subjects = {letter["Subject"] for letter in office.letters_to("grace@example.org")[2:]}
    assert subjects == {
        "Sam Gray: the weekly lesson ends",
        "Sam Gray: Piano lesson is cancelled",
    }


def test_a_grown_up_student_who_is_let_go_hears_it_themselves(
    town: Town, office: PostOffice
) -> None:
    grown = text("update student set is_adult = true, email = 'sam@example.org' where id = :id")
    with town.database.owner.begin() as connection:
        connection.execute(grown, {"id": town.cast.student_id})
    town.lesson(FRIDAY)
    town.settle()
    town.run(town.cast.olivia, let_student_go, town.cast.student_id)
    town.settle()
    assert len(office.letters_to("sam@example.org")) == 2
    assert town.messages("lesson_cancelled", Channel.EMAIL) != []
