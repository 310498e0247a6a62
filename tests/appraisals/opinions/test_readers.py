"""Who reads what (F6, I9), written a second time by hand: the target decides the reader, nobody reads about himself."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from appraisals.models import Digest, DigestText, Opinion, OpinionText, SealedOpinion
from appraisals.opinions import actions
from appraisals.opinions.digests import actions as digests
from appraisals.opinions.models.readers import leads
from appraisals.opinions.receivers import receivers_of
from branches.models import Post
from tests import cast as people
from tests.appraisals.opinions.rows import fresh, opinion
from workflow.actors import SYSTEM

# about whom                                 who reads the words
READERS = {
    ("committee", None): {"officer", "inner"},
    ("leader", None): {"officer", "inner"},
    ("leader", "secretary"): {"officer", "inner"},
    ("member", "secretary"): {"officer", "inner"},
    ("unit", None): {"secretary"},
    ("member", None): {"secretary"},
    ("member", "member"): {"secretary"},
    ("leader", "committee_member"): {"secretary"},
}
VISITORS = ("secretary", "committee_member", "clerk", "group_leader", "member", "sibling", "officer", "supervisor",
            "liaison", "stranger", "nobody", "sysadmin", "secadmin", "auditor", "inner")  # fmt: skip


@pytest.fixture
def cast(world):
    world.inner = people.account("inner", office="secretary", organisation=world.county)
    return world


def row_of(cast, target, who):
    return opinion(cast, target, getattr(cast, who).member if who else None)


def reading(cast, rows):
    """The names of those in whose scope the text stands."""
    return {name for name in VISITORS if rows.visible_to(fresh(getattr(cast, name))).exists()}


@pytest.mark.parametrize(("target", "who"), READERS)
def test_the_target_decides_who_reads(cast, target, who):
    row = row_of(cast, target, who)
    assert reading(cast, OpinionText.objects) == READERS[target, who]
    sorts = {name for name in VISITORS if fresh(getattr(cast, name)).may("sort_opinions", row)}
    assert sorts == READERS[target, who]
    assert {name for name in VISITORS if Opinion.objects.awaiting(fresh(getattr(cast, name))).exists()} == sorts


@pytest.mark.parametrize("by", ["post", "office"])
@pytest.mark.parametrize(("place", "does"), [("first", True), ("county", True), ("second", False), (None, False)])
def test_whoever_is_secretary_here_or_above_leads_by_post_or_by_office(cast, by, place, does):
    person, facts = people.enrol("某书记", cast.first), {"organisation": place and getattr(cast, place)}
    if place and by == "post":
        Post.objects.create(member=person, kind="secretary", since=people.SINCE, **facts)
    elif place:
        people.account("other", person, office="secretary", **facts)
    assert leads(person.pk, cast.first, timezone.localdate()) == does


@pytest.mark.parametrize(("target", "who"), READERS)
def test_the_row_is_seen_by_offices_and_superiors_but_by_nobody_it_is_about(cast, target, who):
    row_of(cast, target, who)
    seen = {"secretary", "committee_member", "clerk", "officer", "supervisor", "liaison", "inner"}
    if READERS[target, who] == {"officer", "inner"}:
        seen -= {"secretary", "committee_member"}
    seen -= {who}
    assert {name for name in VISITORS if Opinion.objects.visible_to(fresh(getattr(cast, name))).exists()} == seen


def test_an_officer_who_is_secretary_below_does_not_read_about_his_own_branch(cast):
    people.grants.grant(cast.officer, actor=SYSTEM, organisation=cast.first, office="secretary", since=people.SINCE)
    opinion(cast, "committee")
    assert reading(cast, OpinionText.objects) == {"inner"}


def test_an_officer_does_not_read_about_himself(cast):
    member = people.enrol("某干部", cast.first)
    cast.boss = people.account("boss", member, office="officer", organisation=cast.county)
    opinion(cast, "member", member)
    assert not OpinionText.objects.visible_to(fresh(cast.boss)).exists()
    assert not Opinion.objects.visible_to(fresh(cast.boss)).exists()


def test_whoever_served_on_the_committee_that_day_does_not_read_about_it_later(cast):
    member = people.enrol("前书记", cast.second)
    today = timezone.localdate()
    Post.objects.create(member=member, organisation=cast.first, kind="secretary", since=date(2019, 1, 1), until=today)
    boss = people.account("boss", member, office="officer", organisation=cast.county)
    opinion(cast, "committee")
    assert not OpinionText.objects.visible_to(boss).exists()
    Post.objects.filter(member=member).update(until=today - timedelta(1))
    assert OpinionText.objects.visible_to(fresh(boss)).exists()  # of another committee than his


def test_of_the_county_itself_its_officer_reads_and_its_secretary_reads_nothing_about_the_committee(cast):
    opinion(cast, "committee", at=cast.county, by=cast.officer)
    assert reading(cast, OpinionText.objects) == {"officer"}


def test_between_county_and_branch_the_organiser_reads_of_members_and_the_county_of_the_committee(cast):
    general = people.found("General", "general_branch", cast.county)
    cast.general = people.account("general", office="secretary", organisation=general)
    opinion(cast, "unit", at=general, by=fresh(cast.general), text="ONE")
    opinion(cast, "committee", at=general, by=cast.officer, text="TWO")
    texts = lambda user: set(OpinionText.objects.visible_to(fresh(user)).values_list("text", flat=True))  # noqa: E731
    assert texts(cast.general) == {"ONE"}
    assert texts(cast.officer) == texts(cast.inner) == {"TWO"}


@pytest.mark.parametrize(
    ("by", "target", "who"),
    [("secretary", "committee", None), ("secretary", "leader", None), ("secretary", "leader", "secretary"),
     ("committee_member", "member", "committee_member"), ("clerk", "member", "clerk")],
)  # fmt: skip
def test_nobody_enters_an_opinion_about_himself(cast, by, target, who):
    concerns = getattr(cast, who).member if who else None
    with pytest.raises((ValidationError, PermissionDenied)):
        opinion(cast, target, concerns, by=fresh(getattr(cast, by)))
    assert not Opinion.objects.exists()


def test_the_clerk_who_typed_it_does_not_read_it_again(cast):
    row = opinion(cast, "unit")
    assert Opinion.objects.visible_to(fresh(cast.clerk)).get() == row
    assert not OpinionText.objects.visible_to(fresh(cast.clerk)).exists()


def test_another_target_brings_another_reader(cast):
    row = opinion(cast, "member")
    actions.retarget(row, "leader", cast.people[0], actor=fresh(cast.secretary))
    assert reading(cast, OpinionText.objects) == {"officer", "inner"}
    with pytest.raises(PermissionDenied):
        actions.retarget(Opinion.objects.get(), "unit", None, actor=fresh(cast.secretary))


def test_what_is_handed_over_is_read_by_that_office_alone_and_says_nothing_any_more(cast):
    row = opinion(cast, "leader", cast.people[1], channel="hotline", count=3)
    (receiver,) = [one for one in receivers_of(row) if one.seat == "supervisor"]
    actions.seal(row, receiver, actor=fresh(cast.secretary))
    assert reading(cast, SealedOpinion.objects) == {"supervisor"}
    assert not OpinionText.objects.exists()
    row = Opinion.objects.get()
    assert (row.state, row.target, row.channel, row.concerns, row.count) == ("sealed", "", "", None, 1)
    assert not Opinion.objects.counted().exists()


def test_what_is_handed_over_is_not_read_by_whom_it_is_about(cast):
    member = people.enrol("某督导", cast.first)
    other = people.account("other", office="supervisor", organisation=cast.county)
    boss = people.account("boss", member, office="supervisor", organisation=cast.county)
    row = opinion(cast, "member", member)
    (receiver,) = [one for one in receivers_of(row) if one.seat == "supervisor"]
    actions.seal(row, receiver, actor=fresh(cast.secretary))
    assert not SealedOpinion.objects.visible_to(fresh(boss)).exists()
    assert SealedOpinion.objects.visible_to(fresh(other)).exists()


DIGEST_READERS = {
    # about whom: while it is written, once it is fed back
    ("member", "member"): ({"secretary"}, {"secretary", "member"}),
    ("leader", "secretary"): ({"officer", "inner"}, {"officer", "inner", "secretary"}),
    ("committee", None): ({"officer", "inner"}, {"officer", "inner", "secretary", "committee_member"}),
    ("unit", None): ({"secretary"}, {"secretary", "committee_member"}),
}


@pytest.mark.parametrize(("target", "who"), DIGEST_READERS)
def test_a_digest_is_read_by_its_writer_and_once_fed_back_by_whom_it_concerns(cast, target, who):
    before, after = DIGEST_READERS[target, who]
    writer = fresh(getattr(cast, min(before - {"inner"})))
    digest = digests.gather([row_of(cast, target, who)], "In other words", actor=writer)
    assert reading(cast, DigestText.objects) == before
    digests.move(digest, "feed_back", actor=writer)
    assert reading(cast, DigestText.objects) == after
    waits = {name for name in VISITORS if Digest.objects.awaiting(fresh(getattr(cast, name))).exists()}
    concerned = {name for name in VISITORS if fresh(getattr(cast, name)).may("concerned", digest)}
    assert waits == concerned == {who} if who else {"secretary", "committee_member"}
    for name in VISITORS:  # whoever reads a digest sees that it exists
        user = fresh(getattr(cast, name))
        assert set(DigestText.objects.visible_to(user).values_list("digest", flat=True)) <= set(
            Digest.objects.visible_to(user).values_list("pk", flat=True)
        )
