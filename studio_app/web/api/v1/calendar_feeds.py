"""Addresses that calendar programs read, and where online lessons meet."""

from dataclasses import dataclass
from uuid import UUID

from fastapi import APIRouter

from studio_app.calendars.commands.feeds import FeedAbout, end_feed, make_feed, renew_feed
from studio_app.calendars.queries.feeds import FeedChoice, my_feeds, office_feeds
from studio_app.calendars.queries.meetings import meeting_links
from studio_app.kit.errors import NotFound
from studio_app.kit.ids import FeedId, LessonId
from studio_app.web.api.caller import Asking
from studio_app.web.api.made import Made
from studio_app.web.api.v1.pages import Page, Paging

router = APIRouter(prefix="/api/v1", tags=["calendar feeds"])


@dataclass(frozen=True, slots=True)
class NewFeed:
    """`subject_id` is a teacher's, student's, family's or room's; without one for `own`."""

    about: FeedAbout
    subject_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Meeting:
    """Where an online lesson meets."""

    address: str


@router.get("/me/calendar-feeds")
def list_my_feeds(asking: Asking) -> list[FeedChoice]:
    """One's own calendars and the addresses they have. An address is a secret: whoever has it
    reads the calendar."""
    return asking.run(my_feeds)


@router.get("/calendar-feeds")
def list_feeds(asking: Asking, page: Paging) -> Page[FeedChoice]:
    """Everybody's, for the office; of what others made the address is empty."""
    return page.of(asking.run(office_feeds), by=lambda one: f"{one.about}.{one.subject_id}")


@router.post("/calendar-feeds", status_code=201)
def create_feed(asking: Asking, feed: NewFeed) -> Made:
    """The one there is, where the caller has made one of this calendar before. 404 for a
    calendar that the caller may not see."""
    return Made(asking.run(make_feed, feed.about, feed.subject_id))


@router.post("/calendar-feeds/{feed_id}/renew", status_code=201)
def replace_feed(asking: Asking, feed_id: FeedId) -> Made:
    """The old address stops working at once; answers a new one of the same calendar."""
    return Made(asking.run(renew_feed, feed_id))


@router.delete("/calendar-feeds/{feed_id}", status_code=204)
def delete_feed(asking: Asking, feed_id: FeedId) -> None:
    """Programs that ask with this address are told nothing from now on."""
    asking.run(end_feed, feed_id)


@router.get("/lessons/{lesson_id}/meeting")
def read_meeting(asking: Asking, lesson_id: LessonId) -> Meeting:
    """404 where a lesson meets nowhere online, or not yet: links are made shortly before."""
    address = asking.run(meeting_links, [lesson_id]).get(lesson_id)
    if not address:
        raise NotFound
    return Meeting(address)
