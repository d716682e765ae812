"""Keys of what something is made of: the same key, the same thing."""

from __future__ import annotations

import hashlib


def key_of(*parts: object) -> str:
    """A key of ``parts``: bytes as they are, other things by what they say of themselves."""
    key = hashlib.blake2b(digest_size=16)
    for part in parts:
        data = part if isinstance(part, bytes) else repr(part).encode()
        key.update(len(data).to_bytes(8, "big") + data)
    return key.hexdigest()
