"""The words of one kind of message, as somebody writes them, and how they would read."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import reflex as rx
from babel import Locale

from studio_app.kit.ids import new_id
from studio_app.messaging.commands.settings import reset_template, write_template
from studio_app.messaging.commands.testing import send_test
from studio_app.messaging.queries.log import Channel
from studio_app.messaging.queries.templates import (
    Preview,
    TemplateWords,
    Wording,
    languages,
    preview,
    template,
    to_try_on,
    wording_faults,
)
from studio_app.web.handlers import handler, loader
from studio_app.web.inputs import Form, Invalid, as_id
from studio_app.web.session import PageState
from studio_app.web.words import _, many

LONGEST = 10_000


@dataclass(frozen=True)
class LanguageTab:
    code: str = ""
    name: str = ""
    chosen: bool = False


@dataclass(frozen=True)
class WordsShown:
    """The words as they are kept; what is typed stays in the browser's fields."""

    what: str = ""
    subject: str = ""
    body: str = ""
    short: str = ""
    whose: str = ""
    is_own: bool = False
    has_short: bool = False


@dataclass(frozen=True)
class PreviewShown:
    subject: str = ""
    html: str = ""
    text: str = ""
    size: str = ""
    notification: str = ""
    refusal: str = ""


class TemplateState(PageState, rx.State):
    words: WordsShown = WordsShown()
    tabs: list[LanguageTab] = []
    known: list[str] = []
    samples: list[dict[str, str]] = []
    sample: str = ""
    seen: PreviewShown = PreviewShown()
    written: str = ""
    """Changes when other words are shown, so that the fields begin anew."""
    _language: str = languages()[0]
    _typed: dict[str, str] = {}

    @loader
    async def load(self) -> None:
        asked = self._asked("language")
        self._language = asked if asked in languages() else languages()[0]
        self.faults = {}
        await self._begin()
        found = await self._run(to_try_on, self._kind())
        self.samples = [{"value": str(one.id), "label": one.words} for one in found]
        self.sample = self.samples[0]["value"] if self.samples else ""
        await self._try_out()

    @handler
    async def speak(self, language: str) -> None:
        """Another language; what is typed in this one and not saved is gone."""
        self._language = language if language in languages() else self._language
        self.faults = {}
        await self._begin()
        await self._try_out()

    @handler
    async def choose_sample(self, sample: str) -> None:
        self.sample = sample
        await self._try_out()

    @handler(supersedes=True)
    async def type_subject(self, typed: str) -> None:
        await self._type("subject", typed)

    @handler(supersedes=True)
    async def type_body(self, typed: str) -> None:
        await self._type("body", typed)

    @handler(supersedes=True)
    async def type_short(self, typed: str) -> None:
        await self._type("short", typed)

    @handler
    async def save(self, sent: dict[str, Any]) -> None:
        self.faults = {}
        self._take(sent)
        await self._check()
        await self._run(write_template, self._kind(), self._language, self._wording())
        await self._begin()
        await self._tell(_("Saved. What goes out from now on says it."))

    @handler
    async def test(self) -> None:
        self.faults = {}
        await self._check()
        about = as_id(self.sample)
        await self._run(send_test, self._kind(), self._language, self._wording(), about)
        await self._tell(_("On its way to your own address."))

    @handler
    async def take_ours(self) -> None:
        await self._run(reset_template, self._kind(), self._language)
        self.faults = {}
        await self._begin()
        await self._try_out()
        await self._tell(_("Back to Cadenza’s words."))

    async def _begin(self) -> None:
        found = await self._run(template, self._kind(), self._language)
        self.words = _shown(found)
        self.known = list(found.known_words)
        self.tabs = [LanguageTab(code, _name(code), code == self._language) for code in languages()]
        self._typed = {"subject": found.subject, "body": found.body, "short": found.short}
        self.written = str(new_id())

    async def _type(self, part: str, typed: str) -> None:
        self._take({**self._typed, part: typed})
        await self._try_out()

    async def _try_out(self) -> None:
        """How it would read; while it cannot be read, the last that could stays."""
        wording = self._wording()
        faults = await self._run(wording_faults, self._kind(), self._language, wording)
        self.faults = {name: str(fault) for name, fault in faults.items()}
        if not self.sample or faults:
            return
        about: UUID = as_id(self.sample)
        found = await self._run(preview, self._kind(), self._language, wording, about)
        self.seen = _read(found)

    async def _check(self) -> None:
        faults = await self._run(wording_faults, self._kind(), self._language, self._wording())
        if faults:
            raise Invalid(faults)

    def _take(self, sent: dict[str, Any]) -> None:
        read = Form(sent)
        parts = ("subject", "body", "short")
        self._typed = {part: read.optional_text(part, longest=LONGEST + 1) for part in parts}
        if not self.words.has_short:
            self._typed["short"] = self.words.short

    def _wording(self) -> Wording:
        return Wording(**{part: self._typed.get(part, "") for part in ("subject", "body", "short")})

    def _kind(self) -> str:
        return str(getattr(self, "message_kind", ""))


def _shown(found: TemplateWords) -> WordsShown:
    whose = _("Cadenza’s words")
    if found.version:
        whose = _("Your words, version {n}", n=found.version)
    return WordsShown(
        what=found.what,
        subject=found.subject,
        body=found.body,
        short=found.short,
        whose=whose,
        is_own=found.version > 0,
        has_short=bool({Channel.TEXT, Channel.PUSH} & set(found.ways)),
    )


def _read(found: Preview) -> PreviewShown:
    parts = [
        many("{n} character", "{n} characters", n=found.characters),
        many("sent as {n} text", "sent as {n} texts", n=found.texts),
    ]
    return PreviewShown(
        subject=found.subject,
        html=found.html,
        text=found.text,
        size=" · ".join(parts),
        notification=found.notification,
        refusal=found.refusal,
    )


def _name(language: str) -> str:
    return (Locale.parse(language).get_display_name(language) or language).capitalize()
