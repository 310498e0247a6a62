"""The forms of the security administrator."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from branches.models import Group, Organisation, User
from branches.rights import Office
from shell.forms import DateField, ShellForm

MOST = 200  # longer drop-downs help nobody; the search above the form narrows them


class GrantForm(ShellForm):
    """Who gets which office where. `near` narrows the organisations on offer to those whose name holds it."""

    arrange = ("user", "office", ("organisation", "group"), ("since", "until"))

    user = forms.CharField(label=_("Login name"), max_length=40, help_text=_("Exactly as in the list of accounts."))
    office = forms.ChoiceField(label=_("Office"), choices=[("", _("Please choose")), *Office.choices])
    since = DateField(label=_("From"), initial=timezone.localdate)
    until = DateField(label=_("Until"), required=False, help_text=_("Left empty: until it is taken back."))

    def __init__(self, *args: Any, actor: User, near: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        organisations = Organisation.objects.visible_to(actor).open()
        groups = Group.objects.visible_to(actor).select_related("organisation")
        self.fields["organisation"] = forms.ModelChoiceField(organisations, label=_("Organisation"))
        self.fields["group"] = forms.ModelChoiceField(
            groups, label=_("Group"), required=False, help_text=_("For a group leader only.")
        )
        self._offer("organisation", organisations.filter(name__icontains=near))
        self._offer("group", groups.filter(organisation__name__icontains=near))

    def clean_user(self) -> User:
        login = self.cleaned_data["user"].strip().lower()
        user = User.objects.visible_to(self.actor).filter(username=login).first()
        if user is None:
            raise forms.ValidationError(_("There is no account with this login name."))
        return user

    def _offer(self, name: str, rows: Any) -> None:
        """List the first of `rows`; the field accepts others as well."""
        field: Any = self.fields[name]
        field.choices = [("", _("Please choose")), *((row.pk, _place(row)) for row in rows[:MOST])]


def _place(row: Organisation | Group) -> str:
    """A group with its branch; an organisation as far to the right as it lies deep."""
    if isinstance(row, Group):
        return f"{row.organisation.label} · {row.name}"
    return "　" * (row.depth - 1) + row.name


class ReasonForm(ShellForm):
    """Why something is closed, opened or taken back."""

    note = forms.CharField(label=_("Reason"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}))
