"""Messages on a family's phone: the lesson one was led to, saying that one will come, choices."""

import pytest

from studio_app.kit.ids import GuardianId
from studio_app.messaging.access.contacts import of_guardians
from studio_app.messaging.models.messages import Message
from studio_app.messaging.queries.own import Channel
from studio_app.messaging.rules.states import MessageStatus
from studio_app.scheduling.commands.lessons import cancel_lesson
from studio_app.scheduling.models.lessons import Lesson, Seat
from studio_app.web.frame import FrameState
from studio_app.web.own.choices_state import MyMessagesState
from studio_app.web.own.inbox import InboxState
from studio_app.web.portal.home import HomeState
from studio_app.web.portal.schedule import ScheduleState
from tests.attendance.lessons import Lessons
from tests.billing.conftest import lessons
from tests.conftest import HOUR, World
from tests.web.office.conftest import Visit

__all__ = ["lessons"]
pytestmark = pytest.mark.anyio


def lesson_of(world: World, lessons: Lessons) -> Lesson:
    seat_id = lessons.seat(world.now + HOUR)
    session = world.as_(world.olivia).session
    return session.get_one(Lesson, session.get_one(Seat, seat_id).lesson_id)


def letter(world: World, subject: str, path: str = "/portal") -> None:
    """A message in Grace's inbox."""
    with world.as_(world.olivia).session as session:
        work = world.as_(world.olivia)
        [contact_id] = of_guardians(work, [GuardianId(world.guardian_id)])
        session.add(
            Message(
                kind="lesson_booked",
                channel=Channel.INBOX,
                contact_id=contact_id,
                dedupe_key=subject,
                status=MessageStatus.SENT,
                attempts=1,
                made_at=world.now,
                due_at=world.now,
                sent_at=world.now,
                subject=subject,
                body=f"{subject}\n\nWith Tom.",
                path=path,
            )
        )
        session.commit()


async def test_the_link_of_a_message_opens_its_lesson(
    world: World, lessons: Lessons, visit: Visit
) -> None:
    lesson = lesson_of(world, lessons)
    page = visit(world.grace).open(ScheduleState, f"/portal/schedule?lesson={lesson.id}")
    await page.load()
    await page.come()
    [line] = page.chosen
    assert (line.name, line.when, line.can_confirm) == ("Sam Gray", "Tue 1 Sept, 11:00", True)

    await page.confirm(line.seat_id)
    assert (page.chosen[0].status, page.chosen[0].can_confirm) == ("confirmed", False)
    assert page.lessons[0].status == "confirmed"
    await page.unconfirm(line.seat_id)
    assert (page.chosen[0].status, page.chosen[0].can_confirm) == ("", True)


async def test_a_cancelled_lesson_is_shown_and_not_confirmed(
    world: World, lessons: Lessons, visit: Visit
) -> None:
    lesson = lesson_of(world, lessons)
    world.run(world.olivia, cancel_lesson, lesson.id, reason="Tom is ill")
    page = visit(world.grace).open(ScheduleState, f"/portal/schedule?lesson={lesson.id}")
    await page.come()
    assert [(one.status, one.reason, one.can_confirm) for one in page.chosen] == [
        ("cancelled", "Tom is ill", False)
    ]


async def test_somebody_elses_lesson_is_not_opened(
    world: World, lessons: Lessons, visit: Visit
) -> None:
    lesson = lesson_of(world, lessons)
    browser = visit(world.rita)
    page = browser.open(ScheduleState, f"/portal/schedule?lesson={lesson.id}")
    await page.load()
    await page.come()
    assert (page.chosen, page.trouble, browser.notice.refused) == ([], "", True)


async def test_home_confirms_the_next_lesson_with_one_tap(
    world: World, lessons: Lessons, visit: Visit
) -> None:
    lesson_of(world, lessons)
    browser = visit(world.grace)
    home = browser.open(HomeState)
    await home.load()
    assert home.children[0].will_come is False
    await home.confirm(home.children[0].seat_id)
    assert home.children[0].will_come is True
    assert browser.notice.words == "Thank you. The studio knows that you will come."


async def test_the_inbox_shows_what_is_new_and_leads_to_it(world: World, visit: Visit) -> None:
    letter(world, "A lesson is booked", "/portal/schedule?lesson=1")
    letter(world, "Another one")
    browser = visit(world.grace)
    frame, inbox = browser.open(FrameState), browser.open(InboxState)
    await frame.load()
    await inbox.load()
    assert (frame.frame.unread, inbox.count) == ("2", "2 not read")
    assert [one.unread for one in inbox.lines] == [True, True]

    led = await inbox.open(next(o.id for o in inbox.lines if o.subject == "A lesson is booked"))
    assert "/portal/schedule?lesson=1" in repr(led)
    await frame.count_unread()
    assert frame.frame.unread == "1"
    await inbox.read_all()
    await frame.count_unread()
    assert (frame.frame.unread, inbox.count) == ("", "Everything is read.")


async def test_an_empty_inbox_says_so(world: World, visit: Visit) -> None:
    inbox = visit(world.tom).open(InboxState)
    await inbox.load()
    assert (inbox.lines, inbox.count, inbox.more) == ([], "Everything is read.", False)


async def test_choices_are_made_with_one_tap_each(world: World, visit: Visit) -> None:
    browser = visit(world.grace)
    page = browser.open(MyMessagesState)
    await page.load()
    [part] = page.parts
    assert [line.label for line in part.lines][:2] == ["Changes of lessons", "Reminders"]
    assert [way.label for way in part.lines[0].ways] == ["E-mail", "In Cadenza"]

    await page.choose(part.id, "lessons", "email", False)
    assert [way.on for way in page.parts[0].lines[0].ways] == [False, True]
    await page.choose(part.id, "billing", "email", False)
    assert browser.notice.refused


async def test_a_yes_without_a_tick_is_none(world: World, visit: Visit) -> None:
    page = visit(world.grace).open(MyMessagesState)
    await page.load()
    sent = {"contact_id": page.parts[0].id, "channel": "email", "purpose": "marketing"}
    await page.agree(sent)
    assert page.parts[0].asks[1].given is False
    await page.agree({**sent, "agreed": "yes"})
    news = page.parts[0].asks[1]
    assert (news.given, news.said) == (True, "Allowed on 1 Sept 2026 for grace@example.org")
    await page.withdraw(page.parts[0].id, "email", "marketing")
    assert page.parts[0].asks[1].given is False


async def test_quiet_hours_are_set_and_taken_back(world: World, visit: Visit) -> None:
    browser = visit(world.grace)
    page = browser.open(MyMessagesState)
    await page.load()
    own = page.parts[0].id
    form = {"contact_id": own, f"begins-{own}": "20:00", f"ends-{own}": "09:00"}
    await page.keep_quiet(form)
    assert (page.parts[0].quiet_from, page.parts[0].quiet_until) == ("20:00", "09:00")
    await page.keep_quiet({**form, f"ends-{own}": "19:00"})
    assert browser.notice.refused
    await page.keep_quiet({"contact_id": own})
    assert page.parts[0].quiet_from == ""
