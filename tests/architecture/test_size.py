"""Nothing grows past what can be read in one go, and nothing is left for later."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LINES_PER_FILE = 300
LINES_PER_FUNCTION = 50
NOT_OURS = {".git", ".venv", ".web", ".data", ".build", ".reflex", "node_modules", "fonts"}
WRITTEN_BY_HAND = {".py", ".jsx", ".js", ".css", ".md", ".toml", ".yml", ".mako", ".ini", ""}
LOCKS = {".lock", ".json"}
# In two halves, so that this file does not find itself.
REGISTRIES = [".".join(name) for name in (("pypi", "org"), ("npmjs", "org"), ("npmjs", "com"))]
REGISTRIES.append(".".join(("files", "pythonhosted", "org")))
LEFT_FOR_LATER = ["TO" + "DO", "FIX" + "ME", "X" + "XX"]


def _files(*suffixes: str) -> Iterator[Path]:
    for path in sorted(ROOT.rglob("*")):
        parts = path.relative_to(ROOT).parts
        if path.is_file() and not NOT_OURS & set(parts) and path.suffix in suffixes:
            yield path


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


PYTHON = [*_files(".py"), ROOT / "studio"]
LOGIC = [path for path in PYTHON if path.parent.name != "versions"]  # a migration is a list


def test_files_stay_short() -> None:
    sizes = {_name(path): len(path.read_text().splitlines()) for path in (*LOGIC, *_files(".jsx"))}

    assert {name: size for name, size in sizes.items() if size > LINES_PER_FILE} == {}


@pytest.mark.parametrize("path", LOGIC, ids=_name)
def test_functions_stay_short(path: Path) -> None:
    functions = (
        node
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    sizes = {f"{f.name}:{f.lineno}": (f.end_lineno or 0) - f.lineno + 1 for f in functions}

    assert {name: size for name, size in sizes.items() if size > LINES_PER_FUNCTION} == {}


def test_no_file_names_a_package_registry() -> None:
    """Where packages come from is for the machine to say."""
    naming = {
        _name(path): host
        for path in _files(*WRITTEN_BY_HAND, *LOCKS)
        for host in REGISTRIES
        if host in _text(path)
    }

    assert naming == {}


def test_nothing_is_left_for_later() -> None:
    unfinished = {
        f"{_name(path)}:{number}": line.strip()
        for path in _files(*WRITTEN_BY_HAND)
        for number, line in enumerate(_text(path).splitlines(), start=1)
        if any(mark in line.split() or f"{mark}:" in line for mark in LEFT_FOR_LATER)
    }

    assert unfinished == {}


def _text(path: Path) -> str:
    try:
        return path.read_text()
    except UnicodeDecodeError:
        return ""
