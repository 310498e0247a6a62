"""What an office gives, written out again by hand; and from when to when it gives it."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from branches.models import Grant, Group, Member, Organisation, Particulars, Post, Relation, User
from branches.models.members import RelationKind
from branches.reach import Held, Reach
from branches.rights import COMMITTEE, OVERSIGHT, Office, Right
from tests.branches.reaches import GROUP, PLACES, TODAY, here, reach
from tests.cast import SINCE, account, enrol

DAY = timedelta(days=1)

# Offices hold at their own organisation and nowhere else.
AT_ITS_OWN = {
    "secretary": {
        "lead", "record", "keep_register", "read_branch", "give_slips", "delegate", "export", "write_for_committee",
    },
    "committee_member": {"read_branch", "write_for_committee"},
    "clerk": {"record", "keep_register", "read_branch"},
    "group_leader": {"lead_group", "record"},
}  # fmt: skip
# Oversight holds at its organisation and everywhere below.
DOWN_THE_TREE = {
    "officer": {
        "oversee", "accept", "lead_above", "enter_for", "keep_register", "give_slips", "arrange", "run_rounds", "export",
    },
    "supervisor": {"oversee", "accept", "supervise", "export"},
    "liaison": {"oversee"},
    "secretary of an inner node": {
        "oversee", "accept", "lead_above", "enter_for", "keep_register", "give_slips", "arrange", "run_rounds", "export",
    },
}  # fmt: skip
# No grant gives these: they follow from the person, the author, or the administrator's role.
NEVER_GRANTED = {
    "own", "home", "review", "release", "end_delegation", "manage_accounts", "read_audit", "run_system", "enter_words",
    "sort_opinions", "concerned", "write_visit", "count_votes", "verify",
    "grade", "grade_for", "settle_grade", "keep_file",
}  # fmt: skip

# Of an author's work, a transfer, a grant, an opinion, a visit, a grade.
OF_A_ROW = {
    "review", "enter_words", "release", "end_delegation", "sort_opinions", "concerned", "write_visit", "count_votes",
    "verify", "grade", "grade_for", "settle_grade", "keep_file",
}  # fmt: skip
ASKED_OF_A_PLACE = [right for right in Right.values if right not in OF_A_ROW]


def test_every_right_and_every_office_is_in_the_table():
    granted = set().union(*AT_ITS_OWN.values(), *DOWN_THE_TREE.values())
    assert granted | NEVER_GRANTED == set(Right.values)
    assert set(AT_ITS_OWN) | set(DOWN_THE_TREE) - {"secretary of an inner node"} == set(Office.values)
    assert {"officer", "supervisor", "liaison"} == OVERSIGHT


@pytest.mark.parametrize("right", ASKED_OF_A_PLACE)
@pytest.mark.parametrize("office", AT_ITS_OWN)
def test_an_office_holds_at_its_own_organisation_only(office, right):
    may = {name: reach(here(office)).may(right, place) for name, place in PLACES.items()}
    given = right in AT_ITS_OWN[office]
    assert may == {"above": False, "here": given, "below": False, "beside": False}
    assert reach(here(office)).may(right, None) == given


@pytest.mark.parametrize("right", ASKED_OF_A_PLACE)
@pytest.mark.parametrize("office", DOWN_THE_TREE)
def test_oversight_is_inherited_down_the_tree(office, right):
    held = here("secretary", "general_branch") if office == "secretary of an inner node" else here(office, "committee")
    may = {name: reach(held).may(right, place) for name, place in PLACES.items()}
    given = right in DOWN_THE_TREE[office]
    assert may == {"above": False, "here": given, "below": given, "beside": False}
    assert reach(held).may(right, None) == given


def test_a_group_leader_reaches_the_rows_of_that_group_only():
    leader = reach(here("group_leader"))
    other = SimpleNamespace(**{**vars(PLACES["here"]), "group_id": GROUP + 1})
    whole = SimpleNamespace(**{**vars(PLACES["here"]), "group_id": None})
    assert leader.may("record", PLACES["here"])
    assert not leader.may("record", other)
    assert not leader.may("record", whole)


@pytest.mark.parametrize("right", ["own", "home"])
def test_whoever_belongs_to_a_branch_has_work_and_a_home_somewhere(right):
    assert reach(home_path="00010002").may(right, None)
    assert not reach(here("secretary"), here("officer")).may(right, None)


def test_only_a_leader_has_groups():
    assert reach(here("group_leader"), here("secretary")).group_keys == (GROUP,)
    assert reach(here("secretary")).group_keys == ()


def test_above_lie_the_organisations_from_the_root_down_to_each_own_one():
    assert reach().paths_above == ()
    assert reach(home_path="00010002").paths_above == ("0001", "00010002")
    assert reach(here("clerk")).paths_above == ("0001", "00010002")
    assert reach(here("clerk"), home_path="000300040005").paths_above == (
        "0001", "00010002", "0003", "00030004", "000300040005",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("role", "sees_the_tree", "takes_part"),
    [("", False, True), ("system", True, False), ("security", True, False), ("audit", False, False)],
)
def test_two_administrators_see_names_and_none_takes_part(role, sees_the_tree, takes_part):
    of = reach(admin_role=role)
    assert (of.sees_the_tree, of.takes_part) == (sees_the_tree, takes_part)


def test_by_exists_too_an_office_and_a_lesser_oversight_reach_nothing_below(cast):
    """A liaison of the county, who is secretary of a branch: exports there and nowhere below the county."""
    Grant.objects.create(user=cast.liaison, organisation=cast.first, office="secretary", since=SINCE)
    of = User.objects.get(pk=cast.liaison.pk).reach

    def below(right):
        return {o.name for o in Organisation.objects.filter(Exists(of.oversight_grants(right, OuterRef("path"))))}

    assert below(Right.OVERSEE) == {"County committee", "First branch", "Second branch"}
    assert below(Right.EXPORT) == below(Right.LEAD) == set()


def test_offices_add_up_and_each_stays_where_it_is():
    both = reach(here("clerk"), Held("liaison", 4, "00010003", "committee", None, "Beside"))
    assert both.may("record", PLACES["here"]) and not both.may("record", PLACES["beside"])
    assert both.may("oversee", PLACES["beside"]) and not both.may("oversee", PLACES["here"])


@pytest.mark.parametrize(
    ("role", "right"), [("system", "run_system"), ("security", "manage_accounts"), ("audit", "read_audit")]
)
def test_an_administrator_holds_one_right_and_no_content(role, right):
    administrator = reach(admin_role=role)
    assert {word for word in Right.values if administrator.may(word, None)} == {right}
    assert not any(administrator.may(word, place) for word in Right.values if word not in {right, *OF_A_ROW}
                   for place in PLACES.values())  # fmt: skip


@pytest.mark.parametrize(
    ("role", "right"), [("security", "manage_accounts"), ("audit", "read_audit"), ("system", "run_system")]
)
def test_an_administrators_right_holds_over_any_one_row_too(role, right):
    assert reach(admin_role=role).may(right, PLACES["here"])
    assert not reach(here("officer", "committee")).may(right, PLACES["here"])


def test_home_and_own_follow_from_the_person():
    member = reach(member_key=5, home_path="00010002")
    assert [name for name, place in PLACES.items() if member.may("home", place)] == ["here"]
    assert member.may("own", SimpleNamespace(owner_id=5)) and not member.may("own", SimpleNamespace(owner_id=6))
    assert not reach().may("own", SimpleNamespace(owner_id=None)), "no member is not the same as nobody's row"
    assert not reach().may("home", PLACES["here"])


def test_a_post_in_the_committee_gives_the_right_to_write_with_it_and_no_other():
    serves = reach(member_key=5, home_path="00010002", committee=("00010002", "Here"))
    assert [name for name, place in PLACES.items() if serves.may("write_for_committee", place)] == ["here"]
    alone = SimpleNamespace(**vars(PLACES["here"]), owner_id=6)
    assert not serves.may("write_for_committee", alone), "what one member writes is his own"
    assert serves.office_paths("write_for_committee") == ("00010002",) and not serves.office_paths("read_branch")
    given = {right for right in ASKED_OF_A_PLACE if serves.may(right, PLACES["here"])}
    assert given == {"home", "write_for_committee"} and serves.may("write_for_committee", None)
    assert serves.acting_as(PLACES["here"], ["own", "write_for_committee"]) == f"Here {Office.COMMITTEE_MEMBER.label}"
    together = SimpleNamespace(**vars(PLACES["here"]), owner_id=None, reviewing_right="accept")
    above = Held("officer", 1, "0001", "committee", None, "Above")
    assert reach(above).may("review", together)
    assert not reach(above, committee=("00010002", "Here")).may("review", together)


@pytest.mark.parametrize(
    ("kind", "days", "serves"),
    [("publicity", (TODAY, None), True), ("deputy", (TODAY - DAY, TODAY), True), ("group_leader", (TODAY, None), False),
     ("publicity", (TODAY - DAY, TODAY - DAY), False), ("publicity", (TODAY + DAY, None), False)],
)  # fmt: skip
def test_who_is_of_the_committee_is_a_fact_of_the_register_on_that_day(cast, kind, days, serves):
    facts = {"organisation": cast.first, "kind": kind, "since": days[0], "until": days[1]}
    Post.objects.create(member=cast.people[4], **facts)
    Post.objects.create(member=cast.siblings[1], **facts)  # not where he belongs
    assert Reach.of(cast.member, TODAY).committee == ((cast.first.path, "First branch") if serves else ("", ""))
    assert Reach.of(account("elsewhere", cast.siblings[1]), TODAY).committee == ("", "")


def test_nobody_reviews_himself():
    author = SimpleNamespace(**vars(PLACES["here"]), owner_id=5, reviewing_right="lead")
    assert reach(here("secretary"), member_key=6).may("review", author)
    assert not reach(here("secretary"), member_key=5).may("review", author)
    assert not reach(here("clerk"), member_key=6).may("review", author)


def test_an_unknown_right_is_refused(cast):
    assert not cast.officer.may("system", None)
    assert not cast.officer.may("everything", cast.county)
    with pytest.raises(PermissionDenied):
        cast.officer.require("everything", cast.county)


def test_a_page_says_as_whom_one_acts(cast):
    two = User.objects.get(pk=cast.secretary.pk)
    assert two.acting_as() == f"First branch {Office.SECRETARY.label}"
    assert two.acting_as(cast.second) == ""
    assert cast.officer.acting_as(cast.first) == f"County committee {Office.OFFICER.label}"
    assert cast.member.acting_as() == ""


# --- from when to when ----------------------------------------------------------------------------------------------


def held_on(user, day):
    return {(held.office, held.organisation_id) for held in Reach.of(user, day).held}


@pytest.mark.parametrize(
    ("since", "until", "revoked", "in_force"),
    [
        (TODAY, None, False, True),
        (TODAY - DAY, TODAY, False, True),
        (TODAY, TODAY, False, True),
        (TODAY - DAY, TODAY - DAY, False, False),
        (TODAY + DAY, None, False, False),
        (TODAY - DAY, None, True, False),
        (TODAY - DAY, TODAY + DAY, True, False),
    ],
    ids=["from today", "last day", "one day", "expired", "not yet", "revoked", "revoked early"],
)
def test_a_grant_holds_from_its_first_to_its_last_day_unless_revoked(cast, since, until, revoked, in_force):
    at = timezone.now() if revoked else None
    Grant.objects.create(
        user=cast.nobody, organisation=cast.third, office="clerk", since=since, until=until, revoked_at=at
    )
    assert held_on(cast.nobody, TODAY) == ({("clerk", cast.third.pk)} if in_force else set())


def test_a_revoked_grant_ends_on_the_next_request(client, cast):
    client.force_login(cast.officer)
    page = reverse("organisation_detail", args=[cast.first.pk])
    assert client.get(page).status_code == 200
    Grant.objects.filter(user=cast.officer).update(revoked_at=timezone.now())
    assert client.get(page).status_code == 404


def test_home_is_where_the_formal_relation_is_on_that_day(cast):
    Relation.objects.filter(member=cast.people[4]).update(until=TODAY)
    Relation.objects.create(member=cast.people[4], organisation=cast.second, since=TODAY + DAY)
    Relation.objects.create(member=cast.people[4], organisation=cast.third, since=SINCE, kind=RelationKind.TAKING_PART)
    homes = [Reach.of(cast.member, day).home_path for day in (SINCE - DAY, TODAY, TODAY + DAY)]
    assert homes == ["", cast.first.path, cast.second.path]


def test_the_reach_costs_two_queries_and_every_scope_none(cast, django_assert_num_queries):
    secretary = User.objects.get(pk=cast.secretary.pk)
    with django_assert_num_queries(2):
        assert secretary.reach.held
        for model in (Organisation, Group, Member, Particulars, Relation, Grant):
            model.objects.visible_to(secretary)
        assert secretary.may("lead", cast.first) and secretary.acting_as(cast.first)


# --- paths that overlap, and very many of them ----------------------------------------------------------------------


def test_overlapping_oversight_is_reduced_to_the_topmost(cast):
    for organisation in (cast.first, cast.second):
        Grant.objects.create(user=cast.officer, organisation=organisation, office="supervisor", since=SINCE)
    officer = User.objects.get(pk=cast.officer.pk)
    assert officer.reach.oversight_paths(Right.OVERSEE) == (cast.county.path,)
    # The right to enter for a branch comes from the officer's grant alone, the topmost is taken per right.
    assert officer.reach.oversight_paths(Right.ENTER_FOR) == (cast.county.path,)
    seen = Organisation.objects.visible_to(officer).values_list("name", flat=True)
    assert list(seen) == ["County committee", "First branch", "Second branch"]


def test_a_lower_grant_with_more_rights_is_not_swallowed(cast):
    """The supervisor of the county is the officer of one branch: he enters for that one and not for the other."""
    Grant.objects.create(user=cast.supervisor, organisation=cast.first, office="officer", since=SINCE)
    supervisor = User.objects.get(pk=cast.supervisor.pk)
    assert supervisor.reach.oversight_paths(Right.ENTER_FOR) == (cast.first.path,)
    assert supervisor.may("enter_for", cast.first) and not supervisor.may("enter_for", cast.second)


@pytest.fixture
def many(cast):
    """A supervisor of 1,100 of 1,200 towns, each with a branch; two of the branches hold a member and a group."""
    towns = [
        Organisation(path=f"0009{n:04}", depth=2, name=f"Town {n}", kind="committee", since=SINCE) for n in range(1200)
    ]
    branches = [
        Organisation(
            path=f"0009{n:04}0001", depth=3, name=f"Branch {n}", kind="branch", branch_kind="single", since=SINCE
        )
        for n in range(1200)
    ]
    Organisation.objects.bulk_create([*towns, *branches])
    seen = Organisation.objects.get(name="Branch 1000")
    hidden = Organisation.objects.get(name="Branch 1150")
    for branch in (seen, hidden):
        enrol(f"Member of {branch}", branch)
        Group.objects.create(organisation=branch, name=f"Group of {branch}", since=SINCE)
    user = account("towns")
    overseen = Organisation.objects.filter(kind="committee", depth=2, name__startswith="Town").order_by("path")[:1100]
    Grant.objects.bulk_create(
        Grant(user=user, organisation=town, office="supervisor", since=SINCE) for town in overseen
    )
    return User.objects.get(pk=user.pk)


def test_more_than_fifty_topmost_paths_ask_by_exists(many):
    assert len(many.reach.oversight_paths(Right.OVERSEE)) == 1100
    question = str(Organisation.objects.visible_to(many).query)
    assert question.count("EXISTS") == 1 and question.count(" OR ") < 10


def test_more_than_fifty_topmost_paths_give_the_same_rows(many):
    overseen = many.reach.oversight_paths(Right.OVERSEE)
    names = {name for name, path in Organisation.objects.values_list("name", "path") if path.startswith(overseen)}
    assert len(names) == 2200
    assert set(Organisation.objects.visible_to(many).values_list("name", flat=True)) == names
    assert [str(member) for member in Member.objects.visible_to(many)] == ["Member of Branch 1000"]
    assert [row.member.name for row in Particulars.objects.visible_to(many)] == ["Member of Branch 1000"]
    assert [row.member.name for row in Relation.objects.visible_to(many)] == ["Member of Branch 1000"]
    assert [str(group) for group in Group.objects.visible_to(many)] == ["Group of Branch 1000"]
    assert Grant.objects.visible_to(many).count() == 1100


@pytest.mark.parametrize("few", [1, 50, 51, 60])
def test_both_ways_to_ask_agree(many, few):
    Grant.objects.filter(pk__in=many.grants.order_by("-organisation__path").values("pk")[: 1100 - few]).delete()
    user = User.objects.get(pk=many.pk)
    question = Organisation.objects.visible_to(user)
    assert ("EXISTS" in str(question.query)) == (few > 50)
    assert {row.name for row in question} == {f"{word} {n}" for word in ("Town", "Branch") for n in range(few)}


def test_which_offices_oversee_and_which_make_a_committee():
    assert {office.value for office in OVERSIGHT} == {"officer", "supervisor", "liaison"}
    assert {office.value for office in COMMITTEE} == {"secretary", "committee_member"}
