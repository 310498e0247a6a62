"""What is typed for the plan of an organisation: one line a person, one line a step; an empty line is none."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from appraisals.models import LeadingPost, SchemeStep
from appraisals.rounds.models.scheme import Role
from appraisals.rounds.scheme.content import Scheme
from shell.forms import ShellModelForm

EMPTY, MOST = 5, 40


class LineForm(ShellModelForm):
    """One line of either table."""

    is_line = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].required = False

    def clean_name(self) -> str:
        """Wanted where anything else of the line is typed."""
        name: str = self.cleaned_data["name"].strip()
        others = (self.data.get(self.add_prefix(key), "").strip() for key in self.fields if key not in ("name", "role"))
        if not name and any(others):
            raise forms.ValidationError(_("Please fill this in."))
        return name


class PostForm(LineForm):
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices, initial=Role.MEMBER)

    class Meta:
        model = LeadingPost
        fields = ["role", "name", "duty"]


class StepForm(LineForm):
    class Meta:
        model = SchemeStep
        fields = ["name", "time", "what", "people", "place"]
        widgets = {"what": forms.Textarea({"rows": 2})}


PostSet = forms.formset_factory(PostForm, extra=EMPTY, max_num=MOST, absolute_max=MOST)
StepSet = forms.formset_factory(StepForm, extra=EMPTY, max_num=MOST, absolute_max=MOST)


class SchemeSheet:
    """Both tables on one page, begun with what `scheme` holds; `saved` is the fingerprint of what is saved now."""

    def __init__(self, scheme: Scheme, saved: str, data: QueryDict | None) -> None:
        posts, steps = scheme.lines
        # The first line of an empty table is the head's: who types names alone would have a group without one.
        self.leaders = PostSet(data, prefix="posts", initial=posts or [{"role": Role.HEAD}])
        self.course = StepSet(data, prefix="steps", initial=steps)
        self._saved, self.seen = saved, data.get("seen", "") if data else saved
        self.refusals: list[str] = []
        self.is_behind = False

    def is_valid(self) -> bool:
        return all([self.leaders.is_valid(), self.course.is_valid()])

    def add_error(self, _field: None, words: list[str]) -> None:
        """What the action refuses stands above the tables, as on a form."""
        self.refusals += words

    def fall_behind(self) -> None:
        """Another writer was faster: the next save of this page is meant."""
        self.is_behind, self.seen = True, self._saved

    @property
    def lines(self) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
        """The columns of what was typed, in its order, without empty lines."""
        posts, steps = (
            [{key: form.cleaned_data.get(key, "") for key in form.fields} for form in rows]
            for rows in (self.leaders, self.course)
        )
        return [line for line in posts if line["name"]], [line for line in steps if line["name"]]
