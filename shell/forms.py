"""Form controls with Chinese words, and the two form classes every page builds on."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, LayoutObject, Row
from crispy_forms.utils import TEMPLATE_PACK
from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.fields import BLANK_CHOICE_DASH
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.choices import BaseChoiceIterator
from django.utils.functional import Promise
from django.utils.timezone import make_aware
from django.utils.translation import gettext_lazy as _

from shell.dates import DateError, read_day, read_moment, read_partial

DATE_ERRORS = {
    "unreadable": _("This is not a date: %(value)s. Please write it like %(example)s."),
    "incomplete": _("Please write year, month and day: %(value)s. For example %(example)s."),
    "no_such_day": _("There is no such day: %(value)s. Please write it like %(example)s."),
    "no_such_time": _("There is no such time: %(value)s. Please write it like %(example)s."),
    "year": _("The year must lie between 1900 and 2199: %(value)s. Please write it like %(example)s."),
}
PARTIAL_EXAMPLE = "2003-07-01, 2003-07, 2003"
DAY_EXAMPLE = "2026-12-31"
MOMENT_EXAMPLE = "2026-12-31 20:30"


class DateInput(forms.DateInput):
    """A text field for a day; app.js adds the calendar button."""

    def __init__(self, attrs: dict[str, Any] | None = None, format: str = "%Y-%m-%d") -> None:
        own = {"data-date": "day", "placeholder": DAY_EXAMPLE, "autocomplete": "off", "maxlength": 20}
        super().__init__({**own, **(attrs or {})}, format)


class DateTimeInput(forms.DateTimeInput):
    """A text field for day and time; app.js adds the calendar button."""

    def __init__(self, attrs: dict[str, Any] | None = None, format: str = "%Y-%m-%d %H:%M") -> None:
        own = {"data-date": "moment", "placeholder": MOMENT_EXAMPLE, "autocomplete": "off", "maxlength": 30}
        super().__init__({**own, **(attrs or {})}, format)


class FileInput(forms.FileInput):
    """A file field; app.js puts our words where the browser would put its own."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        own = {"data-file": _("Choose a file"), "data-file-none": _("No file chosen")}
        super().__init__({**own, **(attrs or {})})


class DateField(forms.DateField):
    """A day in any of the spellings of shell.dates."""

    widget = DateInput

    def to_python(self, value: Any) -> date | None:
        if not isinstance(value, str) or not value.strip():
            return super().to_python(value if not isinstance(value, str) else "")
        try:
            return read_day(value)
        except DateError as error:
            raise _date_error(error, value, DAY_EXAMPLE) from None


class PartialDateField(forms.CharField):
    """A day of which perhaps only the month or the year is known, as the office knows it: 1985, 1985-06, 1985-06-12."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 20, **kwargs})

    def to_python(self, value: Any) -> str:
        words = super().to_python(value)
        if not words:
            return ""
        try:
            return read_partial(words, this_year=timezone.localdate().year)
        except DateError as error:
            raise _date_error(error, words, PARTIAL_EXAMPLE) from None


class DateTimeField(forms.DateTimeField):
    """Day and time in any of the spellings of shell.dates, meant in the site's time zone."""

    widget = DateTimeInput

    def to_python(self, value: Any) -> datetime | None:
        if not isinstance(value, str) or not value.strip():
            return super().to_python(value if not isinstance(value, str) else "")
        try:
            return make_aware(read_moment(value))
        except DateError as error:
            raise _date_error(error, value, MOMENT_EXAMPLE) from None


def _date_error(error: DateError, value: str, example: str) -> ValidationError:
    return ValidationError(DATE_ERRORS[error.code], error.code, {"value": value.strip()[:30], "example": example})


def name_the_empty_choice(field: forms.Field, words: Any) -> None:
    """Put `words` where Django writes dashes for “nothing chosen”."""
    if isinstance(field, forms.ModelChoiceField):  # holds for a queryset given later, too
        if field.empty_label == BLANK_CHOICE_DASH[0][1]:  # a form that says more about nothing keeps its words
            field.empty_label = words
    elif type(field.widget) is forms.Select:
        field.widget.choices = _Named(field.widget.choices, words)


class _Named(BaseChoiceIterator):
    """Choices read anew at each rendering, as a choice of rows must be."""

    def __init__(self, choices: Any, words: Any) -> None:
        self._choices, self._words = choices, words

    def __iter__(self) -> Iterator[tuple[Any, Any]]:
        for value, label in self._choices:
            yield value, label if value or label != "---------" else self._words


PLAIN_WORDS = {
    "required": _("Please fill this in."),
    "max_length": _("At most %(limit_value)d characters, please shorten."),
    "invalid_choice": _("Please choose one of those offered."),
}
DJANGOS_WORDS = {
    "required": forms.Field.default_error_messages["required"],
    "invalid_choice": forms.ChoiceField.default_error_messages["invalid_choice"],
}
OWN_FIELDS: dict[type[models.Field], type[forms.Field]] = {
    models.DateField: DateField,
    models.DateTimeField: DateTimeField,
}


@dataclass(frozen=True)
class Fold:
    """Rows of fields that are rarely wanted: folded away under `title` until one of them holds something."""

    title: str | Promise
    rows: Sequence[str | tuple[str, ...]]


class FormLayout(forms.BaseForm):
    """Layout by crispy-forms; the page writes <form> and the buttons, components/_form.html the rest.

    `arrange` names the fields in order, a tuple for fields side by side, a Fold for those folded away; unnamed ones
    follow, and names this form has no field for are passed over. Empty: one below another.
    `needed` names those a draft may leave open and a submission may not; they carry the star from the first look on.
    `shown_with` names those that are asked beside certain choices of another only, as "whose:branch,committee"; the
    script of the frame folds them away otherwise while they are empty. What is typed there all the same is the form's
    to refuse.
    `is_line`: one line of a table (components/_lines.html), its small fields named for those who see no heading.
    """

    arrange: ClassVar[Sequence[str | tuple[str, ...] | Fold]] = ()
    needed: ClassVar[Sequence[str]] = ()
    shown_with: ClassVar[Mapping[str, str]] = {}
    is_line: ClassVar[bool] = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if isinstance(field, forms.FileField) and not isinstance(field.widget, FileInput):
                field.widget = FileInput(field.widget.attrs)
            name_the_empty_choice(field, _("Please choose"))
            _say_plainly(field)
            if name in self.needed:
                field.widget.attrs["data-needed"] = ""
            if name in self.shown_with:
                field.widget.attrs["data-shown-with"] = self.shown_with[name]
            if self.is_line:
                control = "select" if isinstance(field.widget, forms.Select) else "control"
                css = f"form-{control} form-{control}-sm"
                field.widget.attrs |= {"class": css, "aria-label": field.label}

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        helper.include_media = False
        if self.arrange:
            helper.layout = Layout(*(row for names in self.arrange for row in self._rows(names)))
            helper.render_unmentioned_fields = True
        return helper

    @property
    def arranged(self) -> list[str]:
        """The names of its fields in the order of the page, as far as `arrange` names them."""
        rows = [row for names in self.arrange for row in (names.rows if isinstance(names, Fold) else (names,))]
        names = (name for row in rows for name in ((row,) if isinstance(row, str) else row))
        return [name for name in names if name in self.fields]

    def _rows(self, names: str | tuple[str, ...] | Fold) -> Iterator[Any]:
        if isinstance(names, Fold):
            inner = [row for each in names.rows for row in self._rows(each)]
            if inner:
                yield _Folded(names.title, inner)
        elif isinstance(names, str):
            yield from (names,) if names in self.fields else ()
        elif found := [Column(name, css_class="col-md") for name in names if name in self.fields]:
            yield Row(*found)

    @property
    def takes_text(self) -> bool:
        """True if a person may type words or add a file, so that the page must warn against secrets."""
        return any(isinstance(f, forms.CharField | forms.FileField) for f in self.fields.values() if not f.disabled)


def _say_plainly(field: forms.Field) -> None:
    """Our words where a field has none of its own but Django's, which speak to programmers."""
    for code, words in PLAIN_WORDS.items():
        if field.error_messages.get(code) in (None, DJANGOS_WORDS.get(code)):
            field.error_messages[code] = words


class _Folded(LayoutObject):
    """A Fold as crispy-forms lays it out; open from the first where it holds something or says what is wrong."""

    template = "components/_fold.html"

    def __init__(self, title: str | Promise, fields: list[Any]) -> None:
        self.title, self.fields = title, fields

    def render(self, form: Any, context: Any, template_pack: Any = TEMPLATE_PACK, **kwargs: Any) -> str:
        names = [pointer.name for pointer in self.get_field_names()]
        is_open = any(form[name].errors or form[name].value() for name in names)
        inner = self.get_rendered_fields(form, context, template_pack, **kwargs)
        return render_to_string(self.template, {"title": self.title, "is_open": is_open, "inner": inner})


class ShellForm(FormLayout, forms.Form):
    """A form without a model."""


class ShellModelForm(FormLayout, forms.ModelForm):
    """A form of a model; its date fields take our spellings without being declared again."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if "Meta" in vars(cls):
            vars(cls)["Meta"].formfield_callback = staticmethod(_own_field)


def _own_field(db_field: models.Field, **kwargs: Any) -> forms.Field | None:
    own: dict[str, Any] = {"form_class": OWN_FIELDS[type(db_field)]} if type(db_field) in OWN_FIELDS else {}
    return db_field.formfield(**own, **kwargs)
