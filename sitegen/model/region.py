"""Kecamatan and their villages (``content/regions/<kecamatan>.yaml``)."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from sitegen.model.fields import Folder, KecamatanCode, Line, VillageCode, about, content_type


class VillageKind(StrEnum):
    """Kind of a village, told by the first digit of the last group of its Kemendagri code."""

    KELURAHAN = "kelurahan"
    DESA = "desa"
    DESA_ADAT = "desa adat"


_KIND_BY_DIGIT = {"1": VillageKind.KELURAHAN, "2": VillageKind.DESA, "3": VillageKind.DESA_ADAT}


def village_kind(code: str) -> VillageKind:
    """Kind of the village with the Kemendagri ``code`` (``16.02.05.1010`` is a kelurahan)."""
    return _KIND_BY_DIGIT[code.rsplit(".", 1)[1][0]]


@content_type
class Village:
    """A desa, kelurahan or desa adat."""

    code: Annotated[VillageCode, about("Kemendagri code of the village, such as 16.02.05.1010.")]
    name: Annotated[Line, about("Official name, without the word Desa or Kelurahan.")]
    other_names: Annotated[
        tuple[Line, ...], about("Other spellings that people type; the search finds the village by them too.")
    ] = ()
    slug: Annotated[
        Folder | None,
        about(
            "Name of the page in the address. Needed only to keep an old address after a renaming, "
            "or to tell namesakes of one kecamatan apart."
        ),
    ] = None

    @property
    def kind(self) -> VillageKind:
        """Desa, kelurahan or desa adat."""
        return village_kind(self.code)


@content_type
class Kecamatan:
    """A kecamatan with all its villages. The file's name is its name in addresses."""

    code: Annotated[KecamatanCode, about("Kemendagri code of the kecamatan, such as 16.02.05.")]
    name: Annotated[Line, about("Official name, without the word Kecamatan.")]
    other_names: Annotated[tuple[Line, ...], about("Other spellings that people type.")] = ()
    villages: Annotated[tuple[Village, ...], about("All villages of the kecamatan.")]
