"""The four ways a request can be refused. Anything else that escapes is a bug.

The message of a `Refused` is shown to the person who asked, so write it for them.
"""

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from typing import cast

from psycopg.errors import IntegrityError as PsycopgIntegrityError
from sqlalchemy.exc import IntegrityError

from studio_app.kit.words import Text, _


class Refused(Exception):
    """The request was understood and declined; nothing changed."""

    message: Text = _("That is not possible.")

    def __init__(self, message: Text | str | None = None) -> None:
        said = message or type(self).message
        self.text = said if isinstance(said, Text) else Text(said)
        super().__init__(self.text)

    def __str__(self) -> str:
        return str(self.text)


class SignedOut(Refused):
    message = _("Please sign in.")


class Forbidden(Refused):
    message = _("You do not have permission to do that.")


class NotFound(Refused):
    message = _("We could not find that.")


class NeedsReason(Refused):
    """It is possible all the same, for a reason. `why` is what speaks against it."""

    def __init__(self, why: Text | str, message: Text | str | None = None) -> None:
        super().__init__(message or why)
        self.why = why


class Conflict(Refused):
    message = _("Somebody else changed this first. Please try again.")


@contextmanager
def constraint(refusals: Mapping[str, type[Refused] | Refused]) -> Generator[None, None, None]:
    """Turn a violation of a named database constraint into a domain refusal.

    The statement must be sent inside the block: flush or execute there. A violated
    constraint that is not named escapes as it is.
    """
    try:
        yield
    except IntegrityError as error:
        cause = cast("PsycopgIntegrityError", error.orig)
        refusal = refusals.get(cause.diag.constraint_name or "")
        if refusal is None:
            raise
        raise refusal from error
