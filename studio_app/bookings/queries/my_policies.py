"""The policies as families read them, before they agree to anything."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlmodel import col, select

from studio_app.bookings.access import policies as access
from studio_app.bookings.models.policies import PolicyVersion
from studio_app.bookings.policy_words import sentences, voice_of
from studio_app.bookings.rules.policies.reading import policy_of
from studio_app.identity.access import studio_zone
from studio_app.kit.access import Permission
from studio_app.kit.clock import local_date
from studio_app.kit.formats import say_date
from studio_app.kit.ids import LessonTypeId, PolicyVersionId
from studio_app.kit.work import Work, requires
from studio_app.scheduling.models.setup import LessonType


@dataclass(frozen=True, slots=True)
class PolicyInForce:
    """`lessons` names the kinds it is for; empty: all that are not named elsewhere."""

    version_id: PolicyVersionId
    lessons: tuple[str, ...]
    is_studios: bool
    since: str
    """The day on which this version was published"""
    sentences: tuple[str, ...]


@requires(Permission.LESSON_VIEW)
def policies_in_force(work: Work) -> list[PolicyInForce]:
    """What counts for what is booked today: the studio's first, then kinds with their own."""
    known = access.versions(work)
    kinds = work.session.exec(
        select(LessonType.id, LessonType.name)
        .where(col(LessonType.archived_at).is_(None))
        .order_by(col(LessonType.name))
    ).all()
    studios = known.in_force(None, work.now)
    named: dict[PolicyVersionId, list[str]] = {studios: []} if studios else {}
    for kind_id, name in kinds:
        version_id = known.in_force(LessonTypeId(kind_id), work.now)
        if version_id is not None and version_id != studios:
            named.setdefault(version_id, []).append(name)
    return [_in_force(work, one, named[one.id], studios) for one in _rows(work, named)]


def _rows(work: Work, version_ids: Iterable[PolicyVersionId]) -> list[PolicyVersion]:
    wanted = list(version_ids)
    query = select(PolicyVersion).where(col(PolicyVersion.id).in_(wanted))
    found = {one.id: one for one in work.session.exec(query)} if wanted else {}
    return [found[one] for one in wanted]


def _in_force(
    work: Work, one: PolicyVersion, lessons: list[str], studios: PolicyVersionId | None
) -> PolicyInForce:
    since = local_date(one.published_at, studio_zone(work))
    said = sentences(policy_of(one.document), voice_of(work))
    return PolicyInForce(
        one.id,
        tuple(lessons),
        one.id == studios,
        say_date(since, work.actor.locale),
        tuple(said),
    )
