"""The compiled pages, one build per language, as the edge serves them."""

import base64
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from reflex.utils.precompressed_staticfiles import PrecompressedStaticFiles
from starlette.types import ASGIApp

from studio_app.web.build import build_of

_INLINE_SCRIPT = re.compile(rb"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.DOTALL)
_POLICY = (
    "default-src 'self'; script-src 'self' {scripts}; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; worker-src 'self'; "
    "manifest-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)


@dataclass(frozen=True, slots=True)
class Frontend:
    """One language: its files, and for each page the policy that fits its scripts."""

    language: str
    files: frozenset[str]
    policies: Mapping[str, str]
    serve: ASGIApp


def frontend_of(language: str) -> Frontend | None:
    """The built pages of a language, or None when they have not been compiled."""
    client = build_of(language).client
    if not client.is_dir():
        return None
    files = frozenset(f"/{path.relative_to(client).as_posix()}" for path in _files(client))
    policies = {name: content_policy(client / name[1:]) for name in files if _is_page(name)}
    serve = PrecompressedStaticFiles(directory=client, encodings=("brotli", "gzip"))
    return Frontend(language, files, policies, serve)


def content_policy(page: Path) -> str:
    """Which scripts may run: ours by address, the page's own inline ones by their hash."""
    hashes = {
        base64.b64encode(hashlib.sha256(script).digest()).decode()
        for script in _INLINE_SCRIPT.findall(page.read_bytes())
    }
    return _POLICY.format(scripts=" ".join(f"'sha256-{found}'" for found in sorted(hashes)))


def _files(client: Path) -> list[Path]:
    return [p for p in client.rglob("*") if p.is_file() and p.suffix not in {".br", ".gz"}]


def _is_page(name: str) -> bool:
    return name.endswith(".html")
