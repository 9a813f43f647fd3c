"""Figures for /metrics: how long use cases take and how they end. No names, no ids."""

import time
from collections.abc import Generator
from contextlib import contextmanager

from prometheus_client import Histogram

from studio_app.kit.errors import Refused

USE_CASES = Histogram(
    "cadenza_use_case_seconds",
    "Time of one use case, from opening its transaction to the end of its commit",
    ["use_case", "outcome"],
    buckets=(0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
)


@contextmanager
def timed(use_case: str) -> Generator[None, None, None]:
    started, outcome = time.perf_counter(), "failed"
    try:
        yield
        outcome = "done"
    except Refused:
        outcome = "refused"
        raise
    finally:
        USE_CASES.labels(use_case, outcome).observe(time.perf_counter() - started)
