"""Promises about the whole code base that no single feature can break quietly."""

import ast
import inspect
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2] / "studio_app"
CONTEXTS = sorted({path.parent.name for path in ROOT.glob("*/models*")} | {"overview"})
OPEN_TO_ALL = {  # the public use cases: each is a door without a lock, so each is named here
    "sign_in.count_try",
    "sign_in.sign_in",
    "sign_in.ask_for_link",
    "sign_in.ask_for_new_link",
    "sign_in.use_link",
    "sign_up.found_demonstration",
    "sign_up.sign_up",
    "bootstrap.bootstrap_owner",
    "tokens.refresh_tokens",
    "joining.accept_invitation",
    "queries.link_state",
    "queries.invitation_card",
    "texting.studios_meant",
    "unsubscribing.subscribe_again",
    "unsubscribing.unsubscribe",
    "unsubscribing.unsubscription",
}


def modules_of(*kinds: str) -> list[Path]:
    found = (
        path
        for kind in kinds
        for pattern in (f"*/{kind}.py", f"*/{kind}/*.py")
        for path in ROOT.glob(pattern)
        if path.name != "__init__.py" and path.relative_to(ROOT).parts[0] != "web"
    )
    return sorted(found)


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT.parent).with_suffix("").parts)


def public_functions(path: Path) -> Iterator[tuple[str, object]]:
    module = import_module(name_of(path))
    for name, function in inspect.getmembers(module, inspect.isfunction):
        if function.__module__ == module.__name__ and not name.startswith("_"):
            yield name, function


def takes_work(function: object) -> bool:
    return next(iter(inspect.signature(function).parameters), "") == "work"  # type: ignore[arg-type]


@pytest.mark.parametrize("path", modules_of("queries"), ids=name_of)
def test_every_query_says_who_may_ask(path: Path) -> None:
    for name, function in public_functions(path):
        if takes_work(function):
            assert hasattr(function, "permission"), f"{name} has no @requires and no @public"


def test_commands_that_are_open_to_everybody_are_the_listed_ones() -> None:
    opened = {
        f"{name_of(path).rsplit('.', 1)[1]}.{name}"
        for path in modules_of("commands", "queries")
        for name, function in public_functions(path)
        if getattr(function, "permission", "none") is None
    }
    assert opened == OPEN_TO_ALL


@pytest.mark.parametrize("path", modules_of("commands"), ids=name_of)
def test_commands_write_only_their_own_rows(path: Path) -> None:
    own = path.relative_to(ROOT).parts[0]
    for node in ast.walk(ast.parse(path.read_text())):
        module = (node.module or "") if isinstance(node, ast.ImportFrom) else ""
        if ".models" in module and not module.startswith("studio_app.kit"):
            assert module.split(".")[1] == own, f"{path.name} imports {module}"


@pytest.mark.parametrize("path", modules_of("rules"), ids=name_of)
def test_rules_never_read_the_clock(path: Path) -> None:
    assert "utc_now" not in path.read_text()


def test_only_identity_becomes_somebody() -> None:
    users = {
        path.relative_to(ROOT).parts[0]
        for path in ROOT.rglob("*.py")
        if "become(" in path.read_text() and path != ROOT / "kit" / "work.py"
    }
    assert users == {"identity"}


def test_only_the_demonstration_says_what_time_it_is() -> None:
    users = {
        path.relative_to(ROOT).parts[0]
        for path in ROOT.rglob("*.py")
        if "happening_at(" in path.read_text() and path != ROOT / "kit" / "work.py"
    }
    assert users == {"demo"}


def test_only_the_kit_reads_the_environment() -> None:
    readers = {
        path.relative_to(ROOT).as_posix()
        for path in ROOT.rglob("*.py")
        if "os.environ" in path.read_text() or "getenv" in path.read_text()
    }
    assert all(reader.startswith(("kit/", "cli/", "web/build")) for reader in readers), readers


@pytest.mark.parametrize("vendor", ["send_email(", "send_sms(", "send_push(", "send_webhook("])
def test_nobody_waits_for_a_vendor_but_a_worker(vendor: str) -> None:
    """Each is called in one place, which only subscribers that run outside a transaction reach."""
    callers = {
        path.relative_to(ROOT).as_posix()
        for path in ROOT.rglob("*.py")
        if vendor in path.read_text().replace(f"def {vendor}", "")
    }
    assert callers <= {"messaging/handing.py", "automations/subscribers.py"}
