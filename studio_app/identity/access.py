"""What other contexts may ask about the current studio, and rows for identity's own commands."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import text
from sqlmodel import Session, select

from studio_app.identity.models import Studio
from studio_app.kit.errors import NotFound
from studio_app.kit.ids import PersonId, new_id
from studio_app.kit.work import Work


def studio(work: Work) -> Studio:
    found = work.session.exec(select(Studio).where(Studio.id == work.studio_id)).one_or_none()
    if found is None:
        raise NotFound
    return found


def studio_zone(work: Work) -> ZoneInfo:
    return ZoneInfo(studio(work).timezone)


def account(session: Session, email: str, name: str, now: datetime) -> PersonId:
    """The person with this address, made if there is none: nobody learns which it was."""
    query = text("select identity_account(:id, :email, :name, :at)")
    given = {"id": new_id(), "email": email.strip(), "name": name, "at": now}
    return PersonId(session.connection().execute(query, given).scalar_one())
