"""A new news item, begun for somebody who will write it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from string import Template

from pydantic import TypeAdapter, ValidationError

from sitegen.content.yaml_write import scalar
from sitegen.model.fields import Line
from sitegen.problems import UsageError, msg
from sitegen.slugs import slug
from sitegen.starter import NEWS_STARTER


def new_news(content: Path, title: str, date: dt.date) -> Path:
    """Write ``news/<date>-<slug>.md`` into the ``content`` folder, as a draft with places to fill in.

    Raises UsageError when there is no content folder, the title cannot be one, or the file is there already.
    """
    if not content.is_dir():
        raise UsageError(
            msg(
                "There is no %(path)s here; run the command in the folder of a site, or name it with --content",
                path=str(content),
            )
        )
    try:
        line = TypeAdapter[str](Line).validate_python(title)
    except ValidationError as error:
        raise UsageError(msg("A title is one line of 1 to 300 characters")) from error
    path = content / "news" / f"{date}-{slug(line)}.md"
    path.parent.mkdir(exist_ok=True)
    text = Template(NEWS_STARTER.read_text(encoding="utf-8")).substitute(title=scalar(line))
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError as error:
        raise UsageError(msg("%(path)s is there already; nothing was written", path=str(path))) from error
    return path
