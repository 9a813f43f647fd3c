"""The one place where a refusal becomes something a person sees."""

import logging
import secrets
from typing import Any

import reflex as rx

from studio_app.kit.errors import NeedsReason, Refused, SignedOut
from studio_app.web import routes
from studio_app.web.inputs import Invalid
from studio_app.web.notices import Notices
from studio_app.web.words import _

log = logging.getLogger(__name__)


async def show(state: Any, exception: Exception, *, in_place: bool = False) -> Any:
    """Say what went wrong: beside the fields, in place of the section, or as a notice."""
    if isinstance(exception, SignedOut):
        return rx.redirect(routes.sign_in_and_back(state.router.url.path))
    if isinstance(exception, Invalid) and not in_place:
        state.faults = exception.said()
    if isinstance(exception, NeedsReason) and hasattr(state, "caution"):
        state.caution = str(exception.why)
        return None
    if isinstance(exception, NeedsReason) and hasattr(state, "_ask_why"):
        return await state._ask_why()  # noqa: SLF001  a public method could be called by anybody
    words = str(exception) if isinstance(exception, Refused) else unexpected(exception)
    if in_place:
        state.trouble = words
        return None
    await tell(state, words, refused=True)
    return None


async def tell(state: Any, words: str, **more: Any) -> None:
    """Put a notice on the person's screen."""
    notices: Notices = await state.get_state(Notices)
    notices._put(words, **more)  # noqa: SLF001  a public method could be called by anybody


def unexpected(exception: BaseException) -> str:
    """Write the details to the log under a number, and give the number to the person."""
    reference = secrets.token_hex(4)
    log.error("unexpected error %s", reference, exc_info=exception)
    return _(
        "Something went wrong on our side; nothing was changed. "
        "If you ask us about it, mention {reference}.",
        reference=reference,
    )


def unhandled(exception: Exception) -> rx.event.EventSpec | None:
    """What escapes outside our handlers: Reflex's own, or a computed var."""
    unexpected(exception)
    return None
