"""What a supervisor said of a branch in so many words has an end; that he was there, and what he found, has none (F34)."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from appraisals.models import Visit
from appraisals.supervision.actions.retention import destroy_comments
from branches.retention.actions import destroy_expired
from branches.retention.kinds import registered
from branches.rules import table
from tests.appraisals.supervision.rows import entry, visit
from workflow.models import AuditEvent, History


@pytest.fixture
def visited(world):
    made = visit(world)
    Visit.objects.filter(pk=made.pk).update(visited_on=date(2025, 3, 2))
    return made


def words():
    return list(Visit.objects.order_by("pk").values_list("comments", "opinion"))


def test_points_of_comment_are_gone_after_a_year_and_the_record_stays(world, visited):
    destroy_expired(date(2025, 3, 2) + timedelta(365))
    assert words() == [("COMMENT-OF-VISIT", "OPINION-OF-VISIT")]
    destroy_expired(date(2025, 3, 2) + timedelta(366))
    assert words() == [("", "OPINION-OF-VISIT")]
    visited.refresh_from_db()
    assert visited.state == "submitted" and visited.found_lines.filter(evidence="Two members left out").exists()


def test_it_is_told_by_number_to_the_branch_and_the_audit(world, visited):
    destroy_expired(date(2026, 6, 1))
    notes = {"督导记录中的点评要点 × 1"}
    assert set(History.objects.of(world.first).filter(move="destroy_kept").values_list("note", flat=True)) == notes
    assert set(AuditEvent.objects.filter(kind="kept_destroyed").values_list("note", flat=True)) == notes


def test_others_keep_theirs(world, visited):
    visit(world, entry_=entry(world, visited_on=date(2025, 12, 1)))
    destroy_expired(date(2026, 6, 1))
    assert sorted(comments for comments, _opinion in words()) == ["", "COMMENT-OF-VISIT"]


def test_the_days_are_a_rule_that_superiors_may_set():
    (kind,) = [one for one in registered() if one.code == "F22-visit"]
    (rule,) = [one for one in table.registered() if one.code == "F22-visit"]
    (days,) = rule.parameters
    assert (kind.days, days.default, rule.severity.value) == (365, 365, "remind")


def test_nobody_destroys_by_hand(world, visited):
    with pytest.raises(PermissionDenied):
        destroy_comments(Visit.objects.all(), actor=world.officer)
