"""The life of a meeting record, restated from docs/rights.md and F13: filed on submission, only kinds the rule set names are
accepted one by one. A new row in the move table needs a second signature here."""

from datetime import date
from functools import partial

import pytest
from django.core.exceptions import ValidationError

from meetings import actions
from meetings.frequency import actions as frequency
from meetings.kinds import Form
from meetings.models import FormExemption, Meeting, Minutes, NotesCheck, OwnForm, Talk
from meetings.notes import actions as notes
from meetings.own_forms import actions as own_forms
from meetings.states import HELD, PLAN_MOVES, PLANS, UPCOMING, WORDED, State
from meetings.talks import actions as talks
from meetings.talks.parties import Party
from tests import cast as people
from tests.workflow.tables import Life, put
from workflow.models import History
from workflow.moves import MoveNotAllowed

SUPERIOR_ACCEPTS = {"org_life_meeting"}

# from      move      to        who                and what else
MEETING = """
planned     announce  announced lead+lead_group    asked
announced   reschedule announced lead+lead_group   note silent
planned     begin     draft     record             when:has_come
announced   begin     draft     record             when:has_come
planned     cancel    cancelled lead+lead_group    note asked
announced   cancel    cancelled lead+lead_group    note asked
draft       submit    submitted lead+lead_group    when:is_accepted_singly
returned    submit    submitted lead+lead_group    when:is_accepted_singly
draft       file      filed     lead+lead_group    asked when:is_filed_on_submission
returned    file      filed     lead+lead_group    asked when:is_filed_on_submission
submitted   withdraw  draft     lead+lead_group    when:was_never_filed
filed       revise    returned  lead+lead_group    note silent
submitted   accept    filed     accept             never:submit
submitted   send_back returned  accept             note never:submit
filed       send_back returned  accept             note never:file when:is_filed_on_submission
draft       void      void      lead+lead_group    note asked
returned    void      void      lead+lead_group    note asked
"""


EXEMPTION = """
in_force    end       ended     arrange            note
"""


def exempted(world):
    """The first branch, from theme days of that year."""
    facts = {"since": date(2026, 1, 1), "until": None, "reason": "Flood"}
    return frequency.exempt(world.first, "theme_day", actor=world.officer, **facts)


def written(world, form):
    """A record of this form, complete."""
    group = world.group if form == "group_meeting" else None
    meeting = Meeting(organisation=world.first, form=form, group=group)
    members = world.people[3:] if group else world.people
    return actions.save(meeting, people.entry(members, theme=form), actor=world.secretary)


LAID_DOWN = """
in_use      end    ended     arrange
ended       resume in_use    arrange
"""
# from  move  to    who     and what else
TALK = "held void void record note asked"


def talk_of(world):
    there = [Party(person.name, member_id=person.pk) for person in world.people[:2]]
    entry = talks.Entry(there[:1], there[1:], "committee")
    return talks.record_talks(world.first, date(2026, 3, 2), "", [entry], actor=world.secretary)


# from  move  to    who     and what else
NOTES = "standing void void record note asked"


def notes_of(world):
    return [notes.open_check(world.first, notes.Facts(date(2026, 3, 2), "Notes"), actor=world.secretary)]


LIVES = [
    Life(
        Meeting,
        "planned announced cancelled draft submitted returned filed void",
        MEETING,
        lambda world: (written(world, form) for form in Form),
        begins="draft",
    ),
    Life(
        OwnForm,
        "in_use ended",
        LAID_DOWN,
        lambda world: [own_forms.lay_down(world.county, "恳谈会", "other", "", actor=world.officer)],
    ),
    Life(FormExemption, "in_force ended", EXEMPTION, lambda world: [exempted(world)]),
    Life(Talk, "held void", TALK, talk_of),
    Life(NotesCheck, "standing void", NOTES, notes_of),
]


@pytest.fixture
def record(world):
    return partial(written, world)


def test_its_words_are_read_by_others_while_it_is_handed_in_or_filed():
    assert {"submitted", "filed"} == WORDED
    assert {"submitted", "filed", "returned"} == HELD
    assert {"planned", "announced", "cancelled"} == PLANS
    assert {"planned", "announced"} == UPCOMING
    assert {"announce", "reschedule", "cancel", "begin"} == PLAN_MOVES


def test_only_the_kinds_that_the_rule_set_names_wait_for_the_superior():
    assert {form for form in Form if Meeting(form=form).is_accepted_singly} == SUPERIOR_ACCEPTS


@pytest.mark.parametrize("state", [State.SUBMITTED, State.FILED, State.VOID])
def test_a_record_that_is_handed_in_is_not_edited(world, record, state):
    meeting = put(record("general_meeting"), state)
    with pytest.raises(MoveNotAllowed):
        actions.save(meeting, people.entry(world.people, theme="Otherwise"), actor=world.secretary, seen=1)
    assert Meeting.objects.get(pk=meeting.pk).theme == "general_meeting"


def test_a_record_filed_meanwhile_is_not_written_over(world, record):
    meeting = record("general_meeting")
    opened = Meeting.objects.get(pk=meeting.pk)
    actions.move(meeting, "file", actor=world.secretary)
    entry = people.entry(world.people, theme="Otherwise")
    with pytest.raises((actions.Stale, MoveNotAllowed)):
        actions.save(opened, entry, actor=world.clerk, seen=opened.version)
    kept = Meeting.objects.get(pk=meeting.pk)
    assert (kept.theme, kept.state) == ("general_meeting", "filed")


def test_of_two_who_save_the_second_is_told_and_nothing_of_his_is_mixed_in(world, record):
    meeting = record("general_meeting")
    first, second = (Meeting.objects.get(pk=meeting.pk) for _ in range(2))
    actions.save(first, people.entry(world.people, theme="First"), actor=world.clerk, seen=1)
    entry = people.entry(world.people, theme="Second")
    with pytest.raises(actions.Stale):
        actions.save(
            second, actions.Entry(entry.facts, ("Other",), entry.ticks, (), "OTHER"), actor=world.secretary, seen=1
        )
    kept = Meeting.objects.get(pk=meeting.pk)
    assert (kept.theme, kept.version) == ("First", 2)
    assert Minutes.objects.get(meeting=kept).text == "SPOKEN-WORDS"
    assert [item.text for item in kept.agenda.all()] == ["One", "Two"]


@pytest.mark.parametrize("version", ["", "0", "-1", "99999999999999999999", "x"])
def test_a_tampered_version_is_no_fault_of_ours_and_overwrites_nothing(client, world, version):
    client.force_login(world.clerk)
    data = {"theme": "Otherwise", "started_at": "2026-03-03 09:00", "minutes_original": "system", "save": "draft"}
    response = client.post(f"/meetings/{world.draft_meeting.pk}/edit/", {**data, "version": version})
    assert response.status_code in (200, 409)
    assert Meeting.objects.get(pk=world.draft_meeting.pk).theme == "Draft"


def test_what_is_missing_is_said_and_the_record_stays_a_draft(world, record):
    meeting = record("general_meeting")
    meeting.agenda.all().delete()
    told = History.objects.of(meeting).count()
    with pytest.raises(ValidationError):
        actions.move(meeting, "file", actor=world.secretary)
    assert Meeting.objects.get(pk=meeting.pk).state == "draft"
    assert History.objects.of(meeting).count() == told


def test_handing_in_tells_when_and_raises_the_version(world, record):
    meeting = record("general_meeting")
    actions.move(meeting, "file", actor=world.secretary)
    kept = Meeting.objects.get(pk=meeting.pk)
    assert kept.submitted_at and kept.version == 2
