"""The denominators of a sitting against a second statement of users.md F8, by brute force over small dated registers."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import product

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from branches.models import Exemption, Member, Relation, RightsLimit, Standing
from meetings import actions
from meetings.decisions.entries import LeftOut, Motion, Voters
from meetings.due import due_at
from meetings.models import Decision, Meeting
from meetings.quorum import Count
from tests.cast import entry

DAY = date(2026, 3, 2)
SPANS = [None, *((a, b) for a, b in product((-1, 0, 1), (-1, 0, 1, None)) if b is None or a <= b)]
patient = settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)


@dataclass(frozen=True)
class Person:
    """Spans of days about the meeting, both included, None for no such fact: what holds of one member of the branch."""

    belongs: tuple | None
    formal: tuple | None
    limited: tuple | None
    exempt: tuple | None
    came: bool
    left_out: bool


people = st.builds(Person, *(st.sampled_from(SPANS) for _ in range(4)), came=st.booleans(), left_out=st.booleans())


# --- the second statement: F8 in words, over one day --------------------------------------------------------------------
def on_the_day(span):
    return span is not None and span[0] <= 0 and (span[1] is None or span[1] >= 0)


def stated(register):
    """应参加; 应到会有表决权 of an ordinary decision; the same at an election, where those with consent who stayed away
    are not counted."""
    here = [p for p in register if on_the_day(p.belongs)]
    called = [p for p in here if p.came or not on_the_day(p.exempt)]
    voters = [p for p in here if on_the_day(p.formal) and not on_the_day(p.limited)]
    return len(called), len(voters), len([p for p in voters if p.came or not p.left_out])


# --- the rows ---------------------------------------------------------------------------------------------------------
def enrolled(branch, register):
    """The register as rows; who has no relation at all is no member of it."""
    members = Member.objects.bulk_create(Member(name=f"党员{place}") for place, _person in enumerate(register))
    rows = list(zip(members, register, strict=True))
    for model, name, facts in (
        (Relation, "belongs", {"organisation": branch, "kind": "formal"}),
        (Standing, "formal", {"category": "formal"}),
        (RightsLimit, "limited", {"reason": "Warned"}),
        (Exemption, "exempt", {"reason": "Old", "approved_by": "Branch"}),
    ):
        spans = [(member, getattr(person, name)) for member, person in rows]
        model.objects.bulk_create(
            model(member=member, since=DAY + timedelta(span[0]),
                  until=None if span[1] is None else DAY + timedelta(span[1]), **facts)
            for member, span in spans if span
        )  # fmt: skip
    return rows


@pytest.mark.django_db
@patient
@given(register=st.lists(people, max_size=5))
def test_the_denominators_are_those_of_the_day(cast, register):
    rows = enrolled(cast.third, register)
    meeting = Meeting(
        organisation=cast.third, form="general_meeting", started_at=timezone.make_aware(datetime(2026, 3, 2, 9))
    )
    listed = {due.member_id for due in due_at(meeting, DAY)}
    ticks = {
        member.pk: ("present", "") if person.came else ("on_leave", "Ill")
        for member, person in rows
        if member.pk in listed and (person.came or not on_the_day(person.exempt))
    }
    out = [LeftOut(member.pk, "bedridden", "County", DAY, "", "Agreed") for member, person in rows if person.left_out]
    motions = [Motion(name, name, yes=0, no=0, abstain=0) for name in ("ordinary", "election", "admission", "disposal")]
    typed = replace(entry(cast.people), ticks=ticks, motions=motions, left_out=out)
    meeting = actions.save(meeting, typed, actor=cast.stranger_secretary)
    due, voting, at_election = stated(register)
    decided = {row.business: row.due for row in Decision.objects.filter(meeting=meeting)}
    assert (meeting.due, meeting.voting_due) == (due, voting)
    assert decided == {"ordinary": voting, "admission": voting, "election": at_election, "disposal": at_election}
    assert meeting.present == sum(person.came for _m, person in rows if on_the_day(person.belongs))
    meeting.delete()
    for facts in (Relation, Standing, RightsLimit, Exemption):
        facts.objects.filter(member__in=[member for member, _person in rows]).delete()


@pytest.fixture
def cast(cast):
    """With somebody who keeps the records of the branch that has no other members."""
    from tests.cast import account

    cast.stranger_secretary = account("third_secretary", office="secretary", organisation=cast.third)
    return cast


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    st.frozensets(st.integers(0, 9)), st.frozensets(st.integers(0, 9)), st.frozensets(st.integers(0, 12)),
    st.sampled_from(["election", "disposal", "ordinary", "committee"]),
)  # fmt: skip
def test_only_voters_who_stayed_away_are_left_out(due, came, out, business):
    came &= due
    reduced = business in ("election", "disposal")
    expected = [one for one in due if one in came or one not in out or not reduced]
    assert Voters(due, came).due_for(business, out) == len(expected)


def test_398_in_the_register_and_308_there_called_99_percent_leaves_three_answers():
    """004h: whoever reads only the share cannot say how many were freed; 310 to 312 were due, and none of it is stated."""
    answers = []
    for freed in range(398 - 308 + 1):
        lines = [("present", True, True)] * 308 + [("on_leave", False, True)] * freed
        lines += [("absent", True, True)] * (398 - 308 - freed)
        count = Count.over(lines)
        assert (count.listed, count.due, count.voting_due) == (398, 398 - freed, 398)  # who is freed keeps the vote
        if 985 * count.due <= 1000 * count.present < 995 * count.due:
            answers.append((count.due, count.freed))
    assert answers == [(312, 86), (311, 87), (310, 88)]
