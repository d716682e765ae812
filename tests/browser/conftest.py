"""How long a test in a browser waits for what a person would see."""

from __future__ import annotations

from playwright.sync_api import expect

expect.set_options(timeout=20_000)
"""Several browsers run at once, and the editor of news is 2 MB of script: on a busy machine 5 seconds are too short."""
