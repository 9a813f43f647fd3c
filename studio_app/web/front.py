"""What the front end's build and the edge need to know, read from the environment.

Apart from `Settings` because a build has no database and no secrets.
"""

from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from pydantic_settings import BaseSettings, SettingsConfigDict

from studio_app.kit.settings import ROOT

LOOPBACK = ("localhost", "127.0.0.1")


class Front(BaseSettings):
    model_config = SettingsConfigDict(env_file=".env", extra="ignore", populate_by_name=True)

    studio_origin: str = "http://localhost:3000"
    studio_languages: str = "en-GB,en-US,fr"
    studio_demo: bool = False
    studio_build_locale: str = "en-GB"
    """The language this process compiles pages in; set by the build for each language."""
    studio_build_dir: Path = ROOT / ".build"

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(name.strip() for name in self.studio_languages.split(","))

    @property
    def origins(self) -> list[str]:
        """Where our pages may call from. On one's own machine both of its names will do."""
        parts = urlsplit(self.studio_origin)
        if parts.hostname not in LOOPBACK:
            return [self.studio_origin]
        port = f":{parts.port}" if parts.port else ""
        return [f"{parts.scheme}://{name}{port}" for name in LOOPBACK]


@cache
def front() -> Front:
    return Front()
