"""Accounts and a small tree, for the tests of signing in and of grants."""

from datetime import date

from branches.actions.organisations import found, found_group
from branches.models import User
from workflow.actors import SYSTEM

PASSWORD = "long enough 42"
FOUNDED = date(2020, 1, 1)


def account(username, **fields):
    return User.objects.create_user(username, PASSWORD, name=fields.pop("name", username.title()), **fields)


def security():
    return account("keeper", admin_role="security")


def tree():
    """A committee with two branches; the first has a group."""
    committee = found("Harbour committee", actor=SYSTEM, kind="committee", since=FOUNDED)
    first, second = (
        found(name, actor=SYSTEM, kind="branch", branch_kind="single", since=FOUNDED, parent=committee)
        for name in ("North branch", "South branch")
    )
    group = found_group("First group", actor=SYSTEM, organisation=first, since=FOUNDED)
    return committee, first, second, group


def sign_in(client, username, password=PASSWORD, **headers):
    return client.post("/accounts/login/", {"login": username, "password": password}, **headers)
