"""Harmony's diary, for the pages that show it."""

from tests.scheduling import conftest

desk = conftest.desk
