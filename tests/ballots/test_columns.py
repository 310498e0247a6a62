"""Every column of the tables of ballots, by hand: none can tell who, when or in which order. A new one fails here."""

from django.apps import apps

COLUMNS = {
    "Poll": {"id", "is_open", "public_key", "issued", "min_show"},
    "Sheet": {"id", "poll_id", "position", "title", "about_people", "scale", "limit"},
    "Line": {"id", "sheet_id", "position", "heading", "label", "options", "most"},
    "Slip": {"code_hash", "poll_id", "state"},
    "Box": {"id", "poll_id", "body"},
    "Count": {"sheet_id", "issued", "collected", "valid", "invalid"},
    "Tally": {"id", "line_id", "option", "n"},
}


def models():
    return {model.__name__: model for model in apps.get_app_config("ballots").get_models()}


def test_the_columns_are_those_told_here():
    found = {name: {field.column for field in model._meta.concrete_fields} for name, model in models().items()}
    assert found == COLUMNS


def test_nothing_leads_to_a_person_an_account_or_an_organisation():
    for model in models().values():
        for field in model._meta.get_fields():
            if field.is_relation and not field.auto_created:
                assert field.related_model._meta.app_label == "ballots", field


def test_slips_and_boxes_carry_no_running_number():
    for name in ("Slip", "Box"):
        assert models()[name]._meta.pk.get_internal_type() in ("CharField", "UUIDField")


def test_no_table_holds_a_moment():
    kinds = {field.get_internal_type() for model in models().values() for field in model._meta.concrete_fields}
    assert not kinds & {"DateField", "DateTimeField", "TimeField", "DurationField"}
