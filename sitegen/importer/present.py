"""The content as it is before an import."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sitegen.content.documents import Document, Loader
from sitegen.content.folders import Folders
from sitegen.content.shard import KECAMATAN, VILLAGE_TPS
from sitegen.content.site import CONFIG, ELECTION
from sitegen.content.sources import find
from sitegen.importer.places import Regions
from sitegen.model.config import SiteConfig
from sitegen.model.election import Election
from sitegen.model.region import Kecamatan, Village, village_kind
from sitegen.model.tps import VillageTps
from sitegen.pages.urls import village_slug
from sitegen.problems import ContentError, UsageError, msg


@dataclass(frozen=True)
class Present:
    """Everything that an import compares with. ``tps`` holds the file of each village that has one, by the village's
    code; ``kecamatan`` the files of regions by the code of the kecamatan."""

    content: Path
    election_slug: str
    config: SiteConfig
    election: Election
    kecamatan: dict[str, Document[Kecamatan]]
    tps: dict[str, Document[VillageTps]]

    def regions(self) -> Regions:
        """The places of the site, for looking up names."""
        region = self.config.region
        found = [document.data for document in self.kecamatan.values()]
        return Regions(found, (region.code, region.name, region.short_name))

    def village(self, code: str) -> Village:
        """A village by its code."""
        return next(v for v in self.kecamatan[code[:8]].data.villages if v.code == code)

    def path(self, code: str) -> Path:
        """The file of a village's TPS, whether it exists or not."""
        if code in self.tps:
            return Path(self.tps[code].path)
        folder = self.content / "elections" / self.election_slug / "tps" / Path(self.kecamatan[code[:8]].path).stem
        return folder / f"{village_slug(self.village(code))}.yaml"

    def title(self, code: str) -> str:
        """What a new file of a village says about itself."""
        kind, kecamatan = village_kind(code).capitalize(), self.kecamatan[code[:8]].data.name
        return f"{kind} {self.village(code).name}, Kecamatan {kecamatan}"


def read_present(config_path: Path, content: Path, election: str | None) -> Present:
    """Read configuration, election, regions and TPS.

    Raises:
        UsageError: there is no site, or no such election.
        ContentError: the content has errors of its own, which must be mended first.
    """
    for path in (config_path, content):
        if not path.exists():
            raise UsageError(msg("%(path)s does not exist", path=str(path)))
    loader = Loader()
    config = loader.yaml(config_path, CONFIG)
    if config is None:
        raise ContentError(loader.problems)
    slug = election or config.data.election
    if not (content / "elections" / slug).is_dir():
        known = ", ".join(sorted(path.name for path in content.glob("elections/*") if path.is_dir()))
        raise UsageError(
            msg(
                "There is no election %(name)s in %(path)s; there are: %(known)s",
                name=slug,
                path=str(content),
                known=known,
            )
        )
    sources = find(content, slug, Folders())
    found = loader.yaml(sources.election, ELECTION)
    kecamatan = [loader.yaml(shard.kecamatan, KECAMATAN) for shard in sources.shards]
    tps = [loader.yaml(path, VILLAGE_TPS) for shard in sources.shards for path in shard.tps]
    if loader.problems or found is None:
        raise ContentError(loader.problems)
    return Present(
        content,
        slug,
        config.data,
        found.data,
        {document.data.code: document for document in kecamatan if document},
        {document.data.village: document for document in tps if document},
    )
