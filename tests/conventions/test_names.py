"""One name in three places — URL, view, template — and sizes that fit in the eye (style §5.3, §5.4)."""

import ast
import inspect
import textwrap

import pytest
from django.template.loader import get_template
from django.urls import get_resolver

from tests.conventions.source import ROOMS, compare, functions, gather, modules, parsed, templates
from tests.test_access import walk

LONGEST_MODULE = 350
LONGEST_VIEW = 15
OTHERS = {
    "set_language": "Django's view",
    **dict.fromkeys(
        ("account_logout", "account_reauthenticate", "mfa_index", "mfa_authenticate", "mfa_reauthenticate",
         "mfa_activate_totp", "mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes"),
        "allauth's view, wrapped",
    ),
}  # fmt: skip
# Pages that carry another name than a view, and why.
OTHER_PAGES = {
    "appraisals/opinion_choose.html": "the first step of opinion_create, channel_edit and opinion_form",
    "appraisals/opinion_preview.html": "opinion_create before several are written",
    "meetings/meeting_choose.html": "the first step of meeting_create",
    "meetings/plan_detail.html": "meeting_detail, before the meeting is held",
    "meetings/talk_choose.html": "the first step of talk_create",
    "appraisals/visit_choose.html": "the first steps of visit_create",
    "appraisals/vote_choose.html": "the first step of vote_create",
    "rectification/pledge_choose.html": "the first step of pledge_create",
    "rectification/publication_choose.html": "the first step of publication_create",
    "rectification/problem_choose.html": "the first step of problem_create",
    "reports/dashboard_of_administrator.html": "the dashboard of those who take no part",
}
# Views that render no page of their own name, and why.
OTHER_VIEWS = {
    "meeting_create": "meeting_choose.html first, then the page of meeting_edit",
    "notes_create": "the page of notes_edit",
    "visit_create": "visit_choose.html first, then the page of visit_edit",
    "visit_correct": "the page of visit_edit",
    "disposal_change": "the page of disposal_detail",
    "disposal_note": "the page of disposal_detail",
    "vote_create": "vote_choose.html first, then the page of vote_edit",
    "account_login": "allauth renders account/login.html",
    "account_change_password": "allauth renders account/password_change.html",
    "healthz": "plain text",
    "readyz": "JSON",
}
SHARED = {
    "ballots",  # the casting page, behind a handler and addresses of its own
    "shell",
    "components",
    "account",
    "mfa",
    "allauth",
    "bootstrap5",
}  # folders of templates that belong to no view


def views():
    """(URL name, view function without its decorators) of every address of ours."""
    for name, entry in walk(get_resolver()):
        if name not in OTHERS:
            yield name, inspect.unwrap(entry.callback)


def length(function: ast.FunctionDef) -> int:
    """Lines of the body without the docstring."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def tree_of(view) -> ast.FunctionDef:
    node = ast.parse(textwrap.dedent(inspect.getsource(view))).body[0]
    assert isinstance(node, ast.FunctionDef), f"{view.__name__} is no function"
    return node


def test_a_url_is_called_like_its_view():
    assert {name: view.__name__ for name, view in views() if name != view.__name__} == {}


def test_a_page_is_called_like_its_view():
    rooms = {f"{view.__module__.partition('.')[0]}/{name}.html" for name, view in views()}
    pages = {path for path, _text in templates() if path.count("/") and not _shared(path)}
    compare({path: ["no view of this name"] for path in pages - rooms}, OTHER_PAGES)


def test_a_view_renders_the_page_of_its_name():
    wrong = {}
    for name, view in views():
        source = inspect.getsource(inspect.getmodule(view))
        page = f"{view.__module__.partition('.')[0]}/{name}.html"
        rendered = "render" in inspect.getsource(view)
        if rendered and page not in source:
            wrong[name] = [f"does not render {page}"]
        elif rendered or name in OTHER_VIEWS and page in source:
            get_template(page)
    compare(wrong, {name: why for name, why in OTHER_VIEWS.items() if name in wrong})


def _shared(path):
    folder, _slash, name = path.rpartition("/")
    return folder.partition("/")[0] in SHARED or name.startswith("_")


def test_a_view_does_http_and_no_more():
    long = {name: length(tree_of(view)) for name, view in views()}
    assert {name: lines for name, lines in long.items() if lines > LONGEST_VIEW} == {}


def test_a_module_tells_one_story():
    read = (m for m in modules(*ROOMS, "config", "scripts", "tests") if not m.is_a("migrations"))
    assert {module.path: module.lines for module in read if module.lines > LONGEST_MODULE} == {}


def test_no_module_is_named_for_nothing():
    names = {"utils", "util", "common", "helpers", "helper", "core", "misc", "tools", "base"}
    assert [module.path for module in modules(*ROOMS, "config", "scripts") if module.is_a(*names)] == []


def untold(module):
    """(line, name) of public functions without a word on what they do. What one line says, its name says already."""
    for name, node in functions(module.tree):
        public = not any(part.startswith("_") for part in name.split("."))
        nested = "." in name and not isinstance(_owner(module.tree, name), ast.ClassDef)
        if (
            public
            and not nested
            and len(node.body) > 1
            and not ast.get_docstring(node)
            and not _is_override(module, name)
        ):
            yield node.lineno, node.name


def _owner(tree, name):
    node = tree
    for part in name.split(".")[:-1]:
        node = next(n for n in ast.iter_child_nodes(node) if getattr(n, "name", None) == part)
    return node


def _is_override(module, name):
    """A method that a framework calls by a name of its own needs no words: clean_user, filter, handle, ready."""
    owner = _owner(module.tree, name)
    return isinstance(owner, ast.ClassDef) and bool(owner.bases)


def test_public_functions_say_what_they_do():
    """A check of `manage.py verify` says it in its decorator."""
    read = tuple(m for m in modules(*ROOMS, "config") if not m.is_a("views", "migrations", "management", "verify"))
    compare(gather(read, untold), {})


def test_every_action_and_model_says_what_it_does():
    for module in modules():
        if module.is_a("actions"):
            for node in module.tree.body:
                if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                    assert ast.get_docstring(node), f"{module.path} {node.name}"


def test_every_module_says_what_it_is():
    """But for the few whose name says it all, and those that hold nothing."""
    plain = {"apps", "urls", "tasks", "wsgi", "celery", "__init__", "hashers"}
    bare = [
        m.path for m in modules(*ROOMS, "config") if not m.is_a(*plain, "migrations") and not ast.get_docstring(m.tree)
    ]
    assert bare == []


@pytest.mark.parametrize(
    ("source", "lines"),
    [("def v(request):\n    return 1", 1), ('def v(request):\n    """Says."""\n    a = 1\n\n    return a', 3)],
)
def test_the_guard_of_length_itself(source, lines):
    assert length(parsed("x/views.py", source).tree.body[0]) == lines


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("def total(rows):\n    a = sum(rows)\n    return a", 1),
        ('def total(rows):\n    """The sum."""\n    a = sum(rows)\n    return a', 0),
        ("def total(rows):\n    return sum(rows)", 0),
        ("def _total(rows):\n    a = 1\n    return a", 0),
        ("class A(B):\n    def clean(self):\n        a = 1\n        return a", 0),
        ("class A:\n    def clean(self):\n        a = 1\n        return a", 1),
    ],
)
def test_the_guard_of_words_itself(source, found):
    assert len(list(untold(parsed("x/pages.py", source)))) == found
