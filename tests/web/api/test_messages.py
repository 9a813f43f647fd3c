"""Messages over the API: the log, answers, settings, words, and writing to many once."""

import pytest
from sqlalchemy import text

from tests.calling import Api
from tests.letters import NUMBER, WRITTEN
from tests.stage import Stage

LETTER = {"subject": "Half term", "body": "Dear {{ first_name }}", "channels": ["email"]}
WORDS = {"subject": "Moved", "body": "Dear {{ name }}, {{ when }}", "short": "{{ when }}"}


def test_the_log_is_read_a_page_at_a_time_and_one_message_whole(api: Api, stage: Stage) -> None:
    page = api.get("/messages?kind=by_hand&limit=1", "owner").json()
    one = api.get(f"/messages/{stage.ids['message_id']}", "owner").json()

    assert [row["what"] for row in page["rows"]] == ["Written by the studio"]
    assert one["row"]["who"] in {"Grace Gray", "Sam Gray"}
    assert (one["caused_by"], one["can_send_again"]) == ("Olivia Owen", False)
    assert api.get("/messages?which=undelivered", "owner").json()["rows"] == []


def test_only_what_failed_is_sent_again(api: Api, stage: Stage) -> None:
    path = f"/messages/{stage.ids['message_id']}"
    assert api.post(f"{path}/send-again", "owner").status_code == 422

    with stage.database.owner.begin() as connection:
        connection.execute(text("alter table message disable trigger user"))
        connection.execute(text("update message set status = 'failed' where kind = 'by_hand'"))
        connection.execute(text("alter table message enable trigger user"))

    assert api.post(f"{path}/seen-to", "owner").status_code == 204
    assert api.post(f"{path}/send-again", "owner").status_code == 204
    assert api.get(path, "owner").json()["row"]["status"] == "waiting"


def test_the_same_key_writes_to_many_once(api: Api) -> None:
    first = api.post("/messages/bulk", "owner", LETTER, key="half-term")
    again = api.post("/messages/bulk", "owner", LETTER, key="half-term")

    assert (first.status_code, again.json()) == (201, first.json())
    progress = api.get(f"/messages/bulk/{first.json()['id']}", "owner").json()
    assert (progress["all"], progress["waiting"], progress["card"]["subject"]) == (
        progress["waiting"],
        progress["all"],
        "Half term",
    )
    path = f"/messages/bulk/{first.json()['id']}/retry"
    assert api.post(path, "owner").status_code == 422


def test_nobody_is_written_to_by_no_way(api: Api) -> None:
    answer = api.post("/messages/bulk", "owner", {**LETTER, "channels": []})

    assert answer.status_code == 422
    assert "way" in answer.text


def test_answers_are_listed_and_read(api: Api, stage: Stage) -> None:
    [row] = api.get("/message-replies", "owner").json()["rows"]
    assert (row["who"], row["text"], row["is_read"]) == (NUMBER, f"{WRITTEN}?", False)

    path = f"/message-replies/{stage.ids['reply_id']}"
    assert api.post(f"{path}/answer", "owner", {"words": "Yes"}).status_code == 422
    assert api.post(f"{path}/read", "owner").status_code == 204
    assert api.get("/message-replies", "owner").json()["rows"][0]["is_read"]


def test_settings_are_read_and_replaced(api: Api) -> None:
    chosen = {"quiet_from": "22:00", "quiet_until": "07:00", "reminder_hours": [24]}

    assert api.put("/message-settings", "owner", chosen).status_code == 204
    assert api.post("/message-settings/begin", "owner").status_code == 204
    off = api.put("/message-settings/ways/lesson_moved/text", "owner", {"is_on": False})

    found = api.get("/message-settings", "owner").json()
    assert off.status_code == 204
    assert found["choices"]["is_telling"]
    assert found["choices"]["reminder_hours"] == [24]
    moved = next(one for one in found["kinds"] if one["kind"] == "lesson_moved")
    assert {way["channel"]: way["is_on"] for way in moved["ways"]}["text"] is False
    night = {**chosen, "quiet_from": "08:00", "quiet_until": "07:00"}
    assert api.put("/message-settings", "owner", night).status_code == 422


@pytest.mark.parametrize("wrong", ["{{ pet }}", "{{ name", "{% for a in b %}{% endfor %}", ""])
def test_words_that_cannot_be_filled_in_are_refused(api: Api, wrong: str) -> None:
    answer = api.put("/message-templates/lesson_moved/en", "owner", {**WORDS, "body": wrong})

    assert answer.status_code == 422
    assert "Letter" in answer.text


def test_own_words_are_kept_until_they_are_deleted(api: Api) -> None:
    path = "/message-templates/lesson_moved/fr"

    assert api.put(path, "owner", WORDS).status_code == 204
    assert api.get(path, "owner").json()["version"] == 1
    assert api.delete(path, "owner").status_code == 204
    assert api.get(path, "owner").json()["version"] == 0
    assert api.get("/message-templates/by_hand/en", "owner").status_code == 404


def test_deliverability_is_told_by_way(api: Api) -> None:
    ways = api.get("/messages/deliverability", "owner").json()

    assert [one["channel"] for one in ways] == ["email", "text", "push"]
