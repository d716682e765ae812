"""The Python that templates become: values are escaped and nothing more, objects are asked directly.

``markupsafe.escape`` makes an object of what it escapes and looks for ``__html__`` first. For a text that goes straight
into the page both are waste: a hundred values a page, 1.4 µs each instead of 0.2. Jinja looks for what a template names
first as an attribute, then as a key, and keeps its context for every function; templates here see typed objects only.
"""

from __future__ import annotations

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame, optimizeconst
from markupsafe import Markup, _escape_inner, escape  # type: ignore[attr-defined]


def written(value: object) -> str:
    """``value`` as it stands in a page."""
    if type(value) is str:
        return _escape_inner(value)
    return value if type(value) is Markup else escape(value)


class OutputGenerator(CodeGenerator):
    """Code that writes values with ``written``, and says ``a.b``, ``a[b]`` and ``a(b)`` as Python does."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("written(")

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802 named after the node
        """The module of a template."""
        self.writeline(f"from {__name__} import written")
        super().visit_Template(node, frame)

    @optimizeconst
    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 named after the node
        """``a.b``."""
        self.visit(node.node, frame)
        self.write(f".{node.attr}")

    @optimizeconst
    def visit_Getitem(self, node: nodes.Getitem, frame: Frame) -> None:  # noqa: N802 named after the node
        """``a[b]``."""
        self.visit(node.node, frame)
        self.write("[")
        self.visit(node.arg, frame)
        self.write("]")

    @optimizeconst
    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802
        """``a(b)``; what is given a ``caller`` or wants the context is called as Jinja does."""
        if forward_caller or node.dyn_args or node.dyn_kwargs or self._wants_context(node.node):
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for value in (*node.args, *node.kwargs):
            self.visit(value, frame)
            self.write(", ")
        self.write(")")

    def _wants_context(self, called: nodes.Expr) -> bool:
        function = self.environment.globals.get(called.name) if isinstance(called, nodes.Name) else None
        return hasattr(function, "jinja_pass_arg")
