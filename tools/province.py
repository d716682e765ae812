"""What .github/workflows/province.yml needs to know of a provinsi: ``python tools/province.py matrix|portal CODE``.

``matrix`` prints its kabupaten and kota as JSON, each with its code and the name of its folder. ``portal`` prints a
portal.yaml above their sites, which lie in ``kabupaten/<name>/`` and are published below the address that the
environment gives (see tools/pages_url.py). Exit codes: 0 good, 1 no such provinsi or no address, 2 wrong usage.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from sitegen import hierarchy  # noqa: E402
from sitegen.content.yaml_write import document  # noqa: E402
from sitegen.hierarchy import Area  # noqa: E402
from sitegen.model.config import Contact  # noqa: E402
from sitegen.model.portal import PortalConfig, PortalEntry  # noqa: E402
from sitegen.slugs import slug  # noqa: E402
from sitegen.starter import office_of  # noqa: E402
from tools.pages_url import pages_url  # noqa: E402


def folder_name(area: Area) -> str:
    """The folder of a kabupaten or kota, also in its address: ``ogan-komering-ilir``, ``kota-palembang``."""
    return slug(area.name.removeprefix("Kabupaten "))


def matrix(province: Area) -> str:
    """The kabupaten and kota of ``province`` as the matrix of a workflow."""
    return json.dumps([{"code": area.code, "folder": folder_name(area)} for area in hierarchy.regencies(province.code)])


def portal(province: Area, address: str) -> str:
    """A portal.yaml above the sites of ``province``, published at ``address`` with the sites in folders below it."""
    folders = [folder_name(area) for area in hierarchy.regencies(province.code)]
    config = PortalConfig(
        office=office_of(province),
        contact=Contact(),
        region=province.name,
        base_url=address,
        sites=tuple(PortalEntry(url=f"{address}{folder}/", data=f"kabupaten/{folder}") for folder in folders),
    )
    return document(config)


def main(arguments: list[str]) -> int:
    """Print what ``arguments`` ask for."""
    if len(arguments) != 2 or arguments[0] not in {"matrix", "portal"}:
        print("usage: python tools/province.py matrix|portal CODE", file=sys.stderr)
        return 2
    province = next((area for area in hierarchy.provinces() if area.code == arguments[1]), None)
    if province is None:
        print(f"no provinsi has the code {arguments[1]!r}", file=sys.stderr)
        return 1
    try:
        print(matrix(province) if arguments[0] == "matrix" else portal(province, pages_url(os.environ)), end="")
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
