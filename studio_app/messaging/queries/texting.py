"""Whose text it is that came in."""

from dataclasses import dataclass

from sqlalchemy import text

from studio_app.kit.ids import StudioId
from studio_app.kit.work import Work, public
from studio_app.messaging.rules.replies import Meaning, meaning_of

_OWN = text("select id from messaging_studio_of_number(:number)")
_TEXTED = text("select id from messaging_studios_texted(:number)")


@dataclass(frozen=True, slots=True)
class Meant:
    """The studios a text is for; what ends texts is heard however often it comes."""

    studios: tuple[StudioId, ...]
    ends_texts: bool


@public
def studios_meant(work: Work, to: str, number: str, words: str) -> Meant:
    """Whom a text from `number` to `to` (both E.164) is for; nobody, where nobody knows either.

    A studio's own number is that studio. Behind a number that studios share it is the one that
    wrote last; but who wants no more texts says so to everybody who ever wrote.
    """
    run = work.session.connection().execute
    own = [StudioId(row.id) for row in run(_OWN, {"number": to})]
    texted = [StudioId(row.id) for row in run(_TEXTED, {"number": number})]
    if meaning_of(words) is Meaning.STOP:
        return Meant(tuple(dict.fromkeys([*own, *texted])), ends_texts=True)
    return Meant(tuple(own or texted)[:1], ends_texts=False)
