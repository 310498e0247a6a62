"""Words that can be translated: what the collector of msgids does not see stays English for ever."""

import ast

from tests.conventions.source import compare, gather, modules
from workflow import words
from workflow.tables import own_models

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


# --- the history ------------------------------------------------------------------------------------------------------
def recorded(tree):
    """(line, what of, name) of each deed that is written into the history, as far as the source spells it out."""
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call) and len(node.args) > 1):
        if isinstance(call.func, ast.Name) and call.func.id in ("record", "record_many"):
            of = call.args[0].id.strip("_") if isinstance(call.args[0], ast.Name) else ""
            chosen = call.args[1]
            for word in (chosen.body, chosen.orelse) if isinstance(chosen, ast.IfExp) else (chosen,):
                if isinstance(word, ast.Constant):
                    yield call.lineno, of, word.value


def untold(tree):
    """Each of them that a reader of the history would find as a bare code."""
    for line, of, name in recorded(tree):
        models = [model for model in own_models() if OF.get(of, of) in ("", model._meta.model_name)] or own_models()
        if not any(str(words.told(name, model._meta.label_lower)) != name for model in models):
            yield line, f"{of} {name}"


# What the source calls a row that its model calls otherwise; several rows may be of any model.
OF = {"common": "commonproblem", "row": ""}


def test_whatever_the_history_names_is_told_in_words():
    compare(gather(tuple(modules()), lambda module: untold(module.tree)), {})


def said(tree):
    """(code, words) of each that a room adds to the words of the history."""
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call) and node.args):
        if ast.unparse(call.func) == "words.add" and isinstance(call.args[0], ast.Dict):
            for code, word in zip(call.args[0].keys, call.args[0].values, strict=True):
                if isinstance(code, ast.Constant):
                    yield code.value, ast.unparse(word)


def contradicted(trees):
    """The codes that are said in more than one way."""
    found = {}
    for code, word in (pair for tree in trees for pair in said(tree)):
        found.setdefault(code, set()).add(word)
    return {code: words for code, words in found.items() if len(words) > 1}


def test_no_room_takes_the_words_of_another():
    assert contradicted(module.tree for module in modules()) == {}


def test_the_guard_of_words_itself():
    one, other = (ast.parse(f'words.add({{"expire": _("{word}"), "grant": _("Given")}})') for word in ("Ends", "Late"))
    assert contradicted([one, one]) == {} and contradicted([one, other]) == {"expire": {"_('Ends')", "_('Late')"}}


def test_the_guard_of_the_history_itself():
    tree = ast.parse('record(problem, "import")\nrecord(pledge, "import")\nrecord(rows, "a" if b else "change")')
    assert [found for _line, *found in recorded(tree)] == [
        ["problem", "import"], ["pledge", "import"], ["rows", "a"], ["rows", "change"]]  # fmt: skip
    assert [what for _line, what in untold(tree)] == ["pledge import", "rows a"]
