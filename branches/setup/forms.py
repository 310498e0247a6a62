"""The one page of the set-up: code, root organisation, the three administrators, the first officer."""

import re
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Column, Fieldset, Layout, Row
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from branches.actions.setup import Person, Root
from branches.models import User
from branches.models.organisations import BranchKind, Kind
from branches.rights import AdminRole
from branches.setup import door
from branches.sign_in.tries import SaysHowLong, Tries
from shell.forms import DateField, ShellForm

OFFICER = "officer"
LOGIN_NAME = re.compile(r"[a-z0-9][a-z0-9._@-]{1,39}")
PASSWORD_HELP = _("At least 10 characters; not like your name or login name, and no password that many people use.")


class SetUpForm(SaysHowLong, ShellForm):
    """`root()`, `administrators()` and `officer()` are what the action asks for."""

    about = {
        "system": _("Watches over the server and its jobs; sees no content."),
        "security": _("Gives and takes back offices, closes accounts; sees no content."),
        "audit": _("Reads who did what and when; sees no content."),
        OFFICER: _("Founds the organisations below, enters members and prints their activation slips."),
    }

    code = forms.CharField(label=_("Set-up code"), max_length=40, help_text=_("It stands in the terminal."))
    name = forms.CharField(label=_("Full name of the topmost organisation"), max_length=120)
    short_name = forms.CharField(label=_("Short name"), max_length=40, required=False)
    kind = forms.ChoiceField(label=_("Kind"))
    since = DateField(label=_("Founded on"))

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        branches = [(f"{Kind.BRANCH}:{word}", label) for word, label in BranchKind.choices]
        above = [(word, label) for word, label in Kind.choices if word != Kind.BRANCH]
        self.fields["kind"].choices = [("", _("Please choose")), *above, (_("Branch"), branches)]  # type: ignore[attr-defined]
        for who, person in self.people.items():
            self.fields |= _account(who)
            for part in PARTS:
                field: Any = self.fields[f"{who}_{part}"]
                field.told_as = f"{person} · {field.label}"  # the list of faults names the account, too

    @property
    def people(self) -> dict[str, Any]:
        """The accounts to open, by the beginning of their fields: the name of each on the page."""
        return {**dict(AdminRole.choices), OFFICER: _("First officer")}

    @property
    def helper(self) -> FormHelper:
        helper = super().helper
        place = Fieldset(
            _("Topmost organisation"),
            Row(_half("name"), _half("short_name")),
            Row(_half("kind"), _half("since")),
        )
        people = [
            Fieldset(
                label,
                HTML(format_html('<p class="hint">{}</p>', self.about[who])),
                Row(*(Column(f"{who}_{part}", css_class="col-md-3") for part in PARTS)),
            )
            for who, label in self.people.items()
        ]
        helper.layout = Layout(Row(_half("code")), place, *people)
        return helper

    def clean_code(self) -> str:
        with Tries(self.request, "@set-up") as tries:
            if not door.opens(self.cleaned_data["code"]):
                tries.fail(gettext("This is not the code in the terminal of the last start."))
        return self.cleaned_data["code"]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        names: set[str] = set()
        for who in self.people:
            login = told.get(f"{who}_login", "").strip().lower()
            told[f"{who}_login"] = login
            if login and not LOGIN_NAME.fullmatch(login):
                self.add_error(f"{who}_login", _("Letters, digits, dots and hyphens only, at least two characters."))
            elif login and login in names:
                self.add_error(f"{who}_login", _("This login name stands here twice; nobody holds two of these roles."))
            names.add(login)
            self._check_password(who, login, told)
        return told

    def root(self) -> Root:
        """What was typed about the organisation."""
        told = self.cleaned_data
        kind, _colon, branch_kind = told["kind"].partition(":")
        return Root(told["name"], told["short_name"], kind, branch_kind, told["since"])

    def administrators(self) -> dict[str, Person]:
        """The three administrators by their role."""
        return {role: self._person(role) for role in AdminRole.values}

    def officer(self) -> Person:
        """The first officer."""
        return self._person(OFFICER)

    def _person(self, who: str) -> Person:
        return Person(*(self.cleaned_data[f"{who}_{part}"] for part in ("login", "name", "password")))

    def _check_password(self, who: str, login: str, told: dict[str, Any]) -> None:
        password, again = told.get(f"{who}_password"), told.get(f"{who}_again")
        if password and again and password != again:
            self.add_error(f"{who}_again", _("The two passwords differ."))
        elif password:
            try:
                validate_password(password, User(username=login, name=told.get(f"{who}_name", "")))
            except forms.ValidationError as refusal:
                self.add_error(f"{who}_password", refusal)


PARTS = ("login", "name", "password", "again")


def _account(who: str) -> dict[str, forms.Field]:
    # Typed passwords stay on a refused page: eight of them would have to be typed anew for one wrong letter elsewhere.
    hidden = forms.PasswordInput(render_value=True, attrs={"autocomplete": "new-password"})
    return {
        f"{who}_login": forms.CharField(label=_("Login name"), max_length=40),
        f"{who}_name": forms.CharField(label=_("Name"), max_length=40),
        f"{who}_password": forms.CharField(label=_("Password"), max_length=128, strip=False, widget=hidden),
        f"{who}_again": forms.CharField(label=_("Password once more"), max_length=128, strip=False, widget=hidden),
    }


def _half(name: str) -> Column:
    return Column(name, css_class="col-md-6")
