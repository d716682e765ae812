"""The report as one page that opens anywhere. It is for the office, never part of the site."""

from __future__ import annotations

from pathlib import Path

from sitegen.checks.acknowledged import POSSIBLE
from sitegen.checks.missing import FACTS
from sitegen.output.assets import STATIC, style
from sitegen.output.publication import MARKER
from sitegen.problems import Message, UsageError, msg
from sitegen.render.environment import environment
from sitegen.report.findings import CheckReport, counted, result, sections, title
from sitegen.report.text import key_text, place_text

_STYLES = ("base", "pages", "more", "report")


def write_html(file: Path, report: CheckReport, counts: Message, language: str) -> None:
    """Write the report to ``file``."""
    page = environment(language).get_template("report/check.html")
    text = page.render(
        lang=language,
        style=style(STATIC, _STYLES),
        report=report,
        title=title(report.site) if report.site else None,
        counts=counts,
        result=result(report.verdict),
        counted=counted(report.verdict),
        sections=sections(report.verdict),
        facts=FACTS,
        possible=POSSIBLE,
        place_text=place_text,
        key_text=key_text,
    )
    file.write_text(text, encoding="utf-8", newline="\n")


def require_apart(file: Path, out: Path, content: Path) -> None:
    """Refuse to put the report where it would be published or take the place of something else.

    Raises UsageError.
    """
    if file.suffix.lower() not in (".html", ".htm"):
        raise UsageError(
            msg("The report is a page: give its file a name that ends with .html, not %(file)s", file=str(file))
        )
    whole = file.resolve()
    published = [folder for folder in whole.parents if (folder / MARKER).exists()]
    for folder in (out, content, STATIC, *published):
        if whole.is_relative_to(folder.resolve()):
            raise UsageError(
                msg(
                    "The report is for the office and must not be published: choose a file outside of %(folder)s",
                    folder=str(folder),
                )
            )
