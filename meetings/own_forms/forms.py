"""What is typed for a form of meeting of one's own."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings.models import OwnForm
from shell.forms import ShellModelForm
from shell.outline import plain


class OwnFormForm(ShellModelForm):
    class Meta:
        model = OwnForm
        fields = ["name", "form", "agenda"]
        widgets = {"agenda": forms.Textarea({"rows": 5})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agenda"].help_text = _("One item a line; a new record begins with it.")
        if self.instance.pk:
            del self.fields["form"]  # how its meetings count does not change behind their back
        else:
            self.fields["form"].help_text = _(
                "Who is called, what is voted on and how often it is asked for are those of this form; “Other meeting” "
                "is asked for by no rule."
            )

    def clean_agenda(self) -> str:
        return "\n".join(line for line in plain(self.cleaned_data["agenda"]).splitlines() if line)
