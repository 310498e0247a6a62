"""Faults planted in source by its syntax tree: a row dropped from a table, a right swapped, a comparison flipped, a
number off by one, a condition negated. Used by scripts/mutants.py.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

WORDS = {"_", "gettext", "gettext_lazy", "add", "one_of"}  # calls in which nothing is a rule: words for people
WIDTHS = {"Column": 1, "Field": 6}  # at which place they say how wide they are printed, which is no rule
COSMETIC = {"label", "primary"}  # of a move: what its button looks like
GUARDS = {"strict"}  # raises where two rows of numbers part company, which they never do
FLIPPED: dict[type[ast.cmpop], tuple[str, str]] = {
    ast.Lt: ("<", "<="), ast.LtE: ("<=", "<"), ast.Gt: (">", ">="), ast.GtE: (">=", ">"), ast.Eq: ("==", "!="),
    ast.NotEq: ("!=", "=="), ast.In: ("in", "not in"), ast.NotIn: ("not in", "in"), ast.Is: ("is", "is not"),
    ast.IsNot: ("is not", "is"),
}  # fmt: skip
SWAPPED: dict[type[ast.operator], tuple[str, str]] = {
    ast.Add: ("+", "-"), ast.Sub: ("-", "+"), ast.Mult: ("*", "//"), ast.FloorDiv: ("//", "*"),
    ast.BitAnd: ("&", "|"), ast.BitOr: ("|", "&"),
}  # fmt: skip


@dataclass(frozen=True)
class Mutant:
    """One fault: the bytes from `start` to `end` of the source become `text`."""

    line: int
    start: int
    end: int
    text: str
    what: str

    def planted(self, source: bytes) -> bytes:
        """The source with the fault in it."""
        return source[: self.start] + self.text.encode() + source[self.end :]


class Planter(ast.NodeVisitor):
    """Collects the mutants of one module. `members` names the words of each enumeration a word is swapped within."""

    def __init__(self, source: bytes, members: dict[str, list[str]]) -> None:
        self.source, self.members = source, members
        self.found: list[Mutant] = []
        self._begins = [0]
        for line in source.splitlines(keepends=True):
            self._begins.append(self._begins[-1] + len(line))

    def visit(self, node: ast.AST) -> None:
        """As usual, but past docstrings, annotations, imports and words for people."""
        if isinstance(node, ast.Import | ast.ImportFrom):
            return
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            return
        if _is_words(node):
            return
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and _name(node.func.value) == "models":
            return  # a column or a constraint: `makemigrations --check` notices
        if isinstance(node, ast.Assign) and any(_name(target).endswith("TONES") for target in node.targets):
            return
        super().visit(node)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        for part in (*node.decorator_list, *node.args.defaults, *filter(None, node.args.kw_defaults), *node.body):
            self.visit(part)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        for part in node.body:
            self.visit(part)

    def visit_keyword(self, node: ast.keyword) -> None:
        if node.arg not in COSMETIC | GUARDS:
            self.visit(node.value)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if node.value is not None:
            self.visit(node.value)

    def visit_Subscript(self, node: ast.Subscript) -> None:
        self.visit(node.value)
        if not isinstance(node.slice, ast.Name | ast.Tuple):  # a type in brackets
            self.visit(node.slice)

    def visit_Compare(self, node: ast.Compare) -> None:
        for left, operator, right in zip([node.left, *node.comparators], node.ops, node.comparators, strict=False):
            self._change(left, right, *FLIPPED[type(operator)])
        self.generic_visit(node)

    def visit_BoolOp(self, node: ast.BoolOp) -> None:
        words = ("and", "or") if isinstance(node.op, ast.And) else ("or", "and")
        for left, right in pairwise(node.values):
            self._change(left, right, *words)
        self.generic_visit(node)

    def visit_BinOp(self, node: ast.BinOp) -> None:
        if signs := SWAPPED.get(type(node.op)):
            self._change(node.left, node.right, *signs)
        self.generic_visit(node)

    def visit_UnaryOp(self, node: ast.UnaryOp) -> None:
        if isinstance(node.op, ast.Not | ast.Invert):
            self._put(self._start(node), self._start(node.operand), "", "negation is dropped")
        self.generic_visit(node)

    def visit_If(self, node: ast.If) -> None:
        self._negate(node.test)
        self.generic_visit(node)

    def visit_IfExp(self, node: ast.IfExp) -> None:
        self._negate(node.test)
        self.generic_visit(node)

    def visit_comprehension(self, node: ast.comprehension) -> None:
        for test in node.ifs:
            self._negate(test)
        self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, bool):
            self._replace(node, str(not node.value), f"becomes {not node.value}")
        elif isinstance(node.value, int):
            self._replace(node, str(node.value + 1), f"{node.value} becomes {node.value + 1}")

    def visit_Attribute(self, node: ast.Attribute) -> None:
        members = self.members.get(_name(node.value), [])
        if node.attr in members:
            other = members[(members.index(node.attr) + 1) % len(members)]
            self._replace(node, f"{_name(node.value)}.{other}", f"{node.attr} becomes {other}")
        else:
            self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        if _name(node.func) == "Move":
            for keyword in node.keywords:
                if keyword.arg and keyword.arg not in COSMETIC:
                    start = self._offset(keyword.lineno, keyword.col_offset)
                    value = {"when": '""', "not_by": '""', "needs_note": "False", "by_proxy": "()"}.get(keyword.arg)
                    if value:
                        self._put(start, self._end(keyword.value), f"{keyword.arg}={value}", f"no {keyword.arg}")
        if _name(node.func) in WIDTHS:
            node.args = [one for place, one in enumerate(node.args) if place != WIDTHS[_name(node.func)]]
        self.generic_visit(node)

    def visit_Tuple(self, node: ast.Tuple) -> None:
        self._drop_each(node, "(%s,)", "()")
        self.generic_visit(node)

    def visit_Set(self, node: ast.Set) -> None:
        self._drop_each(node, "{%s}", "set()")
        self.generic_visit(node)

    def visit_Dict(self, node: ast.Dict) -> None:
        begins = [self._start(k) if k else self._start(v) - 2 for k, v in zip(node.keys, node.values, strict=True)]
        pairs = [self._text(begin, self._end(value)) for begin, value in zip(begins, node.values, strict=True)]
        rows = [
            place
            for place, (key, value) in enumerate(zip(node.keys, node.values, strict=True))
            if getattr(key, "value", "") not in COSMETIC and not _is_words(value)
        ]
        self._drop(node, rows, pairs, "{%s}", "{}")
        for place in rows:
            self.visit(node.values[place])

    def _drop_each(self, node: ast.Tuple | ast.Set, whole: str, empty: str) -> None:
        rows = [
            place
            for place, part in enumerate(node.elts)
            if isinstance(part, ast.Attribute) or (isinstance(part, ast.Call) and _name(part.func) == "Move")
        ]
        self._drop(node, rows, [self._text(self._start(part), self._end(part)) for part in node.elts], whole, empty)

    def _drop(self, node: ast.expr, rows: list[int], parts: list[str], whole: str, empty: str) -> None:
        """A literal without one of its parts, for each of `rows`."""
        for row in rows:
            left = [part for place, part in enumerate(parts) if place != row]
            text = whole % ", ".join(left) if left else empty
            self._replace(node, text, f"without {' '.join(parts[row].split())[:70]}", self._line_of(node, parts, row))

    def _line_of(self, node: ast.expr, parts: list[str], row: int) -> int:
        start = self.source.index(parts[row].encode(), self._start(node))
        return self.source[:start].count(b"\n") + 1

    def _change(self, left: ast.expr, right: ast.expr, old: str, new: str) -> None:
        """Another operator between two expressions; brackets stay where they are."""
        start, end = self._end(left), self._start(right)
        self._put(start, end, self._text(start, end).replace(old, new, 1), f"{old} becomes {new}")

    def _negate(self, test: ast.expr) -> None:
        self._replace(test, f"(not ({ast.unparse(test)}))", "condition is negated")

    def _replace(self, node: ast.expr, text: str, what: str, line: int = 0) -> None:
        self._put(self._start(node), self._end(node), text, what, line)

    def _put(self, start: int, end: int, text: str, what: str, line: int = 0) -> None:
        number = line or self.source[:start].count(b"\n") + 1
        self.found.append(Mutant(number, start, end, text, what))

    def _text(self, start: int, end: int) -> str:
        return self.source[start:end].decode()

    def _offset(self, line: int, column: int) -> int:
        return self._begins[line - 1] + column

    def _start(self, node: ast.expr) -> int:
        """Where the expression begins, an opening bracket around it left alone."""
        return self._offset(node.lineno, node.col_offset)

    def _end(self, node: ast.expr) -> int:
        return self._offset(node.end_lineno or node.lineno, node.end_col_offset or 0)


def mutants(source: bytes, members: dict[str, list[str]]) -> Iterator[Mutant]:
    """Every fault this module knows to plant in a source, in the order of its lines."""
    planter = Planter(source, members)
    planter.visit(ast.parse(source))
    yield from sorted(set(planter.found), key=lambda mutant: (mutant.line, mutant.start, mutant.end, mutant.text))


def _is_words(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and _name(node.func) in WORDS


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
