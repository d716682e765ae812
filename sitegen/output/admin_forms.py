"""Forms of ``/admin/``, made from the model: what a person can fill in there is what the build reads.

Only news, guides and the calendar. TPS and KPPS come from spreadsheets and have no form.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from sitegen.catalogs import translate
from sitegen.content.pictures import FOLDER, MAX_FILE
from sitegen.content.site import GUIDE, NEWS, SCHEDULE
from sitegen.model.config import Admin
from sitegen.pages.index import SiteIndex
from sitegen.problems import Message, msg, verbatim

Form = dict[str, Any]
Options = list[dict[str, str]]

LABELS = {
    "announcement": msg("Announcement"),
    "as_of": msg("Date of the calendar"),
    "basis": msg("Decree or recommendation"),
    "cases": msg("Reader chooses a case"),
    "closes": msg("Ends at"),
    "correction": msg("Correction"),
    "corrections": msg("Corrections"),
    "date": msg("Date"),
    "description": msg("Description"),
    "draft": msg("Draft"),
    "end": msg("Last day"),
    "id": msg("Short name"),
    "kind": msg("Kind"),
    "kpps_figure": msg("Figure TPS × 7 = KPPS"),
    "name": msg("Source"),
    "number": msg("Number"),
    "opens": msg("Begins at"),
    "order": msg("Place in the list"),
    "participants": msg("Participants"),
    "pinned_until": msg("Shown first until"),
    "place": msg("Place"),
    "question": msg("Question on home"),
    "readiness": msg("Readiness"),
    "recruitment": msg("Recruitment"),
    "repeat_vote": msg("Repeat vote"),
    "sessions": msg("Trainings by village"),
    "source": msg("Source"),
    "sources": msg("Sources"),
    "stages": msg("Stages"),
    "start": msg("First day"),
    "summary": msg("Summary"),
    "swearing_in": msg("Swearing-in"),
    "text": msg("Text"),
    "title": msg("Title"),
    "topics": msg("Topics"),
    "tps": msg("TPS"),
    "tps_change": msg("Change of a TPS"),
    "training": msg("Training"),
    "url": msg("Address"),
    "village": msg("Village"),
    "villages": msg("Villages"),
    "voter_roll": msg("Voter roll"),
    "voting": msg("Voting"),
    "was": msg("The wrong sentence"),
}
"""What people call the keys and values of the model."""
_BUTTONS = ("bold", "italic", "link", "heading-two", "heading-three", "bulleted-list", "numbered-list")
_LONG = 1000
_PICTURES: Form = {
    "max_file_size": MAX_FILE,
    "slugify_filename": True,
    "transformations": {"raster_image": {"format": "webp", "quality": 85, "width": 1600, "height": 3200}},
}


@dataclass(frozen=True, slots=True)
class _Forms:
    """Makes forms of one schema. ``choices`` are the values that keys can have here, with their names."""

    definitions: Mapping[str, Any]
    choices: Mapping[str, Options]
    language: str

    def fields(self, schema: Mapping[str, Any]) -> list[Form]:
        """One form field for every key of an object."""
        required = schema.get("required", ())
        return [self._field(name, value, is_needed=name in required) for name, value in schema["properties"].items()]

    def label(self, name: str) -> str:
        """What people call a key or value."""
        return translate(LABELS.get(name, verbatim(name)), self.language)

    def _field(self, name: str, value: Mapping[str, Any], *, is_needed: bool) -> Form:
        made: Form = {"name": name, "label": self.label(name), "required": is_needed, **self._widget(name, value)}
        hint = translate(Message(value.get("description", "")), self.language)
        if hint.rstrip(".") not in {"", made["label"]}:
            made["hint"] = hint
        if "pattern" in made:
            made["pattern"].append(hint or made["label"])
        if isinstance(value.get("default"), (str, bool, int)):
            made["default"] = value["default"]
            made["required"] = is_needed or made["widget"] == "select"
        return made

    def _widget(self, name: str, value: Mapping[str, Any]) -> Form:
        value = self._resolved(value)
        if name in self.choices:
            is_list = value.get("type") == "array"
            return {"widget": "select", "options": self.choices[name], **({"multiple": True} if is_list else {})}
        if "enum" in value:
            return {"widget": "select", "options": [{"value": v, "label": self.label(v)} for v in value["enum"]]}
        if "properties" in value:
            return {"widget": "object", "fields": self.fields(value)}
        if value.get("type") == "array":
            return {"widget": "list", **self._item(name, self._resolved(value["items"]))}
        return _scalar(value)

    def _item(self, name: str, item: Mapping[str, Any]) -> Form:
        if "properties" not in item:
            return {"field": self._field(name, {**item, "description": ""}, is_needed=True)}
        fields = self.fields(item)
        named = next((one["name"] for one in fields if one["name"] in {"title", "name", "text"}), fields[0]["name"])
        return {"fields": fields, "summary": f"{{{{fields.{named}}}}}", "collapsed": "auto"}

    def _resolved(self, value: Mapping[str, Any]) -> Mapping[str, Any]:
        """What ``value`` refers to, and of two possibilities the one that is not null."""
        reference = value.get("$ref", "").rpartition("/")[2]
        if reference:
            return dict(self.definitions[reference])
        option = next((one for one in value.get("anyOf", ()) if one.get("type") != "null"), None)
        return self._resolved(option) if option else value


def _scalar(value: Mapping[str, Any]) -> Form:
    if value.get("type") == "boolean":
        return {"widget": "boolean"}
    if value.get("type") == "integer":
        return {"widget": "number", "value_type": "int", "min": value.get("minimum", 0)}
    if value.get("format") == "date":
        return {"widget": "datetime", "type": "date", "format": "YYYY-MM-DD"}
    if value.get("maxLength", 0) > _LONG:
        return {"widget": "text"}
    pattern = value.get("pattern", "")
    return {"widget": "string", **({"pattern": [pattern]} if pattern and r"\n" not in pattern else {})}


def admin_config(index: SiteIndex, admin: Admin, folder: str) -> Form:
    """Configuration of the editor: where it writes to, and its forms. ``folder`` is the content folder in the
    repository."""
    site = index.site
    language = site.config.languages[0]
    text = partial(_text, language)
    return {
        "load_config_file": False,
        "app_title": f"{site.config.title} {site.config.office.short_name}",
        "backend": {
            "name": "github",
            "repo": admin.repository,
            "branch": admin.branch,
            "auth_methods": ["token"],
        },
        "media_folder": f"{folder}/{FOLDER}",
        "public_folder": f"/{FOLDER}",
        # Made anew before they are sent, without what a camera wrote into them: the repository is public too.
        "media_libraries": {"default": {"config": _PICTURES}, "stock_assets": {"providers": []}},
        "show_preview_links": False,
        "editor": {"preview": False},
        "output": {"omit_empty_optional_fields": True},
        "slug": {"encoding": "ascii", "clean_accents": True, "maxlength": 60, "timezone": "local"},
        "collections": [_news(index, folder, text), _guides(index, folder, text), _calendar(index, folder, text)],
    }


def _text(language: str, message: Message) -> str:
    return translate(message, language)


def _forms(index: SiteIndex, model: Any) -> list[Form]:
    schema = model.json_schema()
    choices = {"villages": _villages(index), "village": _villages(index), "races": _races(index)}
    return _Forms(schema.get("$defs", {}), choices, index.site.config.languages[0]).fields(schema)


def _villages(index: SiteIndex) -> Options:
    return [
        {"value": village.code, "label": f"{village.name} · Kec. {kecamatan.name}"}
        for kecamatan, village in sorted(index.villages.values(), key=lambda pair: (pair[1].name, pair[1].code))
    ]


def _races(index: SiteIndex) -> Options:
    return [{"value": race.id, "label": race.short_name} for race in index.site.election.races]


def _body(text: Any, modes: Sequence[str]) -> Form:
    shown = {"modes": modes, "buttons": _BUTTONS, "editor_components": ["image"]}
    return {"name": "body", "label": text(msg("Text")), "widget": "richtext", **shown}


def _news(index: SiteIndex, folder: str, text: Any) -> Form:
    return {
        "name": "news",
        "label": text(msg("News")),
        "label_singular": text(msg("News item")),
        "icon": "newspaper",
        "folder": f"{folder}/news",
        "delete": False,  # what was published is corrected openly
        "slug": {
            "template": "{{year}}-{{month}}-{{day}}-{{slug}}",
            "editable": ["create"],
            "hint": text(msg("Name of the file: the date of the news item, then a short title.")),
            "pattern": [
                r"^\d{4}-\d{2}-\d{2}-[a-z0-9]+(-[a-z0-9]+)*$",
                text(msg("Name it year-month-day-title in small letters: 2024-11-07-kpps-dilantik.md.")),
            ],
        },
        "sortable_fields": {"fields": ["slug", "title"], "default": {"field": "slug", "direction": "descending"}},
        "fields": [*_forms(index, NEWS), _body(text, ("rich_text", "raw"))],
    }


def _guides(index: SiteIndex, folder: str, text: Any) -> Form:
    return {
        "name": "pages",
        "label": text(msg("Guides")),
        "label_singular": text(msg("Guide")),
        "icon": "menu_book",
        "folder": f"{folder}/pages",
        "delete": False,  # pages link to them
        "slug": {"template": "{{slug}}", "editable": ["create"]},
        # Tables and footnotes of guides stay as they were written only as plain text.
        "fields": [*_forms(index, GUIDE), _body(text, ("raw",))],
    }


def _calendar(index: SiteIndex, folder: str, text: Any) -> Form:
    file = f"{folder}/elections/{index.site.election_slug}/schedule.yaml"
    label = text(msg("Schedule"))
    one = {"name": "schedule", "label": label, "file": file, "format": "yaml", "fields": _forms(index, SCHEDULE)}
    return {"name": "calendar", "label": label, "icon": "calendar_month", "files": [one]}
