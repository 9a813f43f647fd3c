"""The browser's side of the parts: JSX beside its Python, linked where pages are compiled."""

from pathlib import Path

import pytest

from studio_app.web.ui import scripts
from studio_app.web.ui.scripts import HERE, script


def test_every_jsx_can_be_imported_by_the_pages() -> None:
    parts = sorted(HERE.glob("*.jsx"))
    assert parts
    for part in parts:
        assert script(part.name) == f"$/public/external/ui/{part.name}"
        assert (scripts.ROOT / "assets/external/ui" / part.name).read_text() == part.read_text()


def test_a_link_of_a_former_place_is_put_right(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = tmp_path / "assets/external/ui/keys.jsx"
    link.parent.mkdir(parents=True)
    link.symlink_to(tmp_path / "gone.jsx")
    monkeypatch.setattr(scripts, "ROOT", tmp_path)
    script("keys.jsx")
    script("keys.jsx")
    assert link.resolve() == HERE / "keys.jsx"
