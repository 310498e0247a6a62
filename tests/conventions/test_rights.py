"""No question about offices outside Reach and the move tables (architecture §4): pages, actions and templates ask for a
right, never for a role, so that what an office may is told in one place."""

import ast
import re

import pytest

from branches.rights import Right
from tests.conventions.source import ROOMS, compare, gather, modules, parsed, templates
from workflow.actors import SystemActor
from workflow.moving import Moving
from workflow.tables import own_models

WORDS = {"Office", "AdminRole", "OVERSIGHT"}
COLUMNS = {"office", "admin_role", "is_oversight", "is_staff", "is_superuser", "groups", "user_permissions"}
UNREAD = ("migrations",)
HOME = {"branches/reach.py", "branches/rights.py"}
ALLOWED = {
    "branches/models/accounts.py User.Meta": "the CHECKs of the column",
    "branches/models/accounts.py Grant.Meta": "the CHECKs of the column",
    "branches/grants/forms.py GrantForm": "offers the offices that can be given",
    "branches/setup/forms.py SetUpForm.people": "asks for one account a role",
    "branches/setup/forms.py SetUpForm.administrators": "as above",
    "branches/actions/setup.py set_up": "gives the first officer his office, and the accounts their roles",
    "branches/actions/setup.py _open": "writes the column",
    "branches/grants/filters.py UserFilter": "narrows the list of accounts",
    "branches/grants/filters.py GrantFilter": "narrows the list of offices",
    "branches/actions/corrections.py dismiss": "the office of a secretary or group leader ends with the post",
    "branches/actions/secretaries.py change_secretary": "ends the office of the old secretary",
    "branches/actions/secretaries.py _give": "writes the column",
    "branches/actions/secretaries.py _open_office": "the same office twice at a time",
    "branches/changes/preview.py of_secretary": "names the offices that would end, to whoever is about to end them",
    "branches/first_steps.py first_steps": "whether any secretary has been given his office yet",
    "branches/grants/waiting.py places_waited_for": "whether a secretary by post holds the office of the same name",
    "branches/grants/waiting.py waiting_for_office": "as above",
    "reminders/offices.py _secretaries": "whether a secretary by post holds the office of the same name",
    "branches/actions/accounts.py open_account": "writes the column",
    "branches/actions/grants.py grant": "writes the column",
    "branches/actions/grants.py delegate": "writes the column: what is delegated is the secretary's office",
    "branches/actions/grants.py _refuse_term": "the delegator's own grant of the same office",
    "branches/actions/grants.py _refuse_person": "an administrator's account can hold no office",
    "branches/actions/grants.py _refuse_place": "a group leader needs a group, nobody else has one",
    "branches/actions/grants.py _refuse_time": "the same office twice at a time",
    "branches/verify.py no_grant_of_administrators": "the invariant itself",
    "world/demo/people.py give_accounts": "gives the demo's people their offices",
    "world/demo/people.py give_accounts.open_": "as above",
    "world/demo/people.py give_accounts.grant": "as above",
    "world/load/branches.py": "as above, for a big world",
    "world/load/branches.py accounts": "as above",
}
ALLOWED_IN_TEMPLATES = {
    "branches/user_edit.html": "of the account on the page, not of its reader: an administrator's can hold no office",
}
IN_TEMPLATES = re.compile(r"\b(?:office|admin_role|is_staff|is_superuser|is_oversight|reach\.held|perms)\b")


def role_tests(module):
    """(line, words) for each mention of an office or of an administrator's role."""
    compared = _compared(module.tree)
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in WORDS:
            yield node.lineno, ast.unparse(node)
        elif isinstance(node, ast.Name) and node.id == "OVERSIGHT" and isinstance(node.ctx, ast.Load):
            yield node.lineno, node.id
        elif isinstance(node, ast.Attribute) and node.attr in COLUMNS - {"groups", "office"}:
            yield node.lineno, ast.unparse(node)
        elif isinstance(node, ast.keyword) and node.arg and COLUMNS - {"groups"} & set(node.arg.split("__")):
            yield node.value.lineno, f"{node.arg}="
        elif isinstance(node, ast.Attribute) and node.attr == "office" and id(node) in compared:
            yield node.lineno, f"{ast.unparse(node)} compared"


def _compared(tree):
    return {id(part) for node in ast.walk(tree) if isinstance(node, ast.Compare) for part in ast.walk(node)}


def test_nobody_asks_for_a_role_outside_reach():
    read = tuple(m for m in modules(*ROOMS, "config") if m.path not in HOME and not m.is_a(*UNREAD))
    compare(gather(read, role_tests), ALLOWED)


def test_no_template_asks_for_a_role():
    found = {}
    for path, text in templates():
        if tags := [tag for tag in re.findall(r"\{%\s*(?:if|elif)\b.*?%\}", text) if IN_TEMPLATES.search(tag)]:
            found[path] = tags
    compare(found, ALLOWED_IN_TEMPLATES)


def test_every_right_in_a_move_table_is_a_right():
    for model in own_models():
        for move in model.MOVES if issubclass(model, Moving) else ():
            assert {*move.who, *move.by_proxy} <= {*Right, SystemActor.RIGHT}, (model, move)


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("if user.admin_role: pass", 1),
        ("if grant.office == 'secretary': pass", 1),
        ("if Office.SECRETARY in offices: pass", 1),
        ("rows.filter(user__grants__office='officer')", 1),
        ("user.reach.admin_role == 'audit'", 1),
        ("if user.is_superuser: pass", 1),
        ("user.may(Right.LEAD, meeting)", 0),
        ("grant.get_office_display()", 0),
        ("Column('office', label, lambda grant: grant.office)", 0),
    ],
)
def test_the_guard_itself(source, found):
    assert len(list(role_tests(parsed("meetings/views.py", source)))) == found
