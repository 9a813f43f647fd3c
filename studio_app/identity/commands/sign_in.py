"""Signing in and out. Nobody learns here whether an address has an account."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import text, update
from sqlmodel import col, select

from studio_app.identity import rules
from studio_app.identity.events import SignInLinkAsked
from studio_app.identity.models import BrowserSession, Membership, SignInLink
from studio_app.identity.secrets import LINK, hash_of, new_token, password_matches, token_about
from studio_app.identity.sessions import LASTS
from studio_app.kit.access import Actor, Permission
from studio_app.kit.errors import NotFound, Refused
from studio_app.kit.ids import PersonId, StudioId, new_id
from studio_app.kit.words import _
from studio_app.kit.work import Work, become, public, requires

WINDOW = timedelta(minutes=15)


class WrongCredentials(Refused):
    message = _("That e-mail and password do not go together. You can ask for a sign-in link.")


class TooManyTries(Refused):
    message = _("That was tried too often. Please wait a quarter of an hour.")


class LinkExpired(Refused):
    message = _("This link has expired. We can send you a new one.")


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a browser gets: its cookie's value, and where to go."""

    token: str
    path: str


_COUNT = text(
    "insert into throttle (bucket, tries, since) values (:bucket, 1, :now) "
    "on conflict (bucket) do update set "
    "tries = case when throttle.since < :horizon then 1 else throttle.tries + 1 end, "
    "since = case when throttle.since < :horizon then excluded.since else throttle.since end "
    "returning tries"
)


@public
def count_try(work: Work, kind: str, subject: str, *, limit: int = 10) -> bool:
    """Count one try in the running quarter of an hour; False once `limit` is passed.

    Run on its own before what it guards: a refusal there must not undo the counting.
    """
    given = {"bucket": hash_of(f"{kind} {subject.strip().lower()}"), "now": work.now}
    tries = work.session.connection().execute(_COUNT, {**given, "horizon": work.now - WINDOW})
    return tries.scalar_one() <= limit


@public
def sign_in(work: Work, email: str, password: str, *, device: str = "") -> Ticket:
    """A session for whoever knows the password; WrongCredentials otherwise."""
    row = _one(work, "select * from identity_credentials(:email)", email=email.strip())
    if not password_matches(row.password_hash if row else None, password) or row is None:
        raise WrongCredentials
    return Ticket(open_session(work, PersonId(row.id), None, device=device), "/")


@public
def ask_for_link(work: Work, email: str, *, path: str = "/") -> None:
    """Send a sign-in link, if the address has an account. The answer is the same if not."""
    row = _one(work, "select * from identity_credentials(:email)", email=email.strip())
    studio_id = _newest_studio(work, PersonId(row.id)) if row else None
    if row is None or studio_id is None:
        return
    here = become(work, Actor.system(studio_id))
    link = new_link(here, PersonId(row.id), studio_id, path=path)
    here.emit(SignInLinkAsked(link.id))


@public
def ask_for_new_link(work: Work, token: str) -> None:
    """An expired link asks for its successor: same person, same place."""
    old = _one(work, "select * from identity_link(:hash)", hash=hash_of(token))
    if old is None or old.studio_id is None:
        raise NotFound
    here = become(work, Actor.system(StudioId(old.studio_id)))
    link = new_link(here, PersonId(old.person_id), StudioId(old.studio_id), path=old.path)
    here.emit(SignInLinkAsked(link.id))


@public
def use_link(work: Work, token: str, *, device: str = "") -> Ticket:
    """Sign in with a link from a letter: once, and before it expires.

    Only a person's tap comes here. Opening the page does nothing, because mail scanners
    open every link.
    """
    row = _one(work, "select * from identity_link(:hash)", hash=hash_of(token))
    if row is None:
        raise NotFound
    if row.used_at is not None or row.expires_at <= work.now:
        raise LinkExpired
    studio_id = StudioId(row.studio_id) if row.studio_id else None
    cookie = open_session(work, PersonId(row.person_id), studio_id, device=device)
    own = become(work, Actor(PersonId(row.person_id), studio_id, frozenset(), frozenset()))
    used = update(SignInLink).where(col(SignInLink.id) == row.id, col(SignInLink.used_at).is_(None))
    if _run(own, used.values(used_at=work.now)).rowcount != 1:
        raise LinkExpired
    return Ticket(cookie, rules.safe_path(row.path))


@requires(Permission.OWN_ACCOUNT)
def sign_out(work: Work, session_id: UUID) -> None:
    """End one of one's own sessions; it stops working on the next event."""
    ended = (
        update(BrowserSession)
        .where(col(BrowserSession.id) == session_id, col(BrowserSession.ended_at).is_(None))
        .where(col(BrowserSession.person_id) == work.actor.person_id)
    )
    if _run(work, ended.values(ended_at=work.now)).rowcount != 1:
        raise NotFound


@requires(Permission.OWN_ACCOUNT)
def switch_studio(work: Work, session_id: UUID, studio_id: StudioId) -> None:
    """Go on in another studio one belongs to. The cookie stays, its studio changes."""
    member = select(Membership.id).where(
        Membership.person_id == work.actor.person_id,
        Membership.studio_id == studio_id,
        col(Membership.ended_at).is_(None),
    )
    if work.session.exec(member).first() is None:
        raise NotFound
    here = update(BrowserSession).where(col(BrowserSession.id) == session_id)
    mine = here.where(col(BrowserSession.person_id) == work.actor.person_id)
    if _run(work, mine.values(studio_id=studio_id)).rowcount != 1:
        raise NotFound


@requires(Permission.OWN_ACCOUNT)
def note_seen(work: Work, session_id: UUID) -> None:
    """Remember that a session was used, and let its thirty days begin anew."""
    mine = update(BrowserSession).where(
        col(BrowserSession.id) == session_id,
        col(BrowserSession.person_id) == work.actor.person_id,
    )
    _run(work, mine.values(seen_at=work.now, expires_at=work.now + LASTS))


def open_session(
    work: Work, person_id: PersonId, studio_id: StudioId | None, *, device: str
) -> str:
    """A new session of somebody who has just proved who they are; the cookie's value."""
    token = new_token()
    studio_id = studio_id or _newest_studio(work, person_id)
    own = become(work, Actor(person_id, studio_id, frozenset(), frozenset()))
    own.session.add(
        BrowserSession(
            token_hash=hash_of(token),
            person_id=person_id,
            studio_id=studio_id,
            device=rules.short_device(device),
            created_at=work.now,
            proved_at=work.now,
            seen_at=work.now,
            expires_at=work.now + LASTS,
        )
    )
    own.session.flush()
    return token


def new_link(work: Work, person_id: PersonId, studio_id: StudioId, *, path: str) -> SignInLink:
    """A link for a letter to somebody of this studio."""
    link_id = new_id()
    link = SignInLink(
        id=link_id,
        token_hash=hash_of(token_about(LINK, link_id)),
        person_id=person_id,
        studio_id=studio_id,
        path=rules.safe_path(path),
        created_at=work.now,
        expires_at=work.now + rules.LINK_LASTS,
    )
    work.session.add(link)
    work.session.flush()
    return link


def _newest_studio(work: Work, person_id: PersonId) -> StudioId | None:
    row = _one(work, "select id from identity_studios_of(:who) limit 1", who=person_id)
    return StudioId(row.id) if row else None


def _one(work: Work, query: str, **given: Any) -> Any:
    return work.session.connection().execute(text(query), given).first()


def _run(work: Work, statement: Any) -> Any:
    return work.session.connection().execute(statement)
