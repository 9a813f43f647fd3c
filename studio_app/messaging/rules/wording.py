"""A template's words: what a studio may write, checked before it is kept, and filled when sent.

Source of the notation: Jinja's variables and conditions, in its sandbox; nothing else of Jinja,
so that a template can neither loop nor call.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jinja2 import StrictUndefined, TemplateSyntaxError, nodes
from jinja2.sandbox import SandboxedEnvironment

from studio_app.kit.errors import Refused
from studio_app.kit.words import Text, _
from studio_app.messaging.rules.kinds import Channel

LONGEST_SUBJECT = 200
LONGEST_BODY = 10_000
LONGEST_SHORT = 600
_ALLOWED = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.If,
    nodes.Not,
    nodes.And,
    nodes.Or,
    nodes.Compare,
    nodes.Operand,
    nodes.Const,
)
# What is filled in is data: it is escaped where it becomes HTML, not here.
_ENVIRONMENT = SandboxedEnvironment(undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


class NotATemplate(Refused):
    message = _("These words cannot be used as a template.")


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one kind in one language: a letter's subject and body, and the short form
    for texts and notifications."""

    subject: str
    body: str
    short: str


PARTS = {"subject": _("Subject"), "body": _("Letter"), "short": _("Short form")}
"""The parts of a wording, as a person calls them."""


def wording_for(subject: str, body: str, channels: Sequence[Channel]) -> Wording:
    """What somebody writes by hand: a letter may be long, what goes to a telephone is short."""
    on_a_telephone = {Channel.TEXT, Channel.PUSH} & set(channels)
    return Wording(subject, body, body if on_a_telephone else subject)


def require_sound(wording: Wording, known: Sequence[str]) -> None:
    """Refuse what is empty, too long, or says a word that this kind of message does not know."""
    for name, fault in faults_of(wording, known).items():
        raise NotATemplate(_("{part}: {fault}", part=PARTS[name], fault=fault))


def faults_of(wording: Wording, known: Sequence[str]) -> dict[str, Text]:
    """What is wrong with each part, by its name; empty where all of it can be used."""
    longest = {"subject": LONGEST_SUBJECT, "body": LONGEST_BODY, "short": LONGEST_SHORT}
    found = {name: _fault(getattr(wording, name), longest[name], known) for name in PARTS}
    return {name: fault for name, fault in found.items() if fault is not None}


def _fault(text: str, longest: int, known: Sequence[str]) -> Text | None:
    if not text.strip():
        return _("Please write something.")
    if len(text) > longest:
        return _("At most {n} characters, please.", n=longest)
    try:
        tree = _ENVIRONMENT.parse(text)
    except TemplateSyntaxError as error:
        return _("A bracket is not closed on line {n}.", n=error.lineno)
    for node in tree.find_all(nodes.Node):
        if not isinstance(node, _ALLOWED):
            return _("Only words in double curly brackets can be filled in.")
        if isinstance(node, nodes.Name) and node.name not in known:
            return _(
                "“{word}” is not known here. There is: {known}.",
                word=node.name,
                known=", ".join(known),
            )
    return None


def filled(template: str, words: Mapping[str, str]) -> str:
    """The template with its words filled in; a line that stays empty because of one goes."""
    said = _ENVIRONMENT.from_string(template).render(words)
    lines = [line.rstrip() for line in said.strip().splitlines()]
    kept: list[str] = []
    for line in lines:
        if line or (kept and kept[-1]):
            kept.append(line)
    return "\n".join(kept)


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a filled body: what empty lines part."""
    return [part.strip() for part in text.split("\n\n") if part.strip()]


_PLAIN = str.maketrans(
    {"–": "-", "—": "-", "‑": "-", "’": "'", "‘": "'", "“": '"', "”": '"', "…": "...", "•": "-"}
    | {"\u00a0": " ", "\u202f": " "}
)


def named(studio: str, short: str) -> str:
    """A text as it leaves: it says which studio it is from, and has no typographer's sign in it.

    One dash or curly quote makes a text of 160 signs one of 70 (3GPP TS 23.038), at twice the
    price.
    """
    said = short if studio.casefold() in short.casefold() else f"{studio}: {short}"
    return said.translate(_PLAIN)
