"""Values that say the same in another writing: then what somebody wrote stays."""

from __future__ import annotations

import dataclasses
from typing import Any, TypeVar

from sitegen.importer.cells import text_of
from sitegen.importer.values import DECIMALS

T = TypeVar("T")


def kept(old: T | None, new: T) -> T:
    """``new``, with each value as ``old`` has it that differs in nothing but spaces, or by less than a centimetre."""
    return new if old is None else _kept(old, new)


def _kept(old: Any, new: Any) -> Any:
    if old == new or type(old) is not type(new):
        return new
    if isinstance(old, str):
        return old if "\n" not in old and text_of(old) == new else new
    if isinstance(old, float):
        return old if round(old, DECIMALS) == new else new
    if isinstance(old, tuple):
        return tuple(map(_kept, old, new)) if len(old) == len(new) else new
    if not dataclasses.is_dataclass(old):
        return new
    names = [field.name for field in dataclasses.fields(old)]
    return dataclasses.replace(new, **{name: _kept(getattr(old, name), getattr(new, name)) for name in names})
