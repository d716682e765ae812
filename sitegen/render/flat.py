"""Templates as one piece each: what a template extends, and the macros it calls, are put into it before it is compiled.

Jinja keeps templates apart at run time: a page of a TPS went through three generators and some twenty calls of macros.
Flat, it is one straight function whose constant parts are one text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from copy import deepcopy
from typing import TypeVar

from jinja2 import Environment, nodes
from jinja2.meta import find_undeclared_variables
from jinja2.nodes import EvalContext
from jinja2.optimizer import Optimizer
from jinja2.visitor import NodeTransformer

Parse = Callable[[str], nodes.Template]
"""Gives a new tree of the template of a name."""
Macros = Mapping[str, nodes.Macro]
"""Macros by the name that a template knows them by."""
Tree = TypeVar("Tree", bound=nodes.Node)


def flattened(template: nodes.Template, environment: Environment, parse: Parse) -> nodes.Template:
    """``template`` without ``extends`` and blocks, and with macros in the place of their calls. A call inside an
    expression, or with a ``caller``, stays a call."""
    whole = _Library(environment, parse).with_macros(_Scopes().visit(_extended(template, parse)))
    _Imports({name.name for name in whole.find_all(nodes.Name)}).visit(whole)
    whole.set_environment(environment)
    return whole


def _extended(template: nodes.Template, parse: Parse) -> nodes.Template:
    """``template`` inside of what it extends, its blocks in the place of those that they override."""
    extends = template.find(nodes.Extends)
    if extends is None:
        return template
    parent = _extended(parse(_told(extends.template)), parse)
    _Overrides({node.name: node for node in template.body if isinstance(node, nodes.Block)}).visit(parent)
    parent.body[:0] = [
        node for node in template.body if isinstance(node, nodes.FromImport | nodes.Assign | nodes.Macro)
    ]
    return parent


def _told(template: nodes.Expr) -> str:
    """The name of another template, which is never computed."""
    return str(template.as_const())


class _Overrides(NodeTransformer):
    """Puts blocks in the place of those of the same name."""

    def __init__(self, blocks: Mapping[str, nodes.Block]) -> None:
        self.blocks = blocks

    def visit_Block(self, node: nodes.Block) -> nodes.Node:  # noqa: N802 named after the node
        """The block that overrides ``node``, if any does."""
        return self.blocks.get(node.name) or self.generic_visit(node)


class _Scopes(NodeTransformer):
    """Makes scopes of blocks that nothing overrides any more: what is set inside does not leave them."""

    def visit_Block(self, node: nodes.Block) -> nodes.Node:  # noqa: N802 named after the node
        """A scope with what is in ``node``."""
        self.generic_visit(node)
        return nodes.Scope(node.body, lineno=node.lineno)


class _Imports(NodeTransformer):
    """Leaves of the imports those that are still used."""

    def __init__(self, used: set[str]) -> None:
        self.used = used

    def visit_FromImport(self, node: nodes.FromImport) -> nodes.Node | None:  # noqa: N802 named after the node
        """``node`` with fewer names; nothing without any."""
        node.names = [name for name in node.names if _alias(name)[1] in self.used]
        return node if node.names else None


def _alias(name: str | tuple[str, str]) -> tuple[str, str]:
    """An imported name, and what it is called here."""
    return (name, name) if isinstance(name, str) else name


class _Library:
    """The macros of all templates. Each is made flat itself, and knows the constants beside it, before it is put
    anywhere."""

    def __init__(self, environment: Environment, parse: Parse) -> None:
        self.environment = environment
        self.parse = parse
        self._found: dict[str, Macros] = {}

    def with_macros(self, tree: nodes.Template) -> nodes.Template:
        """``tree`` with macros in the place of their calls."""
        visible = dict(_macros(tree))
        for node in tree.find_all(nodes.FromImport):
            found = self._of(_told(node.template))
            visible.update({alias: found[name] for name, alias in map(_alias, node.names) if name in found})
        _Calls(self.environment, visible).visit(tree)
        return tree

    def _of(self, name: str) -> Macros:
        if name not in self._found:
            tree = self.parse(name)
            _Values(_constants(tree), self.environment).visit(tree)
            self._found[name] = _macros(self.with_macros(tree))
        return self._found[name]


def _constants(tree: nodes.Template) -> dict[str, nodes.Expr]:
    """What a template sets once and for all."""
    given = _given(tree)
    found = {}
    for node in tree.find_all(nodes.Assign):
        target, value = node.target, node.node
        if isinstance(target, nodes.Name) and isinstance(value, nodes.Expr) and not value.find(nodes.Name):
            found[target.name] = value
    return {name: value for name, value in found.items() if given.count(name) == 1}


def _given(tree: nodes.Node) -> list[str]:
    """The names to which a template gives a value, as often as it does."""
    return [name.name for name in tree.find_all(nodes.Name) if name.ctx != "load"]


def _macros(tree: nodes.Template) -> Macros:
    return {node.name: node for node in tree.body if isinstance(node, nodes.Macro)}


class _Calls(NodeTransformer):
    """Puts macros in the place of their calls, where a call is all that is written there."""

    def __init__(self, environment: Environment, macros: Macros) -> None:
        self.environment = environment
        self.macros = macros

    def visit_Output(self, node: nodes.Output) -> list[nodes.Node]:  # noqa: N802 named after the node
        """``node`` in pieces: what it writes itself, and macros between."""
        made: list[nodes.Node] = []
        for child in node.nodes:
            body = self._body(child) if isinstance(child, nodes.Call) else None
            for piece in body or [nodes.Output([child], lineno=node.lineno)]:
                _append(made, piece)
        return made

    def _body(self, call: nodes.Call) -> list[nodes.Node] | None:
        """What to write instead of ``call``; None where that is not certain to mean the same."""
        macro = self.macros.get(call.node.name) if isinstance(call.node, nodes.Name) else None
        values = _bound(macro, call) if macro else None
        if macro is None or values is None:
            return None
        context = EvalContext(self.environment)
        fold = Optimizer(self.environment)
        given = {name: fold.visit(_copy(value, self.environment), context) for name, value in values.items()}
        tree = nodes.Template([_copy(node, self.environment) for node in macro.body], lineno=call.lineno)
        changed = _given(tree)
        known = {name: value for name, value in given.items() if isinstance(value, nodes.Const) and name not in changed}
        _Values(known, self.environment).visit(tree)
        _Choices().visit(fold.visit(tree, context))
        tree.set_environment(self.environment)
        if not find_undeclared_variables(tree) <= given.keys():
            return None
        used = {name.name for name in tree.find_all(nodes.Name)}
        rest = {name: value for name, value in given.items() if name in used}
        if not rest and all(isinstance(node, nodes.Output) for node in tree.body):
            return tree.body
        names: list[nodes.Expr] = [nodes.Name(name, "store") for name in rest]
        return [nodes.With(names, list(rest.values()), tree.body, lineno=call.lineno)]


def _append(made: list[nodes.Node], piece: nodes.Node) -> None:
    """Add ``piece`` to ``made``; what is written in a row becomes one node, so that constants are joined."""
    if made and isinstance(piece, nodes.Output) and isinstance(made[-1], nodes.Output):
        made[-1].nodes.extend(piece.nodes)
    else:
        made.append(piece)


def _copy(tree: Tree, environment: Environment) -> Tree:
    return deepcopy(tree, {id(environment): environment})


def _bound(macro: nodes.Macro, call: nodes.Call) -> dict[str, nodes.Expr] | None:
    """The value of each parameter; None if the call is not simply one of these."""
    names = [name.name for name in macro.args]
    found = dict(zip(names[len(names) - len(macro.defaults) :], macro.defaults, strict=True))
    found.update(zip(names, call.args, strict=False))
    found.update((keyword.key, keyword.value) for keyword in call.kwargs)
    is_simple = not call.dyn_args and not call.dyn_kwargs and len(call.args) <= len(names)
    return found if is_simple and set(found) == set(names) else None


class _Values(NodeTransformer):
    """Puts what is known in the place of names."""

    def __init__(self, known: Mapping[str, nodes.Expr], environment: Environment) -> None:
        self.known = known
        self.environment = environment

    def visit_Name(self, node: nodes.Name) -> nodes.Node:  # noqa: N802 named after the node
        """The value of ``node``, if it is known."""
        value = self.known.get(node.name) if node.ctx == "load" else None
        return _copy(value, self.environment) if value else node


class _Choices(NodeTransformer):
    """Leaves of an ``if`` whose condition is known what follows from it."""

    def visit_If(self, node: nodes.If) -> nodes.Node | Iterable[nodes.Node]:  # noqa: N802 named after the node
        """The part of ``node`` that can still be chosen."""
        self.generic_visit(node)
        if not isinstance(node.test, nodes.Const):
            return node
        if node.test.value:
            return node.body
        if not node.elif_:
            return node.else_
        first, *others = node.elif_
        return nodes.If(first.test, first.body, others, node.else_, lineno=node.lineno)
