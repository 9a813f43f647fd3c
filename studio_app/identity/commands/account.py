"""What everybody may change about their own account."""

from zoneinfo import ZoneInfo, available_timezones

from sqlalchemy import text, update
from sqlmodel import col

from studio_app.identity import rules
from studio_app.identity.models import BrowserSession, Person, Studio
from studio_app.identity.secrets import hash_password, password_matches
from studio_app.kit.access import Permission
from studio_app.kit.errors import Refused
from studio_app.kit.settings import settings
from studio_app.kit.words import _
from studio_app.kit.work import Work, requires


class WrongPassword(Refused):
    message = _("The present password is not right.")


@requires(Permission.OWN_ACCOUNT)
def change_password(work: Work, present: str, new: str) -> None:
    """Set a new password and end every other session; the present one is asked for if set."""
    me = (
        work.session.connection()
        .execute(
            text(
                "select p.email, c.password_hash from person p, identity_credentials(p.email) c "
                "where p.id = :id"
            ),
            {"id": work.actor.person_id},
        )
        .one()
    )
    if me.password_hash and not password_matches(me.password_hash, present):
        raise WrongPassword
    problem = rules.password_problem(new, email=me.email)
    if problem:
        raise Refused(problem)
    changed = update(Person).where(col(Person.id) == work.actor.person_id)
    work.session.connection().execute(changed.values(password_hash=hash_password(new)))
    others = update(BrowserSession).where(
        col(BrowserSession.person_id) == work.actor.person_id,
        col(BrowserSession.ended_at).is_(None),
    )
    work.session.connection().execute(others.values(ended_at=work.now))


@requires(Permission.OWN_ACCOUNT)
def change_profile(work: Work, name: str, locale: str) -> None:
    """One's own name and the language one reads; the studio's language if empty."""
    if not name.strip():
        raise Refused(_("Please fill in your name."))
    if locale and locale not in settings().languages:
        raise Refused(_("Please choose a language from the list."))
    changed = update(Person).where(col(Person.id) == work.actor.person_id)
    values = {"name": name.strip(), "locale": locale or None}
    work.session.connection().execute(changed.values(values))


@requires(Permission.OWN_ACCOUNT)
def confirm_address(work: Work) -> None:
    """Whoever signed in by a link from a letter has shown that the address is theirs."""
    mine = update(Person).where(
        col(Person.id) == work.actor.person_id, col(Person.email_verified_at).is_(None)
    )
    work.session.connection().execute(mine.values(email_verified_at=work.now))


@requires(Permission.STUDIO_CONFIGURE)
def configure_studio(work: Work, name: str, locale: str, region: str) -> None:
    """The studio's name, language and region for bank holidays."""
    if not name.strip() or locale not in settings().languages:
        raise Refused(_("Please fill in the name of the studio and choose its language."))
    here = update(Studio).where(col(Studio.id) == work.studio_id)
    values = {"name": name.strip(), "locale": locale, "region": region.strip()}
    work.session.connection().execute(here.values(values))


class NoSuchZone(Refused):
    message = _("Please choose the studio's timezone from the list.")


def zone_named(name: str) -> ZoneInfo:
    """Raises NoSuchZone."""
    if name not in available_timezones():
        raise NoSuchZone
    return ZoneInfo(name)


def show_time_of(work: Work, zone: ZoneInfo) -> None:
    """Another zone on the studio's wall; what stands on that wall is its callers' to see to."""
    here = update(Studio).where(col(Studio.id) == work.studio_id)
    work.session.connection().execute(here.values(timezone=zone.key))
    work.session.expire_all()
