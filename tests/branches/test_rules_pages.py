"""The pages of rules, and the remarks on the pages of organisations and meetings."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from branches.actions import rules as actions
from branches.models import Organisation, RuleOverride
from branches.rules.sets import RuleSet
from meetings import actions as meetings
from meetings.models import Meeting
from tests.cast import entry

YEAR = timezone.localdate().year


@pytest.fixture(autouse=True)
def english(settings):
    settings.LANGUAGE_CODE = "en"


def page(client, who, name, *args, **asked):
    client.force_login(who)
    return client.get(reverse(name, args=args), asked)


def post(client, who, place, code, year=YEAR, **data):
    client.force_login(who)
    return client.post(reverse("rule_edit", args=[place.pk, year, code]), data, follow=True)


def test_the_page_lists_every_rule_with_its_clause_and_where_it_was_set(client, cast):
    actions.override_rule(
        cast.county, YEAR, "A1-5", actor=cast.officer, severity="warn", parameters={"least": 4}, reason="As agreed here"
    )
    text = page(client, cast.member, "rule_list", cast.first.pk).content.decode()
    for held in RuleSet(cast.first.path, YEAR):
        assert held.rule.code in text
        assert str(held.rule.clause).replace("'", "&#x27;") in text
    assert "County committee" in text and "As agreed here" in text
    assert "Set otherwise" not in text
    assert "As agreed here" not in page(client, cast.member, "rule_list", cast.first.pk, year=YEAR - 1).content.decode()


@pytest.mark.parametrize("year", ["x", "1999", "2100", "-1", "２０２６"])
def test_a_year_that_is_none_is_not_found(client, cast, year):
    assert page(client, cast.member, "rule_list", cast.first.pk, year=year).status_code == 404


@pytest.mark.parametrize(("year", "code"), [(1999, "A1-5"), (2100, "A1-5"), (2026, "X")])
def test_a_rule_that_is_none_is_not_found(client, cast, year, code):
    assert page(client, cast.officer, "rule_edit", cast.county.pk, year, code).status_code == 404


def test_an_officer_sets_a_rule_and_takes_it_back(client, cast):
    text = page(client, cast.officer, "rule_list", cast.county.pk).content.decode()
    assert text.count("Set otherwise") == len(list(RuleSet(cast.county.path, YEAR)))
    done = post(client, cast.officer, cast.county, "A1-5", severity="warn", least=5, reason="Ours", act="set")
    assert done.redirect_chain and RuleSet(cast.first.path, YEAR).of("A1-5").numbers == {"least": 5}
    text = page(client, cast.officer, "rule_edit", cast.county.pk, YEAR, "A1-5").content.decode()
    assert "Take this setting back" in text and "Warn · 5" in text
    post(client, cast.officer, cast.county, "A1-5", severity="warn", least=5, reason="Mistake", act="withdraw")
    assert not RuleOverride.objects.standing().exists()
    text = page(client, cast.officer, "rule_edit", cast.county.pk, YEAR, "A1-5").content.decode()
    assert "Take this setting back" not in text and "Mistake" in text
    again = post(client, cast.officer, cast.county, "A1-5", severity="warn", least=5, reason="Again", act="withdraw")
    assert not again.redirect_chain and "already been taken back" in again.content.decode()


def test_what_was_typed_stays_when_it_is_refused(client, cast):
    for data in ({"least": 99, "reason": "Kept words"}, {"least": 5, "reason": ""}, {"reason": "Kept words"}):
        refused = post(client, cast.officer, cast.county, "A1-5", severity="warn", act="set", **data)
        assert refused.status_code == 200 and not refused.redirect_chain
        assert not data["reason"] or "Kept words" in refused.content.decode()
    assert not RuleOverride.objects.exists()


def test_only_what_is_allowed_is_on_offer(client, cast):
    text = page(client, cast.officer, "rule_edit", cast.county.pk, YEAR, "A1-2").content.decode()
    assert 'value="warn"' in text and 'value="block"' in text
    assert 'value="off"' not in text and 'value="remind"' not in text and 'name="most"' not in text
    refused = post(client, cast.officer, cast.county, "A1-2", severity="off", reason="x", act="set")
    assert not refused.redirect_chain and not RuleOverride.objects.exists()


def test_last_year_is_carried_over_by_a_button(client, cast):
    actions.override_rule(
        cast.county, YEAR - 1, "A1-5", actor=cast.officer, severity="warn", parameters={"least": 4}, reason="Ours"
    )
    copy = reverse("rule_copy", args=[cast.county.pk, YEAR])
    assert copy in page(client, cast.officer, "rule_list", cast.county.pk).content.decode()
    assert copy not in page(client, cast.supervisor, "rule_list", cast.county.pk).content.decode()
    client.post(copy)  # the supervisor: 403
    assert not RuleOverride.objects.filter(year=YEAR).exists()
    client.force_login(cast.officer)
    client.post(copy)
    assert RuleSet(cast.first.path, YEAR).of("A1-5").numbers == {"least": 4}


def test_the_page_of_a_branch_shows_what_is_wrong_with_the_clause(client, cast):
    text = page(client, cast.secretary, "organisation_detail", cast.first.pk).content.decode()
    assert "somebody holds the post: Discipline member" in text
    assert "Regulation on branches, chapter 6: with fewer than 7 full members" in text
    assert "held since 2015-01-01" in text
    sibling = page(client, cast.supervisor, "organisation_detail", cast.second.pk).content.decode()
    assert "2 full members; a branch needs 3" in sibling


def test_a_remark_tells_the_clause_and_who_set_it_otherwise(client, cast):
    actions.override_rule(
        cast.county, YEAR, "A1-5", actor=cast.officer, severity="warn", parameters={"least": 4}, reason="As agreed here"
    )
    text = page(client, cast.secretary, "organisation_detail", cast.first.pk).content.decode()
    assert f"Set for here: Members at least 4 (County committee, {YEAR}: As agreed here)" in text


def test_what_is_closed_has_no_remarks(client, cast):
    assert b'class="remark"' in page(client, cast.officer, "organisation_detail", cast.first.pk).content
    Organisation.objects.filter(pk=cast.first.pk).update(until=timezone.localdate() - timedelta(1))
    assert b'class="remark"' not in page(client, cast.officer, "organisation_detail", cast.first.pk).content


def test_a_plain_member_reads_the_rules_and_not_the_remarks(client, cast):
    text = page(client, cast.member, "organisation_detail", cast.first.pk).content.decode()
    assert reverse("rule_list", args=[cast.first.pk]) in text
    assert "somebody holds the post" not in text


def test_administrators_see_neither(client, cast):
    for who in (cast.sysadmin, cast.secadmin):
        text = page(client, who, "organisation_detail", cast.first.pk).content.decode()
        assert "/rules/" not in text and "somebody holds" not in text


def test_a_rule_set_off_says_nothing_and_a_number_set_otherwise_counts(client, cast):
    def told():
        return page(client, cast.secretary, "organisation_detail", cast.first.pk).content.decode()

    setting = {"actor": cast.officer, "reason": "Ours", "severity": "warn"}
    assert "Groups with fewer than 3 members: Group." in told()
    actions.override_rule(cast.county, YEAR, "A1-5", parameters={"least": 4}, **setting)
    assert "Groups with fewer than 4 members: Group." in told()
    actions.override_rule(cast.county, YEAR, "A1-5", parameters={"least": 2}, **setting)
    assert "Groups with fewer" not in told()
    actions.override_rule(cast.county, YEAR, "A1-5", parameters={"least": 4}, **{**setting, "severity": "off"})
    assert "Groups with fewer" not in told()


@pytest.fixture
def chaired_by_a_member(cast):
    record = Meeting(organisation=cast.first, form="general_meeting")
    return meetings.save(record, entry(cast.people, host=cast.people[4]), actor=cast.clerk)


def test_a_host_without_a_post_is_remarked_with_the_clause(client, cast, chaired_by_a_member):
    text = page(client, cast.secretary, "meeting_detail", chaired_by_a_member.pk).content.decode()
    assert "The host holds no post" in text and "R04" in text and "articles 11–14" in text


def test_a_superior_may_let_the_host_block_the_submission(cast, chaired_by_a_member):
    held = chaired_by_a_member.held_on.year
    actions.override_rule(
        cast.county, held, "R04", actor=cast.officer, severity="block", parameters={}, reason="Too often"
    )
    with pytest.raises(ValidationError, match="The host holds no post"):
        meetings.move(chaired_by_a_member, "file", actor=cast.secretary)
    RuleOverride.objects.update(year=held - 1)
    meetings.move(chaired_by_a_member, "file", actor=cast.secretary)
