"""Who belongs to the studio: invitations, their acceptance, and leaving."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import text, update
from sqlmodel import col, select

from studio_app.identity import rules
from studio_app.identity.access import account
from studio_app.identity.commands.sign_in import LinkExpired, Ticket, open_session
from studio_app.identity.events import InvitationSent
from studio_app.identity.models import GrantOverride, Invitation, Membership, Person
from studio_app.identity.secrets import INVITATION, hash_of, hash_password, token_about
from studio_app.kit.access import GRANTS, Actor, Permission, Role
from studio_app.kit.errors import Conflict, Forbidden, NotFound, Refused, constraint
from studio_app.kit.ids import GuardianId, PersonId, StudioId, TeacherId, new_id
from studio_app.kit.words import _
from studio_app.kit.work import Work, become, requires


@dataclass(frozen=True, slots=True)
class Joined:
    """Who joined, and which teacher or guardian of the studio they turn out to be."""

    work: Work
    person_id: PersonId
    teacher_id: TeacherId | None
    guardian_id: GuardianId | None
    ticket: Ticket


class LastOwner(Conflict):
    message = _("A studio needs an owner. Make somebody else an owner first.")


class OwnersOnly(Forbidden):
    message = _("Only an owner can make or unmake owners.")


class AcceptedAlready(Conflict):
    message = _("This invitation has been accepted. End the role of the member instead.")


@requires(Permission.MEMBER_MANAGE)
def invite(
    work: Work,
    email: str,
    role: Role,
    *,
    name: str = "",
    teacher_id: TeacherId | None = None,
    guardian_id: GuardianId | None = None,
) -> UUID:
    """Offer somebody a role by letter; accepting it links them to the teacher or guardian.

    Raises NotFound where these are not of this studio, OwnersOnly for an owner asked by
    somebody who is none.
    """
    _require_owner_for(work, role)
    if role is Role.SYSTEM or not rules.is_address(email):
        raise Refused(_("That does not look like an e-mail address."))
    invitation_id = new_id()
    work.session.add(
        Invitation(
            id=invitation_id,
            token_hash=hash_of(token_about(INVITATION, invitation_id)),
            email=email.strip().lower(),
            name=name.strip(),
            role=role,
            teacher_id=teacher_id,
            guardian_id=guardian_id,
            invited_by=work.actor.person_id,
            expires_at=work.now + rules.INVITATION_LASTS,
        )
    )
    theirs = {"invitation_teacher_is_ours": NotFound, "invitation_guardian_is_ours": NotFound}
    with constraint(theirs):
        work.session.flush()
    work.emit(InvitationSent(invitation_id))
    return invitation_id


@requires(Permission.MEMBER_MANAGE)
def withdraw_invitation(work: Work, invitation_id: UUID) -> None:
    """Its link stops working at once. Withdrawn or over before: nothing happens."""
    query = select(Invitation).where(Invitation.id == invitation_id).with_for_update()
    invitation = work.session.exec(query).one_or_none()
    if invitation is None:
        raise NotFound
    if invitation.accepted_at is not None:
        raise AcceptedAlready
    _require_owner_for(work, Role(invitation.role))
    invitation.expires_at = min(invitation.expires_at, work.now)


def join_by_invitation(
    work: Work, token: str, *, name: str = "", password: str = "", device: str = ""
) -> Joined:
    """Give the holder of an invitation its role, and a session. Part of accepting it.

    Holding the token proves the address. A password is optional (links sign in too) and
    is only set on an account that has none. Raises NotFound, LinkExpired, Refused.
    """
    query = text("select * from identity_invitation(:hash)")
    row = work.session.connection().execute(query, {"hash": hash_of(token)}).first()
    if row is None:
        raise NotFound
    if row.accepted_at is not None or row.expires_at <= work.now:
        raise LinkExpired
    if password and (problem := rules.password_problem(password, email=row.email)):
        raise Refused(problem)
    studio_id = StudioId(row.studio_id)
    person_id = account(work.session, row.email, name.strip() or row.name or row.email, work.now)
    _prove(work, person_id, password)
    here = become(work, Actor.system(studio_id))
    invitation = _join(here, row.id, person_id, Role(row.role))
    ticket = Ticket(open_session(here, person_id, studio_id, device=device), "/")
    again = become(here, Actor.system(studio_id))
    return Joined(again, person_id, invitation.teacher_id, invitation.guardian_id, ticket)


@requires(Permission.MEMBER_MANAGE)
def remove_member(work: Work, person_id: PersonId, role: Role) -> None:
    """End a role. It stops working on that person's next tap. Only owners end an owner's."""
    _require_owner_for(work, role)
    if role is Role.OWNER and _owners(work) == {person_id}:
        raise LastOwner
    ended = (
        update(Membership)
        .where(col(Membership.person_id) == person_id, col(Membership.role) == role)
        .where(col(Membership.studio_id) == work.studio_id, col(Membership.ended_at).is_(None))
        .values(ended_at=work.now)
        .returning(col(Membership.id))
    )
    if work.session.connection().execute(ended).first() is None:
        raise NotFound


@requires(Permission.STUDIO_CONFIGURE)
def set_grant(work: Work, role: Role, permission: Permission, *, allowed: bool) -> None:
    """Widen or narrow what a role may do in this studio; owners always keep everything."""
    if role in {Role.OWNER, Role.SYSTEM} or permission is Permission.JOBS_RUN:
        raise Refused(_("That cannot be changed."))
    query = select(GrantOverride).where(
        GrantOverride.role == role, GrantOverride.permission == permission
    )
    found = work.session.exec(query.with_for_update()).one_or_none()
    if allowed is (permission in GRANTS[role]):
        if found:
            work.session.delete(found)
        return
    override = found or GrantOverride(role=role, permission=permission, allowed=allowed)
    override.allowed = allowed
    work.session.add(override)


def _require_owner_for(work: Work, role: Role) -> None:
    if role is Role.OWNER and not work.actor.is_any(Role.OWNER, Role.SYSTEM):
        raise OwnersOnly


def _owners(work: Work) -> set[PersonId]:
    query = select(Membership.person_id).where(
        Membership.studio_id == work.studio_id,
        Membership.role == Role.OWNER,
        col(Membership.ended_at).is_(None),
    )
    return {PersonId(person_id) for person_id in work.session.exec(query)}


def _prove(work: Work, person_id: PersonId, password: str) -> None:
    own = become(work, Actor(person_id, None, frozenset(), frozenset()))
    me = update(Person).where(col(Person.id) == person_id)
    proved = me.where(col(Person.email_verified_at).is_(None)).values(email_verified_at=work.now)
    own.session.connection().execute(proved)
    if password and not _has_password(own, person_id):
        own.session.connection().execute(me.values(password_hash=hash_password(password)))


def _has_password(work: Work, person_id: PersonId) -> bool:
    query = text(
        "select password_hash is not null from identity_credentials("
        "(select email from person where id = :id))"
    )
    return bool(work.session.connection().execute(query, {"id": person_id}).scalar_one())


def _join(work: Work, invitation_id: UUID, person_id: PersonId, role: Role) -> Invitation:
    invitation = work.session.get_one(Invitation, invitation_id, with_for_update=True)
    if invitation.accepted_at is not None or invitation.expires_at <= work.now:
        raise LinkExpired
    invitation.accepted_at = work.now
    work.session.add(Membership(studio_id=work.studio_id, person_id=person_id, role=role))
    work.session.flush()
    return invitation
