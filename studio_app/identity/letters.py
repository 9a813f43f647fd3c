"""The letters identity needs: sign-in links and invitations. Sent after the commit."""

from sqlalchemy import Engine, text
from sqlmodel import col, select

from studio_app.identity.access import studio
from studio_app.identity.events import InvitationSent, SignInLinkAsked
from studio_app.identity.models import Invitation, Person
from studio_app.identity.secrets import token_about
from studio_app.kit.access import Actor
from studio_app.kit.mail import Letter, post
from studio_app.kit.outbox import outside
from studio_app.kit.settings import settings
from studio_app.kit.words import _
from studio_app.kit.work import Work, open_work

LINK = "sign-in link"
INVITATION = "invitation"


@outside
def post_sign_in_link(engine: Engine, actor: Actor, event: SignInLinkAsked) -> None:
    with open_work(engine, actor, post_sign_in_link) as work:
        letter = sign_in_letter(work, event)
    if letter:
        post(letter)


@outside
def post_invitation(engine: Engine, actor: Actor, event: InvitationSent) -> None:
    with open_work(engine, actor, post_invitation) as work:
        letter = invitation_letter(work, event)
    if letter:
        post(letter)


def sign_in_letter(work: Work, event: SignInLinkAsked) -> Letter | None:
    token = token_about(LINK, event.link_id)
    found = work.session.connection().execute(
        text("select person_id, path from identity_link_by_id(:id)"), {"id": event.link_id}
    )
    row = found.first()
    if row is None:
        return None
    wanted = select(Person.name, Person.email, Person.locale).where(col(Person.id) == row.person_id)
    name, address, own_locale = work.session.exec(wanted).one()
    here = studio(work)
    locale = own_locale or here.locale
    body = _(
        "Hello {name},\n\nthis link signs you in to {studio}:\n\n{link}\n\n"
        "It works once, for two days. If you did not ask for it, nothing happens: "
        "just ignore this letter.\n",
        name=name,
        studio=here.name,
        link=f"{settings().studio_origin}/link?token={token}",
    )
    subject = _("Your link to {studio}", studio=here.name)
    said = (address, subject.say(locale), body.say(locale))
    return Letter(*said, key=str(event.link_id), stays=here.is_demo)


def invitation_letter(work: Work, event: InvitationSent) -> Letter | None:
    invitation = work.session.get(Invitation, event.invitation_id)
    if invitation is None or invitation.accepted_at or invitation.expires_at <= work.now:
        return None
    here = studio(work)
    token = token_about(INVITATION, event.invitation_id)
    body = _(
        "Hello {name},\n\n{studio} would like you to join them on Cadenza as {role}.\n\n{link}\n\n"
        "The link works for two weeks.\n",
        name=invitation.name or invitation.email,
        studio=here.name,
        role=invitation.role.label,
        link=f"{settings().studio_origin}/invitation?token={token}",
    )
    subject = _("{studio} invites you", studio=here.name)
    said = (invitation.email, subject.say(here.locale), body.say(here.locale))
    return Letter(*said, key=str(invitation.id), stays=here.is_demo)
