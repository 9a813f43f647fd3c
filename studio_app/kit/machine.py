"""What a command may assume of this machine, before the product's own settings are complete."""

import os
import secrets
from functools import cache
from pathlib import Path

from pydantic_settings import BaseSettings, SettingsConfigDict

from studio_app.kit.settings import ROOT, DatabaseUrl
from studio_app.kit.trouble import Trouble


class Machine(BaseSettings):
    """From the environment or `.env`, like the product's settings; nothing here is required."""

    model_config = SettingsConfigDict(env_file=ROOT / ".env", extra="ignore")

    database_url: DatabaseUrl = ""
    studio_secret: str = ""
    studio_demo: bool | None = None
    studio_host: str = "127.0.0.1"
    """Which network may connect; 0.0.0.0 lets phones on the same network in."""
    studio_port: int = 3000
    studio_origin: str = ""
    studio_data: Path = ROOT / ".data"
    """Where the embedded Postgres and the local secret are kept."""
    studio_pg_bin: Path | None = None
    """A folder with `postgres`, `initdb` and `pg_dump`, instead of the wheel's."""
    studio_called_from: Path = Path()
    """Where the person stands who typed the command; set by ./studio."""
    studio_chromium: str = ""
    """The browser of the browser tests."""

    @property
    def demo(self) -> bool:
        """Without a database of its own this is a demonstration, unless it is said not to be."""
        return not self.database_url if self.studio_demo is None else self.studio_demo


@cache
def machine() -> Machine:
    return Machine()


def path_typed(word: str) -> Path:
    """A path as the person meant it: from where they stand, `~` being their home."""
    return (machine().studio_called_from / Path(word).expanduser()).absolute()


def local_secret(folder: Path) -> str:
    """The secret of an installation that only this machine uses, made once."""
    kept = folder / "secret"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not kept.exists():
            handle = os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w") as file:
                file.write(secrets.token_urlsafe(48))
        return kept.read_text().strip()
    except OSError as error:
        raise Trouble(
            f"The secret cannot be kept in {folder} ({error.strerror}): make that folder writable "
            "for this account, or set STUDIO_DATA to one that is."
        ) from error


def child_environment(**more: str) -> dict[str, str]:
    """The environment for a process of ours, with what it has to know."""
    return {**os.environ, **more}  # noqa: TID251  handed on unread


def tell_this_process(**facts: str) -> None:
    """Settle settings that only became known while starting."""
    os.environ.update(facts)  # noqa: TID251  read by kit.settings
