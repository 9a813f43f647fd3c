"""Which language a visitor reads."""

import pytest

from studio_app.web.language import choose, cookie

OURS = ("en-GB", "en-US", "fr")


def test_what_was_chosen_wins() -> None:
    assert choose(OURS, chosen="fr", accepted="en-US") == "fr"


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("fr-CH, fr;q=0.9, en;q=0.8", "fr"),
        ("de, en-us;q=0.7, fr;q=0.3", "en-US"),
        ("en", "en-GB"),
        ("fr;q=0, en-US", "en-US"),
        ("ja", "en-GB"),
        ("", "en-GB"),
        (";;;q=x,,", "en-GB"),
    ],
)
def test_else_the_browser_decides(accepted: str, language: str) -> None:
    assert choose(OURS, accepted=accepted) == language


def test_a_language_we_do_not_have_is_ignored() -> None:
    assert choose(OURS, chosen="xx", accepted="fr") == "fr"


def test_a_mangled_cookie_header_is_no_cookie() -> None:
    assert cookie("studio_session=a b;;=\x00", "studio_language") == ""
    assert cookie("a=1; studio_session=abc", "studio_session") == "abc"
