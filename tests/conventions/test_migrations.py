"""A migration that reads or writes rows does so in the database that is migrated: copy_to migrates another one."""

import ast

import pytest

from tests.conventions.source import ROOMS, modules

ROWS = {"objects", "_base_manager", "_default_manager"}


def elsewhere(tree):
    """Lines of managers that are not followed by `.using(…)`."""
    used = {
        id(n.func.value) for n in ast.walk(tree) if isinstance(n, ast.Call) and getattr(n.func, "attr", "") == "using"
    }
    return [n.lineno for n in ast.walk(tree) if isinstance(n, ast.Attribute) and n.attr in ROWS and id(n) not in used]


def test_migrations_name_the_database_whose_rows_they_touch():
    found = {m.path: elsewhere(m.tree) for m in modules(*ROOMS) if "/migrations/" in m.path}
    assert found and {path: lines for path, lines in found.items() if lines} == {}


@pytest.mark.parametrize(("source", "wrong"), [
    ("apps.get_model('a', 'B').objects.update(x=1)", [1]),
    ("apps.get_model('a', 'B').objects.using(editor.connection.alias).update(x=1)", []),
])  # fmt: skip
def test_the_search_finds_one(source, wrong):
    assert elsewhere(ast.parse(source)) == wrong
