"""Who hears what became of a lesson, when, and in which words."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from studio_app.messaging.rules.kinds import Channel
from studio_app.messaging.rules.states import MessageStatus
from studio_app.people.commands.guardians import GuardianDetails, add_guardian
from studio_app.people.commands.teachers import TeacherDetails, add_teacher
from studio_app.scheduling.commands.absences import cancel_day, restore_day
from studio_app.scheduling.commands.covering import assign_cover
from studio_app.scheduling.commands.lessons import cancel_lesson, move_lesson, restore_lesson
from studio_app.scheduling.rules.states import CancelledBy
from tests.messaging.town import Town, child_of, words_of
from tests.standins.smtp import PostOffice

LONDON = ZoneInfo("Europe/London")
FRIDAY = datetime(2026, 9, 4, 16, 0, tzinfo=LONDON)


def test_a_family_hears_that_a_lesson_is_booked_with_a_calendar_entry(
    town: Town, office: PostOffice
) -> None:
    town.lesson(FRIDAY)
    town.settle()
    [letter] = office.letters_to("grace@example.org")
    assert letter["Subject"] == "Sam Gray: Piano lesson is booked"
    plain = words_of(letter)
    assert "Fri 4 Sept, 16:00–16:30" in plain
    calendar = next(part for part in letter.walk() if part.get_content_type() == "text/calendar")
    assert "DTSTART;TZID=Europe/London:20260904T160000" in calendar.get_content()


def test_it_waits_half_a_minute_so_that_undo_is_real(town: Town, office: PostOffice) -> None:
    lesson_id = town.lesson(FRIDAY)
    town.settle()
    town.run(town.cast.olivia, cancel_lesson, lesson_id)
    town.deliver()
    town.run(town.cast.olivia, restore_lesson, lesson_id)
    town.settle()
    assert [m["Subject"] for m in office.letters_to("grace@example.org")] == [
        "Sam Gray: Piano lesson is booked"
    ]
    [skipped] = town.messages("lesson_cancelled", Channel.EMAIL)
    assert skipped.status == MessageStatus.SKIPPED
    assert skipped.reason == "The lesson takes place after all."


def test_a_lesson_put_back_after_they_heard_is_told_too(town: Town, office: PostOffice) -> None:
    lesson_id = town.lesson(FRIDAY)
    town.run(town.cast.olivia, cancel_lesson, lesson_id)
    town.settle()
    town.run(town.cast.olivia, restore_lesson, lesson_id)
    town.settle()
    subjects = [m["Subject"] for m in office.letters_to("grace@example.org")]
    assert subjects == [
        "Sam Gray: Piano lesson is cancelled",
        "Sam Gray: Piano lesson takes place after all",
    ]


def test_two_moves_in_a_row_say_where_it_was_first(town: Town, office: PostOffice) -> None:
    lesson_id = town.lesson(FRIDAY)
    town.settle()
    for hours in (1, 2):
        town.run(town.cast.olivia, move_lesson, lesson_id, to=FRIDAY + timedelta(hours=hours))
        town.deliver()
    town.settle()
    _booked, moved = office.letters_to("grace@example.org")
    plain = words_of(moved)
    assert "It is now: Fri 4 Sept, 18:00–18:30" in plain
    assert "It was: Fri 4 Sept, 16:00" in plain


def test_moved_and_moved_back_is_no_news(town: Town, office: PostOffice) -> None:
    lesson_id = town.lesson(FRIDAY)
    town.settle()
    for hours in (1, 0):
        town.run(town.cast.olivia, move_lesson, lesson_id, to=FRIDAY + timedelta(hours=hours))
        town.deliver()
    town.settle()
    assert len(office.letters_to("grace@example.org")) == 1


def test_who_heard_of_a_move_hears_that_it_was_moved_back(town: Town, office: PostOffice) -> None:
    lesson_id = town.lesson(FRIDAY)
    town.settle()
    details = GuardianDetails("Bob Gray", "bob@example.org", "")
    bob = town.run(town.cast.olivia, add_guardian, town.cast.student_id, details)
    town.quiet(town.contact(bob), "12:00", "15:00")
    for hours in (1, 0):
        town.run(town.cast.olivia, move_lesson, lesson_id, to=FRIDAY + timedelta(hours=hours))
        town.settle()
    town.wait(hours=4)
    for who in ("grace@example.org", "tom@example.org"):
        _booked, _moved, back = office.letters_to(who)
        assert "Fri 4 Sept, 16:00–16:30" in words_of(back)
        assert "was" in words_of(back)
        assert "17:00" in words_of(back)
    assert office.letters_to("bob@example.org") == []


def test_the_teacher_hears_that_a_cancelled_lesson_takes_place_after_all(
    town: Town, office: PostOffice
) -> None:
    lesson_id = town.lesson(FRIDAY)
    town.settle()
    for told in (False, True):
        town.run(town.cast.olivia, cancel_lesson, lesson_id)
        if told:
            town.settle()
        town.run(town.cast.olivia, restore_lesson, lesson_id)
        town.settle()
        assert len(office.letters_to("tom@example.org")) == (3 if told else 1)
    subject = office.letters_to("tom@example.org")[-1]["Subject"]
    assert subject == "Sam Gray: takes place after all"


def test_the_teacher_hears_what_others_did_and_not_what_they_did_themselves(
    town: Town, office: PostOffice
) -> None:
    lesson_id = town.lesson(FRIDAY)
    town.settle()
    assert len(office.letters_to("tom@example.org")) == 1
    town.run(town.cast.tom, move_lesson, lesson_id, to=FRIDAY + timedelta(hours=1))
    town.settle()
    assert len(office.letters_to("tom@example.org")) == 1


def test_what_the_studio_cancels_within_twelve_hours_is_told_at_night(
    town: Town, office: PostOffice
) -> None:
    lesson_id = town.lesson(datetime(2026, 9, 2, 9, 0, tzinfo=LONDON))
    town.settle()
    town.now = datetime(2026, 9, 1, 22, 0, tzinfo=LONDON)
    town.run(town.cast.tom, cancel_lesson, lesson_id, by=CancelledBy.TEACHER, reason="Ill")
    town.settle()
    letter = office.letters_to("grace@example.org")[-1]
    assert letter["Subject"] == "Sam Gray: Piano lesson is cancelled"
    assert "Ill" in words_of(letter)


def test_what_can_wait_waits_for_the_morning_and_is_looked_at_again(
    town: Town, office: PostOffice
) -> None:
    lesson_id = town.lesson(FRIDAY)
    other = town.lesson(FRIDAY + timedelta(hours=2))
    town.settle()
    town.now = datetime(2026, 9, 1, 22, 0, tzinfo=LONDON)
    for each in (lesson_id, other):
        town.run(town.cast.olivia, cancel_lesson, each)
    town.settle()
    assert len(office.letters_to("grace@example.org")) == 2
    town.run(town.cast.olivia, restore_lesson, other)
    town.now = datetime(2026, 9, 2, 8, 0, tzinfo=LONDON)
    town.tick()
    assert len(office.letters_to("grace@example.org")) == 3


def test_nothing_is_told_before_the_studio_begins_to_tell(town: Town, office: PostOffice) -> None:
    before = town.now - timedelta(days=1)
    town.now, now = before, town.now
    town.lesson(FRIDAY)
    town.now = now
    town.settle()
    assert town.messages("lesson_booked") == []


def test_a_day_that_falls_away_is_one_letter_to_each_who_is_concerned(
    town: Town, office: PostOffice
) -> None:
    sibling = town.sibling("Ida")
    other, _parent = child_of(town, "Mia", "Mark")
    for hours, student_id in enumerate((town.cast.student_id, sibling, other)):
        town.lesson(FRIDAY + timedelta(hours=hours), student_id)
    town.settle()
    before = {name: len(office.letters_to(f"{name}@example.org")) for name in ("grace", "mark")}
    done = town.run(town.cast.tom, cancel_day, None, FRIDAY.date(), reason="Ill")
    town.settle()

    assert (done.lessons, done.families) == (3, 2)
    assert len(office.letters_to("grace@example.org")) == before["grace"] + 1
    said = words_of(office.letters_to("grace@example.org")[-1])
    assert ("16:00" in said, "17:00" in said, "18:00" in said) == (True, True, False)
    assert "Ill" in said
    assert len(office.letters_to("mark@example.org")) == before["mark"] + 1
    assert not any("cancelled" in m["Subject"] for m in office.letters_to("tom@example.org"))


def test_a_day_put_back_before_they_heard_is_no_news(town: Town, office: PostOffice) -> None:
    town.lesson(FRIDAY)
    town.settle()
    letters = len(office.letters_to("grace@example.org"))
    done = town.run(town.cast.tom, cancel_day, None, FRIDAY.date(), reason="Ill")
    assert done.time_off_id
    town.run(town.cast.tom, restore_day, done.time_off_id)
    town.settle()
    assert len(office.letters_to("grace@example.org")) == letters


def test_who_gives_the_lesson_instead_is_told_to_all(town: Town, office: PostOffice) -> None:
    pia = TeacherDetails("Pia Pike", "pia@example.org")
    cover = town.run(town.cast.olivia, add_teacher, pia)
    lesson_id = town.lesson(FRIDAY)
    town.settle()
    town.run(town.cast.olivia, assign_cover, {lesson_id: cover})
    town.settle()

    letter = office.letters_to("grace@example.org")[-1]
    assert letter["Subject"] == "Sam Gray: Piano lesson with Pia Pike"
    assert "another teacher" in words_of(letter)
    assert "given to Pia Pike" in words_of(office.letters_to("tom@example.org")[-1])
    assert "Sam Gray" in words_of(office.letters_to("pia@example.org")[-1])
