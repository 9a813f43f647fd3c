"""What pages may show of accounts and studios."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlmodel import col, select

from studio_app.identity.access import studio
from studio_app.identity.models import ApiToken, BrowserSession, Invitation, Membership, Person
from studio_app.identity.policy import Grant, grants
from studio_app.identity.secrets import hash_of
from studio_app.kit.access import Permission, Role
from studio_app.kit.errors import NotFound
from studio_app.kit.ids import PersonId, StudioId
from studio_app.kit.work import Work, public, requires


@dataclass(frozen=True, slots=True)
class Profile:
    """Who is signed in, and where: what every page's frame shows."""

    name: str = ""
    email: str = ""
    locale: str = ""
    verified: bool = False
    roles: tuple[Role, ...] = ()
    studio_id: StudioId | None = None
    studio: str = ""
    country: str = ""
    region: str = ""
    timezone: str = ""
    currency: str = ""
    studio_locale: str = ""
    is_demo: bool = False


@dataclass(frozen=True, slots=True)
class StudioChoice:
    id: StudioId
    name: str
    roles: tuple[Role, ...]


@dataclass(frozen=True, slots=True)
class SessionRow:
    id: UUID
    device: str
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class Member:
    person_id: PersonId
    name: str
    email: str
    role: Role


@dataclass(frozen=True, slots=True)
class OpenInvitation:
    id: UUID
    email: str
    role: Role
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class LinkState:
    """What the page behind a link may say before anybody tapped: nothing about the person."""

    usable: bool
    path: str


@dataclass(frozen=True, slots=True)
class InvitationCard:
    studio: str
    email: str
    name: str
    role: Role
    usable: bool


@requires(Permission.OWN_ACCOUNT)
def my_profile(work: Work) -> Profile:
    query = select(Person.name, Person.email, Person.locale, Person.email_verified_at)
    mine = work.session.exec(query.where(col(Person.id) == work.actor.person_id)).one()
    roles = tuple(sorted(work.actor.roles))
    if work.actor.studio_id is None:
        return Profile(mine[0], mine[1], mine[2] or "", mine[3] is not None, roles)
    here = studio(work)
    return Profile(
        *(mine[0], mine[1], mine[2] or "", mine[3] is not None, roles),
        studio_id=here.id,
        studio=here.name,
        country=here.country,
        region=here.region,
        timezone=here.timezone,
        currency=here.currency,
        studio_locale=here.locale,
        is_demo=here.is_demo,
    )


@requires(Permission.OWN_ACCOUNT)
def my_studios(work: Work) -> list[StudioChoice]:
    """Every studio one belongs to, by name."""
    query = text("select * from identity_studios_of(:who)")
    rows = work.session.connection().execute(query, {"who": work.actor.person_id})
    return [StudioChoice(r.id, r.name, tuple(Role(role) for role in r.roles)) for r in rows]


@requires(Permission.OWN_ACCOUNT)
def my_sessions(work: Work) -> list[SessionRow]:
    """Where one is signed in, last used first."""
    query = (
        select(BrowserSession.id, BrowserSession.device, BrowserSession.seen_at)
        .where(BrowserSession.person_id == work.actor.person_id)
        .where(col(BrowserSession.ended_at).is_(None), BrowserSession.expires_at > work.now)
        .order_by(col(BrowserSession.seen_at).desc())
    )
    return [SessionRow(*row) for row in work.session.exec(query)]


@requires(Permission.TOKEN_MANAGE)
def my_tokens(work: Work) -> list[tuple[UUID, str, datetime]]:
    """One's personal API tokens: id, name, made when. Their values are shown only once."""
    query = (
        select(ApiToken.id, ApiToken.name, ApiToken.created_at)
        .where(ApiToken.person_id == work.actor.person_id, ApiToken.kind == "personal")
        .where(col(ApiToken.ended_at).is_(None))
        .order_by(col(ApiToken.created_at))
    )
    return [(row[0], row[1], row[2]) for row in work.session.exec(query)]


@requires(Permission.MEMBER_MANAGE)
def members(work: Work) -> list[Member]:
    query = (
        select(Person.id, Person.name, Person.email, Membership.role)
        .join(Membership, col(Membership.person_id) == Person.id)
        .where(Membership.studio_id == work.studio_id, col(Membership.ended_at).is_(None))
        .order_by(Person.name)
    )
    return [Member(PersonId(r[0]), r[1], r[2], Role(r[3])) for r in work.session.exec(query)]


@requires(Permission.MEMBER_MANAGE)
def open_invitations(work: Work) -> list[OpenInvitation]:
    query = (
        select(Invitation.id, Invitation.email, Invitation.role, Invitation.expires_at)
        .where(col(Invitation.accepted_at).is_(None), Invitation.expires_at > work.now)
        .order_by(col(Invitation.created_at))
    )
    return [OpenInvitation(r[0], r[1], Role(r[2]), r[3]) for r in work.session.exec(query)]


@requires(Permission.STUDIO_CONFIGURE)
def who_may_do_what(work: Work) -> list[Grant]:
    """The policy table of this studio, permission by permission, role by role."""
    return grants(work)


@public
def link_state(work: Work, token: str) -> LinkState:
    """Whether a sign-in link still works; asking does not use it."""
    query = text("select * from identity_link(:hash)")
    row = work.session.connection().execute(query, {"hash": hash_of(token)}).first()
    if row is None:
        raise NotFound
    return LinkState(row.used_at is None and row.expires_at > work.now, row.path)


@public
def invitation_card(work: Work, token: str) -> InvitationCard:
    """What somebody is invited to, shown to the holder of the invitation."""
    query = text("select * from identity_invitation(:hash)")
    row = work.session.connection().execute(query, {"hash": hash_of(token)}).first()
    if row is None:
        raise NotFound
    usable = row.accepted_at is None and row.expires_at > work.now
    return InvitationCard(row.studio_name, row.email, row.name, Role(row.role), usable)
