"""The application some days from now: for what can only be done when a week is over."""

import os
from datetime import timedelta
from importlib import import_module

from studio_app.kit import clock

_now = clock.utc_now
_ahead = timedelta(days=int(os.environ["CADENZA_TEST_DAYS_AHEAD"]))  # noqa: TID251  an edge of its own
clock.utc_now = lambda: _now() + _ahead  # before anybody else has taken hold of it

app = import_module("studio_app.studio_app").app
