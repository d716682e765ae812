"""JSON Schemas and the reference of all content files, both made from the model, so that an editor
completes and checks exactly what the build accepts."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from pydantic import TypeAdapter

from sitegen import catalogs
from sitegen.content.portal import PORTAL
from sitegen.content.shard import KECAMATAN, VILLAGE_TPS
from sitegen.content.site import ACKNOWLEDGED, CONFIG, ELECTION, GUIDE, NEWS, REDIRECTS, SCHEDULE
from sitegen.problems import Message

Schema = dict[str, Any]


class ContentFile(NamedTuple):
    """One kind of content file."""

    name: str
    path: str
    model: TypeAdapter[Any]


FILES = (
    ContentFile("site_config", "site_config.yaml", CONFIG),
    ContentFile("kecamatan", "content/regions/<kecamatan>.yaml", KECAMATAN),
    ContentFile("election", "content/elections/<election>/election.yaml", ELECTION),
    ContentFile("schedule", "content/elections/<election>/schedule.yaml", SCHEDULE),
    ContentFile("acknowledged", "content/elections/<election>/acknowledged.yaml", ACKNOWLEDGED),
    ContentFile("village_tps", "content/elections/<election>/tps/<kecamatan>/<village>.yaml", VILLAGE_TPS),
    ContentFile("news", "content/news/<yyyy-mm-dd>-<slug>.md (front matter)", NEWS),
    ContentFile("guide", "content/pages/<slug>.md (front matter)", GUIDE),
    ContentFile("redirects", "content/redirects.yaml", REDIRECTS),
    ContentFile("portal", "portal.yaml", PORTAL),
)


def schema_text(file: ContentFile, language: str) -> str:
    """The JSON Schema of ``file`` with descriptions in ``language``."""
    schema = _schema(file)
    for part in (schema, *schema.get("$defs", {}).values()):
        part.pop("description", None)  # our docstrings are for developers
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **_localised(schema, language)}
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


def _schema(file: ContentFile) -> Schema:
    return file.model.json_schema()


def _localised(node: Any, language: str) -> Any:
    """``node`` with translated descriptions and without pydantic's titles."""
    if isinstance(node, list):
        return [_localised(item, language) for item in node]
    if not isinstance(node, dict):
        return node
    made = {}
    for key, value in node.items():
        if key == "title" and isinstance(value, str):
            continue
        is_text = key == "description" and isinstance(value, str)
        made[key] = catalogs.translate(Message(value), language) if is_text else _localised(value, language)
    return made


def reference() -> str:
    """The reference of all content files as Markdown."""
    parts = [
        "# Content reference",
        "",
        "Made from the model by `make reference`; do not edit. Keys in **bold** must be there.",
        "Dates are year-month-day, times hour:minute in quotes, codes are Kemendagri codes with dots.",
    ]
    for file in FILES:
        schema = _schema(file)
        definitions = schema.get("$defs", {})
        parts += ["", f"## {file.name}", "", f"`{file.path}`", "", *_table(schema, definitions)]
        for name, part in definitions.items():
            if "properties" not in part:
                continue
            parts += ["", f"### {file.name}: {name}", "", _first_line(part), "", *_table(part, definitions)]
    return "\n".join(parts) + "\n"


def _first_line(part: Schema) -> str:
    return str(part.get("description", "")).split("\n\n")[0].replace("\n", " ")


def _table(schema: Schema, definitions: Mapping[str, Schema]) -> list[str]:
    required = schema.get("required", [])
    rows = ["| key | value | meaning |", "|---|---|---|"]
    for key, value in schema["properties"].items():
        name = f"**{key}**" if key in required else key
        # pydantic leaves a description out where the part's own one says the same.
        meaning = value.get("description") or _first_line(definitions.get(_reference(value), {}))
        rows.append(f"| {name} | {_kind(value, definitions)} | {meaning} |")
    return rows


def _reference(value: Schema) -> str:
    """Name of the part that ``value`` refers to; empty when it is no reference."""
    return str(value.get("$ref", "")).rpartition("/")[2]


def _kind(value: Schema, definitions: Mapping[str, Schema]) -> str:
    name = _reference(value)
    if name:
        return _kind(definitions[name], definitions) if "enum" in definitions[name] else name
    if "anyOf" in value:
        return " or ".join(kind for option in value["anyOf"] if (kind := _kind(option, definitions)) != "null")
    if "enum" in value:
        return ", ".join(f"`{choice}`" for choice in value["enum"])
    if value.get("type") == "array":
        return f"list of {_kind(value.get('items', {}), definitions)}"
    if value.get("format") == "date":
        return "date"
    return {"string": "text", "integer": "number", "boolean": "true or false", "number": "decimal number"}.get(
        str(value.get("type")), str(value.get("type"))
    )
