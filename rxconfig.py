"""Reflex's own settings: our tokens on Tailwind, no Radix Themes, nothing phoning home."""

import reflex as rx
from reflex_base.constants import StateManagerMode

from studio_app.web.front import front
from studio_app.web.same_origin import SameOriginPlugin

# Values live in assets/tokens.css; Tailwind only gives them names.
COLOURS = (
    "canvas surface surface-2 sunken line line-strong line-ctl ink ink-2 ink-3 "
    "accent accent-hover accent-soft accent-ink on-accent ok ok-soft ok-ink warn warn-soft "
    "warn-ink bad bad-soft bad-ink info info-soft info-ink mute mute-soft mute-ink"
)
THEME = {
    "colors": {name: f"var(--{name})" for name in COLOURS.split()},
    "fontFamily": {"sans": ["Inter Variable", "Inter", "ui-sans-serif", "system-ui", "sans-serif"]},
    "borderRadius": {"ctl": "7px", "card": "12px", "sheet": "20px"},
    "boxShadow": {"e1": "var(--e1)", "e2": "var(--e2)", "e3": "var(--e3)"},
}

config = rx.Config(
    app_name="studio_app",
    telemetry_enabled=False,
    show_built_with_reflex=False,
    state_manager_mode=StateManagerMode.MEMORY,
    redis_token_expiration=600,
    cors_allowed_origins=front().origins,
    default_color_mode="system",
    react_strict_mode=False,
    frontend_lazy_bundled_libraries=True,
    frontend_compression_formats=["brotli", "gzip"],
    plugins=[
        rx.plugins.TailwindV4Plugin({"theme": {"extend": THEME}}),
        SameOriginPlugin(),
    ],
    disable_plugins=[rx.plugins.SitemapPlugin],
)
