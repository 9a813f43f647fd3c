"""Invoices as files: for who pays them and the office, not found by everybody else."""

import pytest

from studio_app.kit.access import Role
from studio_app.kit.clock import utc_now
from tests.calling import Api
from tests.cast import _member


def path(api: Api) -> str:
    return f"/invoices/{api.stage.ids['invoice_id']}.pdf"


@pytest.mark.parametrize("who", ["owner", "guardian"])
def test_who_may_read_an_invoice_may_have_its_pdf(api: Api, who: str) -> None:
    answer = api.get(path(api), who)

    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["cache-control"] == "private, no-store"
    assert answer.content.startswith(b"%PDF-")


def test_another_studio_does_not_find_it(api: Api) -> None:
    answer = api.get(path(api), "stranger")

    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


def test_nobody_has_to_sign_in_first(api: Api) -> None:
    assert api.get(path(api), "nobody").status_code == 401


def test_what_is_no_id_is_not_found(api: Api) -> None:
    assert api.get("/invoices/1042.pdf", "owner").status_code == 422


def test_a_parent_of_another_family_does_not_find_it(api: Api) -> None:
    with api.stage.database.app.begin() as connection:
        gina = _member(connection, api.stage.cast.harmony, "Gina", Role.GUARDIAN, utc_now())
    api.stage.people["another parent"] = gina
    bearer = api.stage.bearer("another parent")

    assert api.get(path(api), "nobody", headers=bearer).status_code == 404
