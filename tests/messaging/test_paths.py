"""Where messages lead there is a page."""

from datetime import date
from urllib.parse import urlsplit

import pytest

from studio_app.kit.ids import new_id
from studio_app.messaging import paths
from studio_app.web.site import pages

ROUTES = {page.path for page in pages()}
PLAIN = {
    name: value for name, value in vars(paths).items() if name.isupper() and isinstance(value, str)
}


@pytest.mark.parametrize("name", sorted(PLAIN))
def test_every_path_of_a_message_is_a_page(name: str) -> None:
    assert PLAIN[name] in ROUTES


def test_a_lesson_a_teacher_s_lesson_and_an_invoice_are_pages_too() -> None:
    some = new_id()
    assert urlsplit(paths.lesson(some)).path in ROUTES
    assert urlsplit(paths.teachers_lesson(some, date(2026, 9, 3))).path in ROUTES
    assert paths.invoice(some).replace(str(some), "[invoice_id]") in ROUTES
