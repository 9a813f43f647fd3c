"""Every table, imported for Alembic and the tests."""

import importlib
from pathlib import Path

from sqlmodel import SQLModel

_HERE = Path(__file__).parent

for _path in sorted([*_HERE.glob("*/models.py"), *_HERE.glob("*/models/*.py")]):
    _name = ".".join(_path.relative_to(_HERE.parent).with_suffix("").parts)
    importlib.import_module(_name)

for _name in ("audit", "idempotency", "jobs"):
    importlib.import_module(f"studio_app.kit.{_name}")

metadata = SQLModel.metadata
