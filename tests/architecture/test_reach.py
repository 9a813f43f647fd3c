"""What a page does, a program can do: every command of a page is behind a route too."""

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2] / "studio_app"
WITHOUT_A_ROUTE = {
    # One's own account and one's own letters: a browser's business.
    "identity.commands.account.change_password",
    "calendars.commands.feeds.prepare_my_feeds",
    "messaging.commands.unsubscribing.subscribe_again",
    "messaging.commands.testing.send_test",
    # Still to get one, with the rest of the API.
    "billing.commands.invoices.send_drafts",
    "billing.commands.payments.tell_how_to_pay",
    "messaging.commands.answering.mark_reply_unread",
    "messaging.commands.resending.look_at_again",
    "overview.commands.leaving.let_teacher_go",
    "people.commands.removal.remove_student",
}


def test_every_command_that_a_page_calls_has_a_route_or_is_listed() -> None:
    api = ROOT / "web" / "api"
    by_pages = set(_used(file for file in (ROOT / "web").rglob("*.py") if api not in file.parents))
    by_routes = set(_used(api.rglob("*.py")))
    commands = {name for name in _use_cases() if ".queries" not in name}

    assert len(commands & by_routes) > 150
    assert (commands & by_pages) - by_routes == WITHOUT_A_ROUTE


def _use_cases() -> Iterator[str]:
    for file in ROOT.rglob("*.py"):
        for node in ast.parse(file.read_text()).body:
            if isinstance(node, ast.FunctionDef) and any(map(_declares, node.decorator_list)):
                yield f"{_module(file)}.{node.name}"


def _declares(decorator: ast.expr) -> bool:
    called = decorator.func if isinstance(decorator, ast.Call) else decorator
    return isinstance(called, ast.Name) and called.id in {"requires", "public"}


def _used(files: Iterable[Path]) -> Iterator[str]:
    for file in files:
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("studio_app."):
                module = (node.module or "").removeprefix("studio_app.")
                yield from (f"{module}.{name.name}" for name in node.names)


def _module(file: Path) -> str:
    return ".".join(file.relative_to(ROOT).with_suffix("").parts)
