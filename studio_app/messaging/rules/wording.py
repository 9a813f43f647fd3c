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


def require_sound(wording: Wording, known: Sequence[str]) -> None:
    """Refuse what is empty, too long, or says a word that this kind of message does not know."""
    parts = (
        (_("Subject"), wording.subject, LONGEST_SUBJECT),
        (_("Letter"), wording.body, LONGEST_BODY),
        (_("Short form"), wording.short, LONGEST_SHORT),
    )
    for part, text, longest in parts:
        if not text.strip():
            raise NotATemplate(_("{part}: please write something.", part=part))
        if len(text) > longest:
            raise NotATemplate(_("{part}: at most {n} characters.", part=part, n=longest))
        _require_known(part, text, known)


def _require_known(part: Text, text: str, known: Sequence[str]) -> None:
    try:
        tree = _ENVIRONMENT.parse(text)
    except TemplateSyntaxError as error:
        said = _("{part}: a bracket is not closed on line {n}.", part=part, n=error.lineno)
        raise NotATemplate(said) from error
    for node in tree.find_all(nodes.Node):
        if not isinstance(node, _ALLOWED):
            raise NotATemplate(
                _("{part}: only words in double curly brackets can be filled in.", part=part)
            )
        if isinstance(node, nodes.Name) and node.name not in known:
            raise NotATemplate(
                _(
                    "{part}: “{word}” is not known here. There is: {known}.",
                    part=part,
                    word=node.name,
                    known=", ".join(known),
                )
            )


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


def named(studio: str, short: str) -> str:
    """A text says which studio it is from."""
    return short if studio.casefold() in short.casefold() else f"{studio}: {short}"
