"""Which people the actor may see."""

from uuid import UUID

from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from studio_app.kit.access import Permission
from studio_app.kit.work import Work
from studio_app.people.models import Family, Guardian, Payer


def visible_families(work: Work) -> SelectOfScalar[UUID]:
    """Ids of the accounts the actor may see: the office all of them, a payer their own."""
    if work.actor.may(Permission.BILLING_VIEW):
        return select(Family.id)
    return (
        select(Payer.family_id)
        .join(Guardian, col(Guardian.id) == Payer.guardian_id)
        .where(Guardian.person_id == work.actor.person_id)
    )
