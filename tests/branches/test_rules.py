"""What superiors set otherwise than a rule is shipped: what holds where, what is refused, who may."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from branches.actions import rules as actions
from branches.models import RuleOverride, User
from branches.rules import table
from branches.rules.facts import Facts
from branches.rules.organisations import remarks
from branches.rules.sets import RuleSet
from tests.cast import account, found
from workflow.models import History
from workflow.moves import NoteRequired


@pytest.fixture(autouse=True)
def english(settings):
    settings.LANGUAGE_CODE = "en"


# --- what superiors set ------------------------------------------------------------------------------------------
@pytest.fixture
def town(cast):
    """county → town → village, with an officer of the town."""
    cast.town = found("Town", "general_branch", cast.county)
    cast.village = found("Village", "branch", cast.town)
    cast.town_officer = account("town_officer", office="officer", organisation=cast.town)
    return cast


def put(town, place="county", code="A1-5", severity="warn", year=2026, actor=None, reason="Because", **numbers):
    where = getattr(town, place)
    told = numbers or table.find(code).defaults
    who = User.objects.get(pk=(actor or town.officer).pk)
    return actions.override_rule(where, year, code, actor=who, severity=severity, parameters=told, reason=reason)


def at(town, place, code="A1-5", year=2026):
    return RuleSet(getattr(town, place).path, year).of(code)


def test_without_a_setting_a_rule_holds_as_shipped(town):
    found = at(town, "village")
    assert (found.severity, found.numbers, found.override) == ("remind", {"least": 3}, None)


def test_the_nearest_superior_counts(town):
    put(town, least=5)
    put(town, "town", severity="remind", least=4)
    assert at(town, "village").numbers == {"least": 4}
    assert at(town, "town").override.organisation == town.town
    assert (at(town, "first").severity, at(town, "first").numbers) == ("warn", {"least": 5})
    assert at(town, "third").override is None


def test_a_setting_holds_in_its_year_only(town):
    put(town, least=5)
    assert at(town, "village", year=2027).numbers == at(town, "village", year=2025).numbers == {"least": 3}


def test_a_setting_taken_back_counts_no_more(town):
    row = put(town, least=5)
    actions.withdraw_rule(row, actor=town.officer, reason="Mistake")
    assert at(town, "village").override is None
    with pytest.raises(ValidationError):
        actions.withdraw_rule(row, actor=town.officer, reason="Again")
    with pytest.raises(ValidationError):
        actions.withdraw_rule(None, actor=town.officer, reason="Again")


def test_a_new_setting_takes_the_place_of_the_old_one(town):
    first, second = put(town, least=5), put(town, least=6)
    assert list(RuleOverride.objects.standing()) == [second]
    first.refresh_from_db()
    assert first.withdrawn_at and first.parameters == {"least": 5}


@pytest.mark.parametrize("severity", ["remind", "off"])
def test_a_national_rule_is_never_set_milder(town, severity):
    with pytest.raises(ValidationError):
        put(town, code="A1-2", severity=severity)
    put(town, code="A1-2", severity="block")
    put(town, code="A1-2", severity="warn")


def test_a_local_rule_may_be_set_off(town):
    put(town, severity="off", least=3)
    assert at(town, "village").severity == "off"
    assert RuleSet(town.village.path, 2026).remark("A1-5", "Too small") is None
    assert RuleSet(town.village.path, 2025).remark("A1-5", "Too small").words == "Too small"


def test_what_a_superior_has_set_to_block_stays_so_below(town):
    put(town, severity="block")
    with pytest.raises(ValidationError):
        put(town, "town", actor=town.town_officer, severity="warn")
    put(town, "town", actor=town.town_officer, severity="block", least=4)
    put(town, severity="warn")  # whoever set it may lower it again
    assert at(town, "first").severity == "warn"


def test_a_block_set_later_above_overrules_what_is_milder_below(town):
    put(town, "town", severity="remind", least=4)
    put(town, severity="block")
    found = at(town, "village")
    assert (found.severity, found.numbers) == ("block", {"least": 4})
    assert at(town, "town").floor == "block" and at(town, "county").floor == "off"


def test_a_row_milder_than_its_rule_is_not_applied(town):
    """As after a release that ships a stricter rule."""
    row = put(town, code="A1-2")
    RuleOverride.objects.filter(pk=row.pk).update(severity="off", parameters={"most": 500})
    assert (at(town, "village", "A1-2").severity, at(town, "village", "A1-2").numbers) == ("warn", {"most": 50})


@pytest.mark.parametrize("numbers", [{"least": 1}, {"least": 11}, {"most": 5}])
def test_numbers_out_of_bounds_are_refused(town, numbers):
    with pytest.raises(ValidationError):
        put(town, **numbers)


def test_a_breach_is_remarked_beside_its_rule_and_blocks_only_where_set(town):
    def rules():
        return RuleSet(town.village.path, 2026)

    assert rules().remark("A1-5", "") is None
    remark = rules().remark("A1-5", "Too small")
    assert (remark.words, remark.held.rule.code, remark.blocks) == ("Too small", "A1-5", False)
    put(town, severity="block")
    assert rules().remark("A1-5", "Too small").blocks
    assert rules().of("A1-5").told_numbers == [("Members at least", "3")]


def test_only_what_is_broken_and_applied_is_remarked(town):
    since = date(2026, 1, 1)
    small = Facts("branch", "single", since, since, formal=2, total=2, post_days=(("secretary", since),),
                  group_sizes=(("One", 1),))  # fmt: skip

    def codes():
        return [remark.held.rule.code for remark in remarks(small, RuleSet(town.village.path, 2026))]

    assert codes() == ["A1-1", "A1-5"]
    put(town, severity="off")
    assert codes() == ["A1-1"]


def test_a_number_of_a_national_rule_moves_within_its_clause(town):
    put(town, code="A1-4", severity="remind", years=5)
    assert at(town, "village", "A1-4").numbers == {"years": 5}
    for years in (2, 6):
        with pytest.raises(ValidationError):
            put(town, code="A1-4", severity="remind", years=years)
    with pytest.raises(ValidationError):
        put(town, code="A1-1", least=2)


def test_a_branch_sets_nothing_and_an_unknown_rule_is_none(town):
    with pytest.raises(ValidationError):
        put(town, "village")
    with pytest.raises(ValidationError):
        actions.override_rule(town.county, 2026, "X", actor=town.officer, severity="warn", parameters={}, reason="x")


@pytest.mark.parametrize(
    "who", ["supervisor", "liaison", "secretary", "stranger", "town_officer", "sysadmin", "nobody"]
)
def test_only_who_arranges_there_may_set_withdraw_and_carry_over(town, who):
    row, actor = put(town), User.objects.get(pk=getattr(town, who).pk)
    for act in (
        lambda: put(town, actor=actor),
        lambda: actions.withdraw_rule(row, actor=actor, reason="x"),
        lambda: actions.copy_rules(town.county, 2027, actor=actor),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_a_setting_wants_a_reason_and_tells_its_history(town):
    with pytest.raises(NoteRequired):
        put(town, reason=" ")
    row = put(town, least=5, reason="Local practice")
    with pytest.raises(NoteRequired):
        actions.withdraw_rule(row, actor=town.officer, reason=" ")
    actions.withdraw_rule(row, actor=town.officer, reason="Mistake")
    told = History.objects.of(row)
    assert [(entry.move, entry.organisation_key) for entry in told] == [
        ("override_rule", str(town.county.pk)),
        ("withdraw_rule", str(town.county.pk)),
    ]
    assert told[0].note.startswith("Warn · 5") and "Local practice" in told[0].note


def test_last_years_settings_are_carried_over_once(town):
    put(town, least=5)
    put(town, code="A1-4", severity="warn", years=4)
    put(town, year=2027, least=6)
    put(town, "town", least=4)
    assert actions.copy_rules(town.county, 2027, actor=town.officer) == 1  # one is set there already
    assert actions.copy_rules(town.county, 2027, actor=town.officer) == 0
    assert at(town, "county", year=2027).numbers == {"least": 6}
    assert at(town, "village", "A1-4", 2027).numbers == {"years": 4}


def test_what_is_no_longer_allowed_is_not_carried_over(town):
    put(town, "town", severity="remind", least=4)
    put(town, year=2027, severity="block")
    assert actions.copy_rules(town.town, 2027, actor=town.town_officer) == 0


def test_one_standing_setting_a_rule_and_year(town):
    row = put(town)
    with pytest.raises(IntegrityError), transaction.atomic():
        RuleOverride.objects.create(organisation=town.county, year=2026, code=row.code, severity="warn", reason="x")


@pytest.mark.parametrize(
    ("who", "places"),
    [("member", {"county"}), ("officer", {"county", "town"}), ("town_officer", {"county", "town"}),
     ("liaison", {"county", "town"}), ("stranger", set()), ("nobody", set()), ("sysadmin", set()), ("auditor", set())],
)  # fmt: skip
def test_settings_are_seen_by_those_they_hold_for_and_those_above(town, who, places):
    put(town)
    put(town, "town")
    seen = RuleOverride.objects.visible_to(User.objects.get(pk=getattr(town, who).pk))
    assert {row.organisation for row in seen} == {getattr(town, place) for place in places}
