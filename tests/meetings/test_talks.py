"""Talks: what is typed becomes talks with their parties, what was said is read by two people, and for how long."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from branches.actions import rules as settings_of_rules
from branches.models import User
from branches.retention.actions import destroy_expired
from meetings.models import Talk, TalkContent, TalkKind, TriggerList
from meetings.talks import actions
from meetings.talks.parties import Party, kind_of, people_on, read
from meetings.talks.triggers import SHIPPED, triggers_of
from tests import cast as people
from workflow.models import AuditEvent, History

DAY = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def english(settings):
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def register(cast):
    return people_on(cast.first, DAY, cast.secretary)


def put(cast, code, severity="remind", **numbers):
    officer = User.objects.get(pk=cast.officer.pk)
    for year in (2026, timezone.localdate().year):
        settings_of_rules.override_rule(
            cast.county, year, code, actor=officer, severity=severity, parameters=numbers, reason="So"
        )


def talk(cast, talker="甲书记", partner="戊同志", *, day=DAY, actor=None, content="", kind=""):
    known = people_on(cast.first, day, cast.secretary)
    both = read(talker, known), read(partner, known)
    entry = actions.Entry(*both, kind or kind_of(*both, known), content=content)
    return actions.record_talks(cast.first, day, "Room", [entry], actor=actor or cast.secretary)[0]


# --- reading who took part -----------------------------------------------------------------------------------------
def test_a_line_names_members_people_outside_and_groups(cast, register):
    found = read(" 甲书记、李四（村民代表） ，全体预备党员(12 人); 戊同志", register)
    assert found == [
        Party("甲书记", member_id=cast.people[0].pk), Party("李四", "村民代表"), Party("全体预备党员", count=12),
        Party("戊同志", member_id=cast.people[4].pk),
    ]  # fmt: skip
    assert [str(party) for party in found[1:3]] == ["李四（村民代表）", "全体预备党员（12人）"]
    assert read("李四（村民代表、组长）", register) == [Party("李四", "村民代表、组长")]


def test_a_name_that_the_register_does_not_know_is_no_guess(register):
    with pytest.raises(ValidationError, match="甲书纪"):
        read("甲书纪", register)


def test_only_who_was_in_the_register_of_that_day_is_known(cast):
    people.enrol("新同志", cast.first, since=DAY + timedelta(1))
    with pytest.raises(ValidationError):
        read("新同志", people_on(cast.first, DAY, cast.secretary))
    assert read("新同志", people_on(cast.first, DAY + timedelta(1), cast.secretary))


@pytest.mark.parametrize(
    ("talker", "partner", "kind"),
    [
        ("甲书记", "乙委员", "committee"),
        ("乙委员", "戊同志", "committee_and_member"),
        ("戊同志", "乙委员", "committee_and_member"),
        ("丙干事", "戊同志", "members"),
        ("王五（县委常委）", "甲书记", "leader_and_secretary"),
        ("甲书记", "李四（村民）", "secretary_and_served"),
        ("乙委员", "李四（村民）", "public"),
        ("王五（县委常委）", "戊同志", "public"),
    ],
)
def test_the_parties_tell_the_class(register, talker, partner, kind):
    assert kind_of(read(talker, register), read(partner, register), register) == kind


# --- recording -----------------------------------------------------------------------------------------------------
def test_one_talk_with_many_counts_once_and_its_persons_apart(cast):
    made = talk(cast, "甲书记", "戊同志、李四（村民）、全体预备党员（12人）")
    assert (Talk.objects.count(), made.persons) == (1, 14)
    assert (made.talkers, made.partners) == ("甲书记", "戊同志、李四（村民）、全体预备党员（12人）")
    assert [(party.leads, party.member_id, party.count) for party in made.parties.all()] == [
        (True, cast.people[0].pk, 1), (False, cast.people[4].pk, 1), (False, None, 1), (False, None, 12),
    ]  # fmt: skip
    assert (made.kind, made.recorded_by) == (TalkKind.SECRETARY_AND_SERVED, cast.secretary)


def test_history_and_audit_name_nobody(cast):
    put(cast, "F12-3")
    before = AuditEvent.objects.count()
    made = talk(cast, content="TALK-WORDS")
    told = [*History.objects.of(made), *AuditEvent.objects.order_by("pk")[before:]]
    assert told
    for entry in told:
        for word in ("戊同志", "TALK-WORDS"):
            assert word not in f"{entry.subject_label} {entry.note}"


@pytest.mark.parametrize(("who", "may"), [("secretary", True), ("clerk", True), ("committee_member", True),
                                          ("group_leader", False), ("member", False), ("officer", False)])  # fmt: skip
def test_who_records_talks(cast, who, may):
    actor = User.objects.get(pk=getattr(cast, who).pk)
    if may:
        assert talk(cast, actor=actor)
    else:
        with pytest.raises(PermissionDenied):
            talk(cast, actor=actor)


def test_what_makes_no_sense_is_refused_and_nothing_is_kept(cast, register):
    here = read("甲书记", register)
    good = actions.Entry(here, read("戊同志", register), "members")
    day = timezone.localdate() + timedelta(1)
    for held_on, entries in (
        (day, [good]), (DAY, [good, actions.Entry(here, here, "members")]), (DAY, [good, actions.Entry(here, [], "x")]),
        (DAY, [actions.Entry(here, good.partners, "unheard-of")]),
    ):  # fmt: skip
        with pytest.raises(ValidationError):
            actions.record_talks(cast.first, held_on, "", entries, actor=cast.secretary)
    assert not Talk.objects.exists()


# --- what was said -------------------------------------------------------------------------------------------------
def test_content_is_off_until_a_superior_wants_it(cast):
    with pytest.raises(ValidationError):
        talk(cast, content="TALK-WORDS")
    put(cast, "F12-3")
    assert talk(cast, content="TALK-WORDS").content.text == "TALK-WORDS"
    with pytest.raises(PermissionDenied):
        talk(cast, content="TALK-WORDS", actor=cast.clerk)


def test_content_is_read_by_its_writer_and_the_secretary_only(cast):
    put(cast, "F12-3")
    made = talk(cast, "乙委员", "戊同志", content="TALK-WORDS", actor=cast.committee_member)
    readers = {
        name
        for name, user in vars(cast).items()
        if isinstance(user, User) and TalkContent.objects.visible_to(User.objects.get(pk=user.pk)).exists()
    }
    assert readers == {"secretary", "committee_member"}
    assert Talk.objects.visible_to(User.objects.get(pk=cast.member.pk)).get() == made


def test_content_is_destroyed_after_a_year_and_the_talk_stays(cast):
    put(cast, "F12-3")
    talk(cast, content="TALK-WORDS")
    assert destroy_expired(DAY + timedelta(365)) == 0
    assert destroy_expired(DAY + timedelta(366)) == 1
    assert (Talk.objects.count(), TalkContent.objects.count()) == (1, 0)


def test_a_talk_made_void_is_no_longer_shown_to_its_parties(cast):
    made = talk(cast)
    actions.move(made, "void", actor=cast.secretary, note="Twice")
    assert not Talk.objects.visible_to(User.objects.get(pk=cast.member.pk)).exists()
    assert Talk.objects.visible_to(User.objects.get(pk=cast.secretary.pk)).get() == made


# --- occasions -----------------------------------------------------------------------------------------------------
def test_the_nearest_superior_words_the_occasions(cast):
    town = people.found("Town", "general_branch", cast.county)
    village = people.found("Village", "branch", town)
    assert triggers_of(village.path) == list(SHIPPED)
    officer = User.objects.get(pk=cast.officer.pk)
    actions.word_triggers(cast.county, ["One", " ", "Two ", "One"], actor=officer)
    actions.word_triggers(town, ["Three"], actor=officer)
    assert (triggers_of(village.path), triggers_of(cast.first.path)) == (["Three"], ["One", "Two"])
    actions.word_triggers(town, ["Four"], actor=officer)
    assert TriggerList.objects.get(organisation=town).wording == "Four"


def test_occasions_are_refused_where_they_make_no_sense(cast):
    officer = User.objects.get(pk=cast.officer.pk)
    for place, lines in ((cast.county, [" "]), (cast.county, ["x" * 61])):
        with pytest.raises(ValidationError):
            actions.word_triggers(place, lines, actor=officer)
    with pytest.raises(ValidationError, match="superior"):
        actions.word_triggers(cast.first, ["One"], actor=officer)
    with pytest.raises(PermissionDenied):
        actions.word_triggers(cast.county, ["One"], actor=cast.secretary)


# --- the page ------------------------------------------------------------------------------------------------------
def sent(rows, **more):
    data = {"held_on": "2026-03-02", "place": "Room", "row-TOTAL_FORMS": len(rows), "row-INITIAL_FORMS": 0, **more}
    for n, row in enumerate(rows):
        data |= {f"row-{n}-{name}": value for name, value in zip(("talkers", "partners", "kind"), row, strict=False)}
    return data


def test_ten_talks_of_an_evening_are_recorded_at_once(cast, client):
    client.force_login(cast.secretary)
    address = f"/talks/new/?organisation={cast.first.pk}"
    assert "row-9-partners" in client.get(address).content.decode()
    rows = [("甲书记", "戊同志"), ("", ""), ("甲书记", "乙委员"), ("丙干事", "戊同志", "public")]
    response = client.post(address, sent(rows))
    assert response.status_code == 302
    assert sorted(Talk.objects.values_list("kind", flat=True)) == ["committee", "committee_and_member", "public"]


def test_a_fault_says_which_name_and_keeps_what_was_typed(cast, client):
    client.force_login(cast.secretary)
    response = client.post(f"/talks/new/?organisation={cast.first.pk}", sent([("甲书记", "甲书纪"), ("甲书记", "")]))
    words = response.content.decode()
    assert response.status_code == 200
    assert words.count("甲书纪") > 1
    assert 'name="row-0-partners" value="甲书纪"' in words
    assert not Talk.objects.exists()
    assert "at least one line" in client.post(f"/talks/new/?organisation={cast.first.pk}", sent([])).content.decode()
