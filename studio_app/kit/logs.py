"""Structured logs: every line knows its request and studio, none knows a person."""

import logging
import sys
from contextvars import ContextVar
from typing import Any

import structlog

_TALKATIVE = ("apscheduler", "procrastinate", "httpx", "alembic")

request_id: ContextVar[str] = ContextVar("request_id", default="")
studio_id: ContextVar[str] = ContextVar("studio_id", default="")


def set_up(*, as_json: bool) -> None:
    """Send every library's lines through one renderer. Called once, at the edge."""
    shared: list[Any] = [
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        _context,
    ]
    coloured = structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    last = structlog.processors.JSONRenderer() if as_json else coloured
    handler = logging.StreamHandler()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                last,
            ],
        )
    )
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)


def _context(_logger: Any, _method: str, event: dict[str, Any]) -> dict[str, Any]:
    return {**event, "request_id": request_id.get(), "studio_id": studio_id.get()}
