"""Cadenza."""

import gc

# A start makes half a million objects that stay: looking through them every 700 is a tenth of it.
gc.set_threshold(20_000, 50, 100)
