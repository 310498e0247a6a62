"""Which room may import which: the arrows of architecture §3. An arrow that climbs fails, wherever the import stands —
also inside a function or for type checking only — and so does a name handed to import_module or get_model."""

import ast
import re

import pytest

from tests.conventions.source import ROOMS, modules, parsed

GROUND = {"workflow", "jobs", "sheets", "papers", "shell"}
MAY_IMPORT = {
    # room: whom it may import
    "workflow": set(),
    "jobs": {"workflow", "shell"},
    "sheets": set(),
    "papers": {"sheets"},
    "shell": set(),
    "ballots": {"workflow"},
    "branches": GROUND,
    "figures": {"branches"} | GROUND,
    "reminders": {"branches"} | GROUND,
    "meetings": {"figures", "reminders", "branches"} | GROUND,
    "appraisals": {"ballots", "meetings", "figures", "reminders", "branches"} | GROUND,
    "rectification": {"ballots", "appraisals", "meetings", "figures", "reminders", "branches"} | GROUND,
    "reports": {"rectification", "ballots", "appraisals", "meetings", "figures", "reminders", "branches"} | GROUND,
    "world": {"rectification", "ballots", "appraisals", "meetings", "figures", "reminders", "branches"} | GROUND,
    "config": set(),  # knows the rooms by name only: strings in settings, urls and the schedule
}
BY_NAME = {"import_module", "import_string", "get_model", "__import__", "get_app_config"}
PACKAGE = re.compile(r"[a-z_]+(?=[.]|$)")


def imports(module):
    """(line, package) for everything of ours that a module imports or fetches by name."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name.partition(".")[0]) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.lineno, module.room if node.level else (node.module or "").partition(".")[0]
        elif isinstance(node, ast.Call) and _name(node.func) in BY_NAME and module.room != "config":
            first = node.args[0].value if node.args and isinstance(node.args[0], ast.Constant) else ""
            if isinstance(first, str) and (found := PACKAGE.match(first)):
                yield node.lineno, found.group()


def _name(node):
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def climbing(module):
    """(line, package) of the imports that the arrows do not allow."""
    allowed = MAY_IMPORT[module.room] | {module.room}
    ours = {*ROOMS, "config", "scripts", "tests"}
    return [(line, package) for line, package in imports(module) if package in ours - allowed]


def test_no_import_climbs():
    found = {m.path: bad for m in modules(*ROOMS, "config") if (bad := climbing(m))}
    assert not found, "\n".join(["", *(f"{path}: {bad}" for path, bad in found.items())])


def test_the_arrows_know_every_room_and_lead_only_down():
    assert set(MAY_IMPORT) == {*ROOMS, "config"}
    for room, below in MAY_IMPORT.items():
        for other in below:
            assert MAY_IMPORT[other] < below | {room}, f"{room} → {other}"
            assert room not in MAY_IMPORT[other], f"{room} ↔ {other}"


def test_nothing_stands_above_reports_and_world():
    for room, below in MAY_IMPORT.items():
        assert not {"reports", "world"} & below, room


@pytest.mark.parametrize(
    ("path", "source", "found"),
    [
        ("branches/views.py", "from meetings.models import Meeting", 1),
        ("branches/views.py", "def f():\n    from meetings import models", 1),
        ("branches/views.py", "if TYPE_CHECKING:\n    import reports.views", 1),
        ("branches/views.py", "apps.get_model('meetings', 'Meeting')", 1),
        ("branches/views.py", "apps.get_model('meetings.Meeting')", 1),
        ("branches/views.py", "import_module('appraisals.todos')", 1),
        ("workflow/moves.py", "from branches.rights import Right", 1),
        ("shell/lists.py", "from tests.cast import build", 1),
        ("meetings/views.py", "from scripts import bench", 1),
        ("reports/views.py", "from world.demo import build", 1),
        ("config/urls.py", "from branches.views import member_list", 1),
        ("config/urls.py", "include('branches.urls')", 0),
        ("branches/apps.py", "from . import menu", 0),
        ("branches/apps.py", "from branches import menu", 0),
        ("meetings/views.py", "from shell import lists", 0),
        ("meetings/views.py", "from django.db import models", 0),
    ],
)
def test_the_guard_itself(path, source, found):
    assert len(climbing(parsed(path, source))) == found
