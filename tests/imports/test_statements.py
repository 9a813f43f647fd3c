"""A file four times as long is applied with the same number of statements."""

from typing import Any

from sqlalchemy import event

from studio_app.imports.commands.applying import apply_import
from tests.conftest import World
from tests.imports.conftest import Bring

HEADINGS = "Name,Parent name,Parent email,Teacher,Duration,Next lesson,Lesson price\n"


def listed(first: int, n: int) -> bytes:
    rows = (
        f"Ann Lane{k},Jo Lane{k},jo{k}@example.org,Tom Teal,30,0{k % 9 + 1}/10/2026 "
        f"{8 + k % 10:02d}:{k % 6}0:00,25.00\n"
        for k in range(first, first + n)
    )
    return (HEADINGS + "".join(rows)).encode()


def statements(world: World, bring: Bring, content: bytes) -> int:
    batch_id = bring(content)
    sent: list[str] = []

    def count(_c: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        sent.append(statement)

    event.listen(world.connection, "before_cursor_execute", count)
    world.run(world.olivia, apply_import, batch_id)
    event.remove(world.connection, "before_cursor_execute", count)
    return len(sent)


def test_statements_do_not_grow_with_the_rows(world: World, bring: Bring) -> None:
    few = statements(world, bring, listed(0, 20))
    many = statements(world, bring, listed(100, 80))
    again = statements(world, bring, listed(100, 80))

    assert many == few
    assert again < few
