"""What the owner does with policies: begin, write a draft, publish, say for which lessons."""

from typing import Any

from studio_app.bookings.access import policies as access
from studio_app.bookings.models.policies import Policy, PolicyUse, PolicyVersion
from studio_app.bookings.rules.policies.presets import PRESETS
from studio_app.bookings.rules.policies.reading import as_data, policy_of, shaped
from studio_app.identity.access import studio
from studio_app.kit.access import Permission
from studio_app.kit.errors import Conflict, NotFound, Refused
from studio_app.kit.ids import LessonTypeId, PolicyId, PolicyVersionId
from studio_app.kit.words import _
from studio_app.kit.work import Work, requires

LONGEST_NAME = 120
LONGEST_NOTE = 500


class PolicyNameMissing(Refused):
    message = _("Give it a name, in at most 120 characters.")


class NoteTooLong(Refused):
    message = _("At most 500 characters, please.")


class NothingWritten(Conflict):
    message = _("There is no draft to publish.")


class NothingChanged(Conflict):
    message = _("The draft says what is published already.")


class NotPublished(Conflict):
    message = _("This policy has not been published yet.")


class StillUsed(Conflict):
    message = _("This policy still counts for lessons. Choose another one for them first.")


@requires(Permission.SCHEDULE_CONFIGURE)
def take_policy_preset(work: Work, key: str) -> PolicyId:
    """A ready-made policy as the studio's own, in its language: a draft that counts for nobody."""
    preset = PRESETS.get(key)
    if preset is None:
        raise NotFound
    locale = studio(work).locale
    return draft_policy(work, preset.name.say(locale), as_data(preset.said(locale)))


@requires(Permission.SCHEDULE_CONFIGURE)
def draft_policy(work: Work, name: str, document: dict[str, Any]) -> PolicyId:
    """Begin a policy; `document` as in policy.schema.json."""
    made = Policy(name=_named(name), draft=as_data(shaped(document)), created_at=work.now)
    work.session.add(made)
    work.session.flush()
    return made.id


@requires(Permission.SCHEDULE_CONFIGURE)
def write_draft(work: Work, policy_id: PolicyId, document: dict[str, Any]) -> None:
    """Keep what is being written; it only has to have the right shape until it is published."""
    policy = access.policy(work, policy_id, lock=True)
    policy.draft = as_data(shaped(document))
    work.session.flush()


@requires(Permission.SCHEDULE_CONFIGURE)
def discard_draft(work: Work, policy_id: PolicyId) -> None:
    """Back to what is published."""
    policy = access.policy(work, policy_id, lock=True)
    if access.latest(work, policy_id) is None:
        raise NotPublished
    policy.draft = None
    work.session.flush()


@requires(Permission.SCHEDULE_CONFIGURE)
def rename_policy(work: Work, policy_id: PolicyId, name: str) -> None:
    access.policy(work, policy_id, lock=True).name = _named(name)
    work.session.flush()


@requires(Permission.SCHEDULE_CONFIGURE)
def publish_policy(work: Work, policy_id: PolicyId, *, note: str = "") -> PolicyVersionId:
    """The draft becomes the next version, for what is booked from now on. Raises `Unusable`
    where it cannot be meant."""
    policy = access.policy(work, policy_id, lock=True)
    if policy.draft is None:
        raise NothingWritten
    if len(note) > LONGEST_NOTE:
        raise NoteTooLong
    document = as_data(policy_of(policy.draft))
    before = access.latest(work, policy_id)
    if before is not None and before.document == document:
        raise NothingChanged
    made = PolicyVersion(
        policy_id=policy.id,
        nth=before.nth + 1 if before else 1,
        document=document,
        note=note.strip(),
        published_by=work.actor.person_id,
        published_at=work.now,
        created_at=work.now,
    )
    work.session.add(made)
    policy.draft = None
    work.session.flush()
    return made.id


@requires(Permission.SCHEDULE_CONFIGURE)
def use_policy(
    work: Work, policy_id: PolicyId | None, *, lesson_type_id: LessonTypeId | None = None
) -> None:
    """From now on it counts for this kind of lesson, or for all that have none of their own.
    None: no longer any. What is booked already keeps the one it was booked under."""
    access.require_kind(work, lesson_type_id)
    if policy_id is not None:
        access.policy(work, policy_id)
        if access.latest(work, policy_id) is None:
            raise NotPublished
    said = PolicyUse(
        policy_id=policy_id,
        lesson_type_id=lesson_type_id,
        since=work.now,
        said_by=work.actor.person_id,
        created_at=work.now,
    )
    work.session.add(said)
    work.session.flush()


@requires(Permission.SCHEDULE_CONFIGURE)
def put_policy_away(work: Work, policy_id: PolicyId) -> None:
    """It is not listed any more; what was booked under it keeps it."""
    policy = access.policy(work, policy_id, lock=True)
    uses = access.versions(work).uses
    latest = {use.lesson_type_id: use.policy_id for use in uses}
    if policy.id in latest.values():
        raise StillUsed
    policy.archived_at = work.now
    work.session.flush()


def _named(name: str) -> str:
    said = " ".join(name.split())
    if not said or len(said) > LONGEST_NAME:
        raise PolicyNameMissing
    return said
