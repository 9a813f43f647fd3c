"""The calendar's desk, for what reads across."""

from tests.scheduling.conftest import desk

__all__ = ["desk"]
