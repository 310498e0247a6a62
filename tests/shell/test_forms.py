import pytest
from django import forms
from django.template import engines

from branches.models import User
from shell.forms import DateField, DateTimeField, FileInput, ShellForm, ShellModelForm


class NoteForm(ShellForm):
    held_on = DateField(label="Held on")
    note = forms.CharField(label="Note", required=False, help_text="Say <b>why</b>.")
    proof = forms.FileField(label="Proof", required=False)
    kind = forms.ChoiceField(label="Kind", choices=[("", "---------"), ("a", "A")], required=False)
    arrange = (("held_on", "kind"), "note")


class CountForm(ShellForm):
    count = forms.IntegerField(label="Count")


class UserForm(ShellModelForm):
    class Meta:
        model = User
        fields = ["name"]


class JoinedForm(ShellModelForm):
    class Meta:
        model = User
        fields = ["name", "last_login"]


def show(form):
    template = engines["django"].from_string('{% include "components/_form.html" %}')
    return template.render({"form": form})


@pytest.mark.parametrize(("form", "warned"), [(NoteForm(), True), (CountForm(), False), (UserForm(), True)])
def test_the_warning_against_secrets_stands_wherever_words_are_typed(form, warned):
    assert ('class="classified"' in show(form)) is warned


def test_errors_are_summed_up_on_top_with_links_to_the_fields():
    html = show(NoteForm({"held_on": "2021-02-30", "note": "kept"}))
    assert '<a href="#id_held_on">' in html
    assert html.index('<a href="#id_held_on">') < html.index('name="held_on"')
    assert 'value="2021-02-30"' in html
    assert 'value="kept"' in html


def test_a_refusal_of_the_form_as_a_whole_is_said_once():
    form = CountForm({"count": "1"})
    form.add_error(None, "The end is before the beginning.")
    assert show(form).count("The end is before the beginning.") == 1


def test_dates_of_a_model_take_our_spellings():
    form = JoinedForm({"name": "Zhou", "last_login": "2026年12月31日 20:30"})
    assert isinstance(form.fields["last_login"], DateTimeField)
    assert form.is_valid()


def test_files_and_choices_speak_our_words():
    html = show(NoteForm())
    assert isinstance(NoteForm().fields["proof"].widget, FileInput)
    assert "data-file=" in html
    assert "---------" not in html


def test_named_fields_stand_side_by_side_and_the_others_follow():
    html = show(NoteForm())
    assert html.count("col-md") == 2
    assert html.index('name="note"') < html.index('name="proof"')
