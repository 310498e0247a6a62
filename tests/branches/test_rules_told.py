"""What a page says of a rule that somebody has set otherwise than it is shipped."""

from types import SimpleNamespace

from django.utils import translation

from branches.rules import table
from branches.rules.sets import InForce, Remark
from branches.rules.table import Severity

RULE = next(rule for rule in table.registered() if rule.code == "A1-5")


def told(override, numbers):
    with translation.override("en"):
        return InForce(RULE, Severity.WARN, numbers, override, Severity.OFF).told_setting


def test_a_rule_as_shipped_has_nothing_to_tell():
    assert told(None, RULE.defaults) == ""


def test_a_setting_says_what_whose_and_why():
    override = SimpleNamespace(organisation="County", year=2026, reason="Larger groups")
    assert told(override, {"least": 5}) == "Set for here: Members at least 5 (County, 2026: Larger groups)"


def test_a_breach_says_its_rule_and_where_that_stands():
    held = InForce(RULE, Severity.WARN, RULE.defaults, None, Severity.OFF)
    with translation.override("en"):
        assert Remark("Too few", held).with_clause == f"Too few (A1-5: {RULE.clause})"
