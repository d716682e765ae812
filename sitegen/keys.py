"""Keys of what something is made of: the same key, the same thing."""

from __future__ import annotations

import hashlib
import io
import pickle


def key_of(*parts: object) -> str:
    """A key of ``parts``: bytes as they are, other things by what they say of themselves."""
    key = hashlib.blake2b(digest_size=16)
    for part in parts:
        data = part if isinstance(part, bytes) else repr(part).encode()
        key.update(len(data).to_bytes(8, "big") + data)
    return key.hexdigest()


def key_of_value(value: object) -> str:
    """A key of plain data, however deep: the same for the same values, whatever of them is one object in memory."""
    data = io.BytesIO()
    pickler = pickle.Pickler(data, protocol=5)
    pickler.fast = True  # the usual way writes "the same as before" for what is the same object
    pickler.dump(value)
    return key_of(data.getvalue())


class Keyed:
    """A value with a ``key`` of all that pages show of it: in the key of a page it stands as that, so that what many
    pages show is pickled once."""

    @property
    def key(self) -> str:
        """The key."""
        raise NotImplementedError

    def __reduce__(self) -> tuple[type, tuple[str]]:
        """Pickled for the key of a page."""
        return str, (self.key,)
