"""The words of each kind, and how they would read."""

from dataclasses import dataclass
from uuid import UUID

from sqlmodel import select

from studio_app.kit.access import Permission
from studio_app.kit.errors import NotFound
from studio_app.kit.ids import ContactId
from studio_app.kit.words import Text
from studio_app.kit.work import Work, requires
from studio_app.messaging.access.recipients import Recipient
from studio_app.messaging.access.samples import Sample, samples_for
from studio_app.messaging.access.studio import house
from studio_app.messaging.composing import Written, languages, shipped, write
from studio_app.messaging.models.settings import Template
from studio_app.messaging.parcels import email_of
from studio_app.messaging.rehearsing import Tried, rehearse
from studio_app.messaging.rules.kinds import EDITABLE, KINDS, TEACHERS, Channel, Kind
from studio_app.messaging.rules.wording import Wording, faults_of, named
from studio_app.messaging.sms_gateway import segments

__all__ = ["Wording", "languages"]


@dataclass(frozen=True, slots=True)
class TemplateWords:
    """The words of one kind in one language. `version` 0: those Cadenza comes with."""

    kind: str
    what: str
    language: str
    subject: str
    body: str
    short: str
    version: int
    known_words: tuple[str, ...]
    ways: tuple[Channel, ...]
    """The ways it can take"""


@dataclass(frozen=True, slots=True)
class TriedOn:
    """A real thing that words can be tried on; `id` is zero for an example."""

    id: UUID
    words: str


@dataclass(frozen=True, slots=True)
class Preview:
    """How a message would read now. Where it cannot be said of this thing, `refusal` says why."""

    subject: str = ""
    html: str = ""
    text: str = ""
    """As a text says it"""
    characters: int = 0
    texts: int = 0
    """How many texts it is charged as"""
    notification: str = ""
    refusal: str = ""


@requires(Permission.MESSAGE_VIEW)
def template(work: Work, kind: str, language: str) -> TemplateWords:
    """Raises NotFound for a kind whose words nobody chooses, or another language."""
    found = editable(kind, language)
    query = select(Template).where(Template.kind == kind, Template.language == language)
    own = work.session.exec(query).one_or_none()
    wording = Wording(own.subject, own.body, own.short) if own else shipped(kind, language)
    return TemplateWords(
        kind=kind,
        what=str(found.label),
        language=language,
        subject=wording.subject,
        body=wording.body,
        short=wording.short,
        version=own.version if own else 0,
        known_words=found.known_words,
        ways=found.channels,
    )


@requires(Permission.MESSAGE_CONFIGURE)
def wording_faults(_work: Work, kind: str, language: str, wording: Wording) -> dict[str, Text]:
    """What is wrong with each part of these words, by its name: subject, body, short."""
    return faults_of(wording, editable(kind, language).known_words)


@requires(Permission.MESSAGE_CONFIGURE)
def to_try_on(work: Work, kind: str) -> list[TriedOn]:
    """A few real lessons, invoices or payments that a kind could tell of."""
    return [TriedOn(one.id, one.words) for one in samples_for(work, editable(kind, "en"))]


@requires(Permission.MESSAGE_CONFIGURE)
def preview(work: Work, kind: str, language: str, wording: Wording, about: UUID) -> Preview:
    """These words, of that thing, in this language, at the studio's time; nothing is written.

    Composed by the code that sends; links lead to the bare page and sign nobody in.
    """
    found = editable(kind, language)
    sample = next((one for one in samples_for(work, found) if one.id == about), None)
    if sample is None:
        raise NotFound
    here = house(work)
    tried = tried_on(found, language, wording, sample)
    telling = rehearse(work, tried, _reader(sample, found), here)
    written = write(telling)
    if isinstance(written, Text):
        return Preview(refusal=str(written))
    return _shown(written, email_of(telling, written).html, here.name)


def tried_on(kind: Kind, language: str, wording: Wording, sample: Sample) -> Tried:
    about = () if sample.id.int == 0 else (sample.id,)
    return Tried(kind.name, language, wording, about, sample.students, sample.more())


def editable(kind: str, language: str) -> Kind:
    if kind not in {one.name for one in EDITABLE} or language not in languages():
        raise NotFound
    return KINDS[kind]


def _reader(sample: Sample, kind: Kind) -> Recipient:
    name = sample.to or "Alex Example"
    return Recipient(
        contact_id=ContactId(UUID(int=0)),
        person_id=None,
        name=name,
        first_name=name.split(maxsplit=1)[0],
        email="",
        phone="",
        account="",
        language="",
        quiet=(),
        browsers=0,
        in_office=False,
        teaches=kind.name in TEACHERS,
    )


def _shown(written: Written, html: str, studio: str) -> Preview:
    text = named(studio, written.short)
    return Preview(
        subject=written.subject,
        html=html,
        text=text,
        characters=len(text),
        texts=segments(text),
        notification=written.short,
    )
