"""Links to sign in, and invitations: asked for by somebody, and each with an address of its own."""

from uuid import UUID

from sqlalchemy import text

from studio_app.identity.models import Invitation
from studio_app.identity.secrets import INVITATION, LINK, token_about
from studio_app.kit.access import Role
from studio_app.kit.settings import settings
from studio_app.kit.words import _
from studio_app.messaging import paths
from studio_app.messaging.subjects.told import Answer, Telling, Told


def tell_link(telling: Telling) -> Answer:
    [link_id] = telling.message.about_ids
    row = (
        telling.work.session.connection()
        .execute(text("select path from identity_link_by_id(:id)"), {"id": link_id})
        .first()
    )
    if row is None:
        return _("The link is not there any more.")
    address = link_address(link_id)
    return Told({"role": ""}, row.path, link=address)


def tell_invitation(telling: Telling) -> Answer:
    [invitation_id] = telling.message.about_ids
    invitation = telling.work.session.get(Invitation, invitation_id)
    if invitation is None:
        return _("The invitation was withdrawn.")
    if invitation.accepted_at:
        return _("The invitation is accepted already.")
    if invitation.expires_at <= telling.work.now:
        return _("The invitation has expired.")
    token = token_about(INVITATION, invitation_id)
    address = f"{settings().studio_origin}{paths.INVITATION}?token={token}"
    words = {"role": telling.say(Role(invitation.role).label)}
    return Told(words, paths.INVITATION, link=address)


def link_address(link_id: UUID) -> str:
    """The address of a sign-in link; opening it does nothing, a tap there signs in."""
    return f"{settings().studio_origin}{paths.LINK}?token={token_about(LINK, link_id)}"
