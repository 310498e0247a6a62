"""What superiors lay down about ballots: as shipped, whose setting counts, and what it stops (users.md F10)."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from appraisals.models import Vote
from appraisals.votes import actions
from branches.actions.organisations import found
from branches.actions.rules import override_rule
from branches.rules import table
from tests.appraisals.votes.rows import handed_out, laid_down, moved
from tests.cast import SINCE
from workflow.actors import SYSTEM

SHIPPED = {"F2-1": ("local", "off", ()), "F4-1": ("advice", "off", ()), "F10-1": ("local", "off", ()),
           "F24-1": ("local", "off", ())}  # fmt: skip
OWN = ("F2-", "F4-", "F10-", "F24-")


def test_the_rules_shipped():
    """Written out from users.md: code, level, severity, numbers."""
    own = {rule.code: rule for rule in table.registered() if rule.code.startswith(OWN)}
    told = {code: (r.level.value, r.severity.value, tuple(r.defaults.values())) for code, r in own.items()}
    assert told == SHIPPED


def set_to(world, severity, *, code="F10-1", at=None, year=None, numbers=()):
    actor = world.stranger if at == world.other else world.officer
    return override_rule(
        at or world.county, year or timezone.localdate().year, code, actor=actor, severity=severity,
        parameters=dict(numbers), reason="上级通知",
    )  # fmt: skip


@pytest.fixture
def page(client, world):
    client.force_login(world.secretary)
    return lambda name, *args, **posted: (
        client.post(reverse(name, args=args), posted) if posted else client.get(reverse(name, args=args))
    )


def ways(page):
    return [value for value, _label in page("vote_create").context["form"].fields["way"].choices]


def test_both_ways_are_offered_until_a_superior_forbids_slips(page, world):
    assert ways(page) == ["paper", "slips", "tablet"]
    set_to(world, "warn")
    assert ways(page) == ["paper", "slips", "tablet"]
    assert "F10-1" in page("vote_create").content.decode()
    set_to(world, "block")
    assert ways(page) == ["paper"]
    told = page("vote_create").content.decode()
    assert all(words in told for words in ("F10-1", "票上不得编号", "County committee", "上级通知"))


def test_the_rule_of_another_year_or_place_forbids_nothing(page, world):
    set_to(world, "block", year=timezone.localdate().year - 1)
    set_to(world, "block", at=world.other)
    assert ways(page) == ["paper", "slips", "tablet"]


def test_the_nearest_superior_counts_and_cannot_weaken_what_blocks(page, world):
    top, near = world.county, found("Near", actor=SYSTEM, kind="general_branch", branch_kind="", since=SINCE,
                                    parent=world.county)  # fmt: skip
    branch = found("Below", actor=SYSTEM, kind="branch", branch_kind="single", since=SINCE, parent=near)
    vote = Vote(organisation=branch, held_on=timezone.localdate(), way="slips")
    set_to(world, "warn", at=top)
    set_to(world, "block", at=near)
    assert actions.of_the_way(vote).blocks
    set_to(world, "off", at=near)
    assert actions.of_the_way(vote) is None
    set_to(world, "block", at=top)
    assert actions.of_the_way(vote).blocks
    with pytest.raises(ValidationError):
        set_to(world, "warn", at=near)


def test_slips_posted_all_the_same_are_refused_and_kept(page, world):
    set_to(world, "block")
    facts = {"title": "New", "held_on": timezone.localdate().isoformat(), "voters": 5, "body": "on"}
    answer = page("vote_create", **facts, way="slips")
    assert answer.status_code == 200 and 'value="New"' in answer.content.decode()
    assert not Vote.objects.exists()
    page("vote_create", **facts, way="paper")
    assert Vote.objects.get().way == "paper"


def test_every_step_under_slips_is_refused_once_they_are_forbidden(world):
    prepared, (out, _printed) = laid_down(world, way="slips"), handed_out(world)
    running, _printed = handed_out(world)
    moved(world, running, "open")
    set_to(world, "block")
    for step in (
        lambda: laid_down(world, way="tablet"),
        lambda: actions.hand_out(prepared, actor=world.secretary),
        lambda: actions.print_spare(out, 1, "迟到", actor=world.secretary),
        lambda: actions.move(out, "open", actor=world.secretary),
    ):
        with pytest.raises(ValidationError, match="F10-1"):
            step()
    assert list(Vote.objects.order_by("pk").values_list("state", flat=True)) == ["prepared", "handed_out", "open"]
    # Who has begun may end: the box closes, and whoever has slips out goes on with paper.
    moved(world, running, "close")
    moved(world, Vote.objects.get(pk=out.pk), "to_paper")


def test_a_vote_repeated_after_the_ban_goes_on_with_paper(world):
    vote, _printed = handed_out(world)
    moved(world, vote, "void")
    set_to(world, "block")
    assert actions.repeat(Vote.objects.get(pk=vote.pk), actor=world.secretary).way == "paper"


def test_the_page_of_a_vote_in_preparation_says_why_its_slips_are_not_printed(page, world):
    vote = laid_down(world, way="slips")
    assert reverse("vote_slips", args=[vote.pk]) in page("vote_detail", vote.pk).content.decode()
    set_to(world, "block")
    told = page("vote_detail", vote.pk).content.decode()
    assert "F10-1" in told and reverse("vote_slips", args=[vote.pk]) not in told
