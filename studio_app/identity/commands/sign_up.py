"""A new studio, its owner, and everything by which the country tells us its defaults."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo, available_timezones

from sqlalchemy import text, update
from sqlmodel import col

from studio_app.identity import rules
from studio_app.identity.access import account
from studio_app.identity.commands.sign_in import Ticket, new_link, open_session
from studio_app.identity.events import SignInLinkAsked
from studio_app.identity.models import Membership, Person, Studio
from studio_app.identity.secrets import hash_password
from studio_app.kit.access import Actor, Permission, Role
from studio_app.kit.errors import Conflict, Refused
from studio_app.kit.ids import PersonId, StudioId, new_id
from studio_app.kit.settings import settings
from studio_app.kit.words import Text, _
from studio_app.kit.work import Work, become, public, requires


class AddressKnown(Conflict):
    message = _("Please sign in first: with this address we sent you a link to do so.")


@dataclass(frozen=True, slots=True)
class NewStudio:
    """What sign-up asks for. Zone and currency have the country's defaults on the form."""

    name: str
    country: str
    timezone: str
    currency: str
    locale: str = "en-GB"
    region: str = ""


@public
def sign_up(
    work: Work, owner: str, email: str, password: str, studio: NewStudio, *, device: str = ""
) -> Ticket:
    """Found a studio and sign its owner in; a letter asks them to confirm the address."""
    problem = rules.password_problem(password, email=email) or _studio_problem(owner, email, studio)
    if problem:
        raise Refused(problem)
    person_id = _new_person(work, email, owner, password)
    studio_id = found_studio(work, person_id, studio)
    here = become(work, Actor.system(studio_id))
    link = new_link(here, person_id, studio_id, path="/welcome?verified=1")
    here.emit(SignInLinkAsked(link.id))
    return Ticket(open_session(work, person_id, studio_id, device=device), "/welcome")


@requires(Permission.OWN_ACCOUNT)
def found_another_studio(work: Work, studio: NewStudio) -> StudioId:
    """A further studio of somebody who has an account."""
    person_id = work.actor.person_id
    problem = _studio_problem("-", "owner@example.org", studio)
    if problem or person_id is None:
        raise Refused(problem)
    founded = found_studio(work, person_id, studio)
    become(work, work.actor)  # back where they came from: a kept answer is written there
    return founded


@public
def found_demonstration(
    work: Work, owner: str, email: str, studio: NewStudio
) -> tuple[PersonId, StudioId]:
    """A studio to look around in. Its owner has no password and needs no letter: links sign in."""
    problem = _studio_problem(owner, email, studio)
    if problem:
        raise Refused(problem)
    person_id = _new_person(work, email, owner)
    return person_id, found_studio(work, person_id, studio, is_demo=True)


def _new_person(work: Work, email: str, name: str, password: str = "") -> PersonId:
    # A known address must prove itself by its own inbox, not by choosing a password here.
    query = text("select id from identity_credentials(:email)")
    if work.session.connection().execute(query, {"email": email.strip()}).first():
        raise AddressKnown
    person_id = account(work.session, email, name.strip(), work.now)
    own = become(work, Actor(person_id, None, frozenset(), frozenset()))
    changed = update(Person).where(col(Person.id) == person_id)
    told = (
        {"password_hash": hash_password(password)} if password else {"email_verified_at": work.now}
    )
    own.session.connection().execute(changed.values(told))
    return person_id


def found_studio(
    work: Work, person_id: PersonId, studio: NewStudio, *, is_demo: bool = False
) -> StudioId:
    """Write a studio down with its owner; part of signing up."""
    studio_id = StudioId(new_id())
    own = become(work, Actor(person_id, studio_id, frozenset(), frozenset()))
    own.session.add(
        Studio(
            id=studio_id,
            name=studio.name.strip(),
            country=studio.country,
            region=studio.region,
            timezone=studio.timezone,
            currency=studio.currency,
            locale=studio.locale,
            is_demo=is_demo,
            created_at=work.now,
        )
    )
    own.session.flush()
    own.session.add(Membership(studio_id=studio_id, person_id=person_id, role=Role.OWNER))
    own.session.flush()
    return studio_id


def _studio_problem(owner: str, email: str, studio: NewStudio) -> Text | None:
    if not owner.strip() or not studio.name.strip():
        return _("Please fill in your name and the name of the studio.")
    if not rules.is_address(email):
        return _("That does not look like an e-mail address.")
    if studio.timezone not in available_timezones() or not ZoneInfo(studio.timezone):
        return _("Please choose the studio's timezone from the list.")
    if studio.locale not in settings().languages:
        return _("Please choose a language from the list.")
    if len(studio.country) != 2 or len(studio.currency) != 3:  # noqa: PLR2004  ISO codes
        return _("Please choose the country and currency from the list.")
    return None
