"""Texts of templates put into a language when a template is compiled, not each time that it is rendered."""

from __future__ import annotations

from gettext import NullTranslations

from jinja2 import nodes
from jinja2.visitor import NodeTransformer


def translated(template: nodes.Template, catalog: NullTranslations) -> nodes.Template:
    """``template`` with each call of ``_`` replaced by its text of ``catalog``; values are put in as by
    gettext of Jinja, by name and escaped."""
    _Texts(catalog).visit(template)
    return template


class _Texts(NodeTransformer):
    def __init__(self, catalog: NullTranslations) -> None:
        self.catalog = catalog

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 named after the node
        """Translate ``_("text", name=value)``."""
        self.generic_visit(node)
        text = node.args[0] if isinstance(node.node, nodes.Name) and node.node.name == "_" else None
        if not isinstance(text, nodes.Const):
            return node
        found = nodes.MarkSafe(nodes.Const(self.catalog.gettext(text.value)))
        values = nodes.Dict([nodes.Pair(nodes.Const(value.key), value.value) for value in node.kwargs])
        return nodes.Mod(found, values).set_lineno(node.lineno)
