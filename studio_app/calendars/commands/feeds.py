"""Making and ending the addresses that calendar programs read."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from studio_app.calendars.access import feeds as access
from studio_app.calendars.links import PURPOSE
from studio_app.calendars.models import CalendarFeed
from studio_app.calendars.rules.feeds import FeedAbout
from studio_app.identity.secrets import hash_of, token_about
from studio_app.kit.access import Permission
from studio_app.kit.errors import NotFound, SignedOut
from studio_app.kit.ids import FeedId, PersonId, new_id
from studio_app.kit.locks import lock_in_order
from studio_app.kit.work import Work, requires

__all__ = ["FeedAbout", "end_feed", "make_feed", "note_fetched", "prepare_my_feeds", "renew_feed"]
A_DAY = timedelta(days=1)


@requires(Permission.LESSON_VIEW)
def make_feed(work: Work, about: FeedAbout, subject_id: UUID | None = None) -> FeedId:
    """An address for this calendar; the one I have already, if I have one.

    One's own for everybody, any for the office; NotFound for what one may not see.
    """
    me = _me(work)
    subject_id = None if about is FeedAbout.OWN else subject_id
    access.require_subject(work, about, subject_id)
    lock_in_order(work, me)
    for known in access.living(work, about, subject_id):
        if known.made_by == me:
            return known.id
    return _write(work, about, subject_id, me)


@requires(Permission.LESSON_VIEW)
def prepare_my_feeds(work: Work) -> None:
    """An address for each calendar of mine that never had one, so that one tap subscribes.

    What I have ended stays ended.
    """
    me = _me(work)
    had = {(one.about, access.subject_of(one)) for one in access.made_by(work, me)}
    for about, subject_id, _name in access.own_subjects(work):
        if (about, subject_id) not in had:
            make_feed(work, about, subject_id)


@requires(Permission.LESSON_VIEW)
def end_feed(work: Work, feed_id: FeedId) -> None:
    """Programs that ask with this address are told nothing from now on."""
    access.feed(work, feed_id, lock=True).revoked_at = work.now


@requires(Permission.LESSON_VIEW)
def renew_feed(work: Work, feed_id: FeedId) -> FeedId:
    """End an address and make another of the same calendar, which is then mine."""
    old = access.feed(work, feed_id, lock=True)
    if old.about == FeedAbout.OWN and old.made_by != work.actor.person_id:
        raise NotFound
    old.revoked_at = work.now
    work.session.flush()
    return make_feed(work, FeedAbout(old.about), access.subject_of(old))


@requires(Permission.LESSON_VIEW)
def note_fetched(work: Work, feed_id: FeedId) -> None:
    """A program has asked: kept to the day, so that asking seldom writes."""
    feed = access.feed(work, feed_id, lock=True)
    if feed.fetched_at is None or work.now - feed.fetched_at >= A_DAY:
        feed.fetched_at = work.now


def _write(work: Work, about: FeedAbout, subject_id: UUID | None, me: PersonId) -> FeedId:
    feed_id = FeedId(new_id())
    subject: dict[str, Any] = {f"{about.value}_id": subject_id} if subject_id else {}
    feed = CalendarFeed(
        id=feed_id,
        token_hash=hash_of(token_about(PURPOSE, feed_id)),
        about=about,
        made_by=me,
        created_at=work.now,
        **subject,
    )
    work.session.add(feed)
    work.session.flush()
    return feed_id


def _me(work: Work) -> PersonId:
    if work.actor.person_id is None:
        raise SignedOut
    return work.actor.person_id
