"""From a message and its recipient to words: the subject's facts in the studio's template."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from sqlmodel import select

from studio_app.identity.commands.sign_in import new_link
from studio_app.kit.settings import settings
from studio_app.kit.words import SOURCE_LOCALE, Text
from studio_app.messaging import paths
from studio_app.messaging.access.consents import own_number
from studio_app.messaging.models.settings import Template
from studio_app.messaging.rules.kinds import KINDS, Channel, Kind
from studio_app.messaging.rules.wording import Wording, filled, named
from studio_app.messaging.subjects.account import link_address
from studio_app.messaging.subjects.examples import EXAMPLES
from studio_app.messaging.subjects.table import SUBJECTS
from studio_app.messaging.subjects.told import Telling, Told

TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True, slots=True)
class Written:
    """A message in its words, as it leaves."""

    subject: str
    body: str
    short: str
    kept_body: str
    """The body for our own records: where it signs somebody in, it has the bare address"""
    kept_short: str
    link: str
    path: str
    version: int
    told: Told


def write(telling: Telling) -> Written | Text:
    """The words of a message now, or why there is nothing to say any more."""
    kind = KINDS[telling.message.kind]
    tells = SUBJECTS[kind.about]
    told = (EXAMPLES.get(kind.about, tells) if telling.rehearsed else tells)(telling)
    if isinstance(told, Text):
        return told
    wording, version = wording_of(telling, kind)
    wording = telling.wording or wording
    plain = f"{settings().studio_origin}{told.path}"
    link = _link(telling, told, plain)
    words = _words(telling, kind, told)
    sent, kept = {**words, "link": link}, {**words, "link": plain if link else ""}
    return Written(
        subject=" ".join(filled(wording.subject, kept).split()),
        body=filled(wording.body, sent),
        short=_short(telling, wording, sent),
        kept_body=filled(wording.body, kept),
        kept_short=_short(telling, wording, kept),
        link=link,
        path=told.path,
        version=version,
        told=told,
    )


def _short(telling: Telling, wording: Wording, words: Mapping[str, str]) -> str:
    said = filled(wording.short, words)
    return named(telling.house.name, said) if telling.message.channel == Channel.TEXT else said


def wording_of(telling: Telling, kind: Kind) -> tuple[Wording, int]:
    """The studio's own words in this language, else those that ship, and their version."""
    language = telling.language.partition("-")[0]
    query = select(Template).where(Template.kind == kind.name, Template.language == language)
    own = telling.work.session.exec(query).one_or_none()
    if own is not None:
        return Wording(own.subject, own.body, own.short), own.version
    return shipped(kind.name, language), 0


@cache
def shipped(kind: str, language: str) -> Wording:
    """The words Cadenza comes with; English where it does not speak the language."""
    primary = language.partition("-")[0]
    file = TEMPLATES / primary / f"{kind}.toml"
    if not file.exists():
        file = TEMPLATES / SOURCE_LOCALE.partition("-")[0] / f"{kind}.toml"
    words: dict[str, Any] = tomllib.loads(file.read_text())
    return Wording(words["subject"], words["body"].strip(), words["short"].strip())


def languages() -> tuple[str, ...]:
    """The languages that templates ship in: en, fr."""
    return tuple(sorted(folder.name for folder in TEMPLATES.iterdir() if folder.is_dir()))


def _words(telling: Telling, kind: Kind, told: Told) -> Mapping[str, str]:
    who = telling.recipient
    always = {"name": who.name, "first_name": who.first_name, "studio": telling.house.name}
    missing = dict.fromkeys(kind.words, "")
    words = {**missing, **told.words, **always}
    if kind.about == "by_hand":  # what the office wrote may name its reader
        own = {**always, "link": ""}
        words |= {name: filled(words[name], own) for name in ("subject", "body")}
    return words


def _link(telling: Telling, told: Told, plain: str) -> str:
    """Where the message leads: signed in at once, where it reaches the account's own person.

    Addresses are typed by the office, and a link signs in to every studio of its person. So only
    a letter to the address of the account carries one, or a text to a number that this person
    gave us themselves, signed in; from everywhere else one signs in first.
    """
    if telling.rehearsed:
        return plain
    if told.link or telling.message.channel not in {Channel.EMAIL, Channel.TEXT}:
        return told.link or plain
    person_id = telling.recipient.person_id
    if person_id is None:
        return ""
    if not _is_theirs(telling):
        return plain
    link = new_link(telling.work, person_id, telling.work.studio_id, path=told.path)
    return link_address(link.id)


def _is_theirs(telling: Telling) -> bool:
    who = telling.recipient
    if telling.message.channel == Channel.EMAIL:
        return who.email.casefold() == who.account.casefold() != ""
    number = own_number(telling.work, who.contact_id, who.person_id)
    return number != "" and number == who.phone


def unsubscribe_path(studio_id: object, token: str) -> str:
    return f"{paths.UNSUBSCRIBE}?studio={studio_id}&token={token}"
