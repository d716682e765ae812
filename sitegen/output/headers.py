"""Rules for hosts that read a file ``_headers``: what no page can say of itself, and how long a copy is good."""

from __future__ import annotations

HEADERS = "_headers"
_FOR_GOOD = {"Cache-Control": "public, max-age=31536000, immutable"}
_RULES = {
    "/*": {
        "Content-Security-Policy": "frame-ancestors 'none'",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
    },
    # Their addresses carry a version.
    "/static/*": _FOR_GOOD,
    "/media/*": _FOR_GOOD,
    "/sw.js": {"Cache-Control": "no-cache"},
}


def headers() -> bytes:
    """The file: a path, and below it the headers that answers for it carry."""
    rules = (
        "\n".join([path, *(f"  {name}: {value}" for name, value in found.items())]) for path, found in _RULES.items()
    )
    return ("\n\n".join(rules) + "\n").encode()
