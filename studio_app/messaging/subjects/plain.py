"""Messages whose words are brought along: by the office, by an answer, by what reads everything."""

from typing import cast

from studio_app.messaging import paths
from studio_app.messaging.subjects.told import Answer, Telling, Told


def tell(telling: Telling) -> Answer:
    """The words as they were when the message was made."""
    kept = telling.message.facts
    words = {name: _lines(value) for name, value in kept.items() if name != "path"}
    return Told(words, str(kept.get("path") or paths.PORTAL))


def _lines(value: object) -> str:
    if isinstance(value, list):
        return "\n".join(f"• {line}" for line in cast("list[object]", value))
    return str(value)
