"""The policies of a studio, as their pages show them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import col, select

from studio_app.bookings.access import policies as access
from studio_app.bookings.models.policies import Policy as PolicyTable
from studio_app.bookings.models.policies import PolicyVersion
from studio_app.bookings.policy_words import sentences, voice_of
from studio_app.bookings.rules.policies.checking import Unusable, faults_of
from studio_app.bookings.rules.policies.presets import PRESETS
from studio_app.bookings.rules.policies.reading import (
    as_data,
    as_text,
    policy_of,
    read_text,
    schema,
    shaped,
)
from studio_app.identity.access import studio_zone
from studio_app.identity.models import Person
from studio_app.kit.access import Permission
from studio_app.kit.formats import say_when
from studio_app.kit.ids import LessonTypeId, PolicyId, PolicyVersionId
from studio_app.kit.work import Work, requires
from studio_app.scheduling.models.setup import LessonType


@dataclass(frozen=True, slots=True)
class PolicyRow:
    """`version` 0: not published yet. `used_for` names kinds of lessons; `is_studios`: it counts
    for all that have none of their own."""

    id: PolicyId
    name: str
    version: int
    published: str
    has_draft: bool
    is_studios: bool
    used_for: tuple[str, ...]
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class VersionRow:
    id: PolicyVersionId
    nth: int
    published: str
    by: str
    note: str


@dataclass(frozen=True, slots=True)
class PolicyCard:
    """`document` is the draft, where there is one, else what is published, as JSON."""

    id: PolicyId
    name: str
    version: int
    is_draft: bool
    document: dict[str, Any]
    added: tuple[str, ...]
    """What the draft says and the version before did not, in sentences"""
    removed: tuple[str, ...]
    versions: tuple[VersionRow, ...]


@dataclass(frozen=True, slots=True)
class ReadOut:
    """A document as its owner reads it: a sentence for each rule, faults beside their parts,
    and its JSON."""

    sentences: tuple[str, ...]
    faults: Mapping[str, str]
    document: dict[str, Any]
    text: str


@dataclass(frozen=True, slots=True)
class PolicyPreset:
    key: str
    name: str
    about: str


@dataclass(frozen=True, slots=True)
class PolicyVersionCard:
    id: PolicyVersionId
    policy_id: PolicyId
    name: str
    nth: int
    published_at: datetime
    document: dict[str, Any]
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UsedFor:
    """Which policy counts for a kind of lesson; without one of its own, the studio's."""

    lesson_type_id: LessonTypeId | None
    name: str
    policy_id: PolicyId | None
    own: bool


@requires(Permission.SCHEDULE_CONFIGURE)
def policies(work: Work) -> list[PolicyRow]:
    """By name; five statements however many."""
    found = work.session.exec(
        select(PolicyTable)
        .where(col(PolicyTable.archived_at).is_(None))
        .order_by(col(PolicyTable.name), col(PolicyTable.id))
    ).all()
    latest = _latest(work)
    voice, zone = voice_of(work), studio_zone(work)
    uses, rows = {one.lesson_type_id: one for one in policy_uses(work)}, list[PolicyRow]()
    for one in found:
        version = latest.get(one.id)
        data = one.draft if version is None else version.document
        own = tuple(
            use.name for use in uses.values() if use.name and use.own and use.policy_id == one.id
        )
        rows.append(
            PolicyRow(
                one.id,
                one.name,
                version.nth if version else 0,
                say_when(version.published_at, zone, work.actor.locale) if version else "",
                one.draft is not None,
                uses[None].policy_id == one.id,
                own,
                tuple(sentences(shaped(data), voice)),
            )
        )
    return rows


@requires(Permission.SCHEDULE_CONFIGURE)
def policy_card(work: Work, policy_id: PolicyId) -> PolicyCard:
    """One policy with its versions, the newest first."""
    found, latest = access.policy(work, policy_id), access.latest(work, policy_id)
    published = latest.document if latest else {}
    document = found.draft if found.draft is not None else published
    voice = voice_of(work)
    now = sentences(shaped(document), voice)
    before = sentences(shaped(published), voice) if published else []
    return PolicyCard(
        found.id,
        found.name,
        latest.nth if latest else 0,
        found.draft is not None,
        document,
        tuple(one for one in now if one not in before),
        tuple(one for one in before if one not in now),
        tuple(_versions(work, policy_id)),
    )


@requires(Permission.SCHEDULE_CONFIGURE)
def policy_version(work: Work, version_id: PolicyVersionId) -> PolicyVersionCard:
    """What a version says: it is kept for as long as the studio."""
    found = access.version(work, version_id)
    policy = policy_of(found.document)
    return PolicyVersionCard(
        found.id,
        found.policy_id,
        access.policy(work, found.policy_id).name,
        found.nth,
        found.published_at,
        found.document,
        tuple(sentences(policy, voice_of(work))),
    )


@requires(Permission.SCHEDULE_CONFIGURE)
def policy_uses(work: Work) -> list[UsedFor]:
    """The studio's first, then each kind of lesson by name."""
    known = access.versions(work)
    studios = known.policy_for(None, work.now)
    kinds = work.session.exec(
        select(LessonType.id, LessonType.name)
        .where(col(LessonType.archived_at).is_(None))
        .order_by(col(LessonType.name))
    ).all()
    own = {use.lesson_type_id: use.policy_id for use in known.uses if use.since <= work.now}
    return [
        UsedFor(None, "", studios, own=True),
        *(
            UsedFor(kind_id, name, own.get(kind_id) or studios, own=bool(own.get(kind_id)))
            for kind_id, name in ((LessonTypeId(one), name) for one, name in kinds)
        ),
    ]


@requires(Permission.SCHEDULE_CONFIGURE)
def read_out(work: Work, document: dict[str, Any]) -> ReadOut:
    """A document that is being written. Raises `Unusable` where it has not even the shape."""
    policy = shaped(document)
    faults = {where: str(words) for where, words in faults_of(policy).items()}
    said = tuple(sentences(policy, voice_of(work)))
    return ReadOut(said, faults, as_data(policy), as_text(policy))


@requires(Permission.SCHEDULE_CONFIGURE)
def shape_faults(_work: Work, document: dict[str, Any]) -> dict[str, str]:
    """What of a document is not as the schema says, part by part; empty where all of it is."""
    try:
        shaped(document)
    except Unusable as refused:
        return {where: str(words) for where, words in refused.faults.items()}
    return {}


@requires(Permission.SCHEDULE_CONFIGURE)
def read_pasted(work: Work, written: str) -> dict[str, Any]:
    """JSON that somebody pasted, if it can be meant. Raises `Unusable`, each part a sentence."""
    return as_data(read_text(written))


@requires(Permission.SCHEDULE_CONFIGURE)
def policy_presets(work: Work) -> list[PolicyPreset]:
    """The ready-made ones, in the reader's language."""
    locale = work.actor.locale
    return [
        PolicyPreset(one.key, one.name.say(locale), one.about.say(locale))
        for one in PRESETS.values()
    ]


@requires(Permission.OWN_ACCOUNT)
def policy_schema(_work: Work) -> dict[str, Any]:
    """JSON Schema 2020-12 of a policy's document."""
    return schema()


def _latest(work: Work) -> dict[PolicyId, PolicyVersion]:
    query = select(PolicyVersion).distinct(col(PolicyVersion.policy_id))
    query = query.order_by(col(PolicyVersion.policy_id), col(PolicyVersion.nth).desc())
    return {one.policy_id: one for one in work.session.exec(query)}


def _versions(work: Work, policy_id: PolicyId) -> list[VersionRow]:
    query = (
        select(PolicyVersion, Person.name)
        .join(Person, col(Person.id) == PolicyVersion.published_by, isouter=True)
        .where(PolicyVersion.policy_id == policy_id)
        .order_by(col(PolicyVersion.nth).desc())
    )
    zone, locale = studio_zone(work), work.actor.locale
    return [
        VersionRow(one.id, one.nth, say_when(one.published_at, zone, locale), name or "", one.note)
        for one, name in work.session.exec(query)
    ]
