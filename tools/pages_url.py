"""Print the address at which GitHub Pages publishes this repository.

Reads the environment that GitHub sets for every workflow run: ``GITHUB_REPOSITORY`` (``owner/name``), and
``SITE_URL`` when the site has a domain of its own. Exit codes: 0 good, 1 the environment doesn't say.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping


def pages_url(environment: Mapping[str, str]) -> str:
    """The address, ending in ``/``. A repository named ``<owner>.github.io`` is published at the domain's root.

    Raises ValueError when the environment names no repository or ``SITE_URL`` is not an https address.
    """
    own = environment.get("SITE_URL", "").strip()
    if own:
        if not re.fullmatch(r"https?://[a-z0-9.-]+(:\d+)?(/[\w.~-]+)*/?", own, re.ASCII | re.IGNORECASE):
            raise ValueError(f"SITE_URL is not an address: {own!r}")
        return own.rstrip("/") + "/"
    match = re.fullmatch(r"([\w-]+)/([\w.-]+)", environment.get("GITHUB_REPOSITORY", ""), re.ASCII)
    if match is None:
        raise ValueError("GITHUB_REPOSITORY is not set to owner/name")
    owner, name = match[1].lower(), match[2]
    host = f"{owner}.github.io"
    return f"https://{host}/" if name.lower() == host else f"https://{host}/{name}/"


if __name__ == "__main__":
    try:
        print(pages_url(os.environ))
    except ValueError as error:
        sys.exit(str(error))
