"""A change that arrives twice is made once, and its second sender hears the first answer."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, get_type_hints
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy import Index, Uuid, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, Session, select

from studio_app.kit.access import Actor
from studio_app.kit.errors import Conflict
from studio_app.kit.ready import Ready
from studio_app.kit.tables import Row, instant, key
from studio_app.kit.words import _

KEY_LENGTH = 200


class KeyReused(Conflict):
    message = _("This was sent before with other details. Please reload the page and try again.")


class Idempotency(Row, table=True):
    """What a client-made key was used for and what was answered. Successes only."""

    __table_args__ = (
        Index(
            "idempotency_once",
            "studio_id",
            "person_id",
            "use_case",
            "key",
            unique=True,
            postgresql_nulls_not_distinct=True,
        ),
    )

    id: UUID = key()
    studio_id: UUID | None = Field(default=None, sa_type=Uuid)
    person_id: UUID | None = Field(default=None, sa_type=Uuid)
    use_case: str
    key: str = Field(max_length=KEY_LENGTH)
    arguments_hash: str
    answer: Any = Field(default=None, sa_type=JSONB, nullable=True)
    created_at: datetime = instant(index=True)


_CLAIM = Ready(
    text("""
    insert into idempotency
      (id, studio_id, person_id, use_case, key, arguments_hash, created_at)
    values (:id, cast(:studio_id as uuid), cast(:person_id as uuid), :use_case, :key,
      :arguments_hash, :created_at)
    on conflict do nothing returning id
    """)
)
_KEEP = Ready(text("update idempotency set answer = cast(:answer as jsonb) where id = :id"))


@dataclass(frozen=True, slots=True)
class Claim:
    """The row of one key: ours to fill, or the answer somebody got before."""

    row_id: UUID
    answered: bool
    answer: Any = None


def claim(
    session: Session,
    actor: Actor,
    use_case: Callable[..., Any],
    key: str,
    called_with: Any,
    now: datetime,
) -> Claim:
    """Take the key, waiting for another sender of it; KeyReused if it meant something else."""
    row = Idempotency(
        studio_id=actor.studio_id,
        person_id=actor.person_id,
        use_case=name_of(use_case),
        key=key[:KEY_LENGTH],
        arguments_hash=_hash(called_with),
        created_at=now,
    )
    if _CLAIM.send(session.connection(), row.model_dump(exclude={"answer"})).first():
        return Claim(row.id, answered=False)
    found = session.exec(
        select(Idempotency.id, Idempotency.answer, Idempotency.arguments_hash).where(
            func.coalesce(Idempotency.studio_id, _NOBODY) == (row.studio_id or _NOBODY),
            func.coalesce(Idempotency.person_id, _NOBODY) == (row.person_id or _NOBODY),
            Idempotency.use_case == row.use_case,
            Idempotency.key == row.key,
        )
    ).one()
    if found[2] != row.arguments_hash:
        raise KeyReused
    return Claim(found[0], answered=True, answer=_answers(use_case).validate_python(found[1]))


def keep_answer(
    session: Session, claimed: Claim, use_case: Callable[..., Any], answer: Any
) -> None:
    said = _answers(use_case).dump_json(answer).decode()
    _KEEP.send(session.connection(), {"id": claimed.row_id, "answer": said})


_NOBODY = UUID(int=0)
_ANYTHING: TypeAdapter[Any] = TypeAdapter(Any, config={"ser_json_bytes": "hex"})


def name_of(use_case: Callable[..., Any]) -> str:
    module = use_case.__module__.removeprefix("studio_app.")
    return f"{module}.{use_case.__name__}"


@cache
def _answers(use_case: Callable[..., Any]) -> TypeAdapter[Any]:
    return TypeAdapter(get_type_hints(use_case)["return"])


def _hash(called_with: tuple[tuple[Any, ...], Mapping[str, Any]]) -> str:
    said = _ANYTHING.dump_python(called_with, mode="json", fallback=repr)
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()
