"""The forms of what changes about one member. The names of the fields are the words of the actions."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from branches.capabilities import capability_of
from branches.changes import plausible
from branches.changes.fields import (
    BranchField,
    ChangeForm,
    choice_field,
    open_groups,
    rows_field,
    since_field,
    until_field,
    words_field,
)
from branches.models import Organisation, Particulars, Post, Relation
from branches.models.members import (
    COMMITTEE_POSTS,
    LEAVING,
    Category,
    Education,
    Employment,
    Ending,
    Gender,
    PostKind,
    RelationKind,
    is_staff_number,
)
from shell.forms import PartialDateField

Arranged = Sequence[str | tuple[str, ...]]
# The secretary and the leaders of groups have an office as well, and pages of their own.
PLAIN_POSTS = [(post.value, post.label) for post in PostKind if post not in (PostKind.SECRETARY, PostKind.GROUP_LEADER)]
TOLD = ("gender", "born", "joined", "education", "employment", "work_title", "phone", "staff_number")


class ParticularsFields(ChangeForm):
    """Name and particulars; days that are known by year or month only are written so."""

    arrange: ClassVar[Arranged] = (
        "name",
        ("gender", "born"),
        ("joined", "education"),
        ("employment", "work_title"),
        ("phone", "staff_number"),
    )

    name = words_field(_("Name"), 40)
    gender = choice_field(_("Gender"), Gender.choices, required=False)
    born = PartialDateField(label=_("Born"), required=False)
    joined = PartialDateField(label=_("Joined the party"), required=False)
    education = choice_field(_("Education"), Education.choices, required=False)
    employment = choice_field(_("Employment"), Employment.choices, required=False)
    work_title = words_field(_("Work unit and title"), 80, required=False)
    phone = words_field(_("Telephone"), 30, required=False)
    staff_number = words_field(_("Staff number"), 20, required=False, validators=[is_staff_number])

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        for name, words in plausible.faults(told.get("born", ""), told.get("joined", ""), timezone.localdate()):
            self.add_error(name, words)
        return told

    def doubts(self) -> list[str]:
        told = self.cleaned_data
        return plausible.doubts(told["born"], told["joined"])


class CorrectForm(ParticularsFields):
    def offer(self) -> None:
        told = Particulars.objects.visible_to(self.reader).filter(member=self.row).values(*TOLD).first()
        self.initial = {"name": self.row.name, **(told or {}), **self.initial}


class PartFields(ChangeForm):
    """Group, and unit where the branch is a joint one."""

    group = rows_field(_("Group"), required=False)
    unit = words_field(_("Unit"), 60, required=False, help_text=_("At most five units in a joint branch."))

    def offer(self) -> None:
        self.choose_from("group", open_groups(self))
        if not capability_of(self.branch.branch_kind).most_units:
            self.fields["unit"].widget = forms.HiddenInput()


class EnterForm(PartFields, ParticularsFields):
    arrange = ("name", ("category", "since"), ("group", "post"), "unit", "reason", *ParticularsFields.arrange[1:])

    category = choice_field(_("Category"), Category.choices)
    since = since_field(_("In this branch from"))
    post = choice_field(_("Post"), PLAIN_POSTS, required=False)
    reason = words_field(_("Came from"), required=False, help_text=_("For somebody from outside the system."))

    def doubts(self) -> list[str]:
        told = self.cleaned_data
        return super().doubts() + plausible.namesake(self.reader, self.branch, told["name"], told["born"])


class GuestForm(ChangeForm):
    """Somebody whose formal relation is outside the system."""

    name = words_field(_("Name"), 40)
    since = since_field()
    reason = words_field(_("Belongs to"), help_text=_("The branch outside the system that counts this member."))
    phone = words_field(_("Telephone"), 30, required=False)


class RegroupForm(PartFields):
    arrange = (("group", "unit"), "since")
    since = since_field()

    def offer(self) -> None:
        super().offer()
        home = Relation.objects.visible_to(self.reader).homes().filter(member=self.row).first()
        if home:
            self.initial = {"group": home.group_id, "unit": home.unit, **self.initial}


class NameToForm(ChangeForm):
    arrange = (("kind", "group"), ("since", "title"))

    kind = choice_field(_("Post"), PostKind.choices)
    group = rows_field(_("Group"), required=False, help_text=_("For a group leader only."))
    since = since_field()
    title = words_field(_("Title"), 40, required=False, help_text=_("Where it is called otherwise here."))

    def offer(self) -> None:
        self.choose_from("group", open_groups(self))

    def doubts(self) -> list[str]:
        """Another member holds this post of the committee already; of a secretary the action says so."""
        told = self.cleaned_data
        if told["kind"] not in COMMITTEE_POSTS - {PostKind.SECRETARY}:
            return []
        posts = Post.objects.on(told["since"]).filter(organisation=self.branch, kind=told["kind"])
        names = _(", ").join(posts.exclude(member=self.row).order_by("pk").values_list("member__name", flat=True))
        words = gettext("%(who)s holds this post here already (%(post)s). It would be held twice.")
        return [words % {"who": names, "post": PostKind(told["kind"]).label}] if names else []


class DismissForm(ChangeForm):
    post = rows_field(_("Post"))
    until = until_field()

    def offer(self) -> None:
        posts = Post.objects.on(self.reader.reach.day).filter(member=self.row, organisation=self.branch)
        self.choose_from("post", posts, lambda post: post.title or post.get_kind_display())


class PeriodForm(ChangeForm):
    arrange: ClassVar[Arranged] = (("since", "until"), "reason")

    since = since_field()
    until = until_field(_("Until"), required=False, initial=None, help_text=_("Left empty: until it is ended."))
    reason = words_field(_("Reason"))


class ExemptForm(PeriodForm):
    arrange = (("since", "until"), "reason", "approved_by")
    approved_by = words_field(_("Approved by"), help_text=_("The branch or the superior that approved it, and when."))


class EndForm(ChangeForm):
    until = until_field()


class StandingForm(ChangeForm):
    arrange = (("category", "since"), "note")

    category = choice_field(_("Category"), Category.choices)
    since = since_field()
    note = words_field(_("Remark"), required=False, help_text=_("For example the assembly that decided it."))


class FlowForm(ChangeForm):
    arrange = ("since", ("place", "contact"), "host")

    since = since_field()
    place = words_field(_("Where to"), 120)
    contact = words_field(_("Contact person"))
    host = BranchField(label=_("Takes part in"), required=False)

    def clean_host(self) -> Organisation | None:
        return self.fields["host"].named(self.cleaned_data["host"], self.reader)  # type: ignore[attr-defined]


class TakePartForm(ChangeForm):
    host = BranchField(label=_("Branch"))
    since = since_field()

    def clean_host(self) -> Organisation | None:
        return self.fields["host"].named(self.cleaned_data["host"], self.reader)  # type: ignore[attr-defined]


class StopForm(ChangeForm):
    relation = rows_field(_("Takes part in"))
    until = until_field()

    def offer(self) -> None:
        rows = Relation.objects.visible_to(self.reader).filter(member=self.row, kind=RelationKind.TAKING_PART)
        self.choose_from("relation", rows.select_related("organisation"), lambda row: row.organisation.name)


class LeaveForm(ChangeForm):
    arrange = (("ending", "until"), "destination")

    ending = choice_field(_("Why"), [(word.value, word.label) for word in Ending if word in LEAVING])
    until = until_field(_("Last day in the register"))
    destination = words_field(_("Went to"), 120, required=False, help_text=_("Of a transfer: the branch outside."))


class OfferForm(ChangeForm):
    to = BranchField(label=_("To which branch"))
    since = since_field(_("First day in the new branch"))
    reason = words_field(_("Reason"))

    def clean_to(self) -> Organisation | None:
        return self.fields["to"].named(self.cleaned_data["to"], self.reader)  # type: ignore[attr-defined]
