"""The Jinja environment: what every template may rely on."""

from __future__ import annotations

import datetime as dt
import json
import marshal
import platform
from collections.abc import Callable, Hashable
from functools import cached_property, lru_cache, partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, nodes
from jinja2.environment import TemplateModule
from jinja2.runtime import Context
from markupsafe import Markup

from sitegen import catalogs
from sitegen.addresses import quoted
from sitegen.compiled import compiled
from sitegen.keys import key_of
from sitegen.problems import Message
from sitegen.ranges import shown
from sitegen.render import flat, output, translation
from sitegen.render.flat import flattened
from sitegen.render.output import OutputGenerator
from sitegen.render.qr import qr_code

_ENDING = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&'"}
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
TEMPLATES = Path(__file__).parents[2] / "templates"


@lru_cache
def environment(language: str) -> Environment:
    """Environment for pages in ``language``; autoescape is always on, an undefined name is an error."""
    made = _Environment(
        language,
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        extensions=["jinja2.ext.i18n"],
    )
    made.filters.update(_filters(language))
    made.globals["remembered"] = lru_cache(maxsize=1024)(_call)
    return made


def load_templates(language: str) -> None:
    """Compile all templates now: processes that are started afterwards have them already."""
    found = environment(language)
    for name in found.list_templates(["html"]):
        found.get_template(name)


class _Template(Template):
    """A template whose macros are made once. Jinja compares the globals of both sides at every import, a fifth of
    the time of a page of a TPS; here they never differ."""

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:  # noqa: ARG002 Jinja's signature
        if self._module is None:
            self._module = self.make_module()
        return self._module


class _Environment(Environment):
    """An environment whose templates are compiled for one language."""

    template_class = _Template
    code_generator_class = OutputGenerator

    def __init__(self, language: str, **options: Any) -> None:
        super().__init__(**options)
        self.language = language
        self._ready: dict[str, Template] = {}
        self.catalog = catalogs.translations(language)
        self.install_gettext_translations(self.catalog, newstyle=True)  # type: ignore[attr-defined]

    def get_template(self, name: Any, *args: Any) -> Template:
        """A template by its name. Every page asks for some fifteen, and Jinja's own memory takes locks."""
        found = self._ready.get(name)
        if found is None:
            found = self._ready[name] = super().get_template(name, *args)
        return found

    @cached_property
    def key(self) -> str:
        """Key of all that compiled templates are made of besides their source."""
        texts = b"" if self.language == catalogs.SOURCE_LANGUAGE else catalogs.catalog_file(self.language).read_bytes()
        code = [Path(file).read_bytes() for file in (__file__, flat.__file__, output.__file__, translation.__file__)]
        others = [path.read_bytes() for path in sorted(TEMPLATES.rglob("*.html"))]
        return key_of(version("jinja2"), platform.python_version(), texts, *code, *others)

    def compile(self, source: Any, name: str | None = None, filename: str | None = None, *options: Any) -> Any:
        """Compile a template, or take what was compiled before of the same source and texts."""
        if filename is None:
            return super().compile(source, name, filename, *options)
        make = partial(super().compile, source, name, filename, *options)
        data = compiled(Path(filename), self.language, key_of(self.key, source), lambda: marshal.dumps(make()))
        return marshal.loads(data)  # noqa: S302 our own file

    def _generate(self, source: nodes.Template, *args: Any, **options: Any) -> str:
        whole = flattened(translation.translated(source, self.catalog), self, self._tree)
        return super()._generate(whole, *args, **options)

    def _tree(self, name: str) -> nodes.Template:
        """The tree of a template, in the language."""
        path = TEMPLATES / name
        return translation.translated(self.parse(path.read_text("utf-8"), name, str(path)), self.catalog)


def _call(macro: Callable[..., Markup], *arguments: Hashable) -> Markup:
    """For parts that many pages share, such as the header: each is made once for what it depends on."""
    return macro(*arguments)


def _filters(language: str) -> dict[str, Callable[..., Any]]:
    dated = {
        "short_date": "d MMMM y",
        "weekday": "EEEE",
        "day": "d",
        "month_short": "MMM",
        "month": "MMMM y",
    }
    return {
        **{name: partial(_dated, form, language) for name, form in dated.items()},
        "number": lambda value: catalogs.number(value, language),
        "date": lambda value: catalogs.date(value, language),
        "time": lambda value: catalogs.time(value, language),
        "datetime": lambda value: catalogs.moment(value, language),
        "t": lambda message: catalogs.translate(message, language),
        "ranges": shown,
        "qr": qr_code,
        "urlencode": quoted,
        "json": partial(_json, language),
        "filesize": partial(_filesize, language),
    }


def _dated(form: str, language: str, value: dt.date) -> str:
    return catalogs.pattern(value, form, language)


def _filesize(language: str, size: int) -> str:
    if size < 1_000_000:
        return f"{catalogs.number(max(1, round(size / 1000)), language)} KB"
    return f"{catalogs.number(round(size / 1_000_000, 1), language)} MB"


def _json(language: str, value: object) -> Markup:
    """JSON that cannot end the script element, or the attribute in single quotes, around it."""
    found = _ENCODER.encode(_plain(language, value))
    return Markup(found.translate(_ENDING))


def _plain(language: str, value: object) -> object:
    """``value`` with every Message as text; a Message is a tuple, which json would write as a list."""
    if isinstance(value, str):
        return value
    if isinstance(value, Message):
        return catalogs.translate(value, language)
    if isinstance(value, dict):
        return {key: _plain(language, item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(language, item) for item in value]
    return value
