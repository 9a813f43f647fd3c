"""Browsers that want notifications, and trying whether they come."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from studio_app.identity.rules import short_device
from studio_app.kit.access import Permission
from studio_app.kit.errors import NotFound, Refused
from studio_app.kit.ids import PersonId, new_id
from studio_app.kit.words import _
from studio_app.kit.work import Work, requires
from studio_app.messaging import paths
from studio_app.messaging.access.own import introduce
from studio_app.messaging.access.recipients import recipients
from studio_app.messaging.commands.posting import Occasion, post
from studio_app.messaging.models.messages import PushSubscription
from studio_app.messaging.push_gateway import endpoint_problem, keys_problem

MOST = 10
"""Browsers of one person in one studio: with one more the oldest goes."""


class NoBrowser(Refused):
    message = _("No browser of yours takes notifications yet.")


@dataclass(frozen=True, slots=True)
class Browser:
    """What `pushManager.subscribe` answered (W3C Push API), and the browser's User-Agent."""

    endpoint: str
    p256dh: str
    auth: str
    user_agent: str = ""


@requires(Permission.OWN_ACCOUNT)
def subscribe_browser(work: Work, browser: Browser) -> UUID:
    """Notifications of this studio come to this browser, for whoever is signed in with it now."""
    problem = endpoint_problem(browser.endpoint) or keys_problem(browser.p256dh, browser.auth)
    if problem:
        raise Refused(problem)
    row = {
        "id": new_id(),
        "created_at": work.now,
        "person_id": _me(work),
        "endpoint": browser.endpoint,
        "p256dh": browser.p256dh,
        "auth": browser.auth,
        "device": short_device(browser.user_agent),
        "ended_at": None,
    }
    taken_over = {name: row[name] for name in row if name not in {"id", "endpoint"}}
    statement = (
        insert(PushSubscription)
        .values(**row)
        .on_conflict_do_update(constraint="push_subscription_once", set_=taken_over)
        .returning(col(PushSubscription.id))
    )
    subscription_id = work.session.connection().execute(statement).scalar_one()
    _end_oldest(work)
    return subscription_id


@requires(Permission.OWN_ACCOUNT)
def unsubscribe_browser(work: Work, endpoint: str) -> None:
    """No more notifications to this browser; one that is unknown gets none already."""
    _end(work, col(PushSubscription.endpoint) == endpoint)


@requires(Permission.OWN_ACCOUNT)
def end_browser(work: Work, subscription_id: UUID) -> None:
    """The same, from another device: one that was lost, for instance."""
    if not _end(work, col(PushSubscription.id) == subscription_id):
        raise NotFound


@requires(Permission.OWN_ACCOUNT)
def send_test_notification(work: Work) -> int:
    """A notification to one's own browsers; how many there are."""
    [me, *_more] = recipients(work, introduce(work)) or [None]
    if me is None or not me.browsers:
        raise NoBrowser
    occasion = Occasion(
        "notification_test",
        about=(),
        happened_at=work.now,
        key=str(work.id),
        why="send_test_notification",
        facts={"what": str(_("Notifications arrive on this device.")), "path": paths.OWN},
    )
    post(work, occasion, [me.contact_id])
    return me.browsers


def _me(work: Work) -> PersonId:
    if work.actor.person_id is None:
        raise NotFound
    return work.actor.person_id


def _end(work: Work, which: object) -> bool:
    ended = update(PushSubscription).where(
        which,  # type: ignore[arg-type]
        col(PushSubscription.person_id) == _me(work),
        col(PushSubscription.ended_at).is_(None),
    )
    return work.session.connection().execute(ended.values(ended_at=work.now)).rowcount > 0


def _end_oldest(work: Work) -> None:
    newest = (
        select(col(PushSubscription.id))
        .where(
            col(PushSubscription.person_id) == _me(work), col(PushSubscription.ended_at).is_(None)
        )
        .order_by(col(PushSubscription.created_at).desc(), col(PushSubscription.id).desc())
        .limit(MOST)
    )
    _end(work, col(PushSubscription.id).not_in(newest))
