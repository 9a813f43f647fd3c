"""What somebody means who answers a text.

Source of the words: the opt-out keywords of the CTIA's Short Code Monitoring Handbook and the
FCC's rule of April 2025 (47 CFR 64.1200(a)(10)): any reasonable words are an opt-out.
"""

import re
from enum import Enum, auto

_STOP = frozenset(
    [
        "stop",
        "stopall",
        "cancel",
        "end",
        "quit",
        "unsubscribe",
        "revoke",
        "optout",
        "arret",
        "arreter",
        "desabonner",
    ]
)
_STOP_PHRASES = (
    "opt out",
    "no more texts",
    "no more messages",
    "stop texting",
    "stop messaging",
    "stop sending",
    "stop all",
    "do not text",
    "dont text",
    "remove me",
    "take me off",
    "leave me alone",
    "plus de sms",
    "plus de messages",
)
_GO_ON = ("dont stop", "do not stop", "never stop", "n arrete pas", "n arretez pas")
_POLITE = frozenset({"please", "pls", "thanks", "me", "now", "svp", "merci"})
_PLAINLY = frozenset({"stop", "stopall", "unsubscribe", "optout", "desabonner"})
_START = frozenset({"start", "unstop", "optin", "resume"})
_HELP = frozenset({"help", "info", "aide"})
_YES = frozenset(["y", "yes", "yep", "yeah", "ok", "okay", "oui", "o", "confirm", "confirmed", "c"])
_NO = frozenset(["n", "no", "nope", "non"])
_ALL = frozenset({"all", "both", "tous", "toutes"})


class Meaning(Enum):
    STOP = auto()
    START = auto()
    HELP = auto()
    YES = auto()
    NO = auto()
    CHOICE = auto()
    ALL = auto()
    WORDS = auto()


def meaning_of(text: str) -> Meaning:
    """What a whole text means; a text with more to say than one word is words for a person,
    unless it plainly asks for no more texts."""
    plain = _plain(text)
    if _ends_texts(plain):
        return Meaning.STOP
    known = (
        (_START, Meaning.START),
        (_HELP, Meaning.HELP),
        (_YES, Meaning.YES),
        (_NO, Meaning.NO),
        (_ALL, Meaning.ALL),
    )
    for words, meaning in known:
        if plain in words:
            return meaning
    return Meaning.CHOICE if re.fullmatch(r"\d{1,2}", plain) else Meaning.WORDS


def _ends_texts(plain: str) -> bool:
    """“Please stop” is STOP; “please do not stop” is not, nor is “please cancel”: that may be a
    lesson, and a person reads it."""
    if any(phrase in plain for phrase in _GO_ON):
        return False
    bare = " ".join(word for word in plain.split() if word not in _POLITE)
    return plain in _STOP or bare in _PLAINLY or any(phrase in plain for phrase in _STOP_PHRASES)


def choice_of(text: str) -> int:
    """The number in an answer to “which one?”."""
    return int(_plain(text))


def _plain(text: str) -> str:
    folded = text.casefold().translate(str.maketrans("éèêàç", "eeeac"))
    return " ".join(re.sub(r"[^\w\s]", "", folded.replace("-", "")).split())
