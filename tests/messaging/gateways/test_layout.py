"""How letters look: one card in HTML, the same words in plain text."""

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio_app.messaging.layout import dressed

LESSON: dict[str, Any] = {
    "studio": "Harmony Music",
    "heading": "Sam’s lesson is tomorrow",
    "paragraphs": ["Hello Grace,", "please bring the blue book.\nSee you there!"],
    "rows": [("When", "Tuesday 24 November, 16:00"), ("Where", "12 River Street\nRoom 2")],
    "button": ("See the lesson", "https://cadenza.example/portal/lessons/1?a=1&b=2"),
    "footer": ["You get this because Sam has lessons with us."],
    "unsubscribe": ("Change what we send", "https://cadenza.example/u/abc"),
    "locale": "en-GB",
}
BARE = {**LESSON, "rows": (), "button": None, "footer": (), "unsubscribe": None}
PLAIN = """\
Sam’s lesson is tomorrow

Hello Grace,

please bring the blue book.
See you there!

When: Tuesday 24 November, 16:00
Where: 12 River Street, Room 2

See the lesson:
https://cadenza.example/portal/lessons/1?a=1&b=2

--\x20
Harmony Music
You get this because Sam has lessons with us.

Change what we send:
https://cadenza.example/u/abc
"""


class Reader(HTMLParser):
    """What a mail program shows, and where its links lead."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.links: list[str] = []
        self.tags: list[str] = []
        self.language = ""
        self._silent = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.tags.append(tag)
        self.links += [found["href"]] if tag == "a" else []
        self.language = found.get("lang", "") if tag == "html" else self.language
        self._silent = tag if tag in {"style", "title"} else self._silent

    def handle_endtag(self, tag: str) -> None:
        self._silent = "" if tag == self._silent else self._silent

    def handle_data(self, data: str) -> None:
        if not self._silent and data.strip():
            self.words.append(data.strip())

    @property
    def text(self) -> str:
        return "\n".join(self.words)


def test_the_plain_letter_has_the_same_words_and_its_links_on_lines_of_their_own() -> None:
    _html, text = dressed(**LESSON)

    assert text == PLAIN


def test_the_html_letter_shows_every_word_and_both_links() -> None:
    html, text = dressed(**LESSON)

    seen = Reader(html)
    for line in re.split(r"\n|: ", text):
        if line and not line.startswith(("https:", "--", "12 River")):
            assert line.rstrip(":") in seen.words
    assert {"12 River Street", "Room 2"} <= set(seen.words)
    assert seen.links == [LESSON["button"][1], LESSON["unsubscribe"][1]]
    assert seen.tags.count("h1") == 1
    assert seen.language == "en-GB"


def test_a_letter_without_rows_button_or_footer_has_no_empty_places() -> None:
    html, text = dressed(**BARE)

    assert text == PLAIN[: PLAIN.index("When")] + "-- \nHarmony Music\n"
    assert Reader(html).links == []
    assert 'class="rows"' not in html


def test_what_a_stranger_wrote_is_shown_and_not_obeyed() -> None:
    evil = '<script>alert(1)</script> & "quoted" </mj-text><mj-raw><img src=x>{{ 7*7 }}'

    html, text = dressed(
        **{
            **LESSON,
            "studio": evil,
            "heading": evil,
            "paragraphs": [evil],
            "rows": [(evil, evil)],
            "button": (evil, f"https://x/?{evil}"),
            "footer": [evil],
            "unsubscribe": (evil, f"https://x/?{evil}"),
        }
    )

    seen = Reader(html)
    assert not {"script", "img"} & set(seen.tags)
    assert seen.words.count(evil) == 9  # the first paragraph is also the preview
    assert seen.links == [f"https://x/?{evil}"] * 2
    assert text.count(evil) == 10


def test_both_schemes_wear_the_colours_of_the_product() -> None:
    html, _text = dressed(**LESSON)
    _light, _query, dark = html.partition("prefers-color-scheme: dark")
    sheet, _end, body = dark.partition("</style>")

    assert {"#16181C", "#EEEFF2", "#0E0F12", "#5D55EC"} <= set(re.findall(r"#[0-9A-F]{6}", sheet))
    assert {"#4F46E5", "#14161B", "#FFFFFF", "#F6F7F9"} <= set(re.findall(r"#[0-9A-F]{6}", body))
    assert '<meta name="color-scheme" content="light dark"' in html


@pytest.mark.parametrize("locale", ["fr", "en-US"])
def test_the_letter_says_which_language_it_is_in(locale: str) -> None:
    html, _text = dressed(**{**LESSON, "locale": locale})

    assert f'lang="{locale}"' in html


@given(words=st.text(min_size=1, max_size=40))
def test_any_words_at_all_make_a_letter(words: str) -> None:
    html, text = dressed(
        **{**LESSON, "heading": words, "paragraphs": [words], "rows": [(words, words)]}
    )

    legible = "".join(sign for sign in words if sign.isprintable()).strip()
    if legible == words:
        assert words in Reader(html).text
        assert words in text
    assert html.endswith("</html>")


def test_a_letter_asks_no_stranger_for_anything() -> None:
    html, _plain = dressed(**LESSON)

    assert re.findall(r"(?:https?:)?//(?!cadenza\.example|www\.w3\.org)[\w.]+", html) == []
