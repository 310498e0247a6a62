"""The life of a problem, restated from F28 and R16. A new row needs a second signature here."""

from datetime import timedelta

import pytest
from django.utils import timezone

from rectification.gathered import actions as commons
from rectification.models import CommonProblem, Pledge, Problem, Publication
from rectification.pledges import states as pledged
from rectification.problems import states
from rectification.publishing import states as published
from tests.rectification import board
from tests.rectification.promises import promised
from tests.rectification.rows import asked, moved, of_member, problem
from tests.workflow.tables import Life
from workflow import words

# from            move              to                who              and what else
PROBLEM = """
unclaimed         claim             underway          own+lead         for:enter_for
underway          request           closing_requested own+lead         for:enter_for named
returned          request           closing_requested own+lead         for:enter_for named
standing          request           closing_requested own+lead         for:enter_for named
closing_requested withdraw          underway          own+lead         for:enter_for when:was_underway
closing_requested withdraw          standing          own+lead         for:enter_for when:was_standing
closing_requested close             closed            verify           named
closing_requested close_by_assembly closed            lead             for:enter_for named when:may_go_to_assembly
closing_requested close_signed      closed            lead             for:enter_for named when:has_checker
unclaimed         close_at_once     closed            lead             for:enter_for named when:may_close_at_once
underway          close_at_once     closed            lead             for:enter_for named when:may_close_at_once
returned          close_at_once     closed            lead             for:enter_for named when:may_close_at_once
closing_requested send_back         returned          verify           named
closing_requested hold              standing          verify           named
unclaimed         void              void              lead+lead_above  note
underway          void              void              lead+lead_above  note
closing_requested void              void              lead+lead_above  note
returned          void              void              lead+lead_above  note
standing          void              void              lead+lead_above  note
closed            void              void              lead+lead_above  note when:is_imported
closed            void              void              lead_above       note when:is_verified
"""


def subjects(world):
    """Of branch, committee, member, one to be put right at once, one from a ledger and one that was kept up; each as far
    as a closing leaves its marks."""
    at_once = problem(world, at_once=True, responsible=world.people[2])
    rows = [asked(world, problem(world)), asked(world, problem(world, whose="committee")), at_once]
    rows += [asked(world, of_member(world, world.people[4])), *_second(world), problem(world, text="Imported")]
    rows += [moved(moved(asked(world, problem(world)), "hold", actor=world.officer), "request", actor=world.secretary)]
    marks = {"closed_on": timezone.localdate(), "verified_as": "superior", "evidence": "Evidence"}
    Problem.objects.update(**marks)
    Problem.objects.filter(text="Imported").update(verified_as="imported")
    return [Problem.objects.select_related("organisation").get(pk=row.pk) for row in rows]


def _second(world):
    """Of a branch without a committee, a member named to check."""
    first, other = world.siblings
    row = of_member(world, first, branch=world.second, actor=world.sibling)
    Problem.objects.filter(pk=row.pk).update(checker=other)
    return [row]


# from move   to     who     and what else
COMMON = """
open   close  closed arrange named
closed reopen open   arrange note
open   void   void   arrange note
"""


def common(world):
    made = CommonProblem(organisation=world.county)
    return [commons.save(made, actor=world.officer, text="Common", asks="")]


# from     move            to        who             and what else
PLEDGE = """
promised   accept          accepted  verify
promised   send_back       returned  verify          named
returned   hand_in         promised  own+lead        for:enter_for
accepted   publish         published lead            for:enter_for asked
published  keep            kept      verify          named
published  fail            unkept    verify          named
published  keep_by_meeting kept      lead            for:enter_for named when:is_branchs
published  fail_by_meeting unkept    lead            for:enter_for named when:is_branchs
promised   take_back       void      own             asked
returned   take_back       void      own             asked
promised   void            void      lead+lead_above note
returned   void            void      lead+lead_above note
accepted   void            void      lead+lead_above note
published  void            void      lead+lead_above note
"""


# from     move        to         who             and what else
PUBLICATION = """
draft      propose     proposed   record          for:enter_for
returned   propose     proposed   record          for:enter_for
proposed   take_back   draft      record          for:enter_for
proposed   review      reviewed   verify          named
proposed   send_back   returned   verify          named
reviewed   send_back   returned   verify          named
reviewed   approve     approved   verify          asked
approved   publish     public     record          for:enter_for asked
public     take_down   taken_down lead+lead_above note
draft      void        void       lead+lead_above note
returned   void        void       lead+lead_above note
proposed   void        void       lead+lead_above note
reviewed   void        void       lead+lead_above note
approved   void        void       lead+lead_above note
"""


def publications(world):
    board.on(world)
    return [board.drafted(world)]


def pledges(world):
    return [promised(world), promised(world, whose="branch", member=None, responsible=world.people[1])]


LIVES = [
    Life(Publication, "draft proposed returned reviewed approved public taken_down void", PUBLICATION, publications),
    Life(Pledge, "promised returned accepted published kept unkept void", PLEDGE, pledges),
    Life(CommonProblem, "open closed void", COMMON, common),
    Life(Problem, "unclaimed underway closing_requested closed returned standing void", PROBLEM, subjects),
]


def test_which_problems_are_owed_and_which_live_on():
    """Owed is what the branch has to act on; what waits for a verifier, or is kept up, is neither late nor closed."""
    assert set(states.OWED) == {"unclaimed", "underway", "returned"}
    assert set(states.LIVING) == {"unclaimed", "underway", "returned", "closing_requested", "standing"}
    assert set(states.CLOSINGS) == {move.name for move in states.PROBLEM_MOVES if move.target == "closed"}


def test_which_pledges_live_and_which_the_branch_reads():
    assert set(pledged.SHOWN_AT_HOME) == {"published", "kept", "unkept"}
    assert set(pledged.LIVING) == {"promised", "returned", "accepted", "published"}


def test_which_publications_are_worded_which_are_under_way_and_which_were_public():
    assert set(published.WORDED) == {"draft", "returned"}
    assert set(published.BEFORE) == {"draft", "returned", "proposed", "reviewed", "approved"}
    assert set(published.ONCE_PUBLIC) == {"public", "taken_down"}


def test_which_rows_meet_the_conditions_of_moves(world):
    branch, team, at_once, own, signed, imported, standing = subjects(world)
    assert standing.was_standing and not standing.was_underway and branch.was_underway and not branch.was_standing
    assert imported.is_imported and not imported.is_verified and branch.is_verified and not branch.is_imported
    closed = [Problem(state="closed", verified_as=ground).takes_deeds for ground in ("imported", "superior")]
    assert closed == [True, False]
    assert problem(world).takes_deeds and not asked(world, problem(world)).takes_deeds
    assert [row.may_go_to_assembly for row in (branch, team, at_once, own, signed)] == [True, False, True, False, True]
    assert [row.may_close_at_once for row in (branch, team, at_once, own, signed)] == [False, False, True, False, False]
    assert [row.has_checker for row in (branch, own, signed)] == [False, False, True]
    team.at_once = True
    assert not team.may_close_at_once, "what is the committee's its superior verifies"


def test_a_post_that_has_ended_is_no_committee(world):
    from branches.models import Post

    own = of_member(world, world.people[4])
    assert not own.is_without_committee
    Post.objects.filter(kind="discipline").update(until=timezone.localdate() - timedelta(1))
    assert Problem.objects.get(pk=own.pk).is_without_committee


@pytest.mark.parametrize("name", ["create", "recheck"])
def test_where_a_deed_has_a_word_of_its_own_for_problems_that_is_told(name):
    assert str(words.told(name, "rectification.problem")) not in (name, str(words.told(name)))
