"""What the environment may say."""

import pytest
from pydantic import ValidationError

from studio_app.kit.machine import Machine
from studio_app.kit.settings import Settings

SECRET = "0" * 32


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_an_address_is_read_as_hosts_write_it(scheme: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", f"{scheme}://owner:word@db.example.org/studio")
    monkeypatch.setenv("STUDIO_SECRET", SECRET)

    app = Settings().app_database_url  # pyright: ignore[reportCallIssue]  filled from the environment

    assert app.startswith("postgresql")
    assert app.endswith("@db.example.org/studio")
    assert Machine().database_url.startswith("postgresql")


def test_a_short_secret_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STUDIO_SECRET", SECRET[1:])

    with pytest.raises(ValidationError, match="at least 32 characters"):
        Settings()  # pyright: ignore[reportCallIssue]  filled from the environment
