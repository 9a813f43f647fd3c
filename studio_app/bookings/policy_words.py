"""A policy as people read it, and the print of those words that an agreement keeps."""

from collections.abc import Mapping
from hashlib import sha256

from sqlalchemy import String, cast
from sqlmodel import col, select

from studio_app.bookings.rules.policies.document import Policy
from studio_app.bookings.rules.policies.phrases import Voice, rule_words
from studio_app.bookings.rules.policies.wording import say
from studio_app.identity.access import studio
from studio_app.kit.work import Work
from studio_app.scheduling.models.setup import LessonType


def voice_of(work: Work, locale: str | None = None) -> Voice:
    """In the reader's language, unless another is said."""
    names = dict(work.session.exec(select(cast(col(LessonType.id), String), LessonType.name)).all())
    return Voice(locale or work.actor.locale, studio(work).currency, names)


def sentences(policy: Policy, voice: Voice) -> list[str]:
    """One for each rule, in their order."""
    return [say(rule_words(policy, rule, voice), voice.locale) for rule in policy.rules]


def wording_hash(policy: Policy, voice: Voice) -> str:
    """SHA-256 of the sentences as they stand on the page, one a line."""
    return sha256("\n".join(sentences(policy, voice)).encode()).hexdigest()


def by_id(policy: Policy, voice: Voice) -> Mapping[str, str]:
    pairs = zip(policy.rules, sentences(policy, voice), strict=True)
    return {rule.id: said for rule, said in pairs}
