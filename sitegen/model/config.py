"""Whose site this is (``site_config.yaml``)."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from sitegen.model.fields import (
    OFFICE_CONTACT,
    Count,
    Date,
    Folder,
    GithubName,
    HttpsUrl,
    Line,
    RegionCode,
    Truth,
    WhatsApp,
    about,
    content_type,
)

Language = Literal["id", "en"]


class DataStatus(StrEnum):
    """How far the data can be relied on; anything but ``official`` is marked on every page and file."""

    SAMPLE = "sample"
    PROVISIONAL = "provisional"
    OFFICIAL = "official"


@content_type
class Office:
    """The election office that answers for the site."""

    name: Annotated[Line, about("Full name of the office.")]
    short_name: Annotated[Line, about("Short name for the header, such as KPU OKI.")]


@content_type
class Contact:
    """How to reach the office. The office's own, never a person's."""

    address: Annotated[Line | None, about("Street address of the office.")] = None
    hours: Annotated[Line | None, about("When the office can be asked.")] = None
    phone: Annotated[Line | None, about("Telephone of the office."), OFFICE_CONTACT] = None
    email: Annotated[Line | None, about("E-mail of the office."), OFFICE_CONTACT] = None
    whatsapp: Annotated[
        WhatsApp | None,
        about("WhatsApp number of the office, digits only, with the country: 6281200000000."),
        OFFICE_CONTACT,
    ] = None
    website: Annotated[HttpsUrl | None, about("Official site of the office.")] = None


@content_type
class Region:
    """The region that the site covers."""

    code: Annotated[RegionCode, about('Kemendagri code, in quotes: "16.02".')]
    name: Annotated[Line, about("Full name, such as Kabupaten Ogan Komering Ilir.")]
    short_name: Annotated[Line, about("Short name for headings, such as OKI.")]


@content_type
class KppsPublication:
    """What of the KPPS is published."""

    publish: Annotated[Literal["names", "roles"], about("`names`: name and role. `roles`: only how many of each role.")]
    names_until: Annotated[
        Date | None, about("Last day on which names are published; data of a later date show roles only.")
    ] = None


@content_type
class Admin:
    """The page ``/admin/``, where staff write news, guides and the calendar in the browser."""

    repository: Annotated[GithubName, about("Repository on GitHub that it writes to: owner/name.")]
    branch: Annotated[Line, about("Branch that is published.")] = "main"


@content_type
class SiteConfig:
    """Everything that differs between two offices and is not content."""

    title: Annotated[Line, about("Name of the site.")] = "Papan TPS"
    office: Annotated[Office, about("The office that answers for the site.")]
    contact: Annotated[Contact, about("How to reach the office.")]
    region: Annotated[Region, about("The region that the site covers.")]
    election: Annotated[Folder, about("Folder name of the current election.")]
    languages: Annotated[
        tuple[Language, ...],
        about("Languages of the pages; the first is the main one, others go to a folder of their own.", min_length=1),
    ] = ("id",)
    data_status: Annotated[DataStatus, about("`sample`, `provisional` or `official`.")] = DataStatus.SAMPLE
    kpps: Annotated[KppsPublication, about("What of the KPPS is published.")]
    offline: Annotated[
        Truth,
        about("`true`: pages that were opened stay readable without a network. `false`: takes that back everywhere."),
    ] = True
    admin: Annotated[
        Admin | None, about("The page /admin/ for writing news in the browser; without it there is none.")
    ] = None
    fresh_days: Annotated[
        Count, about("Data of a TPS that are older than so many days before its vote are marked as old.")
    ] = 7
    base_url: Annotated[
        HttpsUrl | None,
        about("Address of the published site. Used only by feeds, sitemap, canonical links and the 404 page."),
    ] = None
