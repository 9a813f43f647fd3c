"""Links that sign in to the demonstration with one tap, made anew whenever they are asked for."""

from sqlmodel import col, select

from studio_app.identity.access import studio
from studio_app.identity.commands.sign_in import new_link
from studio_app.identity.models import Membership, Person
from studio_app.identity.secrets import LINK, token_about
from studio_app.identity.sessions import every_studio
from studio_app.kit.access import Actor, Permission, Role
from studio_app.kit.database import engine
from studio_app.kit.errors import NotFound
from studio_app.kit.ids import PersonId
from studio_app.kit.settings import settings
from studio_app.kit.work import Work, requires, run

WHO = (Role.OWNER, Role.TEACHER, Role.GUARDIAN)
CALLED = {Role.GUARDIAN: "parent"}


def sign_in_links() -> dict[str, str]:
    """Addresses for the owner, a teacher and a parent of the first demonstration studio."""
    for studio_id in every_studio(engine()):
        try:
            tokens = run(engine(), Actor.system(studio_id), demonstration_links)
        except NotFound:
            continue
        origin = settings().studio_origin
        return {
            CALLED.get(role, role.value): f"{origin}/link?token={token}"
            for role, token in tokens.items()
        }
    return {}


@requires(Permission.JOBS_RUN)
def demonstration_links(work: Work) -> dict[Role, str]:
    """Tokens for who came first in each role; NotFound in a studio that is not a demonstration."""
    here = studio(work)
    if not here.is_demo:
        raise NotFound
    return {role: _token(work, role) for role in WHO}


def _token(work: Work, role: Role) -> str:
    query = (
        select(col(Person.id))
        .join(Membership, col(Membership.person_id) == col(Person.id))
        .where(Membership.studio_id == work.studio_id, Membership.role == role)
        .where(col(Membership.ended_at).is_(None))
        .order_by(col(Membership.created_at), col(Membership.id))
    )
    person_id = work.session.exec(query).first()
    if person_id is None:
        raise NotFound
    link = new_link(work, PersonId(person_id), work.studio_id, path="/")
    return token_about(LINK, link.id)
