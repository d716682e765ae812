"""A portal: one search above several sites (``portal.yaml``)."""

from __future__ import annotations

from typing import Annotated

from sitegen.model.config import Contact, Language, Office
from sitegen.model.fields import HttpsUrl, Line, SiteUrl, about, content_type


@content_type
class PortalEntry:
    """A site that the portal leads to."""

    url: Annotated[SiteUrl, about("Public address of the site, with a slash at the end.")]
    data: Annotated[
        Line,
        about("Folder of the built site, or its file data/portal.json; seen from the folder of this file."),
    ]


@content_type
class PortalConfig:
    """Whose portal it is, and the sites below it."""

    title: Annotated[Line, about("Name of the portal.")] = "Papan TPS"
    office: Annotated[Office, about("The office that answers for the portal.")]
    contact: Annotated[Contact, about("How to reach the office.")]
    region: Annotated[Line, about("Name of the region that the sites cover together, such as Sumatera Selatan.")]
    languages: Annotated[
        tuple[Language, ...],
        about("Languages of the pages; the first is the main one, others go to a folder of their own.", min_length=1),
    ] = ("id",)
    base_url: Annotated[HttpsUrl | None, about("Address of the published portal.")] = None
    sites: Annotated[tuple[PortalEntry, ...], about("The sites, in any order.", min_length=1)]

    @property
    def offline(self) -> bool:
        """A portal keeps nothing on the reader's device: the sites below it do."""
        return False
