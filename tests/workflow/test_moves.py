"""The engine behind every workflow: compare-and-set, notes, proxies, who may not decide on himself, what is told."""

import pytest
from django.core.exceptions import PermissionDenied

from branches.actions import grants
from branches.models import User
from branches.rights import Right
from meetings import actions as meetings
from meetings.models import Meeting
from tests.cast import SINCE, entry
from tests.workflow.actors import Almighty, Holding
from workflow.actors import SYSTEM
from workflow.models import History
from workflow.moves import Move, MoveNotAllowed, NoteRequired, available_moves, make_move, make_moves


@pytest.fixture
def meeting(world):
    return world.meeting


def told(subject):
    return History.objects.of(subject)


def test_of_two_at_once_one_wins_and_the_other_is_told_so(meeting, world):
    stale = Meeting.objects.get(pk=meeting.pk)
    make_move(meeting, "accept", actor=world.officer)
    before = told(meeting).count()
    with pytest.raises(MoveNotAllowed) as refusal:
        make_move(stale, "send_back", actor=world.supervisor, note="Because")
    assert str(refusal.value)
    assert told(meeting).count() == before
    assert Meeting.objects.get(pk=meeting.pk).state == "filed"


def test_a_lost_race_changes_no_other_column(meeting, world):
    stale = Meeting.objects.get(pk=meeting.pk)
    make_move(meeting, "accept", actor=world.officer)
    with pytest.raises(MoveNotAllowed):
        make_move(stale, "accept", actor=world.supervisor, theme="Overwritten")
    assert Meeting.objects.get(pk=meeting.pk).theme == "Life"
    assert stale.state == "submitted"


def test_what_an_instance_says_of_itself_counts_for_nothing(meeting):
    """A form has already written onto its instance; the guard looks at the database."""
    meeting.state = "draft"
    with pytest.raises(MoveNotAllowed):
        make_move(meeting, "submit", actor=Almighty())
    assert Meeting.objects.get(pk=meeting.pk).state == "submitted"


def test_the_right_is_asked_before_the_state(meeting):
    with pytest.raises(PermissionDenied):
        make_move(meeting, "void", actor=Holding(Right.ACCEPT), note="Because")
    with pytest.raises(PermissionDenied):
        make_move(meeting, "unheard_of", actor=Holding(Right.ACCEPT))


def test_a_move_of_another_table_does_not_exist(meeting):
    with pytest.raises((MoveNotAllowed, PermissionDenied)):
        make_move(meeting, "suggest", actor=Almighty(), note="Because")


def test_a_proxy_is_named_with_whom_it_entered_for(meeting):
    meeting.MOVES = (Move("accept", "submitted", "filed", (Right.LEAD,), by_proxy=(Right.ENTER_FOR,)),)
    assert available_moves(meeting, Holding(Right.OVERSEE)) == []
    make_move(meeting, "accept", actor=Holding(Right.ENTER_FOR))
    assert told(meeting).last().entered_for == "First branch"


def test_whoever_holds_the_right_himself_enters_for_nobody(meeting):
    meeting.MOVES = (Move("accept", "submitted", "filed", (Right.LEAD,), by_proxy=(Right.ENTER_FOR,)),)
    make_move(meeting, "accept", actor=Holding(Right.LEAD, Right.ENTER_FOR))
    assert told(meeting).last().entered_for == ""


def test_whoever_made_the_named_move_last_may_not_make_this_one(meeting, world):
    same = Almighty(key=world.secretary.actor_key)
    with pytest.raises(PermissionDenied):
        make_move(meeting, "accept", actor=same)
    assert "accept" not in [move.name for move in available_moves(meeting, same)]
    make_move(meeting, "withdraw", actor=same)
    make_move(meeting, "submit", actor=Almighty(key="user:other"))
    make_move(meeting, "accept", actor=same)  # another one has submitted it since


def test_a_condition_of_the_subject_closes_the_move(meeting):
    assert meeting.is_accepted_singly
    with pytest.raises(MoveNotAllowed):
        make_move(meeting, "file", actor=Almighty())


def test_buttons_are_the_moves_that_can_be_made(world):
    def names(subject, user):
        return {move.name for move in available_moves(subject, user)}

    assert names(world.meeting, world.officer) == {"accept", "send_back"}
    assert names(world.meeting, world.secretary) == {"withdraw"}
    assert names(world.meeting, world.liaison) == names(world.meeting, world.sysadmin) == set()
    assert names(world.draft_meeting, world.clerk) == set()
    assert names(world.material, world.secretary) == {"suggest", "send_back", "accept"}
    assert names(world.secretary_material, world.officer) == set()  # not handed in yet
    assert names(world.round, world.officer) == {"close"}


def test_the_history_tells_as_whom_one_acted(meeting, world):
    make_move(meeting, "accept", actor=world.officer)
    entry = told(meeting).last()
    assert (entry.actor_key, entry.actor_label) == (world.officer.actor_key, "officer")
    assert "County committee" in entry.acted_as
    assert (entry.organisation_key, entry.organisation_path) == (str(world.first.pk), world.first.path)


def test_a_failed_move_leaves_no_trace(meeting, world, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("workflow.moves.record", broken)
    with pytest.raises(RuntimeError):
        make_move(Meeting.objects.get(pk=meeting.pk), "accept", actor=world.officer)
    assert Meeting.objects.get(pk=meeting.pk).state == "submitted"


def test_a_move_is_plain_unless_its_row_says_otherwise():
    move = Move("file", "draft", "filed", ("lead",))
    assert (move.severity, move.primary, move.needs_note, move.when, move.not_by, move.by_proxy) == (
        1, False, False, "", "", (),
    )  # fmt: skip


def test_the_history_tells_from_where_to_where_why_and_by_which_office(meeting, world):
    grants.grant(world.officer, actor=SYSTEM, organisation=world.county, office="liaison", since=SINCE)
    officer = User.objects.get(pk=world.officer.pk)  # his offices are read once a request
    make_move(meeting, "send_back", actor=officer, note=" Add the place. ")
    entry = told(meeting).last()
    assert (entry.source, entry.target, entry.note, entry.entered_for) == (
        "submitted",
        "returned",
        "Add the place.",
        "",
    )
    assert "组织员" in entry.acted_as and "联络员" not in entry.acted_as


@pytest.mark.parametrize(("label", "words"), [("", "请填写理由。"), ("销号依据", "请填写：销号依据")])
def test_what_is_wanting_is_called_by_its_name(meeting, label, words):
    meeting.MOVES = (Move("accept", "submitted", "filed", (Right.ACCEPT,), needs_note=True, note_label=label),)
    with pytest.raises(NoteRequired) as refusal:
        make_move(meeting, "accept", actor=Holding(Right.ACCEPT), note=" ")
    assert str(refusal.value) == words


# --- many at once -------------------------------------------------------------------------------------------------------
@pytest.fixture
def pair(world):
    """Two records handed in, of the first branch and of its sibling."""
    other = meetings.save(
        Meeting(organisation=world.second, form="theme_day"), entry(world.siblings), actor=world.sibling
    )
    Meeting.objects.filter(pk=other.pk).update(state="submitted")
    return [Meeting.objects.get(pk=key) for key in (world.meeting.pk, other.pk)]


def by(*moves):
    """A table of these moves, for both."""

    def given(pair):
        for one in pair:
            one.MOVES = moves
        return pair

    return given


ACCEPT = Move("accept", "submitted", "filed", (Right.ACCEPT,), by_proxy=(Right.ENTER_FOR,))


def test_one_move_on_many_is_made_and_told_of_each(pair):
    assert make_moves(by(ACCEPT)(pair), "accept", actor=Holding(Right.ACCEPT), note=" So ", theme="New") == pair
    for one in pair:
        assert one.state == "filed"
        assert Meeting.objects.filter(pk=one.pk, state="filed", theme="New").exists()
        last = told(one).last()
        assert (last.move, last.source, last.target, last.note) == ("accept", "submitted", "filed", "So")
        assert last.entered_for == ""


def test_one_move_on_one_and_on_none(pair):
    (first, _other) = by(ACCEPT)(pair)
    assert make_moves([first], "accept", actor=Almighty()) == [first]
    assert make_moves([], "accept", actor=Almighty()) == []


def test_of_many_those_in_another_state_stay(pair):
    first, other = by(ACCEPT)(pair)
    Meeting.objects.filter(pk=first.pk).update(state="returned")  # since it was read
    assert make_moves([first, other], "accept", actor=Almighty(), theme="New") == [other]
    first.refresh_from_db()
    assert (first.state, first.theme, told(first).filter(move="accept").exists()) == ("returned", "Life", False)
    assert make_moves([first], "accept", actor=Almighty()) == []


def test_of_many_those_whose_condition_does_not_hold_stay(pair):
    singly = Move("accept", "submitted", "filed", (Right.ACCEPT,), when="is_accepted_singly")
    made = make_moves(by(singly)(pair), "accept", actor=Almighty())
    assert {one.pk for one in made} == {one.pk for one in pair if one.is_accepted_singly}


def test_of_many_nobody_moves_what_he_may_not(pair):
    assert make_moves(by(ACCEPT)(pair), "accept", actor=Holding(Right.LEAD)) == []
    assert {Meeting.objects.get(pk=one.pk).state for one in pair} == {"submitted"}


def test_whoever_moves_many_for_their_branches_is_told_as_such(pair):
    make_moves(by(ACCEPT)(pair), "accept", actor=Holding(Right.ENTER_FOR))
    assert [told(one).last().entered_for for one in pair] == ["First branch", "Second branch"]


def test_the_history_of_many_tells_as_whom_one_acted(pair, world):
    make_moves(by(ACCEPT)(pair), "accept", actor=world.supervisor)
    (acted_as,) = {told(one).last().acted_as for one in pair}
    assert "County committee" in acted_as


def test_a_move_on_many_with_a_note_wants_it_and_none_looks_back(pair):
    noted = Move("accept", "submitted", "filed", (Right.ACCEPT,), needs_note=True)
    with pytest.raises(NoteRequired):
        make_moves(by(noted)(pair), "accept", actor=Almighty(), note=" ")
    assert len(make_moves(pair, "accept", actor=Almighty(), note="Because")) == 2
    with pytest.raises(ValueError, match="one by one"):
        make_moves(
            by(Move("accept", "filed", "void", (Right.ACCEPT,), not_by="submit"))(pair), "accept", actor=Almighty()
        )
