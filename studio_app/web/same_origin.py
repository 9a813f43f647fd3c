"""One build works on any host and port: the page talks to where it came from."""

import re
from pathlib import Path
from typing import Any

from reflex.plugins import Plugin

_BAKED = re.compile(r"`(http|ws)://localhost:\d+(/[^`]*)`")
_COMPUTED = (
    r'(typeof location==="undefined"?"\1://localhost":location.origin.replace(/^http/,"\1"))+"\2"'
)


class SameOriginPlugin(Plugin):
    """Replaces the address that Reflex bakes into the build."""

    def post_build(self, **context: Any) -> None:
        replaced = 0
        for chunk in (Path(context["static_dir"]) / "assets").glob("reflex-env-*.js"):
            script, count = _BAKED.subn(_COMPUTED, chunk.read_text())
            chunk.write_text(script)
            replaced += count
        if not replaced:
            raise SystemExit("The built pages have no address to replace: Reflex has changed.")
