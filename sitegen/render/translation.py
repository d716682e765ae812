"""Texts of templates put into a language when a template is compiled, not each time that it is rendered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from gettext import NullTranslations

from jinja2 import nodes
from jinja2.visitor import NodeTransformer


def translated(template: nodes.Template, catalog: NullTranslations) -> nodes.Template:
    """``template`` with each call of ``_`` replaced by its text of ``catalog``; values are put in as by
    gettext of Jinja, by name and escaped."""
    _Texts(catalog).visit(template)
    return template


_VALUE = re.compile(r"%\((\w+)\)s")


class _Texts(NodeTransformer):
    def __init__(self, catalog: NullTranslations) -> None:
        self.catalog = catalog

    def visit_Output(self, node: nodes.Output) -> nodes.Node:  # noqa: N802 named after the node
        """Write ``_("text", name=value)`` piece by piece, so that it is not put together first."""
        node.nodes = [piece for child in node.nodes for piece in self._pieces(child)]
        self.generic_visit(node)
        return node

    def _pieces(self, node: nodes.Expr) -> Iterator[nodes.Expr]:
        text = self._text(node)
        if text is None or not isinstance(node, nodes.Call):
            yield node
            return
        values = {value.key: value.value for value in node.kwargs}
        # The odd ones are the names of values.
        for number, piece in enumerate(_VALUE.split(text)):
            yield values[piece] if number % 2 else nodes.TemplateData(piece.replace("%%", "%"))

    def _text(self, node: nodes.Node) -> str | None:
        """The text in the language, if ``node`` is a call of ``_`` with one."""
        if not isinstance(node, nodes.Call) or not isinstance(node.node, nodes.Name) or node.node.name != "_":
            return None
        return self.catalog.gettext(node.args[0].value) if isinstance(node.args[0], nodes.Const) else None

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 named after the node
        """Translate ``_("text", name=value)``."""
        self.generic_visit(node)
        text = self._text(node)
        if text is None:
            return node
        found = nodes.MarkSafe(nodes.Const(text))
        values = nodes.Dict([nodes.Pair(nodes.Const(value.key), value.value) for value in node.kwargs])
        return nodes.Mod(found, values).set_lineno(node.lineno)
