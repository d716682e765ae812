"""Where addresses lead that pages had in an earlier publication (``content/redirects.yaml``)."""

from __future__ import annotations

from typing import Annotated

from sitegen.model.fields import PageAddress, about, content_type


@content_type
class Redirect:
    """An address that was published, and the page that answers there now."""

    old: Annotated[
        PageAddress,
        about(
            "Address that was published, from the root of the site: /berita/2024/11/lama.html. "
            "With / at its end all addresses below it."
        ),
    ]
    new: Annotated[
        PageAddress,
        about(
            "Page where readers are led now, from the root of the site. With / at its end, as in `old`, the rest of "
            "the address stays as it was."
        ),
    ]


@content_type
class RedirectsFile:
    """Every redirect of a site. None is ever taken out: what was printed once is read for years."""

    redirects: Annotated[tuple[Redirect, ...], about("Redirects, in any order.")]
