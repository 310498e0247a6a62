"""What the register says of one member, changed by hand: who may, what the days before keep, what is refused in words."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from branches.actions import corrections, leaving, members, organisations
from branches.capabilities import CAPABILITIES, capability_of
from branches.models import Flow, Grant, Group, Member, Organisation, Particulars, Post, Relation, Standing, User
from branches.models.organisations import BranchKind
from tests.cast import SINCE, enrol, found
from workflow.models import History

TODAY = timezone.localdate()
DAY = timedelta(1)
NOT_KEEPERS = ["member", "committee_member", "group_leader", "sibling", "supervisor", "liaison", "stranger", "secadmin"]


def row(member, day=TODAY):
    return Relation.objects.register(on=day).get(member=member)


def deeds(cast, actor):
    """Each change of one member, by name."""
    person, since = cast.people[1], TODAY
    post = Post.objects.get(member=person)
    outside = {"ending": "moved_out", "destination": "Harbour"}
    return {
        "correct": lambda: corrections.correct(person, actor=actor, name="乙委员", phone="12345"),
        "regroup": lambda: corrections.regroup(person, actor=actor, since=since, group=cast.group),
        "name_to": lambda: corrections.name_to(person, actor=actor, kind="publicity", since=since),
        "dismiss": lambda: corrections.dismiss(person, actor=actor, post=post, until=TODAY),
        "exempt": lambda: corrections.exempt_here(
            person, actor=actor, since=since, until=None, reason="Ill", approved_by="Branch"
        ),
        "set_standing": lambda: corrections.set_standing(person, actor=actor, category="probationary", since=since),
        "limit": lambda: corrections.limit(person, actor=actor, since=since, until=None, reason="Sanction"),
        "flow_out": lambda: leaving.flow_out(person, actor=actor, since=since, place="Harbour", contact="Chen"),
        "take_part": lambda: leaving.take_part(person, actor=actor, host=cast.second, since=since),
        "leave": lambda: leaving.leave(person, actor=actor, until=TODAY, **outside),
    }


DEEDS = (
    "correct",
    "regroup",
    "name_to",
    "dismiss",
    "exempt",
    "set_standing",
    "limit",
    "flow_out",
    "take_part",
    "leave",
)


@pytest.mark.parametrize("who", ["secretary", "clerk", "officer"])
@pytest.mark.parametrize("deed", DEEDS)
def test_a_keeper_of_the_register_changes_it_and_the_history_tells(cast, who, deed):
    actor = getattr(cast, who)
    deeds(cast, actor)[deed]()
    told = History.objects.of(cast.people[1]).last()
    assert told.actor_key == actor.actor_key and told.organisation_label == "First branch" and told.acted_as
    assert str(told.label) != told.move, "in words"


@pytest.mark.parametrize("deed", DEEDS)
def test_nobody_else_does(cast, deed):
    before = History.objects.count()
    for who in NOT_KEEPERS:
        with pytest.raises(PermissionDenied):
            deeds(cast, getattr(cast, who))[deed]()
    assert History.objects.count() == before


def test_the_history_of_a_correction_holds_no_particulars(cast):
    person = cast.people[1]
    corrections.correct(person, actor=cast.secretary, name="乙新名", phone="13800000000", born="1980-05")
    assert Particulars.objects.get(member=person).phone == "13800000000"
    assert Member.objects.get(pk=person.pk).name_initials == "yxm"
    notes = " ".join(entry.note for entry in History.objects.of(person))
    assert "乙委员 → 乙新名" in notes and "13800000000" not in notes and "1980" not in notes
    corrections.correct(person, actor=cast.secretary, name="乙新名", phone="13800000000")
    assert History.objects.of(person).filter(move="correct").count() == 1, "nothing changed, nothing told"


def test_the_days_before_keep_the_old_group(cast):
    person = cast.people[4]
    corrections.regroup(person, actor=cast.secretary, since=TODAY, group=None)
    assert (row(person, TODAY - DAY).group, row(person).group) == (cast.group, None)
    assert row(person).position == row(person, TODAY - DAY).position
    assert Relation.objects.register(on=TODAY).filter(organisation=cast.first).count() == 5


def test_a_group_given_on_the_first_day_replaces_the_slip(cast):
    person = enrol("新同志", cast.first, since=TODAY)
    corrections.regroup(person, actor=cast.secretary, since=TODAY, group=cast.group)
    assert Relation.objects.filter(member=person).count() == 1 and row(person).group == cast.group


def test_a_group_of_another_branch_is_refused(cast):
    far = Group.objects.create(organisation=cast.second, name="Far", since=SINCE)
    with pytest.raises(ValidationError):
        corrections.regroup(cast.people[1], actor=cast.secretary, since=TODAY, group=far)


def test_confirmed_from_a_day_on(cast):
    person = enrol("预备", cast.first, category="probationary")
    corrections.set_standing(person, actor=cast.secretary, category="formal", since=TODAY, note="Assembly")
    assert (row(person, TODAY - DAY).category, row(person).category) == ("probationary", "formal")
    assert (row(person, TODAY - DAY).may_vote, row(person).may_vote) == (False, True)
    for category, since in (("formal", TODAY + DAY), ("probationary", TODAY)):
        with pytest.raises(ValidationError):
            corrections.set_standing(person, actor=cast.secretary, category=category, since=since)


def test_a_limit_and_its_end(cast):
    person = cast.people[4]
    corrections.limit(person, actor=cast.secretary, since=TODAY - 5 * DAY, until=None, reason="Sanction")
    assert not row(person).may_vote and row(person, TODAY - 6 * DAY).may_vote
    corrections.end_limit(person, actor=cast.secretary, until=TODAY - DAY)
    assert row(person).may_vote and not row(person, TODAY - DAY).may_vote


def test_exemptions_never_overlap_and_end(cast):
    person, freed = cast.people[4], {"reason": "Ill", "approved_by": "Branch"}
    corrections.exempt_here(person, actor=cast.secretary, since=TODAY - 9 * DAY, until=None, **freed)
    with pytest.raises(ValidationError):
        corrections.exempt_here(person, actor=cast.secretary, since=TODAY, until=TODAY, **freed)
    corrections.end_exemption(person, actor=cast.secretary, until=TODAY - DAY)
    assert row(person, TODAY - DAY).is_exempt and not row(person).is_exempt
    corrections.exempt_here(person, actor=cast.secretary, since=TODAY, until=TODAY, **freed)


def test_a_post_ends_and_the_office_of_a_leader_with_it(cast):
    leader = cast.people[3]
    post = corrections.name_to(leader, actor=cast.secretary, kind="group_leader", since=TODAY - DAY, group=cast.group)
    corrections.dismiss(leader, actor=cast.secretary, post=post, until=TODAY - DAY)
    assert Grant.objects.get(user=cast.group_leader).until == TODAY - DAY
    assert row(leader).post is None and row(leader, TODAY - DAY).post == "group_leader"


@pytest.mark.parametrize("who", ["clerk", "secretary"])
def test_the_secretary_is_dismissed_or_struck_off_by_the_superior_only(cast, who):
    head = cast.people[0]
    post, actor = Post.objects.get(member=head), getattr(cast, who)
    with pytest.raises(PermissionDenied):
        corrections.dismiss(head, actor=actor, post=post, until=TODAY)
    with pytest.raises(PermissionDenied):
        leaving.leave(head, actor=actor, until=TODAY, ending="died")
    assert User.objects.get(pk=cast.secretary.pk).may("lead", cast.first)
    leaving.leave(head, actor=cast.officer, until=TODAY - DAY, ending="died")
    assert not User.objects.get(pk=cast.secretary.pk).may("lead", cast.first)


def test_whoever_left_is_in_the_register_up_to_the_last_day(cast):
    clerk = cast.people[2]
    leaving.leave(clerk, actor=cast.secretary, until=TODAY - DAY, ending="moved_out", destination="Harbour branch")
    assert Relation.objects.register(on=TODAY - DAY).filter(member=clerk).exists()
    assert not Relation.objects.register(on=TODAY).filter(member=clerk).exists()
    ended = Relation.objects.get(member=clerk)
    assert (ended.ending, ended.destination) == ("moved_out", "Harbour branch")
    assert Grant.objects.get(user=cast.clerk).until == TODAY - DAY
    assert Standing.objects.get(member=clerk).until == TODAY - DAY
    with pytest.raises(ValidationError):
        leaving.leave(clerk, actor=cast.officer, until=TODAY, ending="died")


@pytest.mark.parametrize("wrong", [{"ending": "transferred"}, {"ending": ""}, {"ending": "moved_out"}])
def test_leaving_wants_a_reason_and_a_way_out(cast, wrong):
    with pytest.raises(ValidationError):
        leaving.leave(cast.people[4], actor=cast.secretary, until=TODAY, **wrong)


# --- elsewhere --------------------------------------------------------------------------------------------------------
def test_a_mobile_member_stays_counted_at_home_and_takes_part_at_the_host(cast):
    person, seen = cast.people[4], Member.objects.filter(pk=cast.people[4].pk)
    assert not seen.model.objects.visible_to(cast.sibling).filter(pk=person.pk).exists()
    leaving.flow_out(
        person, actor=cast.secretary, since=TODAY - DAY, place="Harbour", contact="Chen 139", host=cast.second
    )
    assert row(person).organisation == cast.first
    assert Member.objects.visible_to(User.objects.get(pk=cast.sibling.pk)).filter(pk=person.pk).exists()
    with pytest.raises(ValidationError):
        leaving.flow_out(person, actor=cast.secretary, since=TODAY, place="Elsewhere", contact="Chen")
    leaving.flow_back(person, actor=cast.secretary, until=TODAY - DAY)
    assert Flow.objects.get(member=person).until == TODAY - DAY
    assert not Member.objects.visible_to(User.objects.get(pk=cast.sibling.pk)).filter(pk=person.pk).exists()


def test_a_guest_from_outside_is_counted_nowhere(cast):
    guest = leaving.enter_guest(cast.first, actor=cast.clerk, name="客人", since=TODAY, reason="Harbour branch")
    assert not Relation.objects.register(on=TODAY).filter(member=guest).exists()
    assert Member.objects.visible_to(User.objects.get(pk=cast.member.pk)).filter(pk=guest.pk).exists()
    leaving.stop_taking_part(guest, actor=cast.clerk, relation=Relation.objects.get(member=guest), until=TODAY)
    assert Relation.objects.get(member=guest).ending == "no_longer"


def test_the_host_may_end_what_a_guest_takes_part_in_and_strangers_may_not(cast):
    relation = leaving.take_part(cast.people[4], actor=cast.secretary, host=cast.second, since=TODAY)
    for who in ("stranger", "member", "liaison"):
        with pytest.raises(PermissionDenied):
            leaving.stop_taking_part(cast.people[4], actor=getattr(cast, who), relation=relation, until=TODAY)
    leaving.stop_taking_part(cast.people[4], actor=cast.sibling, relation=relation, until=TODAY)


# --- kinds of branch ----------------------------------------------------------------------------------------------------
def branch_of(cast, kind):
    name = f"Branch {kind}"
    return organisations.found(
        name, actor=cast.officer, kind="branch", branch_kind=kind, since=SINCE, parent=cast.county
    )


def test_every_kind_of_branch_says_what_it_may():
    assert set(CAPABILITIES) == set(BranchKind)
    assert {kind for kind, may in CAPABILITIES.items() if not may.is_counted} == {"temporary", "functional"}
    assert {kind: may.most_units for kind, may in CAPABILITIES.items() if may.most_units} == {"joint": 5}
    assert not capability_of("").is_counted


@pytest.mark.parametrize("kind", BranchKind.values)
def test_temporary_and_functional_branches_enter_no_total(cast, kind):
    place = branch_of(cast, kind)
    person = cast.people[4]
    relation = leaving.take_part(person, actor=cast.secretary, host=place, since=TODAY)
    assert relation.kind == "taking_part" and row(person).organisation == cast.first
    if kind in ("temporary", "functional"):
        with pytest.raises(ValidationError):
            members.enter(place, actor=cast.officer, name="某", category="formal", since=SINCE)
    else:
        members.enter(place, actor=cast.officer, name="某", category="formal", since=SINCE)
    counted = Relation.objects.register(on=TODAY).filter(organisation=place).count()
    assert counted == (kind not in ("temporary", "functional"))


def test_a_joint_branch_has_five_units_at_most(cast):
    place = branch_of(cast, "joint")
    for number in range(5):
        members.enter(
            place, actor=cast.officer, name=f"同志{number}", category="formal", since=SINCE, unit=f"Unit {number}"
        )
    again = members.enter(place, actor=cast.officer, name="某", category="formal", since=SINCE, unit="Unit 3")
    assert row(again).unit == "Unit 3"
    with pytest.raises(ValidationError) as refusal:
        members.enter(place, actor=cast.officer, name="某", category="formal", since=SINCE, unit="Unit 6")
    assert set(refusal.value.error_dict) == {"unit"}
    with pytest.raises(ValidationError):
        members.enter(cast.first, actor=cast.officer, name="某", category="formal", since=SINCE, unit="Unit 1")


@pytest.mark.parametrize("wrong", ["county", "closed"])
def test_members_belong_to_an_open_branch(cast, wrong):
    place = cast.county
    if wrong == "closed":
        place = found("Closed", "branch", cast.county)
        Organisation.objects.filter(pk=place.pk).update(until=date(2020, 1, 1))
        place.refresh_from_db()
    with pytest.raises(ValidationError):
        members.enrol("某", actor=cast.officer, organisation=place, category="formal", since=TODAY)


def test_the_next_one_by_hand_stands_behind_the_others(cast):
    person = members.enter(
        cast.first, actor=cast.clerk, name="新同志", category="formal", since=TODAY, reason="Harbour"
    )
    rows = [entry.member for entry in Relation.objects.register(on=TODAY).filter(organisation=cast.first)]
    assert rows[-1] == person and row(person).reason == "Harbour"


def test_a_group_closes_when_nobody_is_in_it(cast):
    with pytest.raises(ValidationError):
        organisations.close_group(cast.first, actor=cast.secretary, group=cast.group, until=TODAY)
    empty = organisations.found_group("Empty", actor=cast.secretary, organisation=cast.first, since=SINCE)
    organisations.close_group(cast.first, actor=cast.secretary, group=empty, until=TODAY)
    assert Group.objects.get(pk=empty.pk).until == TODAY


@pytest.mark.parametrize("deed", [deed for deed in DEEDS if deed != "correct"])
def test_a_year_mistyped_is_refused_because_it_could_not_be_taken_back(cast, deed, monkeypatch):
    monkeypatch.setitem(globals(), "TODAY", date(2099, 3, 1))
    with pytest.raises(ValidationError) as refusal:
        deeds(cast, cast.secretary)[deed]()
    assert set(refusal.value.error_dict) <= {"since", "until"}


def test_a_staff_number_is_optional_and_one_persons_own(cast):
    first, second = cast.people[1], cast.people[2]
    corrections.correct(first, actor=cast.secretary, name=first.name, staff_number="A-1")
    for wrong in ("a-1", "工号", "A 1", "1" * 21):
        with pytest.raises(ValidationError):
            corrections.correct(second, actor=cast.secretary, name=second.name, staff_number=wrong)
    for member in (first, second):  # nobody needs one
        corrections.correct(member, actor=cast.secretary, name=member.name, staff_number="")
