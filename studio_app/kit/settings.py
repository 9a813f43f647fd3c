"""The only place that reads the environment. README has the same table for people."""

import hashlib
import hmac
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy import make_url

APP_ROLE = "studio_app"


def _as_sqlalchemy_reads_it(url: str) -> str:
    return f"postgresql://{url.removeprefix('postgres://')}" if url.startswith("postgres:") else url


DatabaseUrl = Annotated[str, AfterValidator(_as_sqlalchemy_reads_it)]
"""An address of Postgres; some hosts hand it out as postgres://."""


class Settings(BaseSettings):
    """From the environment or `.env`; names are upper case, ours begin with STUDIO_."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", populate_by_name=True)

    database_url: DatabaseUrl
    """The owner's address of the database: it migrates and may create roles."""
    database_app_url: DatabaseUrl = ""
    """The application's address; empty: the role `studio_app` on the same server."""
    studio_secret: SecretStr
    """Signs links and tokens, derives keys. At least 32 characters, never changed."""
    studio_origin: str = "http://localhost:3000"
    studio_port: int = 3000
    studio_demo: bool = False
    """A demonstration: sample studio, mail on the console, test routes visible."""
    studio_languages: str = "en-GB,en-US,fr"
    studio_pool_size: int = 10
    studio_owner_email: str = ""
    """Bootstraps the first owner: this address may take over an empty installation."""
    studio_smtp_url: SecretStr = SecretStr("")
    """smtp://user:password@host:587; empty: a demonstration prints its letters, else none leave."""
    studio_mail_from: str = "Cadenza <no-reply@localhost>"
    studio_vendor_patience: float = 15
    """Seconds to wait for the answer of a mail, text, push or video server."""
    studio_twilio_account: str = ""
    """AC…; empty: no texts can be sent."""
    studio_twilio_token: SecretStr = SecretStr("")
    """Signs us in and proves that a webhook is Twilio's."""
    studio_twilio_url: str = ""
    """Where Twilio's API is spoken instead of at Twilio."""
    studio_sms_from: str = ""
    """The number or sender name texts come from, where a studio has none of its own."""
    studio_sms_numbers: str = ""
    """Numbers that belong to one studio alone: +447700900000=its id, with commas between."""
    studio_jitsi_url: str = "https://meet.jit.si"
    """Where online lessons meet; a Jitsi server of one's own."""
    studio_zoom_url: str = "https://api.zoom.us/v2"
    """Where Zoom's API is spoken."""
    studio_zoom_sign_in_url: str = "https://zoom.us"
    """Where Zoom hands out tokens."""
    studio_graph_url: str = "https://graph.microsoft.com/v1.0"
    """Where Microsoft Graph is spoken: the meetings of Teams."""
    studio_graph_sign_in_url: str = "https://login.microsoftonline.com"
    """Where Microsoft hands out tokens."""
    studio_push_hosts: str = ""
    """Push services besides the browsers' own, by host, with commas; these may be http."""
    studio_trusted_proxies: int = 0
    """How many proxies of ours stand in front and set X-Forwarded-For."""
    studio_log_json: bool = False
    studio_worker: bool = True
    """The app also delivers events and keeps the clock; false where `./studio worker` does."""

    studio_webhook_hosts: str = ""
    """Hosts within one's own network that webhooks may go to, with commas between."""

    @field_validator("studio_secret")
    @classmethod
    def _long_enough(cls, secret: SecretStr) -> SecretStr:
        if len(secret.get_secret_value()) < 32:  # noqa: PLR2004  bytes of an HMAC-SHA256 key
            raise ValueError("STUDIO_SECRET must have at least 32 characters")
        return secret

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(name.strip() for name in self.studio_languages.split(","))

    @property
    def webhook_hosts(self) -> frozenset[str]:
        names = self.studio_webhook_hosts.split(",")
        return frozenset(name.strip().lower() for name in names if name.strip())

    @property
    def sms_numbers(self) -> dict[str, str]:
        """Which studio, by its id, each number of an own belongs to."""
        pairs = (pair.partition("=") for pair in self.studio_sms_numbers.split(",") if pair.strip())
        return {number.strip(): studio.strip() for number, _is, studio in pairs}

    @property
    def secure(self) -> bool:
        return self.studio_origin.startswith("https://")

    @property
    def app_database_url(self) -> str:
        if self.database_app_url:
            return self.database_app_url
        url = make_url(self.database_url).set(username=APP_ROLE, password=self.app_password)
        return url.render_as_string(hide_password=False)

    @property
    def app_password(self) -> str:
        return self.derived("database role")

    def derived(self, purpose: str) -> str:
        """A secret for one purpose, so that no two uses share a key."""
        key = self.studio_secret.get_secret_value().encode()
        return hmac.new(key, purpose.encode(), hashlib.sha256).hexdigest()


ROOT = Path(__file__).parents[2]


@cache
def settings() -> Settings:
    return Settings()  # pyright: ignore[reportCallIssue]  filled from the environment
