"""JSON Schemas and the reference, made from the model."""

from __future__ import annotations

import json
from typing import Any

import pytest

from sitegen.schemas import FILES, ContentFile, schema_text
from tests.support import ROOT
from tools.write_reference import outputs


@pytest.mark.parametrize("path", [path.relative_to(ROOT).as_posix() for path in outputs()])
def test_the_generated_files_are_current(path: str) -> None:
    assert (ROOT / path).read_text("utf-8") == outputs()[ROOT / path], "run make reference"


def objects(node: Any) -> list[dict[str, Any]]:
    """Every schema of an object inside ``node``."""
    if isinstance(node, list):
        return [found for item in node for found in objects(item)]
    if not isinstance(node, dict):
        return []
    own = [node] if node.get("type") == "object" else []
    return own + [found for value in node.values() for found in objects(value)]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_editors_learn_every_key_and_refuse_others(file: ContentFile) -> None:
    schema = json.loads(schema_text(file, "id"))
    found = objects(schema)
    assert found
    assert all(part["additionalProperties"] is False for part in found)
    silent = [key for part in found for key, value in part["properties"].items() if not described(value)]
    assert silent == []


def described(value: dict[str, Any]) -> bool:
    return bool(value.get("description")) or "$ref" in value


def test_descriptions_are_translated() -> None:
    for file in FILES:
        assert schema_text(file, "id") != schema_text(file, "en"), file.name


@pytest.mark.parametrize(
    ("pattern", "schema"),
    [
        ("site_config.yaml", "site_config"),
        ("content/regions/*.yaml", "kecamatan"),
        ("content/elections/*/election.yaml", "election"),
        ("content/elections/*/schedule.yaml", "schedule"),
        ("content/elections/*/tps/*/*.yaml", "village_tps"),
        ("content/news/*.md", "news"),
        ("content/pages/*.md", "guide"),
    ],
)
def test_every_content_file_names_its_schema(pattern: str, schema: str) -> None:
    files = sorted(ROOT.glob(pattern))
    assert files
    for file in files:
        text = file.read_text("utf-8")
        line = next(line for line in text.splitlines() if line.startswith("# yaml-language-server: $schema="))
        assert (file.parent / line.partition("$schema=")[2]).resolve() == ROOT / f"docs/schemas/{schema}.json", file
