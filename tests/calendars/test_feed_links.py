"""The address is the key: whom it lets in, and when it ends. Over HTTP, on a real database."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from icalendar import Calendar
from sqlalchemy import event, text

from studio_app.calendars.commands.feeds import FeedAbout, end_feed, make_feed, renew_feed
from studio_app.identity.commands.members import remove_member, set_grant
from studio_app.kit.access import Permission, Role
from studio_app.kit.clock import utc_now
from studio_app.kit.database import engine
from studio_app.kit.errors import NotFound
from studio_app.people.commands.guardians import link_guardian, remove_guardianship
from studio_app.people.commands.teachers import archive_teacher, restore_teacher
from studio_app.scheduling.commands.lessons import move_lesson
from studio_app.web.api.feeds import GUESSES
from tests.calendars.asking import address, fetched, gone, path_of
from tests.calling import NOBODY, Api
from tests.stage import CANARY, Stage


@contextmanager
def counting() -> Iterator[list[str]]:
    sent: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_more: object) -> None:
        sent.append(statement)

    event.listen(engine(), "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine(), "before_cursor_execute", note)


def test_whoever_has_the_address_reads_it_without_an_account(stage: Stage, api: Api) -> None:
    answer = fetched(api, address(stage, "guardian", FeedAbout.OWN))
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.headers["cache-control"] == "private, no-cache"
    calendar: Any = Calendar.from_ical(answer.content)
    assert {"Sam Gray" in str(each["summary"]) for each in calendar.events} == {True}


def test_an_unchanged_feed_costs_three_statements_and_no_words(stage: Stage, api: Api) -> None:
    path = address(stage, "teacher", FeedAbout.TEACHER, stage.cast.teacher_id)
    first = fetched(api, path)
    tag = first.headers["etag"]
    for sent in (tag, tag.removeprefix("W/"), f'"other", {tag}'):
        with counting() as statements:
            again = fetched(api, path, headers={"if-none-match": sent})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == tag
        assert len(statements) <= 3, statements
    with counting() as statements:
        from_shelf = fetched(api, path)
    assert from_shelf.content == first.content
    assert len(statements) <= 3, statements


def test_after_a_change_the_old_tag_is_worth_nothing(stage: Stage, api: Api) -> None:
    path = address(stage, "teacher", FeedAbout.TEACHER, stage.cast.teacher_id)
    tag = fetched(api, path).headers["etag"]
    lesson_id: Any = stage.ids["lesson_id"]
    with stage.database.owner.connect() as connection:
        query = text("select starts_at from lesson where id = :id")
        starts_at = connection.execute(query, {"id": lesson_id}).scalar_one()
    stage.run(stage.cast.olivia, move_lesson, lesson_id, to=starts_at + timedelta(hours=1))
    try:
        answer = fetched(api, path, headers={"if-none-match": tag})
        assert answer.status_code == 200
        assert b"RECURRENCE-ID" in answer.content
    finally:
        stage.run(stage.cast.olivia, move_lesson, lesson_id, to=starts_at)
    assert fetched(api, path, headers={"if-none-match": tag}).status_code == 304


def test_an_ended_address_is_as_if_it_had_never_been(stage: Stage, api: Api) -> None:
    guardian = stage.people["guardian"]
    feed_id = stage.run(guardian, make_feed, FeedAbout.STUDENT, stage.cast.student_id)
    assert fetched(api, path_of(feed_id)).status_code == 200
    new_id = stage.run(guardian, renew_feed, feed_id)
    assert gone(api, path_of(feed_id))
    assert fetched(api, path_of(new_id)).status_code == 200
    stage.run(guardian, end_feed, new_id)
    assert gone(api, path_of(new_id))
    with pytest.raises(NotFound):
        stage.run(guardian, end_feed, new_id)


def test_it_ends_with_a_parents_part_in_a_child(stage: Stage, api: Api) -> None:
    cast = stage.cast
    whole = address(stage, "guardian", FeedAbout.OWN)
    child = address(stage, "guardian", FeedAbout.STUDENT, cast.student_id)
    who = (cast.student_id, cast.guardian_id)
    stage.run(cast.olivia, remove_guardianship, *who, even_last=True)
    try:
        assert gone(api, whole)
        assert gone(api, child)
    finally:
        stage.run(cast.olivia, link_guardian, *who)
    assert fetched(api, whole).status_code == 200


def test_it_ends_with_the_membership_and_with_the_permission(stage: Stage, api: Api) -> None:
    cast, admin = stage.cast, stage.people["admin"]
    door = address(stage, "admin", FeedAbout.ROOM, stage.ids["room_id"])
    own = address(stage, "guardian", FeedAbout.OWN)
    assert fetched(api, door).status_code == 200
    assert admin.person_id is not None
    stage.run(cast.olivia, remove_member, admin.person_id, Role.ADMIN)
    assert gone(api, door)
    stage.run(cast.olivia, set_grant, Role.GUARDIAN, Permission.LESSON_VIEW, allowed=False)
    assert gone(api, own)
    stage.run(cast.olivia, set_grant, Role.GUARDIAN, Permission.LESSON_VIEW, allowed=True)
    assert fetched(api, own).status_code == 200


def test_it_ends_when_its_subject_is_put_away(stage: Stage, api: Api) -> None:
    cast = stage.cast
    path = address(stage, "owner", FeedAbout.TEACHER, cast.teacher_id)
    stage.run(cast.olivia, archive_teacher, cast.teacher_id)
    assert gone(api, path)
    stage.run(cast.olivia, restore_teacher, cast.teacher_id)
    assert fetched(api, path).status_code == 200


def test_nobody_makes_an_address_of_what_is_not_theirs(stage: Stage, api: Api) -> None:
    ids, cast = stage.ids, stage.cast
    subjects: list[tuple[FeedAbout, Any]] = [
        (FeedAbout.TEACHER, cast.teacher_id),
        (FeedAbout.STUDENT, cast.student_id),
        (FeedAbout.FAMILY, cast.family_id),
        (FeedAbout.ROOM, ids["room_id"]),
    ]
    for who, may in {
        "owner": set(FeedAbout),
        "teacher": {FeedAbout.TEACHER},
        "guardian": {FeedAbout.STUDENT},
        "stranger": set[FeedAbout](),
    }.items():
        for about, subject in subjects:
            if about in may:
                stage.run(stage.people[who], make_feed, about, subject)
                continue
            with pytest.raises(NotFound):
                stage.run(stage.people[who], make_feed, about, subject)
    with pytest.raises(NotFound):  # who has no children and learns nothing
        stage.run(stage.people["teacher"], make_feed, FeedAbout.OWN)


def test_one_person_has_one_address_of_a_calendar(stage: Stage, api: Api) -> None:
    room: Any = stage.ids["room_id"]
    first, again = (address(stage, "owner", FeedAbout.ROOM, room) for _ in range(2))
    assert first == again


def test_nobody_ends_the_address_of_another(stage: Stage, api: Api) -> None:
    feed_id = stage.run(stage.cast.olivia, make_feed, FeedAbout.FAMILY, stage.cast.family_id)
    for who in ("teacher", "guardian", "stranger"):
        with pytest.raises(NotFound):
            stage.run(stage.people[who], end_feed, feed_id)
    own_id = stage.run(stage.cast.grace, make_feed, FeedAbout.OWN)
    with pytest.raises(NotFound):  # else the office would be given its own children's
        stage.run(stage.cast.olivia, renew_feed, own_id)
    stage.run(stage.cast.olivia, end_feed, own_id)
    assert gone(api, path_of(own_id))


def test_a_strangers_feed_has_nothing_of_ours(stage: Stage, api: Api) -> None:
    """Rita's own people, in her studio; and the token of ours tells nobody whose it is."""
    path = address(stage, "owner", FeedAbout.TEACHER, stage.cast.teacher_id)
    for who in ("stranger", "guardian", NOBODY):
        assert api.get(path, who).content == fetched(api, path).content
    door = fetched(api, address(stage, "owner", FeedAbout.ROOM, stage.ids["room_id"]))
    assert f"{CANARY} note" not in door.text
    assert "Sam" not in door.text


def test_the_day_it_was_last_read_is_kept(stage: Stage, api: Api) -> None:
    feed_id = stage.run(stage.cast.tom, make_feed, FeedAbout.TEACHER, stage.cast.teacher_id)
    fetched(api, path_of(feed_id))
    with stage.database.owner.connect() as connection:
        query = text("select fetched_at from calendar_feed where id = :id")
        fetched_at = connection.execute(query, {"id": feed_id}).scalar_one()
    assert utc_now() - fetched_at < timedelta(minutes=5)


def test_whoever_guesses_is_stopped(stage: Stage, api: Api) -> None:
    """Last: from this address nothing unknown is answered for a quarter of an hour."""
    answers = [fetched(api, f"/feeds/{n}.ics").status_code for n in range(GUESSES + 1)]
    assert answers[-1] == 429
    known = address(stage, "teacher", FeedAbout.TEACHER, stage.cast.teacher_id)
    assert fetched(api, known).status_code == 200
