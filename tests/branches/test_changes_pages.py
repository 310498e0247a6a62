"""The pages of changes: which buttons whom, what was typed is not lost, each refusal stands beside its field."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from branches.actions import corrections, leaving, organisations, structure
from branches.changes.table import OF_MEMBERS, OF_ORGANISATIONS
from branches.models import FormerName, Member, Organisation, Relation, User
from tests.cast import SINCE
from tests.test_access import LINES
from workflow.words import told

TODAY = timezone.localdate()
DAY = timedelta(1)
EVER = {"particulars", "group", "post", "standing", "exempt", "limit", "flow", "guest", "transfer", "leave"}
KEEPING, ARRANGING = {"enter", "guest", "group", "ungroup", "election"}, {
    "secretary", "founded", "rename", "mode", "place", "move", "merge", "split", "dissolve",
}  # fmt: skip


def offered(client, user, name, row):
    """The names of the changes that the page of a row offers."""
    client.force_login(user)
    address = reverse(name, args=[row.pk])
    text = client.get(address).content.decode()
    return {part.partition("/")[0] for part in text.split(f'href="{address}change/')[1:]}


@pytest.mark.parametrize(
    ("who", "more"),
    [("secretary", {"dismiss"}), ("clerk", {"dismiss"}), ("officer", {"dismiss"}), ("member", None),
     ("committee_member", None), ("group_leader", None), ("supervisor", None), ("liaison", None)],
)  # fmt: skip
def test_who_is_offered_what_on_the_page_of_a_member(client, cast, who, more):
    expected = set() if more is None else EVER | more
    assert offered(client, getattr(cast, who), "member_detail", cast.people[1]) == expected


@pytest.mark.parametrize(
    ("who", "expected"),
    [("secretary", KEEPING), ("clerk", KEEPING), ("officer", KEEPING | ARRANGING), ("member", set()),
     ("supervisor", set()), ("liaison", set()), ("secadmin", set()), ("sysadmin", set())],
)  # fmt: skip
def test_who_is_offered_what_on_the_page_of_a_branch(client, cast, who, expected):
    assert offered(client, getattr(cast, who), "organisation_detail", cast.first) == expected


def test_an_officer_founds_below_his_own_node_and_does_not_move_it(client, cast):
    assert offered(client, cast.officer, "organisation_detail", cast.county) == {"found", "founded", "rename"}


def test_a_closed_branch_offers_nothing(client, cast):
    structure.merge(cast.first, actor=cast.officer, into=cast.second, since=TODAY)
    assert offered(client, cast.officer, "organisation_detail", cast.first) == set()
    address = reverse("organisation_change", args=[cast.first.pk, "enter"])
    assert client.get(address).status_code == 404
    page = client.get(reverse("organisation_detail", args=[cast.first.pk])).content.decode()
    assert "Second branch" in page and "并入" in page


def test_the_buttons_follow_the_state_of_the_member(client, cast):
    person = cast.people[4]
    freed = {"reason": "Ill", "approved_by": "Branch"}
    corrections.exempt_here(person, actor=cast.secretary, since=TODAY, until=None, **freed)
    corrections.limit(person, actor=cast.secretary, since=TODAY, until=None, reason="Sanction")
    leaving.flow_out(person, actor=cast.secretary, since=TODAY, place="Harbour", contact="Chen", host=cast.second)
    names = offered(client, cast.secretary, "member_detail", person)
    assert {"unexempt", "unlimit", "back", "unguest"} <= names and not {"exempt", "limit", "flow"} & names
    assert offered(client, cast.sibling, "member_detail", person) == {"unguest"}


def test_every_change_opens_for_whom_it_is_offered(client, cast):
    person = cast.people[1]
    for user, row, name in (
        (cast.secretary, person, "member"), (cast.officer, person, "member"), (cast.officer, cast.first, "organisation"),
        (cast.officer, cast.county, "organisation"), (cast.clerk, cast.first, "organisation"),
    ):  # fmt: skip
        for change in offered(client, user, f"{name}_detail", row):
            response = client.get(reverse(f"{name}_change", args=[row.pk, change]))
            assert response.status_code == 200, (user, change)
            assert "csrfmiddlewaretoken" in response.content.decode()


NOT_OFFERED = (
    "unexempt",
    "unlimit",
    "back",
    "unguest",
    "unplan",
    "reopen",
    "found",
    "office",
)  # for this member, at a branch
CHANGES = [change for change in (*OF_MEMBERS, *OF_ORGANISATIONS) if change.name not in NOT_OFFERED]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.name)
def test_an_empty_form_is_refused_in_words(client, cast, change):
    of_member = change in OF_MEMBERS
    client.force_login(cast.officer)
    name = "member_change" if of_member else "organisation_change"
    row = cast.people[1] if of_member else cast.first
    response = client.post(reverse(name, args=[row.pk, change.name]), {"nothing": "typed"})
    if change.name == "place":  # nothing chosen: first of all
        assert response.status_code == 302
        return
    assert response.status_code == 200
    assert "请填写" in response.content.decode()


@pytest.mark.parametrize(
    ("change", "data", "words"),
    [
        ("particulars", {"name": "乙委员", "born": "九零年"}, "2003-07-01, 2003-07, 2003"),
        ("transfer", {"to": "Nowhere", "since": "2026-01-01", "reason": "Moved"}, "系统内没有这个名称的党支部"),
        ("transfer", {"to": "First branch", "since": "2026-01-01", "reason": "Moved"}, "该党员已在这个支部"),
        ("leave", {"ending": "moved_out", "until": "2026-01-01", "destination": ""}, "请填写去向"),
        ("leave", {"ending": "died", "until": "2026-02-30"}, "没有这一天"),
        ("standing", {"category": "formal", "since": "2026-01-01"}, "该党员已是这一类别"),
        ("post", {"kind": "group_leader", "since": "2026-01-01"}, "党小组组长须选择党小组"),
        ("post", {"kind": "secretary", "since": "2026-01-01"}, "现任书记是甲书记"),
        ("group", {"group": "", "since": "2014-01-01"}, "该党员已在这个党小组"),
        ("limit", {"since": "2026-02-01", "until": "2026-01-01", "reason": "Sanction"}, "日期"),
    ],
)
def test_bad_input_is_told_beside_the_field_and_nothing_typed_is_lost(client, cast, change, data, words):
    client.force_login(cast.secretary)
    before = Relation.objects.count()
    response = client.post(reverse("member_change", args=[cast.people[1].pk, change]), data)
    text = response.content.decode()
    assert response.status_code == 200 and words in text
    for typed in filter(None, data.values()):
        assert typed in text
    assert Relation.objects.count() == before


def test_a_page_does_what_it_says(client, cast):
    client.force_login(cast.officer)
    address = reverse("organisation_change", args=[cast.county.pk, "found"])
    facts = {"name": "港口支部", "short_name": "港口", "kind": "branch", "branch_kind": "joint", "mode": "paper"}
    response = client.post(address, {**facts, "since": "2026-03-01"}, follow=True)
    assert "已办理" in response.content.decode()
    branch = Organisation.objects.get(name="港口支部")
    assert (branch.label, branch.branch_kind, branch.mode) == ("港口", "joint", "paper")
    page = client.get(reverse("organisation_detail", args=[branch.pk])).content.decode()
    assert "纸质" in page and "联合党支部" in page

    data = {
        "name": "新同志",
        "category": "probationary",
        "since": "2026-03-02",
        "unit": "供电所",
        "phone": "139",
        "post": "publicity",
    }
    client.post(reverse("organisation_change", args=[branch.pk, "enter"]), data)
    row = Relation.objects.register(on=TODAY).get(member__name="新同志")
    assert (row.organisation, row.unit, row.category, row.post) == (branch, "供电所", "probationary", "publicity")
    page = client.get(reverse("member_detail", args=[row.member_id])).content.decode()
    assert "供电所" in page and "登记入册" in page


def test_a_former_name_stands_on_the_page(client, cast):
    organisations.rename(cast.first, actor=cast.officer, name="Harbour", short_name="", since=TODAY)
    client.force_login(cast.secretary)
    page = client.get(reverse("organisation_detail", args=[cast.first.pk])).content.decode()
    assert "First branch" in page and "曾用名称" in page and FormerName.objects.count() == 1


def test_every_change_has_its_line_in_the_access_table():
    """Written by hand there; what needs a state of its own first is tested in test_corrections.py."""
    lines = {(line.words[1], line.words[2].partition("/")[2]) for line in LINES}
    apart = {"unexempt", "unlimit", "back", "unguest", "ungroup"}
    for name, table in (("member_change", OF_MEMBERS), ("organisation_change", OF_ORGANISATIONS)):
        missing = {change.name for change in table if (name, change.name) not in lines}
        assert missing <= apart


def test_the_history_says_every_change_in_words():
    moves = ("rename", "settle", "place", "reparent", "merge", "absorb", "split", "dissolve", "close_group", "transfer",
             "change_secretary", "enrol", "correct", "rename_member", "regroup", "name_to_post", "dismiss", "exempt",
             "end_exemption", "set_standing", "limit", "end_limit", "flow_out", "flow_back", "take_part",
             "stop_taking_part", "leave", "expire", "offer", "take_over", "refuse", "retract", "found")  # fmt: skip
    assert [move for move in moves if told(move) == move] == []


def test_a_page_of_a_member_nobody_sees_any_more_is_not_found(client, cast):
    person = cast.people[4]
    client.force_login(cast.secretary)
    data = {"ending": "died", "until": (TODAY - DAY).isoformat()}
    response = client.post(reverse("member_change", args=[person.pk, "leave"]), data)
    assert response.url == reverse("member_list")
    assert client.get(reverse("member_detail", args=[person.pk])).status_code == 404
    assert client.get(reverse("member_change", args=[person.pk, "leave"])).status_code == 404
    assert not Member.objects.visible_to(User.objects.get(pk=cast.officer.pk)).filter(pk=person.pk).exists()


@pytest.mark.parametrize(
    ("who", "under", "may"),
    [
        ("secretary", "", True),
        ("clerk", "", True),
        ("member", "", False),
        ("committee_member", "", False),
        ("officer", "", False),
        ("officer", "first", True),
        ("officer", "county", False),
        ("supervisor", "first", False),
    ],
)
def test_the_register_offers_to_enter_a_member_where_one_may(client, cast, who, under, may):
    client.force_login(getattr(cast, who))
    query = f"?under={getattr(cast, under).pk}" if under else ""
    text = client.get(reverse("member_list") + query).content.decode()
    assert (reverse("organisation_change", args=[cast.first.pk, "enter"]) in text) is may


def test_a_keeper_who_belongs_nowhere_still_reads_his_own_page(client, cast):
    Relation.objects.filter(member=cast.people[2]).update(until=SINCE)
    client.force_login(cast.clerk)
    assert client.get(reverse("member_detail", args=[cast.people[2].pk])).status_code == 200
    assert client.get(reverse("member_change", args=[cast.people[2].pk, "particulars"])).status_code == 403


@pytest.mark.parametrize(
    ("who", "sees"), [("sibling", True), ("officer", True), ("secretary", None), ("secadmin", False)]
)
def test_the_host_finds_its_guests_on_its_own_page(client, cast, who, sees):
    """They are in no list of the register; without this nobody could end what they take part in."""
    leaving.take_part(cast.people[4], actor=cast.secretary, host=cast.second, since=TODAY)
    client.force_login(getattr(cast, who))
    response = client.get(reverse("organisation_detail", args=[cast.second.pk]))
    if sees is None:
        assert response.status_code == 404
        return
    text = response.content.decode()
    assert ("戊同志" in text) is sees
    if sees:
        assert "参加组织生活的其他党员" in text and "First branch" in text


@pytest.mark.parametrize(("since", "words"), [("2030-01-01", "31"), ("2009-12-31", "成立于"), ("2014-12-31", "成立于")])
def test_a_branch_is_not_founded_far_ahead_or_before_its_superior(client, cast, since, words):
    client.force_login(cast.officer)
    address = reverse("organisation_change", args=[cast.county.pk, "found"])
    data = {"name": "New", "kind": "branch", "branch_kind": "single", "mode": "online", "since": since}
    assert words in client.post(address, data).text
    assert not Organisation.objects.filter(name="New").exists()


def test_nobody_is_in_a_branch_before_it_was_founded(client, cast):
    client.force_login(cast.secretary)
    day = cast.first.since - timedelta(1)
    data = {"name": "新同志", "category": "formal", "since": day.isoformat()}
    page = client.post(reverse("organisation_change", args=[cast.first.pk, "enter"]), data).text
    assert f"成立于 {cast.first.since}" in page and not Member.objects.filter(name="新同志").exists()
