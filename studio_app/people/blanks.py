"""Filling what is not known yet, and taking that back."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlmodel import SQLModel


def fill_blanks(row: SQLModel, offered: Mapping[str, Any]) -> list[str]:
    """Write only where nothing was known; the names of what was filled."""
    blank = [name for name, value in offered.items() if value and not getattr(row, name)]
    row.sqlmodel_update({name: offered[name] for name in blank})
    return blank


def blank_again(row: SQLModel, names: Sequence[str]) -> None:
    """Back to what a new row has: "" or nothing."""
    fields = type(row).model_fields
    row.sqlmodel_update(
        {name: fields[name].get_default(call_default_factory=True) for name in names}
    )
