"""How the API says no, repeats itself, and describes itself."""

from uuid import UUID

import pytest

from studio_app.kit.ids import new_id
from studio_app.web.api.limits import MOST, MOST_OF_A_FILE
from tests.calling import NOBODY, Api, said
from tests.stage import Stage

PROBLEM = {"type", "title", "status", "detail", "request_id"}


def test_it_describes_itself_to_anybody(api: Api) -> None:
    told = api.get("/openapi.json", NOBODY).json()

    assert told["info"]["title"] == "Cadenza"
    assert "/api/v1/calendar" in told["paths"]


@pytest.mark.parametrize(
    ("who", "path", "status"),
    [
        (NOBODY, "/students", 401),
        ("guardian", "/students", 403),
        ("owner", f"/students/{UUID(int=1)}", 404),
        ("owner", "/students/not-an-id", 422),
        ("owner", "/students?limit=1000", 422),
        ("owner", "/nothing", 404),
    ],
)
def test_every_refusal_is_a_problem_with_a_sentence(
    api: Api, who: str, path: str, status: int
) -> None:
    answer = api.get(path, who)

    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json().keys() >= PROBLEM
    assert answer.json()["request_id"] == answer.headers["x-request-id"]


def test_a_conflict_says_who_and_where(stage: Stage, api: Api) -> None:
    lesson = api.get(f"/lessons/{stage.ids['lesson_id']}", "owner").json()
    wish = {name: lesson[name] for name in ("teacher_id", "lesson_type_id", "room_id")}

    answer = api.post("/lessons", "owner", {**wish, "starts_at": lesson["starts"]})

    assert answer.status_code == 409
    assert "Tom Teal" in answer.json()["detail"]


def test_wrong_fields_are_named_and_never_repeated(api: Api) -> None:
    answer = api.post("/lesson-types", "owner", {"name": "x", "minutes": "my secret"})

    assert answer.json()["fields"] == [
        {"at": ["body", "minutes"], "why": answer.json()["fields"][0]["why"]}
    ]
    assert "my secret" not in answer.text


def test_another_studios_ids_and_unknown_ids_look_alike(stage: Stage, api: Api) -> None:
    for name in ("student", "family"):
        path = f"/{name.replace('y', 'ie')}s/"
        ours = api.get(path + str(stage.ids[f"{name}_id"]), "stranger")
        unknown = api.get(path + str(new_id()), "stranger")

        assert (ours.status_code, said(ours)) == (404, said(unknown))
        assert ours.headers.keys() == unknown.headers.keys()


def test_the_same_key_is_answered_as_the_first_time(api: Api) -> None:
    room = {"name": "Repeated"}

    first = api.post("/families", "owner", room, key="k-1")
    again = api.post("/families", "owner", room, key="k-1")
    other = api.post("/families", "owner", {"name": "Other"}, key="k-1")

    assert first.status_code == again.status_code == 201
    assert first.json() == again.json()
    assert other.status_code == 409
    assert len(api.get("/families?q=Repeated", "owner").json()["rows"]) == 1


def test_a_key_belongs_to_whoever_sent_it(api: Api) -> None:
    ours = api.post("/families", "owner", {"name": "Keyed"}, key="k-2")
    theirs = api.post("/families", "stranger", {"name": "Keyed"}, key="k-2")

    assert ours.status_code == theirs.status_code == 201
    assert ours.json() != theirs.json()


def test_a_studio_founded_twice_under_one_key_is_one(api: Api) -> None:
    wanted = {
        "name": "Second",
        "country": "GB",
        "timezone": "Europe/London",
        "currency": "GBP",
        "locale": "en-GB",
    }

    first = api.post("/studios", "student", wanted, key="k-3")
    again = api.post("/studios", "student", wanted, key="k-3")

    assert (first.status_code, first.json()) == (201, again.json())


def test_a_token_is_shown_once_and_kept_nowhere(stage: Stage, api: Api) -> None:
    token = api.post("/personal-tokens", "guardian", {"name": "Mine"}, key="k-4").json()["token"]

    answer = api.get("/me", NOBODY, headers={"authorization": f"Bearer {token}"})
    with stage.database.owner.connect() as connection:
        kept = connection.exec_driver_sql(
            "select count(*) from idempotency where answer::text like %s", (f"%{token}%",)
        )

        assert answer.json()["name"] == "Grace Gray"
        assert kept.scalar_one() == 0


def test_a_token_may_do_no_more_than_its_scopes(api: Api) -> None:
    wanted = {"name": "Reading", "scopes": ["people.view"]}
    token = api.post("/personal-tokens", "owner", wanted).json()["token"]
    bearing = {"authorization": f"Bearer {token}"}

    assert api.get("/students", NOBODY, headers=bearing).status_code == 200
    assert api.get("/invoices", NOBODY, headers=bearing).status_code == 403
    assert api.post("/families", NOBODY, {"name": "x"}, headers=bearing).status_code == 403


@pytest.mark.parametrize("sent", ["Bearer", "Bearer x", "Basic b3duZXI6cA==", "Bearer a.b.c"])
def test_what_is_no_token_signs_nobody_in(api: Api, sent: str) -> None:
    assert api.get("/me", NOBODY, headers={"authorization": sent}).status_code == 401


def test_large_bodies_are_refused_before_they_are_read(api: Api) -> None:
    long = api.post("/families", "owner", {"name": "x" * MOST})
    file = {"file": ("a.csv", b"x" * MOST_OF_A_FILE)}

    assert long.status_code == api.post("/imports", "owner", files=file).status_code == 413
    assert long.json()["title"]


def test_a_body_that_grows_past_the_limit_is_cut_off(api: Api) -> None:
    async def endless() -> object:
        for _ in range(20):
            yield b" " * (MOST // 4)

    answer = api.post("/families", "owner", content=endless())

    assert answer.status_code == 413


def test_every_answer_can_be_found_in_the_log(api: Api) -> None:
    numbers = {api.get("/me", "owner").headers["x-request-id"] for _ in range(3)}

    assert len(numbers) == 3
