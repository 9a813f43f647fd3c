"""A bare Reflex app, to measure ours against."""

import reflex as rx
from reflex_base.constants import StateManagerMode

config = rx.Config(
    app_name="bare",
    telemetry_enabled=False,
    state_manager_mode=StateManagerMode.MEMORY,
    disable_plugins=[rx.plugins.SitemapPlugin],
)
