"""Only actions write, each with a named actor whose right it asks first (I2). The engine, migrations, queryset-free
models, commands and the demo world stand apart."""

import ast

import pytest

from tests.conventions.source import ROOMS, compare, functions, gather, modules, parsed

WRITES = {"save", "create", "update", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create",
          "abulk_create", "acreate", "aupdate", "adelete", "asave", "select_for_update", "add_root", "add_child",
          "add_sibling", "set_password", "flush", "truncate"}  # fmt: skip
WRITERS = ("actions", "migrations", "management")
ALLOWED = {
    "workflow/moves.py make_move": ("the engine's compare-and-set", "rows.update()"),
    "workflow/moves.py _move_all": (
        "the same for many", "rows.filter(pk__in=held).update()", "rows.select_for_update()",
    ),
    "workflow/words.py add": ("a dictionary of words, filled when the rooms load", "_told.update()"),
    "branches/models/accounts.py UserManager.create_user": (
        "what Django asks of a user manager; only actions call it",
        "user.set_password()", "user.save()",
    ),
    "branches/models/rules.py hold_tree": (
        "locks for the actions that change the tree; writes nothing",
        "Organisation.objects.filter(depth=1).order_by('pk').select_for_update()",
    ),
    "branches/models/rules.py home_of": (
        "locks for the actions that change a relation; writes nothing",
        "Relation.objects.homes().filter(still(yesterday), member=member).select_for_update()",
    ),
    "meetings/views.py _save": ("hands what was typed to the action", "sheet.save()"),
    "meetings/talks/views.py _saved": ("as above", "sheet.save()"),
    "meetings/sheet.py Sheet.rehearse": ("as above, and takes it back", "self.save()"),
    "branches/attachments/store.py keep": ("a file, not a row", "file.flush()"),
    "branches/attachments/verify.py _written": (
        "a picture, not a row", "picture.convert('RGB').save()", "picture.convert(mode).save()",
    ),
    "sheets/writer.py _parts": ("a workbook, not a row", "form.book.save()"),
    "papers/document.py Paper.saved": ("a document, not a row", "self._document.save()"),
}  # fmt: skip
# Actions that ask no right, and why they need not.
WITHOUT_RIGHT = {
    "jobs/actions.py enqueue": "owes a job to whoever acts; what it may read its run asks, with the owner's rights of then",
    "jobs/actions.py note_download": "tells of a file whose job the view found through visible_to",
    "meetings/unsaved/actions.py drop": "part of a move that has asked: what was typed for a record goes with it",
    "branches/actions/attachments.py note_download": "tells of a file that the view found through visible_to",
    "appraisals/supervision/papers/actions.py note_letter": "tells of a letter whose visit the view found through visible_to",
    "appraisals/opinions/actions.py note_reading": "tells of opinions whose words the view found through visible_to",
    "appraisals/grades/actions/reading.py note_reading": "tells of grades that the view found through visible_to",
    "appraisals/grades/actions/reading.py note_form": "as above, of a file",
    "appraisals/grades/actions/moving.py follow": "part of a step that has asked: the numbers of the branches",
    "meetings/papers/actions.py note_paper": "tells of a paper whose meeting the view found through visible_to",
    "branches/actions/activation.py use_slip": "the code is the right: whoever types it has been handed the slip",
    "branches/actions/activation.py refuse_slip": "tells of a wrong code; the actor is nobody yet",
    "meetings/schedule/actions.py fit": "part of a deed that has asked: the meeting has another day",
    "meetings/schedule/actions.py notified": "as above: members are told",
    "meetings/study/actions.py bring_up": "part of an action that has asked: brings what is lacking up to the hours",
    "meetings/study/actions.py follow": "as above: a record is filed, or no longer",
    "appraisals/rounds/actions/makeup.py owe_new_requirements": "part of a revision, which has asked",
    "appraisals/supervision/actions/follow_up.py owe_for": "part of handing a visit record over, which has asked",
    "appraisals/supervision/actions/follow_up.py count": "as above, or of making it void",
    "appraisals/rounds/actions/scheme.py copy_scheme": "part of copying a plan, which has asked",
    "appraisals/rounds/actions/opening.py begin": "part of opening a round, which has asked",
    "rectification/problems/actions/telling.py tell": "part of an action that has asked: tells of what it did to many",
    "rectification/problems/actions/counting.py count": "part of an action that has asked: brings numbers up to its rows",
    "rectification/ledger/papers/actions.py note_list": "tells of a list whose rows the view found through visible_to",
    "figures/actions.py recount": "part of an action that has asked: brings numbers up to the rows it has changed",
    "branches/actions/endings.py end_ties": "part of an action that has asked: what ends with a relation",
    "branches/actions/endings.py end_grants": "as above",
    "branches/actions/planned.py stay": "part of a move that has asked: the transfer is taken back",
    "branches/actions/second_step.py switched_on": "tells of what allauth has done for whoever is signed in",
    "branches/actions/second_step.py switched_off": "as above",
    "branches/actions/second_step.py made_codes": "as above",
    "branches/actions/second_step.py failed": "as above",
    "branches/actions/sign_in.py enter": "tells of what allauth has decided",
    "branches/actions/sign_in.py fail": "as above; the actor is nobody yet",
    "branches/actions/sign_in.py refuse": "as above",
    "branches/actions/sign_in.py leave": "one's own session",
    "branches/actions/sign_in.py change_password": "one's own password, after the present one",
    "meetings/calendar/actions.py make_address": "one's own, for the branch one belongs to",
    "meetings/calendar/actions.py end_address": "one's own",
    "workflow/actions.py record_many": "as record, for many subjects at once",
    "workflow/actions.py record": "part of an action: writes the history row",
    "workflow/actions.py audit": "part of an action: writes the audit row",
}
# The room of ballots knows no actor; only these call its actions, after they have asked, or with a slip in hand.
NOBODYS = {"ballots/actions.py": ("appraisals/votes/actions.py", "ballots/casting/views.py", "world/demo/votes.py")}
# Actions of several statements that need no transaction, and why.
WITHOUT_TRANSACTION = {"jobs/actions.py beat": "the second statement runs only where the first has changed nothing"}
ASKS = {"require", "require_any", "make_move", "make_moves"}


def writes(module):
    """(line, words) for each call that changes rows."""
    own_actions = _action_modules(module.tree)
    for node in ast.walk(module.tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        if node.func.attr in WRITES and ast.unparse(node.func.value) not in own_actions:
            yield node.lineno, f"{ast.unparse(node.func)}()"


def _action_modules(tree):
    """Names under which this module knows actions: `actions.save(…)` is the door, not a way round it."""
    froms = (node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom))
    return {
        alias.asname or alias.name
        for node in froms
        for alias in node.names
        if alias.name == "actions" or (node.module or "").split(".")[-1] == "actions"
    }


def actions():
    """(module, function) of every public action."""
    for module in modules():
        if module.is_a("actions") and module.path not in NOBODYS:
            for node in module.tree.body:
                if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                    yield module, node


def names_its_actor(function):
    return "actor" in [argument.arg for argument in function.args.kwonlyargs]


def asks_a_right(function, public):
    """True if, before it writes and whatever its arguments, the body asks a right, refuses whoever is not the owner, or
    hands on to an action that asks."""
    for statement in _always_run(function):
        if isinstance(statement, ast.If):
            raised = [node for node in ast.walk(statement) if isinstance(node, ast.Raise) and node.exc]
            if any("PermissionDenied" in ast.unparse(node.exc) for node in raised):
                return True
            continue
        called = [_called(node) for node in ast.walk(statement) if isinstance(node, ast.Call)]
        if any(name in ASKS or (name in public and name != function.name) for name in called):
            return True
        if WRITES & set(called):
            return False
    return False


def _always_run(function):
    """The statements of the body itself, and of the `with` blocks in it."""
    for statement in function.body:
        yield from statement.body if isinstance(statement, ast.With) else [statement]


def _called(call):
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def test_only_actions_write():
    read = tuple(m for m in modules(*ROOMS, "config") if not m.is_a(*WRITERS) and m.room != "world")
    compare(gather(read, writes), ALLOWED)


def test_every_public_action_names_its_actor():
    found = list(actions())
    assert len(found) > 30
    assert [f"{module.path} {node.name}" for module, node in found if not names_its_actor(node)] == []


def test_every_public_action_asks_a_right():
    found = {}
    for module, node in actions():
        public = {n.name for m, n in actions() if m is module and f"{m.path} {n.name}" not in WITHOUT_RIGHT}
        if not asks_a_right(node, public - {node.name}):
            found[f"{module.path} {node.name}"] = ["asks no right"]
    compare(found, WITHOUT_RIGHT)


def test_actions_that_ask_nobody_are_called_by_those_who_have_asked():
    """Classes and constants may be read anywhere."""
    for path, callers in NOBODYS.items():
        package = path.removesuffix(".py").replace("/", ".")
        functions = {
            node.name for m in modules() if m.path == path for node in m.tree.body if isinstance(node, ast.FunctionDef)
        }
        found = {m.path for m in modules() if m.path != path and functions & set(_taken(m.tree, package))}
        assert found == set(callers)


def _taken(tree, package):
    """What a module takes from `package`: names imported, and attributes of the module itself."""
    above, _dot, last = package.rpartition(".")
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == package:
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module == above:
            names |= {alias.asname or alias.name for alias in node.names if alias.name == last}
    yield from (n.attr for n in ast.walk(tree) if isinstance(n, ast.Attribute) and ast.unparse(n.value) in names)


def test_an_action_of_several_writes_is_one_transaction():
    """One statement needs none; from two on, half of it must not be left behind."""
    loose = {}
    for module, node in actions():
        names = [_called(call) for call in ast.walk(node) if isinstance(call, ast.Call)]
        many = sum(name in WRITES | {"record", "audit", "make_move"} for name in names) > 1
        if many and "atomic" not in ast.unparse(node):
            loose[f"{module.path} {node.name}"] = ["several writes outside a transaction"]
    compare(loose, WITHOUT_TRANSACTION)


def test_a_task_only_calls_an_action():
    for module in (module for module in modules() if module.is_a("tasks")):
        for _name, node in functions(module.tree):
            body = [
                line for line in node.body if not isinstance(line, ast.Expr) or not isinstance(line.value, ast.Constant)
            ]
            assert len(body) <= 3, f"{module.path} {node.name}"
        assert not list(writes(module)), module.path


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("meeting.save()", 1),
        ("Meeting.objects.filter(pk=1).update(state='filed')", 1),
        ("request.user.set_password('x')", 1),
        ("rows.bulk_create(new)", 1),
        ("from meetings import actions\nactions.save(meeting, entry, actor=user)", 0),
        ("from branches.actions import grants\ngrants.update(x, actor=user)", 0),
        ("meeting.theme", 0),
    ],
)
def test_the_guard_of_writes_itself(source, found):
    assert len(list(writes(parsed("meetings/views.py", source)))) == found


@pytest.mark.parametrize(
    ("source", "named", "asked"),
    [
        ("def void(meeting, *, actor): actor.require('lead', meeting)", True, True),
        ("def void(meeting, actor): actor.require('lead', meeting)", False, True),
        ("def void(meeting): meeting.save()", False, False),
        ("def void(meeting, *, actor): meeting.save()", True, False),
        ("def void(meeting, *, actor):\n if meeting.owner_id != actor.pk: raise PermissionDenied", True, True),
        ("def void(meeting, *, actor): move(meeting, 'void', actor=actor)", True, True),
        ("def save(meeting, *, actor, then=False):\n if then: move(meeting, 'void', actor=actor)", True, False),
        ("def save(meeting, *, actor):\n meeting.save()\n actor.require('lead', meeting)", True, False),
    ],
)
def test_the_guard_of_actions_itself(source, named, asked):
    function = parsed("meetings/actions.py", source).tree.body[0]
    assert names_its_actor(function) is named
    assert asks_a_right(function, {"move"}) is asked
