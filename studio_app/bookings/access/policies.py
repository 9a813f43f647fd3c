"""Policies and their versions, and which version counts for what."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Uuid, bindparam, text
from sqlalchemy import select as columns
from sqlmodel import col, select

from studio_app.attendance.access import among, ask
from studio_app.bookings.models.policies import Policy, PolicyUse, PolicyVersion
from studio_app.bookings.rules.policies import document
from studio_app.bookings.rules.policies.reading import policy_of
from studio_app.kit.errors import NotFound
from studio_app.kit.ids import EnrolmentId, LessonTypeId, PolicyId, PolicyVersionId, SeatId
from studio_app.kit.work import Work
from studio_app.scheduling.access.setup import row
from studio_app.scheduling.models.series import Enrolment, Series
from studio_app.scheduling.models.setup import LessonType


@dataclass(frozen=True, slots=True)
class Versions:
    """Which version is in force when, for each kind of lesson."""

    uses: Sequence[PolicyUse]
    published: Sequence[tuple[PolicyVersionId, PolicyId, datetime]]
    """The earliest first"""

    def in_force(self, lesson_type_id: LessonTypeId | None, at: datetime) -> PolicyVersionId | None:
        """The latest version that was published by then of the policy that counted then: that
        of the kind of lesson, else the studio's."""
        policy_id = self.policy_for(lesson_type_id, at)
        found = [one for one, whose, since in self.published if whose == policy_id and since <= at]
        return found[-1] if found else None

    def policy_for(self, lesson_type_id: LessonTypeId | None, at: datetime) -> PolicyId | None:
        own = self._said(lesson_type_id, at) if lesson_type_id else None
        return own or self._said(None, at)

    def _said(self, lesson_type_id: LessonTypeId | None, at: datetime) -> PolicyId | None:
        said = [u for u in self.uses if u.lesson_type_id == lesson_type_id and u.since <= at]
        return said[-1].policy_id if said else None


def versions(work: Work) -> Versions:
    """Two statements, however many policies there are."""
    uses = select(PolicyUse).order_by(col(PolicyUse.since), col(PolicyUse.id))
    published = select(
        PolicyVersion.id, PolicyVersion.policy_id, PolicyVersion.published_at
    ).order_by(col(PolicyVersion.nth))
    found = [
        (PolicyVersionId(one), PolicyId(whose), since)
        for one, whose, since in work.session.exec(published)
    ]
    return Versions(list(work.session.exec(uses)), found)


def documents(
    work: Work, version_ids: Collection[PolicyVersionId]
) -> Mapping[PolicyVersionId, document.Policy]:
    """What these versions say."""
    if not version_ids:
        return {}
    query = columns(col(PolicyVersion.id), col(PolicyVersion.document))
    query = query.where(among(col(PolicyVersion.id), version_ids))
    return {version_id: policy_of(data) for version_id, data in ask(work, query)}


def policy(work: Work, policy_id: PolicyId, *, lock: bool = False) -> Policy:
    query = select(Policy).where(Policy.id == policy_id)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    found = work.session.exec(query).one_or_none()
    if found is None:
        raise NotFound
    return found


def latest(work: Work, policy_id: PolicyId) -> PolicyVersion | None:
    query = select(PolicyVersion).where(PolicyVersion.policy_id == policy_id)
    return work.session.exec(query.order_by(col(PolicyVersion.nth).desc()).limit(1)).first()


def version(work: Work, version_id: PolicyVersionId) -> PolicyVersion:
    found = work.session.get(PolicyVersion, version_id)
    if found is None:
        raise NotFound
    return found


def require_kind(work: Work, lesson_type_id: LessonTypeId | None) -> None:
    """NotFound for a kind of lesson that is not the studio's."""
    if lesson_type_id is not None:
        row(work, LessonType, lesson_type_id)


def kinds_of(
    work: Work, enrolment_ids: Collection[EnrolmentId]
) -> list[tuple[EnrolmentId, LessonTypeId]]:
    """Of each enrolment the kind of its lessons."""
    query = (
        select(Enrolment.id, Series.lesson_type_id)
        .join(Series, col(Series.id) == Enrolment.series_id)
        .where(col(Enrolment.id).in_(enrolment_ids))
    )
    return [(EnrolmentId(one), LessonTypeId(kind)) for one, kind in work.session.exec(query)]


@dataclass(frozen=True, slots=True)
class Standing:
    """Of an enrolment, with those it continues: since when, and what was agreed to last."""

    since: datetime
    version_id: PolicyVersionId | None


_ENROLLED = text("""
    with recursive chain as (
      select e.id as asked, e.id, e.follows_id, e.created_at from enrolment e where e.id = any(:ids)
      union all
      select c.asked, e.id, e.follows_id, e.created_at
      from chain c join enrolment e on e.id = c.follows_id)
    select c.asked, min(c.created_at) as since,
      (array_agg(a.version_id order by a.agreed_at desc) filter (where a.id is not null))[1]
        as version_id
    from chain c left join policy_agreed a on a.enrolment_id = c.id group by c.asked
""").bindparams(bindparam("ids", type_=ARRAY(Uuid)))
_SEATED = text("""
    select distinct on (a.seat_id) a.seat_id, a.version_id from policy_agreed a
    where a.seat_id = any(:ids) order by a.seat_id, a.agreed_at desc
""").bindparams(bindparam("ids", type_=ARRAY(Uuid)))


def standing_of(work: Work, ids: Collection[EnrolmentId]) -> dict[UUID, Standing]:
    """An enrolment that a split of its series made goes on as it was agreed before."""
    found = ask_text(work, _ENROLLED, list(ids))
    return {row.asked: Standing(row.since, row.version_id) for row in found}


def agreed_for(work: Work, ids: Collection[SeatId]) -> dict[UUID, PolicyVersionId]:
    return {row.seat_id: row.version_id for row in ask_text(work, _SEATED, list(ids))}


def ask_text(work: Work, query: Any, ids: Sequence[UUID]) -> Sequence[Any]:
    return work.session.connection().execute(query, {"ids": ids}).all() if ids else []
