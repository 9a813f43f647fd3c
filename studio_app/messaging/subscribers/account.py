"""Letters that somebody asked for, or that invite somebody."""

from sqlalchemy import text

from studio_app.identity.events import InvitationSent, SignInLinkAsked
from studio_app.identity.models import Invitation
from studio_app.kit.ids import PersonId
from studio_app.kit.work import Work
from studio_app.messaging.access import contacts
from studio_app.messaging.access.causes import cause_of
from studio_app.messaging.access.recipients import stranger
from studio_app.messaging.commands.posting import Occasion, post, post_to_stranger


def post_sign_in_link(work: Work, event: SignInLinkAsked) -> None:
    query = text("select person_id from identity_link_by_id(:id)")
    person_id = work.session.connection().execute(query, {"id": event.link_id}).scalar()
    if person_id is None:
        return
    occasion = Occasion(
        "sign_in_link",
        about=(event.link_id,),
        happened_at=cause_of(work).at,
        key=str(event.link_id),
        why="SignInLinkAsked",
    )
    post(work, occasion, contacts.of_people(work, [PersonId(person_id)]))


def post_invitation(work: Work, event: InvitationSent) -> None:
    invitation = work.session.get(Invitation, event.invitation_id)
    if invitation is None:
        return
    occasion = Occasion(
        "invitation",
        about=(invitation.id,),
        happened_at=cause_of(work).at,
        key=str(invitation.id),
        why="InvitationSent",
    )
    post_to_stranger(work, occasion, stranger(invitation.name, invitation.email))
