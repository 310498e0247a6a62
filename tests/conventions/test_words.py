"""Words that can be translated: what the collector of msgids does not see stays English for ever."""

import ast

from tests.conventions.source import compare, gather, modules

TRANSLATES = {"_", "gettext", "gettext_lazy", "pgettext", "ngettext"}


def hidden(tree):
    """(line, words) of each translation called inside an f-string: xgettext passes over it in silence."""
    for text in (node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)):
        for call in (node for node in ast.walk(text) if isinstance(node, ast.Call)):
            if isinstance(call.func, ast.Name) and call.func.id in TRANSLATES:
                yield call.lineno, ast.unparse(call)


def test_no_words_hide_inside_an_f_string():
    compare(gather(tuple(modules()), lambda module: hidden(module.tree)), {})


def test_the_guard_itself():
    assert list(hidden(ast.parse("f\"{name or _('nobody')}\""))) == [(1, "_('nobody')")]
    assert not list(hidden(ast.parse("words = _('nobody')\nf'{words}'")))
