"""A visit written down, sent twice over a bad line, corrected, made void; what falls short is to be made up."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from appraisals.models import MakeupItem, Round, Visit, VisitLine
from appraisals.rounds.actions import makeup
from appraisals.supervision.actions import checklists, visits
from appraisals.supervision.actions.visits import Behind, Found
from appraisals.supervision.checklists import SHIPPED
from appraisals.supervision.models.visits import Result
from appraisals.supervision.offered import checklist_of, offered
from branches.models import User
from branches.rights import Office
from figures.models import Summary
from tests import cast
from tests.appraisals.supervision.rows import entry, visit
from workflow.actors import SYSTEM
from workflow.models import History
from workflow.moves import MoveNotAllowed, NoteRequired


def seen_by(user):
    return set(Visit.objects.visible_to(User.objects.get(pk=user.pk)))


def number(world, **period):
    return Summary.objects.filter(organisation=world.first, **period).values_list("n10", "n11").first()


def test_a_draft_is_its_writers_alone_and_what_was_submitted_the_branchs_and_the_superiors(world):
    draft = visit(world, submit=False)
    everybody = [getattr(world, name) for name in ("secretary", "clerk", "committee_member", "member", "officer",
                                                   "liaison", "sibling", "stranger", "sysadmin", "secadmin", "auditor")]  # fmt: skip
    assert seen_by(world.supervisor) == {draft}
    assert not any(seen_by(user) for user in everybody)
    visits.rewrite(draft, entry(world), actor=world.supervisor, seen=1, submit=True)
    readers = {user.username for user in everybody if seen_by(user)}
    assert readers == {"secretary", "committee_member", "officer", "liaison"}


def test_a_discarded_draft_is_never_told(world):
    draft = visit(world, submit=False)
    visits.move(draft, "discard", actor=world.supervisor)
    assert not seen_by(world.officer) and not seen_by(world.secretary)


def test_what_falls_short_becomes_an_item_of_the_branchs_stage_with_clause_and_day(world):
    made = visit(world)
    item = MakeupItem.objects.get()
    assert (item.organisation, item.round, item.stage.position) == (world.first, world.round, 1)
    assert item.due_on == made.due_on
    assert str(made.visited_on) in item.clause and made.list_name in item.clause
    assert item.what.endswith("：Two members left out")
    assert VisitLine.objects.get(item=item).code == "talks"
    makeup.move(item, "make_up", actor=world.secretary, note="Held on Friday")
    makeup.move(item, "close", actor=world.supervisor)
    assert MakeupItem.objects.get().state == "closed"


def test_what_is_to_be_made_up_needs_a_round_a_day_and_the_right_to_ask(world):
    for gap in ({"round": None}, {"due_on": None}):
        with pytest.raises(ValidationError):
            visit(world, entry_=entry(world, **gap))
    with pytest.raises(PermissionDenied):
        visit(world, actor=world.liaison)
    short = Found("talks", "short", "Two members left out")
    assert visit(world, actor=world.liaison, entry_=entry(world, short)).state == "submitted"
    assert not MakeupItem.objects.exists() and Visit.objects.count() == 1


@pytest.mark.parametrize(
    ("found", "facts"),
    [
        ((Found("talks", "short", " "),), {}),
        ((Found("talks"),), {"comments": " ", "opinion": ""}),
        ((Found("talks", "reached"),), {"visited_on": timezone.localdate() + timedelta(1)}),
    ],
)
def test_a_record_that_says_nothing_or_lies_ahead_is_not_handed_over(world, found, facts):
    with pytest.raises(ValidationError) as refused:
        visit(world, entry_=entry(world, *found, **facts))
    assert refused.value.messages and not Visit.objects.exists()


@pytest.mark.parametrize(
    ("found", "facts"),
    [
        (Found("talks", "reached"), {"comments": "", "opinion": ""}),
        (Found("talks"), {"comments": "Words", "opinion": ""}),
        (Found("talks"), {"comments": "", "opinion": "Words"}),
    ],
)
def test_one_thing_said_is_enough(world, found, facts):
    made = visit(world, entry_=entry(world, found, **facts))
    assert made.state == "submitted"
    assert list(made.found_lines.values_list("position", flat=True)) == [1, 2, 3, 4, 5]


def test_the_field_that_is_wrong_is_named(world):
    tomorrow, other = timezone.localdate() + timedelta(1), Round.objects.create(
        organisation=world.second, name="Other", year=2026, roster_on=timezone.localdate(), due_on=timezone.localdate()
    )  # fmt: skip
    for facts, field in (({"visited_on": tomorrow}, "visited_on"), ({"round": other}, "round")):
        with pytest.raises(ValidationError) as refused:
            visit(world, entry_=entry(world, **facts))
        assert list(refused.value.message_dict) == [field]


def test_it_is_a_draft_unless_it_is_handed_over_and_its_writer_acts_by_the_office_that_oversees(world):
    cast.grants.grant(world.supervisor, actor=SYSTEM, organisation=world.first, office="secretary", since=cast.SINCE)
    writer = User.objects.get(pk=world.supervisor.pk)
    made = visits.write(world.first, SHIPPED["five"], entry(world), actor=writer, client_key=uuid4())
    assert made.state == "draft"
    visits.rewrite(made, entry(world), actor=writer, seen=1, submit=True)
    told = History.objects.of(made).values_list("move", "acted_as")
    assert set(told) == {(move, f"County committee {Office.SUPERVISOR.label}") for move in ("create", "submit")}


def test_what_is_to_be_made_up_fits_its_column(world):
    visit(world, entry_=entry(world, Found("talks", "short", "长" * 300, True)))
    assert len(MakeupItem.objects.get().what) == 300


def test_only_whoever_oversees_a_branch_visits_it(world):
    for user in (world.secretary, world.member, world.stranger, world.sysadmin):
        with pytest.raises(PermissionDenied):
            visit(world, actor=user)
    with pytest.raises(ValidationError):
        visit(world, branch=world.county)


def test_a_form_sent_twice_makes_one_record(world):
    key = uuid4()
    first = visit(world, key=key)
    assert visit(world, key=key) == first
    assert (Visit.objects.count(), MakeupItem.objects.count()) == (1, 1)
    assert History.objects.of(first).count() == 2
    with pytest.raises(Behind):
        visit(world, key=key, entry_=entry(world, comments="Other words"))
    with pytest.raises(Behind):
        visit(
            world, key=key, entry_=entry(world, Found("talks", "short", "Others", True), Found("opinions", "reached"))
        )
    assert Visit.objects.get().comments == "COMMENT-OF-VISIT"


def test_a_draft_whose_answer_was_lost_is_gone_on_with(world):
    key = uuid4()
    draft = visit(world, key=key, submit=False)
    assert visit(world, key=key, entry_=entry(world, comments="More words")) == draft
    assert (Visit.objects.get().state, Visit.objects.get().comments) == ("submitted", "More words")
    with pytest.raises(Behind):
        visit(world, key=key, submit=False)


def test_a_draft_saved_from_another_window_is_not_written_over(world):
    draft = visit(world, submit=False)
    visits.rewrite(draft, entry(world, comments="Second"), actor=world.supervisor, seen=1)
    with pytest.raises(Behind):
        visits.rewrite(draft, entry(world, comments="Third"), actor=world.supervisor, seen=1)
    assert (Visit.objects.get().comments, Visit.objects.get().version, draft.version) == ("Second", 2, 2)
    with pytest.raises(PermissionDenied):
        visits.rewrite(draft, entry(world), actor=world.officer, seen=2)


def test_what_was_submitted_is_corrected_beside_it_and_its_items_go_over(world):
    both = (Found("talks", "short", "Two left out", True), Found("materials", "short", "Thin", True))
    old = visit(world, entry_=entry(world, *both))
    with pytest.raises(MoveNotAllowed):
        visits.rewrite(old, entry(world), actor=world.supervisor, seen=1)
    with pytest.raises(NoteRequired):
        visits.correct(old, entry(world), actor=world.supervisor, client_key=uuid4(), reason=" ")
    key = uuid4()
    told = {"actor": world.supervisor, "client_key": key, "reason": "The materials were there"}
    new = visits.correct(old, entry(world), **told)
    assert visits.correct(old, entry(world), **told) == new
    with pytest.raises(Behind):
        visits.correct(old, entry(world, comments="Other words"), **told)
    old.refresh_from_db()
    assert (old.state, new.state, new.corrects) == ("replaced", "submitted", old)
    assert set(MakeupItem.objects.values_list("visit_lines__code", "state")) == {
        ("talks", "open"),
        ("materials", "void"),
    }
    assert old.found_lines.get(code="materials").evidence == "Thin"
    assert number(world, round_key=world.round.pk)[0] == 1


def test_a_void_record_counts_no_more_and_takes_its_items_back(world):
    made = visit(world)
    year = made.visited_on.year
    assert (number(world, round_key=world.round.pk)[0], number(world, year=year)[1]) == (1, 1)
    visits.move(made, "void", actor=world.officer, note="The wrong branch")
    assert (number(world, round_key=world.round.pk)[0], number(world, year=year)[1]) == (0, 0)
    assert MakeupItem.objects.get().state == "void"


def test_the_secretary_acknowledges_what_was_submitted(world):
    made = visit(world)
    assert list(Visit.objects.awaiting(world.secretary)) == [made]
    visits.move(made, "acknowledge", actor=world.secretary)
    made.refresh_from_db()
    assert (made.state, made.acknowledged_on) == ("acknowledged", timezone.localdate())
    assert not Visit.objects.awaiting(world.secretary)


def test_the_nearest_superiors_checklist_is_offered_before_ours(world):
    checklists.word(world.county, "Local", ["One", "Two", "One"], actor=world.officer)
    names = [str(one.name) for one in offered(world.first, timezone.localdate(), world.supervisor)]
    assert names[0] == "Local" and len(names) == 6
    own = offered(world.first, timezone.localdate(), world.supervisor)[0]
    made = visits.write(world.first, own, entry(world, Found("2", Result.REACHED)), actor=world.supervisor,
                        client_key=uuid4(), submit=True)  # fmt: skip
    checklists.word(world.county, "Local", ["Three"], actor=world.officer)
    assert [line.words for line in made.found_lines.all()] == ["One", "Two"]
    assert made.list_name == checklist_of(made).name == "Local"
    assert checklist_of(visit(world)).name == str(SHIPPED["five"].name)
    offers = offered(world.first, timezone.localdate(), world.supervisor)
    assert [str(one.name) for one in offers].count("Local") == 1


def test_checklists_are_laid_down_above_branches_by_whoever_arranges_them(world):
    for user, place in ((world.supervisor, world.county), (world.secretary, world.first)):
        with pytest.raises(PermissionDenied):
            checklists.word(place, "Local", ["One"], actor=user)
    for lines in ([], ["x" * 101], ["One"] * 0):
        with pytest.raises(ValidationError):
            checklists.word(world.county, "Local", lines, actor=world.officer)
    with pytest.raises(ValidationError):
        checklists.word(world.first, "Local", ["One"], actor=world.officer)
