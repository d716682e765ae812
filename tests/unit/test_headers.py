"""The file with rules for hosts."""

from __future__ import annotations

from sitegen.output.headers import headers
from sitegen.output.worker import WORKER


def rules() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for block in headers().decode("ascii").rstrip("\n").split("\n\n"):
        path, *lines = block.split("\n")
        assert all(line.startswith("  ") for line in lines)
        found[path] = dict(line.strip().split(": ", 1) for line in lines)
    return found


def test_nobody_may_frame_a_page_or_guess_its_kind() -> None:
    everywhere = rules()["/*"]
    assert everywhere["Content-Security-Policy"] == "frame-ancestors 'none'"
    assert everywhere["X-Content-Type-Options"] == "nosniff"
    assert everywhere["Referrer-Policy"] == "no-referrer"


def test_only_what_has_a_version_in_its_address_is_kept_for_ever() -> None:
    kept = {path: found["Cache-Control"] for path, found in rules().items() if "Cache-Control" in found}
    assert [path for path, rule in kept.items() if "immutable" in rule] == ["/static/*", "/media/*"]
    assert kept[f"/{WORKER}"] == "no-cache"
