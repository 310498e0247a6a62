"""What is typed for a meeting to come, and for one that moves to another day."""

from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from branches.models import Group, Member
from branches.rights import Right
from meetings.due import due_at
from meetings.kinds import Form
from meetings.models import Meeting, OwnForm
from shell.forms import ShellForm, ShellModelForm

OWN = "own-"  # before the key of a form that a superior laid down


class PlanForm(ShellModelForm):
    """A meeting to come. Whoever leads a group plans its meetings only."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    arrange: ClassVar = (("form", "group"), "theme", ("started_at", "ended_at"), ("place", "host"))

    class Meta:
        model = Meeting
        fields = ["form", "group", "theme", "started_at", "ended_at", "place", "host"]

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        branch, day = self.instance.organisation, user.reach.day
        plans_all = user.may(Right.RECORD, Meeting(organisation=branch))
        groups: QuerySet[Group] = Group.objects.visible_to(user).on(day).filter(organisation=branch)
        if not plans_all:
            groups = groups.filter(pk__in=user.reach.group_keys)
        due = due_at(Meeting(organisation=branch, form=Form.GENERAL_MEETING), day)
        form, group, host = (self.fields[name] for name in ("form", "group", "host"))
        self.own = {f"{OWN}{one.pk}": one for one in OwnForm.objects.visible_to(user).in_use().at(branch.path)}
        own = [(key, one.name) for key, one in self.own.items()]
        offered = [*Form.choices, *own] if plans_all else [(Form.GROUP_MEETING.value, Form.GROUP_MEETING.label)]
        if not groups:
            offered = [(code, label) for code, label in offered if code != Form.GROUP_MEETING]
        form.choices = [("", _("Please choose")), *offered]  # type: ignore[attr-defined]
        if self.instance.own_form_id:
            self.initial["form"] = f"{OWN}{self.instance.own_form_id}"
        group.queryset, host.queryset = groups, Member.objects.filter(pk__in=[one.member_id for one in due])  # type: ignore[attr-defined]
        host.choices = [("", _("Please choose")), *((one.member_id, one.name) for one in due)]  # type: ignore[attr-defined]
        group.help_text = _("For group meetings only.")
        self.initial["version"] = self.instance.version

    def clean_form(self) -> str:
        """The form of the regulation; one that a superior laid down is kept beside it."""
        chosen = self.cleaned_data["form"]
        self.instance.own_form = own = self.own.get(chosen)
        self.instance.form_name = own.name if own else ""
        return own.form if own else chosen

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        is_group, begins, ends = found.get("form") == Form.GROUP_MEETING, found.get("started_at"), found.get("ended_at")
        if is_group and not found.get("group"):
            self.add_error("group", _("Please choose the group that meets."))
        elif found.get("group") and found.get("form") and not is_group:
            self.add_error("group", _("Only a group meeting belongs to a group: please leave this open."))
        if begins and ends and ends <= begins:
            self.add_error("ended_at", _("The meeting ends before it begins: please check both times."))
        return found

    @property
    def facts(self) -> dict[str, Any]:
        """What was typed, as columns of Meeting."""
        own = {"own_form": self.instance.own_form, "form_name": self.instance.form_name}
        return {name: self.cleaned_data[name] for name in self.Meta.fields} | own


class RescheduleForm(ShellModelForm):
    """The new time and place of an announced meeting, and why."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea({"rows": 2}))

    arrange: ClassVar = (("started_at", "ended_at"), "place", "reason")

    class Meta:
        model = Meeting
        fields = ["started_at", "ended_at", "place"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version
        self.fields["ended_at"].help_text = _("May stay open.")

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        begins, ends = found.get("started_at"), found.get("ended_at")
        if begins and ends and ends <= begins:
            self.add_error("ended_at", _("The meeting ends before it begins: please check both times."))
        return found

    @property
    def facts(self) -> dict[str, Any]:
        """What was typed, as columns of Meeting."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class PeriodForm(ShellForm):
    """The quarter, or the year where none is named, into which plans are copied."""

    year = forms.IntegerField(min_value=2000, max_value=2099)
    quarter = forms.IntegerField(min_value=1, max_value=4, required=False)
