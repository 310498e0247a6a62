"""The forms of what changes about one organisation. The names of the fields are the words of the actions."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from branches.changes import plausible
from branches.changes.fields import (
    ChangeForm,
    choice_field,
    open_groups,
    register_of,
    rows_field,
    since_field,
    until_field,
    words_field,
)
from branches.grants.waiting import waiting_for_office
from branches.models import Election, Member, Organisation
from branches.models.organisations import BranchKind, Kind, Mode
from branches.models.rules import MAY_HOLD, superior_of
from branches.namesakes import choices
from branches.tree import STEP, under
from shell.forms import DateField


class FoundForm(ChangeForm):
    arrange = ("name", ("short_name", "since"), ("kind", "branch_kind"), "mode")

    name = words_field(_("Organisation name"), 120)
    short_name = words_field(_("Short name"), 40, required=False)
    kind = choice_field(_("Kind"), [])
    branch_kind = choice_field(_("Kind of branch"), BranchKind.choices, required=False, help_text=_("For a branch."))
    since = since_field(_("Founded"))
    mode = forms.ChoiceField(label=_("Way of working"), choices=Mode.choices, initial=Mode.ONLINE)

    def offer(self) -> None:
        kinds = [(kind.value, kind.label) for kind in Kind if kind in MAY_HOLD[self.row.kind]]
        self.fields["kind"].choices = [("", _("Please choose")), *kinds]  # type: ignore[attr-defined]

    def doubts(self) -> list[str]:
        return plausible.same_name(self.reader, self.row, self.cleaned_data["name"])


class FoundGroupForm(ChangeForm):
    name = words_field(_("Group name"), 60)
    since = since_field()


class CloseGroupForm(ChangeForm):
    group = rows_field(_("Group"))
    until = until_field()

    def offer(self) -> None:
        self.choose_from("group", open_groups(self))


class RenameForm(ChangeForm):
    arrange = ("name", ("short_name", "since"))

    name = words_field(_("Organisation name"), 120)
    short_name = words_field(_("Short name"), 40, required=False)
    since = since_field(_("New name from"))

    def offer(self) -> None:
        self.initial = {"name": self.row.name, "short_name": self.row.short_name, **self.initial}

    def clean_since(self) -> Any:
        if self.cleaned_data["since"] > self.reader.reach.day:
            raise forms.ValidationError(_("A name changes today or has changed before: please enter it on that day."))
        return self.cleaned_data["since"]

    def doubts(self) -> list[str]:
        if self.row.is_root():
            return []
        return plausible.same_name(self.reader, superior_of(self.row), self.cleaned_data["name"], other_than=self.row)


class FoundedForm(ChangeForm):
    since = since_field(_("Founded"))

    def offer(self) -> None:
        self.initial = {"since": self.row.since, **self.initial}


class ElectionForm(ChangeForm):
    arrange = (("held_on", "instead_of"),)

    held_on = DateField(label=_("Day of the election"))
    instead_of = rows_field(
        _("Instead of"), required=False, empty_label=_("A new election"),
        help_text=_("Only to correct a day that was recorded wrongly."),
    )  # fmt: skip

    def offer(self) -> None:
        self.choose_from("instead_of", Election.objects.visible_to(self.reader).filter(organisation=self.row))


class SettleForm(ChangeForm):
    mode = forms.ChoiceField(label=_("Way of working"), choices=Mode.choices)

    def offer(self) -> None:
        self.initial = {"mode": self.row.mode, **self.initial}


class PlaceForm(ChangeForm):
    after = rows_field(_("Behind"), required=False, empty_label=_("First of all"))

    def offer(self) -> None:
        rows = Organisation.objects.visible_to(self.reader).filter(under(self.row.path[:-STEP]), depth=self.row.depth)
        self.choose_from("after", rows.exclude(pk=self.row.pk))


class ReparentForm(ChangeForm):
    parent = rows_field(_("New superior"))

    def offer(self) -> None:
        may_hold = [kind for kind, below in MAY_HOLD.items() if self.row.kind in below]
        rows = Organisation.objects.visible_to(self.reader).open().filter(kind__in=may_hold)
        rows = rows.exclude(under(self.row.path)).exclude(path=self.row.path[:-STEP])
        self.choose_from("parent", rows)


class MergeForm(ChangeForm):
    into = rows_field(_("Into which branch"))
    since = since_field(_("First day in the other branch"))

    def offer(self) -> None:
        rows = Organisation.objects.visible_to(self.reader).branches().open().exclude(pk=self.row.pk)
        self.choose_from("into", rows)


class SplitForm(ChangeForm):
    arrange = ("name", ("short_name", "branch_kind"), "since", "members")

    name = words_field(_("Name of the new branch"), 120)
    short_name = words_field(_("Short name"), 40, required=False)
    branch_kind = choice_field(_("Kind of branch"), BranchKind.choices)
    since = since_field(_("First day in the new branch"))
    members = forms.MultipleChoiceField(label=_("Members who go there"), widget=forms.CheckboxSelectMultiple)

    def offer(self) -> None:
        self.fields["members"].choices = choices((row.member for row in register_of(self)), self.reader)  # type: ignore[attr-defined]

    def clean_members(self) -> list[int]:
        return [int(key) for key in self.cleaned_data["members"]]

    def doubts(self) -> list[str]:
        return plausible.same_name(self.reader, superior_of(self.row), self.cleaned_data["name"])


class DissolveForm(ChangeForm):
    until = until_field()


class SecretaryForm(ChangeForm):
    arrange = (("member", "since"), "keeps_posts")

    member = rows_field(_("New secretary"))
    since = since_field(_("In office from"))
    keeps_posts = forms.BooleanField(
        label=_("Keeps another post in the committee, if there is one"), required=False,
        help_text=_("Otherwise it ends with the day before."),
    )  # fmt: skip

    def offer(self) -> None:
        keys = register_of(self).order_by().values("member")
        rows = Member.objects.visible_to(self.reader).filter(pk__in=keys).order_by("name_pinyin", "pk")
        self.choose_from("member", rows)
        self.fields["member"].choices = [("", _("Please choose")), *choices(rows, self.reader)]  # type: ignore[attr-defined]


class OfficeForm(ChangeForm):
    """Nothing to type: who is to receive the office, the register says."""

    def offer(self) -> None:
        if post := waiting_for_office(self.row):
            self.deed = _("Give %s the office of secretary") % post.member.name
            told = {"who": post.member.name, "day": max(post.since, self.reader.reach.day)}
            self.text = (
                _(
                    "%(who)s is branch secretary in the register and has an account by now, but may not yet act as "
                    "secretary in the system. With this button the office is given from %(day)s."
                )
                % told
            )
