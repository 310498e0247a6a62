"""Rows are reached only through `visible_to` (I1). Read are all modules but models, actions, tasks, migrations and
management commands.

The rule: a manager, or a QuerySet made by hand, is followed at once by `visible_to(user)` or by a method that asks for
the user itself (SCOPES). From a row found that way, code goes on to its parts: rows that have no page and no readers of
their own and are seen exactly where their owner is (PARTS). It never goes on to a row with a scope of its own: whoever
sees a meeting does not thereby see its minutes, nor whoever sees a member his particulars.
"""

import ast
import re
from functools import cache

import pytest
from django.apps import apps
from django.db.models import Model

from appraisals.models import MakeupItem, Material, Progress, RosterEntry
from meetings.models import Meeting
from tests.conventions.reached import ALLOWED
from tests.conventions.source import ROOMS, compare, gather, modules, parsed, templates
from workflow.scope import ScopedQuerySet

# verify: the checks of `manage.py verify` go over all rows and name keys only.
UNREAD = ("models", "actions", "tasks", "migrations", "management", "verify")
MANAGERS = {"objects", "_default_manager", "_base_manager", "SESSIONS"}
SCOPES = {
    "visible_to",
    "told_to",
    "own",
    "awaiting",
    "unfinished",
    "owed_by",
    "entered_for",
    "addressed_by",
    "for_password_of",
    "to_phone",
    "at_work",
    "owed",
    "to_see",
    "to_take",
}
ORM_STRINGS = {"getattr", "attrgetter", "select_related", "prefetch_related", "Prefetch", "values", "values_list", "only",
               "F", "OuterRef", "FilteredRelation", "Count", "annotate", "order_by"}  # fmt: skip
PATH = re.compile(r"[a-z][a-z_]*?(?:__[a-z][a-z_]*?)*")
PEOPLE = {"member", "author", "person", "recipient", "host", "recorder"}  # whose `.user` is an account, not the reader

# Rows without readers of their own, by the row they are part of.
PARTS = {
    "meetings.AgendaItem": "meetings.Meeting",
    "meetings.Attendance": "meetings.Meeting",
    "meetings.CountedAs": "meetings.Meeting",
    "meetings.FollowUp": "meetings.Meeting",
    "meetings.Observer": "meetings.Meeting",
    "meetings.TalkParty": "meetings.Talk",
    "appraisals.Aspect": "appraisals.Round",
    "appraisals.RosterEvent": "appraisals.RosterEntry",
    "appraisals.Partner": "appraisals.Vote",
    "appraisals.VoteSite": "appraisals.Vote",
    "rectification.Measure": "rectification.Problem",
    "ballots.Sheet": "ballots.Poll",
    "ballots.Line": "ballots.Sheet",
}
UNSCOPED = {
    "workflow.History": "seen by whoever sees its subject: read through `of(subject)`",
    "jobs.Heartbeat": "no content: when a worker was last alive",
    "ballots.Poll": "knows nobody: reached through its vote",
    "ballots.Slip": "nobody reads it: looked up by the code alone",
    "ballots.Box": "nobody reads it: opened in memory by the count",
    "ballots.Count": "numbers: read by appraisals/votes/results.py, which asks who may",
    "ballots.Tally": "as above",
    "branches.Standing": "read as a column of Relation.register(), dated only behind Particulars.visible_to",
    "branches.RightsLimit": "read as a column of Relation.register() only",
    "branches.Exemption": "read as a column of Relation.register(), dated only behind Particulars.visible_to",
    "branches.Flow": "read as a condition on Relation.with_state(), dated only behind Particulars.visible_to",
    "branches.Post": "read as a column of Relation.register(), dated only behind Particulars.visible_to",
}


@cache
def own_models() -> list[type[Model]]:
    return [model for model in apps.get_models() if model._meta.app_label in ROOMS]


@cache
def guarded_accessors() -> set[str]:
    """Names by which one row leads to rows with a scope of their own: author.materials, meeting.minutes."""
    names = set()
    for model in apps.get_models():
        for relation in model._meta.related_objects:
            child, name = relation.related_model._meta.label, relation.get_accessor_name()
            if name and PARTS.get(child) != model._meta.label and {model, relation.related_model} & set(own_models()):
                names.add(name)
    return names


@cache
def ambiguous_accessors() -> set[str]:
    """Guarded names that are elsewhere a plain column, or lead to parts: guarded on people only."""
    columns = {field.name for model in own_models() for field in model._meta.concrete_fields}
    relations = (relation for model in own_models() for relation in model._meta.related_objects)
    parts = {r.get_accessor_name() for r in relations if PARTS.get(r.related_model._meta.label) == r.model._meta.label}
    return guarded_accessors() & (columns | parts)


def unscoped(module):
    """(line, words) for each place where rows are reached without saying for whom."""
    nodes = list(ast.walk(module.tree))
    guarded = guarded_accessors() - ambiguous_accessors()
    scoped = {id(n.func.value) for n in nodes if isinstance(n, ast.Call) and _asks_for_whom(n)}
    modules_here = _imported(module.tree)
    docs = {
        id(n.body[0].value) for n in nodes if isinstance(n, DOCUMENTED) and n.body and isinstance(n.body[0], ast.Expr)
    }
    for node in nodes:
        if _is_manager(node) and id(node) not in scoped:
            yield node.lineno, ast.unparse(node)
        elif isinstance(node, ast.Call) and _name(node.func) in ("get_object_or_404", "get_list_or_404"):
            if isinstance(node.args[0], ast.Name) and node.args[0].id[0].isupper():
                yield node.lineno, f"{_name(node.func)}({node.args[0].id})"
        elif isinstance(node, ast.Attribute) and _name(node.value) not in modules_here and (
            node.attr in guarded or (node.attr in ambiguous_accessors() and _name(node.value) in PEOPLE)
        ):  # fmt: skip
            yield node.lineno, ast.unparse(node)
        elif isinstance(node, ast.keyword) and node.arg and "__" in node.arg and guarded & set(node.arg.split("__")):
            yield node.value.lineno, f"{node.arg}="
        elif (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in docs
            and "__" in node.value
        ):
            if PATH.fullmatch(node.value) and guarded & set(node.value.split("__")):
                yield node.lineno, repr(node.value)
        elif isinstance(node, ast.Call) and _name(node.func) in ORM_STRINGS and not _has_queryset(node):
            for argument in node.args:
                hidden = isinstance(argument, ast.JoinedStr)  # a path that only the running program knows
                if hidden or (isinstance(argument, ast.Constant) and argument.value in guarded):
                    yield node.lineno, f"{_name(node.func)}({ast.unparse(argument)})"


DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef)


def _asks_for_whom(call):
    if not isinstance(call.func, ast.Attribute):
        return False
    of_history = call.func.attr == "of" and ast.unparse(call.func.value) == "History.objects"
    return of_history or (call.func.attr in SCOPES and bool(call.args))


def _is_manager(node):
    """A manager by its name, also one fetched as a string; or a queryset made by hand."""
    if isinstance(node, ast.Attribute):
        # A row has no manager: `self.objects` and `page.objects` are the rows of a list page.
        return node.attr in MANAGERS and ast.unparse(node) not in ("self.objects", "page.objects")
    if isinstance(node, ast.Name):
        return node.id == "SESSIONS" and isinstance(node.ctx, ast.Load)
    if not isinstance(node, ast.Call):
        return False
    by_hand = _name(node.func).endswith("QuerySet") and bool(node.args)
    fetched = _name(node.func) == "getattr" and any(
        isinstance(a, ast.Constant) and a.value in MANAGERS for a in node.args
    )
    return by_hand or fetched or _name(node.func) in ("cursor", "raw", "RawSQL", "asked", "rows_of")


def _imported(tree):
    """Names that are modules here: `columns.grants` is a function, not the grants of a row."""
    froms = (node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom))
    return {alias.asname or alias.name for node in froms for alias in node.names if alias.name.islower()}


def _name(node):
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _has_queryset(call):
    return any(keyword.arg == "queryset" for keyword in call.keywords)


def test_rows_are_reached_only_through_a_scope():
    read = tuple(module for module in modules(*ROOMS, "config") if not module.is_a(*UNREAD))
    compare(gather(read, unscoped), ALLOWED)


def test_every_model_says_who_sees_its_rows():
    for model in own_models():
        manager = model._default_manager
        says = issubclass(manager._queryset_class, ScopedQuerySet) or isinstance(manager.all(), ScopedQuerySet)
        listed = model._meta.label in PARTS or model._meta.label in UNSCOPED
        assert says != listed, model._meta.label
        if says:
            assert type(manager.all()).visible_to is not ScopedQuerySet.visible_to, model._meta.label


def test_the_lists_of_exceptions_name_models_that_exist():
    labels = {model._meta.label for model in own_models()}
    assert {*PARTS, *PARTS.values(), *UNSCOPED} <= labels
    assert ambiguous_accessors() == {"user", "attendances"}  # another one wants a look at PEOPLE


@pytest.mark.parametrize(("model", "scope"), [(Meeting, "awaiting"), (Meeting, "unfinished"), (Meeting, "told_to"), (Material, "awaiting"),
                                              (Material, "owed_by"), (Material, "own"), (Progress, "awaiting"),
                                              (Progress, "at_work"), (MakeupItem, "owed"), (MakeupItem, "to_see"),
                                              (RosterEntry, "to_take")])  # fmt: skip
def test_a_scope_by_another_name_shows_nothing_that_visible_to_hides(world, model, scope):
    users = [value for value in vars(world).values() if type(value).__name__ == "User"]
    assert len(users) > 10
    for user in users:
        narrowed = set(getattr(model.objects, scope)(user))
        assert narrowed <= set(model.objects.visible_to(user)), user


def test_templates_reach_no_row_with_a_scope_of_its_own():
    names = "|".join(sorted(guarded_accessors() - ambiguous_accessors()))
    walked = re.compile(rf"\.({names})\b(?!_)")
    people = re.compile(rf"\b({'|'.join(PEOPLE)})\.user\b")
    for path, text in templates():
        for tag in re.findall(r"\{[{%].*?[%}]\}", text):
            assert not walked.search(tag) and not people.search(tag), f"{path}: {tag}"


def test_a_form_offers_no_rows_that_nobody_scoped():
    """A ModelForm offers all rows of a foreign key unless its __init__ says which."""
    for module in (module for module in modules() if module.is_a("forms")):
        for form in (node for node in ast.walk(module.tree) if isinstance(node, ast.ClassDef)):
            rows = _choices_of(module, form)
            narrowed = (
                {n.value for n in ast.walk(form) if isinstance(n, ast.Constant)}
                if ".queryset" in ast.unparse(form)
                else set()
            )
            assert rows <= narrowed, f"{module.path} {form.name}: {rows - narrowed}"


def _choices_of(module, form):
    meta = next((node for node in form.body if isinstance(node, ast.ClassDef) and node.name == "Meta"), None)
    if meta is None or "fields" not in ast.unparse(meta):
        return set()
    told = {t.targets[0].id: t.value for t in meta.body if isinstance(t, ast.Assign)}
    model = next(m for m in own_models() if m.__name__ == told["model"].id and m._meta.app_label == module.room)
    names = ast.literal_eval(told["fields"])
    assert "__all__" not in names
    return {name for name in names if model._meta.get_field(name).is_relation}


@pytest.mark.parametrize(
    ("source", "leaks"),
    [
        ("Meeting.objects.all()", 1),
        ("Meeting.objects.filter(pk=1).visible_to(user)", 1),
        ("Meeting._base_manager.get(pk=1)", 1),
        ("getattr(Meeting, '_base_manager').all()", 1),
        ("rows = Meeting.objects", 1),
        ("QuerySet(Meeting)", 1),
        ("get_object_or_404(Meeting, pk=1)", 1),
        ("Meeting.objects.visible_to()", 1),
        ("organisation.meetings.all()", 1),
        ("def view(request):\n    from meetings.models import Meeting\n    return Meeting.objects.count()", 1),
        ("row.meeting.minutes.text", 1),
        ("material.author.user.email", 1),
        ("getattr(meeting, 'minutes')", 1),
        ("rows.values_list('minutes')", 1),
        ("rows.filter(minutes__text__contains=word)", 1),
        ("SearchFilter(fields=['author__relations__organisation__name'])", 1),
        ("rows.prefetch_related(f'member__{name}')", 1),
        ("connection.cursor()", 1),
        ("asked(Meeting).filter(pk=1)", 1),
        ("get_object_or_404(asked(Meeting), pk=1)", 1),
        ("rows.rows_of(Meeting)", 1),
        ("asked(Meeting).visible_to(user).filter(pk=1)", 0),
        ("Meeting.objects.visible_to(request.user).filter(pk=1)", 0),
        ("get_object_or_404(Meeting.objects.visible_to(user), pk=1)", 0),
        ("Meeting.objects.awaiting(user).count()", 0),
        ("History.objects.of(meeting)", 0),
        ("AuditEvent.objects.of(meeting)", 1),
        ("meeting.agenda.all()", 0),
        ("request.user.reach", 0),
        ("Prefetch('grants', queryset=in_force)", 0),
    ],
)
def test_the_guard_itself(source, leaks):
    assert len(list(unscoped(parsed("meetings/views.py", source)))) == leaks
