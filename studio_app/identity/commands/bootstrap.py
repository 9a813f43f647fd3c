"""The first owner of an empty installation, named by STUDIO_OWNER_EMAIL."""

from sqlalchemy import text

from studio_app.identity import rules
from studio_app.identity.access import account
from studio_app.identity.commands.sign_in import new_link
from studio_app.identity.commands.sign_up import NewStudio, found_studio
from studio_app.identity.secrets import LINK, token_about
from studio_app.kit.access import Actor
from studio_app.kit.errors import Refused
from studio_app.kit.words import _
from studio_app.kit.work import Work, become, public

FIRST = NewStudio("Our studio", "GB", "Europe/London", "GBP", "en-GB", "ENG")


@public
def bootstrap_owner(work: Work, email: str) -> str | None:
    """Found the first studio for this address and answer the token of a sign-in link to it.

    None once there is any studio: after that owners are invited, or sign up. Run by the
    command line at a start; no route or page leads here.
    """
    if not rules.is_address(email):
        raise Refused(_("STUDIO_OWNER_EMAIL does not look like an e-mail address."))
    some = text("select exists (select from identity_every_studio())")
    if work.session.connection().execute(some).scalar_one():
        return None
    person_id = account(work.session, email, email.partition("@")[0], work.now)
    studio_id = found_studio(work, person_id, FIRST)
    here = become(work, Actor.system(studio_id))
    link = new_link(here, person_id, studio_id, path="/office/welcome")
    return token_about(LINK, link.id)
