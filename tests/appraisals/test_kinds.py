"""Who owes which kind (F3), restated from the requirement: by post, then by what keeps somebody from writing."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from appraisals import actions as rounds
from appraisals.materials.asking import actions
from appraisals.materials.kinds import KINDS, OFFERED, SHIPPED, MaterialKind, Whom, readers
from appraisals.materials.owed import class_of, is_aged
from appraisals.models import Material, MaterialRules, Round
from branches.actions import leaving, members
from branches.models import Exemption, Particulars
from tests.cast import SINCE, enrol
from workflow.actors import SYSTEM

pytestmark = pytest.mark.django_db


def owed(round_, branch):
    rows = Material.objects.filter(round=round_, organisation=branch)
    return sorted((str(row.author or "支部"), row.kind, row.reviewer) for row in rows.select_related("author"))


def test_what_is_shipped_is_what_f3_asks(world):
    assert owed(world.round, world.first) == [
        ("丁组长", "speech_outline", "branch"),
        ("丙干事", "speech_outline", "branch"),
        ("乙委员", "committee_member_analysis", "branch"),
        ("戊同志", "speech_outline", "branch"),
        ("支部", "committee_analysis", "above"),
        ("甲书记", "committee_member_analysis", "above"),
    ]


def test_age_absence_exemption_and_category_decide_below_the_posts(cast, world):
    aged, away, ill, young = (enrol(name, world.first) for name in ("老同志", "外出人", "病休人", "预备人"))
    both = enrol("老外出", world.first)
    Particulars.objects.update_or_create(member=aged, defaults={"born": "1940"})
    Particulars.objects.update_or_create(member=both, defaults={"born": "1940"})
    for person in (away, both):
        leaving.flow_out(person, actor=SYSTEM, since=SINCE, place="外地", contact="家属")
    Exemption.objects.create(member=ill, since=SINCE, reason="重病", approved_by="支部")
    young.standings.update(category="probationary")
    asked = {**SHIPPED, Whom.PROBATIONARY: "self_analysis", Whom.MEMBER: "", Whom.AGED: "oral_statement"}
    actions.set_rules(world.planned, actor=world.officer, owed=asked, great_age=80)
    rounds.move_round(world.planned, "open", actor=world.officer)
    found = {author: kind for author, kind, _reader in owed(world.planned, world.first)}
    assert found == {
        "支部": "committee_analysis", "甲书记": "committee_member_analysis", "乙委员": "committee_member_analysis",
        "病休人": "oral_statement", "外出人": "speech_outline", "老外出": "speech_outline", "老同志": "oral_statement",
        "预备人": "self_analysis",
    }  # fmt: skip


def test_a_secretary_may_owe_a_report_beside_his_own(world):
    actions.set_rules(world.planned, actor=world.officer, owed={**SHIPPED, Whom.REPORT: "secretary_report"})
    rounds.move_round(world.planned, "open", actor=world.officer)
    mine = [line for line in owed(world.planned, world.first) if line[0] == "甲书记"]
    assert mine == [("甲书记", "committee_member_analysis", "above"), ("甲书记", "secretary_report", "above")]


def test_a_round_that_is_open_changes_its_reasons_only(world):
    before = owed(world.round, world.first)
    rules = actions.set_rules(
        world.round, actor=world.officer, owed={Whom.MEMBER: ""}, chain="three", own_reasons="未联系本职"
    )
    assert (rules.chain, rules.owed, rules.reasons) == ("one", {}, ["未联系本职"])
    assert owed(world.round, world.first) == before


def test_only_its_opener_says_what_is_asked_and_nonsense_is_refused(world):
    for actor in (world.secretary, world.supervisor, world.stranger):
        with pytest.raises(PermissionDenied):
            actions.set_rules(world.planned, actor=actor, owed=SHIPPED)
    with pytest.raises(ValidationError):
        actions.set_rules(world.planned, actor=world.officer, owed={Whom.MEMBER: "secretary_report"})
    with pytest.raises(ValidationError):
        actions.set_rules(world.planned, actor=world.officer, owed=SHIPPED, great_age=40)


def test_the_page_of_rules_keeps_what_was_typed_and_says_what_is_wrong(client, world):
    client.force_login(world.officer)
    address = f"/rounds/{world.planned.pk}/materials/"
    sent = {"great_age": "80", "chain": "two", "own_reasons": "长" * 41, "whom_member": "oral_statement"}
    page = client.post(address, sent)
    assert page.status_code == 200 and "长" * 41 in page.content.decode()
    assert client.post(address, {**sent, "own_reasons": "短\n\n短\n又一条"}).status_code == 302
    rules = Round.objects.get(pk=world.planned.pk).material_rules
    assert (rules.great_age, rules.chain, rules.reasons) == (80, "two", ["短", "又一条"])
    assert rules.kind_for(Whom.MEMBER) == "oral_statement" and rules.kind_for(Whom.COMMITTEE) == ""
    assert "口头发言" in client.get(f"/rounds/{world.planned.pk}/").content.decode()


@pytest.mark.parametrize(
    ("born", "aged"),
    [("1950", True), ("1951", True), ("1951-03", True), ("1951-03-01", True), ("1951-03-02", False), ("1952", False),
     ("", False), (None, False)],
)  # fmt: skip
def test_who_is_of_great_age(born, aged):
    day = timezone.localdate().replace(year=2026, month=3, day=1)
    assert is_aged(born, day, 75) is aged


def test_a_person_is_of_the_first_class_that_fits():
    row = SimpleNamespace(post="group_leader", is_exempt=False, is_away=False, born="1980", category="formal")
    steps = [
        ({}, "member"), ({"category": "probationary"}, "probationary"), ({"born": "1940"}, "aged"),
        ({"is_away": True}, "away"), ({"is_exempt": True}, "exempt"), ({"post": "publicity"}, "committee_member"),
        ({"post": "secretary"}, "secretary"),
    ]  # fmt: skip
    for facts, whom in steps:  # one after the other, none of them taken away
        vars(row).update(facts)
        assert class_of(row, date(2026, 3, 1), 75) == whom


def test_who_reads_follows_from_the_chain_and_from_whom_it_is_of():
    """F29: the branch secretary reads first, but nothing of his own and nothing of the committee's."""
    assert [readers(chain, is_above=False) for chain in ("one", "two", "three")] == [
        ("branch",), ("branch", "committee"), ("branch", "committee", "supervision")]  # fmt: skip
    assert [readers(chain, is_above=True) for chain in ("one", "two", "three")] == [
        ("above",), ("committee",), ("committee", "supervision")]  # fmt: skip


def test_the_superior_reads_of_the_committee_and_a_leading_cadre_is_marked(world):
    titles = {world.people[0]: "县农业农村局副局长(副科级)", world.people[4]: "技术员"}
    for person, title in titles.items():
        Particulars.objects.update_or_create(member=person, defaults={"work_title": title})
    actions.set_rules(world.planned, actor=world.officer, owed={**SHIPPED, Whom.REPORT: "secretary_report"})
    rounds.move_round(world.planned, "open", actor=world.officer)
    rows = Material.objects.filter(round=world.planned, organisation=world.first).select_related("author")
    assert {(str(row.author or "支部"), row.is_chief, row.is_read_above, row.is_leading) for row in rows} == {
        ("支部", True, True, False), ("甲书记", True, True, True), ("乙委员", False, True, False),
        ("丙干事", False, False, False), ("丁组长", False, False, False), ("戊同志", False, False, False),
    }  # fmt: skip


def test_every_kind_and_class_is_known():
    assert set(KINDS) == set(MaterialKind) and set(OFFERED) == set(SHIPPED) == set(Whom)
    own = ("self_analysis", "speech_outline", "oral_statement")
    assert {
        "committee": ("committee_analysis",), "report": ("secretary_report",),
        **dict.fromkeys(("secretary", "committee_member"), ("committee_member_analysis", *own)),
        **dict.fromkeys(("exempt", "away", "aged", "probationary", "member"), own),
    } == OFFERED  # fmt: skip
    assert {
        "committee": "committee_analysis", "report": "", "exempt": "oral_statement", "aged": "oral_statement",
        **dict.fromkeys(("secretary", "committee_member"), "committee_member_analysis"),
        **dict.fromkeys(("away", "probationary", "member"), "speech_outline"),
    } == SHIPPED  # fmt: skip
    assert MaterialRules().great_age == 75
    assert [kind for kind in MaterialKind if KINDS[kind].may_be_spoken] == ["speech_outline", "oral_statement"]


def test_the_roster_day_decides(world):
    late = world.planned.roster_on + timedelta(1)
    members.name_to_post(world.people[4], actor=SYSTEM, organisation=world.first, kind="publicity", since=late)
    rounds.move_round(world.planned, "open", actor=world.officer)
    assert ("戊同志", "speech_outline", "branch") in owed(world.planned, world.first)
