"""Changing the tree: order, superior, merger, split, end; who may, what each reads before and after."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from appraisals.models import Material
from branches.actions import members, organisations, structure, transfers
from branches.models import Grant, Group, Member, Organisation, Post, Relation, User
from meetings.models import Meeting, Minutes
from tests.cast import SINCE, account, found
from workflow.models import History

TODAY = timezone.localdate()
DAY = timedelta(1)
STRANGERS = ["member", "secretary", "clerk", "sibling", "supervisor", "liaison", "stranger", "sysadmin", "secadmin"]


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def counted(branch, day=TODAY):
    return {row.member_id for row in Relation.objects.register(on=day).filter(organisation=branch)}


@pytest.fixture
def general(cast):
    """A general branch below the county, and its inner secretary."""
    cast.general = found("General branch", "general_branch", cast.county)
    cast.inner = account("inner", office="secretary", organisation=cast.general)
    return cast.general


# --- superiors ------------------------------------------------------------------------------------------------------
def test_a_branch_put_below_another_superior_changes_what_every_grant_reaches(cast, general):
    inner, officer = fresh(cast.inner), fresh(cast.officer)
    assert not Member.objects.visible_to(inner).exists() and not inner.may("oversee", cast.first)
    structure.reparent(cast.first, actor=officer, parent=general)
    inner, first = fresh(cast.inner), fresh(cast.first)
    assert set(Member.objects.visible_to(inner)) == set(cast.people)
    assert inner.may("oversee", first) and fresh(cast.officer).may("oversee", first)
    assert fresh(cast.secretary).may("lead", first)
    assert fresh(cast.secretary).reach.home_path == first.path
    assert not Member.objects.visible_to(inner).filter(pk=cast.siblings[0].pk).exists()
    told = History.objects.of(first).get(move="reparent")
    assert told.note == "County committee → General branch"


def test_a_subtree_moves_as_a_whole(cast, general):
    structure.reparent(cast.first, actor=cast.officer, parent=general)
    above = found("Inner committee", "committee", cast.county)
    structure.reparent(fresh(general), actor=cast.officer, parent=above)
    first = fresh(cast.first)
    assert first.path.startswith(fresh(general).path) and first.path.startswith(fresh(above).path)
    assert (first.depth, fresh(above).numchild, fresh(general).numchild) == (4, 1, 1)
    assert Organisation.objects.find_problems() == ([], [], [], [], [])


@pytest.mark.parametrize("who", STRANGERS)
def test_only_who_stands_above_both_moves_it(cast, general, who):
    with pytest.raises(PermissionDenied):
        structure.reparent(cast.first, actor=getattr(cast, who), parent=general)


def test_an_officer_takes_nothing_from_and_gives_nothing_to_another_county(cast, general):
    with pytest.raises(PermissionDenied):
        structure.reparent(cast.first, actor=cast.officer, parent=cast.other)
    with pytest.raises(PermissionDenied):
        structure.reparent(cast.third, actor=cast.officer, parent=cast.county)


@pytest.mark.parametrize("deed", ["reparent", "dissolve", "place"])
def test_the_place_of_a_root_is_nobodys_to_change(cast, general, deed):
    deeds = {
        "reparent": lambda: structure.reparent(cast.county, actor=cast.officer, parent=general),
        "dissolve": lambda: structure.dissolve(cast.county, actor=cast.officer, until=TODAY),
        "place": lambda: structure.place(cast.county, actor=cast.officer, after=None),
    }
    with pytest.raises(PermissionDenied):
        deeds[deed]()


def test_nothing_hangs_below_itself_or_below_a_branch(cast, general):
    structure.reparent(cast.first, actor=cast.officer, parent=general)
    for wrong in (cast.second, fresh(cast.first)):
        with pytest.raises(ValidationError):
            structure.reparent(fresh(general), actor=cast.officer, parent=fresh(wrong))
    with pytest.raises(ValidationError):
        structure.reparent(fresh(cast.first), actor=cast.officer, parent=fresh(general))


def test_the_set_order_is_the_order_of_lists(cast, general):
    structure.place(cast.second, actor=cast.officer, after=None)
    names = [row.name for row in Organisation.objects.filter(depth=2, path__startswith=cast.county.path)]
    assert names == ["Second branch", "First branch", "General branch"]
    structure.place(fresh(cast.second), actor=cast.officer, after=fresh(general))
    assert [row.name for row in Organisation.objects.filter(depth=2)][:3] == [
        "First branch", "General branch", "Second branch",
    ]  # fmt: skip
    assert fresh(cast.sibling).may("lead", fresh(cast.second))


def test_what_may_hang_below_what(cast, general):
    wrong = ((cast.first, "branch"), (general, "general_branch"), (general, "committee"))
    for parent, kind in wrong:
        with pytest.raises(ValidationError):
            organisations.found(
                "Wrong", actor=cast.officer, kind=kind, since=TODAY, parent=parent,
                branch_kind="single" if kind == "branch" else "",
            )  # fmt: skip


# --- merger ---------------------------------------------------------------------------------------------------------
def merge(cast, actor=None, since=TODAY):
    return structure.merge(cast.first, actor=actor or cast.officer, into=cast.second, since=since)


def finish(world):
    """Nothing is open at the first branch any more: else it is not merged (test_unfinished.py)."""
    Meeting.objects.filter(organisation=world.first, state="draft").update(state="void")
    Material.objects.filter(organisation=world.first, state="submitted").update(state="accepted")


def test_a_merger_moves_everybody_on_one_day(cast):
    before, there = counted(cast.first), counted(cast.second)
    assert merge(cast) == len(before) == 5
    assert counted(cast.first, TODAY - DAY) == before and counted(cast.second, TODAY - DAY) == there
    assert counted(cast.first) == set() and counted(cast.second) == before | there
    first = fresh(cast.first)
    assert (first.until, first.successor) == (TODAY - DAY, cast.second)
    assert not Group.objects.on(TODAY).filter(organisation=cast.first).exists()
    assert not Post.objects.on(TODAY).filter(organisation=cast.first).exists()
    assert not Grant.objects.in_force(TODAY).filter(organisation=cast.first).exists()
    assert [row.move for row in History.objects.of(cast.first)][-1:] == ["merge"]
    assert [row.move for row in History.objects.of(cast.second)][-1:] == ["absorb"]


def test_those_who_merge_keep_their_order_behind_the_others(cast):
    merge(cast)
    rows = Relation.objects.filter(organisation=cast.second, until=None).order_by("position")
    assert [row.member.name[0] for row in rows.select_related("member")] == list("己庚甲乙丙丁戊")


@pytest.mark.parametrize("who", STRANGERS)
def test_only_who_stands_above_both_merges(cast, who):
    with pytest.raises(PermissionDenied):
        merge(cast, getattr(cast, who))


# fmt: off
READS_FIRST = {
    # the merged branch itself, its filed meeting, its minutes: before · after
    "secretary":  ((1, 1, 1), (0, 1, 1)),  # took part in it
    "sibling":    ((0, 0, 0), (1, 1, 1)),
    "officer":    ((1, 1, 1), (1, 1, 1)),
    "supervisor": ((1, 1, 1), (1, 1, 1)),
    "liaison":    ((1, 1, 1), (1, 1, 1)),
    "stranger":   ((0, 0, 0), (0, 0, 0)),
    "auditor":    ((0, 0, 0), (0, 0, 0)),
    "secadmin":   ((1, 0, 0), (1, 0, 0)),
}
# fmt: on


def test_the_old_branch_stays_readable_to_the_successors_secretary_and_superior(world):
    def reads(who):
        user = fresh(getattr(world, who))
        found = (
            Organisation.objects.visible_to(user).filter(pk=world.first.pk),
            Meeting.objects.visible_to(user).filter(pk=world.meeting.pk),
            Minutes.objects.visible_to(user).filter(meeting=world.meeting),
        )
        return tuple(int(rows.exists()) for rows in found)

    before = {who: reads(who) for who in READS_FIRST}
    finish(world)
    merge(world)
    assert {who: (before[who], reads(who)) for who in READS_FIRST} == READS_FIRST


def test_the_successors_secretary_reads_and_writes_nothing_there(world):
    finish(world)
    merge(world)
    user = fresh(world.sibling)
    first = fresh(world.first)
    assert not any(user.may(right, first) for right in ("lead", "record", "keep_register", "arrange"))


def test_a_second_merger_hands_both_on(cast):
    third = found("Fifth branch", "branch", cast.county)
    merge(cast)
    structure.merge(cast.second, actor=cast.officer, into=third, since=TODAY + DAY)
    assert set(Organisation.objects.filter(successor=third)) == {cast.first, cast.second}


def test_a_guest_of_the_other_branch_is_counted_there_once(cast):
    Relation.objects.create(member=cast.people[4], organisation=cast.second, kind="taking_part", since=SINCE)
    merge(cast)
    rows = Relation.objects.on(TODAY).filter(member=cast.people[4])
    assert [(row.organisation, row.kind) for row in rows] == [(cast.second, "formal")]


def test_a_merger_is_all_or_nothing(cast):
    Relation.objects.filter(member=cast.people[2]).update(since=TODAY)
    with pytest.raises(ValidationError):
        merge(cast)
    assert fresh(cast.first).until is None and len(counted(cast.first)) == 5
    assert Grant.objects.in_force(TODAY).filter(organisation=cast.first).count() == 4


def test_open_transfers_are_decided_first(cast):
    transfers.offer(cast.people[4], actor=cast.secretary, to=cast.second, since=TODAY, reason="Moved")
    for deed in (lambda: merge(cast), lambda: structure.dissolve(cast.second, actor=cast.officer, until=TODAY)):
        with pytest.raises(ValidationError):
            deed()


def test_a_merger_asks_as_much_for_many_as_for_few(cast, django_assert_max_num_queries):
    for number in range(60):
        members.enter(cast.first, actor=cast.secretary, name=f"同志{number}", category="formal", since=SINCE)
    with django_assert_max_num_queries(80):  # four offices end, each with its history and audit rows
        assert merge(cast) == 65


# --- split and end --------------------------------------------------------------------------------------------------
def test_a_split_gives_the_chosen_to_a_new_branch(cast):
    chosen = [cast.people[1].pk, cast.people[2].pk]
    facts = {"name": "Sixth branch", "branch_kind": "single", "since": TODAY, "members": chosen}
    new = structure.split(cast.first, actor=cast.officer, **facts)
    assert counted(new) == set(chosen) and counted(new, TODAY - DAY) == set()
    assert len(counted(cast.first)) == 3 and len(counted(cast.first, TODAY - DAY)) == 5
    assert not fresh(cast.clerk).may("record", cast.first)
    assert fresh(cast.secretary).may("lead", cast.first)
    assert not Member.objects.visible_to(fresh(cast.secretary)).filter(pk__in=chosen).exists()
    with pytest.raises(ValidationError):
        structure.split(cast.first, actor=cast.officer, **{**facts, "members": [cast.siblings[0].pk]})
    with pytest.raises(PermissionDenied):
        structure.split(cast.first, actor=cast.secretary, **facts)


def test_a_branch_is_dissolved_only_when_nobody_belongs_there(cast):
    with pytest.raises(ValidationError):
        structure.dissolve(cast.second, actor=cast.officer, until=TODAY)
    Relation.objects.filter(organisation=cast.second).update(until=TODAY - DAY)
    structure.dissolve(cast.second, actor=cast.officer, until=TODAY)
    assert fresh(cast.second).until == TODAY
    assert Grant.objects.get(user=cast.sibling).until == TODAY
    assert cast.second not in Organisation.objects.open()


def test_a_superior_is_dissolved_only_when_nothing_is_open_below(cast, general):
    structure.reparent(cast.first, actor=cast.officer, parent=general)
    with pytest.raises(ValidationError):
        structure.dissolve(fresh(general), actor=cast.officer, until=TODAY)


# --- names ----------------------------------------------------------------------------------------------------------
def test_a_new_name_leaves_the_old_one_in_what_happened_before(cast):
    members.exempt(
        cast.people[4], actor=cast.secretary, organisation=cast.first, since=TODAY, until=None, reason="Ill",
        approved_by="Branch",
    )  # fmt: skip
    organisations.rename(cast.first, actor=cast.officer, name="Harbour branch", short_name="Harbour", since=TODAY)
    first = fresh(cast.first)
    assert (first.name, first.label) == ("Harbour branch", "Harbour")
    former = first.former_names.get()
    assert (former.name, former.since, former.until) == ("First branch", SINCE, TODAY - DAY)
    assert History.objects.of(cast.people[4]).get(move="exempt").organisation_label == "First branch"
    with pytest.raises(ValidationError):
        organisations.rename(first, actor=cast.officer, name="Again", short_name="", since=TODAY)
    assert User.objects.get(pk=cast.officer.pk).may("arrange", first)


@pytest.mark.parametrize("who", ["officer"])
def test_the_officer_of_a_root_renames_it_and_puts_its_founding_right(cast, who):
    actor = getattr(cast, who)
    organisations.rename(cast.county, actor=actor, name="New county", short_name="", since=TODAY)
    organisations.correct_founding(cast.county, actor=actor, since=SINCE - timedelta(400))
    row = Organisation.objects.get(pk=cast.county.pk)
    assert (row.name, row.since) == ("New county", SINCE - timedelta(400))
    assert row.former_names.get().since == SINCE - timedelta(400)
    for other in (cast.secretary, cast.supervisor, cast.stranger):
        with pytest.raises(PermissionDenied):
            organisations.correct_founding(cast.county, actor=other, since=SINCE)


@pytest.mark.parametrize("day", [SINCE + timedelta(1), TODAY + timedelta(1), SINCE])
def test_a_founding_is_not_put_behind_what_began_there_nor_ahead(cast, day):
    with pytest.raises(ValidationError):
        organisations.correct_founding(cast.first, actor=cast.officer, since=day)
    assert Organisation.objects.get(pk=cast.first.pk).since == SINCE
