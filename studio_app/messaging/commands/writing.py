"""Writing messages down: each once, and together those that say the same occasion to somebody."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from studio_app.kit.ids import MessageId
from studio_app.kit.tables import table_of
from studio_app.kit.work import Work
from studio_app.messaging.models.messages import Message
from studio_app.messaging.rules.states import MessageStatus

Written = dict[str, Any]
"""A message by the names of its columns."""


def write(work: Work, rows: Sequence[Written]) -> list[tuple[MessageId, datetime]]:
    """The messages that are new, with when they are due; others were added to, or are there.

    The same number of statements however many there are.
    """
    wanted: dict[str, Written] = {}
    for row in rows:
        _put(wanted, row)
    made = _insert(work, wanted.values())
    there = {key: row for key, row in wanted.items() if key not in made}
    made |= _insert(work, _add(work, there) if there else ())
    return list(made.values())


def _put(wanted: dict[str, Written], row: Written) -> None:
    """What one batch says twice of an occasion is one message."""
    first = wanted.setdefault(row["dedupe_key"], row)
    if first is not row and (more := _more(first, row)):
        first.update(more)


def _insert(work: Work, rows: Collection[Written]) -> dict[str, tuple[MessageId, datetime]]:
    """By their key. In its order, so that two who write the same never wait for each other."""
    if not rows:
        return {}
    table = table_of(Message)
    statement = insert(table).on_conflict_do_nothing(constraint="message_once")
    made = work.session.connection().execute(
        statement.returning(table.c.dedupe_key, table.c.id, table.c.due_at),
        sorted(rows, key=lambda row: row["dedupe_key"]),
    )
    return {key: (MessageId(message_id), due_at) for key, message_id, due_at in made}


def _add(work: Work, rows: Mapping[str, Written]) -> list[Written]:
    """Let the messages that wait say these too; those whose message has left come back."""
    found, added, late = _there(work, rows), list[Written](), list[Written]()
    for key, row in rows.items():
        message = found.get(key)
        more = _more(message, row) if message else None
        if message is None or (more and message["status"] != MessageStatus.WAITING):
            late.append(_on_its_own(row, said=message["about_ids"] if message else ()))
        elif more:
            added.append({"message": message["id"], **more})
    if added:
        waiting = update(table_of(Message)).where(col(Message.id) == bindparam("message"))
        work.session.connection().execute(waiting, added)
    return late


def _there(work: Work, keys: Collection[str]) -> dict[str, Written]:
    columns = (Message.dedupe_key, Message.id, Message.about_ids, Message.facts, Message.urgent)
    query = (
        select(*(col(each) for each in columns), col(Message.status))
        .where(col(Message.dedupe_key).in_(keys))
        .order_by(col(Message.dedupe_key))
        .with_for_update()
    )
    found = work.session.connection().execute(query).mappings()
    return {one["dedupe_key"]: dict(one) for one in found}


def _more(said: Written, row: Written) -> Written | None:
    """What a message is to say, once it says this too; nothing where it says so already."""
    new = [each for each in row["about_ids"] if each not in said["about_ids"]]
    facts = _both(said["facts"], row["facts"])
    if not new and facts.get("students") == said["facts"].get("students"):
        return None
    return {
        "about_ids": [*said["about_ids"], *new],
        "facts": facts,
        "urgent": said["urgent"] or row["urgent"],
    }


def _on_its_own(row: Written, *, said: Collection[Any]) -> Written:
    """Its message has left already: what comes late is a message of its own."""
    new = [each for each in row["about_ids"] if each not in said] or row["about_ids"]
    late = {**row, "about_ids": new, "dedupe_key": f"{row['dedupe_key']} {new[0] if new else ''}"}
    if row["lesson_id"] and row["lesson_id"] not in new:
        late["lesson_id"] = new[0]
    return late


def _both(said: Mapping[str, Any], more: Mapping[str, Any]) -> Written:
    """What was said stands; the students of both are told of, or all where one names none."""
    facts = {**more, **said}
    if "students" in said and "students" in more:
        facts["students"] = list(dict.fromkeys([*said["students"], *more["students"]]))
    else:
        facts.pop("students", None)
    return facts
