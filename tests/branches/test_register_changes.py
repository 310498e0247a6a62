"""The register of every day after random changes by hand, against a plain model of the same rules.

The model keeps spells as lists of days and knows nothing of rows; where it says no, the action must say no as well.
"""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from branches.actions import corrections, leaving, members, structure, transfers
from branches.models import Organisation, Relation
from tests.cast import SINCE, found

DAY0 = date(2021, 3, 1)
LAST = 14
BRANCHES = 3


class Refused(Exception):
    """The model's own no."""


def on(number):
    return DAY0 + timedelta(days=number)


def refuse_if(wrong):
    if wrong:
        raise Refused


class Person:
    """Each fact as [first, last or None, …]; both days count."""

    def __init__(self, branch, day, category):
        self.spells = [[day, None, branch]]
        self.standings = [[day, None, category]]
        self.exempt, self.limited = [], []

    def home(self):
        spell = next((spell for spell in self.spells if spell[1] is None), None)
        refuse_if(spell is None)
        return spell

    def line(self, day):
        """(branch, category, exempt, may vote) on a day; None while he belongs nowhere."""
        places = [spell[2] for spell in self.spells if holds(spell, day)]
        assert len(places) <= 1, "the model itself counts nobody twice"
        if not places:
            return None
        category = next((fact[2] for fact in self.standings if holds(fact, day)), None)
        limited = any(holds(fact, day) for fact in self.limited)
        exempt = any(holds(fact, day) for fact in self.exempt)
        return places[0], category, exempt, category == "formal" and not limited


def holds(fact, day):
    return fact[0] <= day and (fact[1] is None or day <= fact[1])


class Model:
    def __init__(self):
        self.people, self.closed = [], set()

    def enrol(self, day, branch, other, category):
        refuse_if(branch in self.closed)
        self.people.append(Person(branch, day, category))

    def transfer(self, day, who, branch, category):
        spell = self.people[who].home()
        refuse_if(branch == spell[2] or branch in self.closed or day <= spell[0])
        spell[1] = day - 1
        self.people[who].spells.append([day, None, branch])

    def regroup(self, day, who, branch, category):
        spell = self.people[who].home()
        refuse_if(day < spell[0])
        if day > spell[0]:
            spell[1] = day - 1
            self.people[who].spells.append([day, None, spell[2]])

    def exempt(self, day, who, length, category):
        person = self.people[who]
        person.home()
        refuse_if(any(fact[0] <= day + length and (fact[1] is None or day <= fact[1]) for fact in person.exempt))
        person.exempt.append([day, day + length])

    def limit(self, day, who, length, category):
        self.people[who].home()
        self.people[who].limited.append([day, day + length])

    def standing(self, day, who, other, category):
        person = self.people[who]
        person.home()
        held = person.standings[-1]
        refuse_if(held[1] is not None or held[2] == category or day <= held[0])
        held[1] = day - 1
        person.standings.append([day, None, category])

    def leave(self, day, who, other, category):
        person = self.people[who]
        refuse_if(day < person.home()[0])
        for fact in (*person.spells, *person.standings, *person.exempt, *person.limited):
            if fact[0] <= day and (fact[1] is None or fact[1] > day):
                fact[1] = day

    def merge(self, day, branch, other, category):
        refuse_if(branch == other or {branch, other} & self.closed)
        moving = [(person, spell) for person in self.people for spell in person.spells
                  if spell[2] == branch and (spell[1] is None or spell[1] >= day)]  # fmt: skip
        refuse_if(any(spell[0] >= day for _, spell in moving))
        for person, spell in moving:
            person.spells.append([day, spell[1], other])
            spell[1] = day - 1
        self.closed.add(branch)


class Register:
    """The same words, by the actions."""

    def __init__(self, officer, county):
        self.officer = officer
        self.branches = [found(f"Branch {number}", "branch", county) for number in range(BRANCHES)]
        self.people = []

    def branch(self, number):
        return Organisation.objects.get(pk=self.branches[number].pk)

    def enrol(self, day, branch, other, category):
        place = self.branch(branch)
        self.people.append(
            members.enter(place, actor=self.officer, name=f"P{len(self.people)}", category=category, since=on(day))
        )

    def transfer(self, day, who, branch, category):
        offered = transfers.offer(
            self.people[who], actor=self.officer, to=self.branch(branch), since=on(day), reason="Moved"
        )
        transfers.move(offered, "take_over", actor=self.officer)

    def regroup(self, day, who, branch, category):
        home = Relation.objects.homes().filter(member=self.people[who], until=None).first()
        groups = list(home.organisation.groups.all()) if home else []
        group = next((group for group in groups if home and group.pk != home.group_id), None)
        if home and group is None:
            group = home.organisation.groups.create(name=f"Group {len(groups)}", since=SINCE)
        corrections.regroup(self.people[who], actor=self.officer, since=on(day), group=group)

    def exempt(self, day, who, length, category):
        told = {"reason": "Ill", "approved_by": "Branch"}
        corrections.exempt_here(self.people[who], actor=self.officer, since=on(day), until=on(day + length), **told)

    def limit(self, day, who, length, category):
        corrections.limit(
            self.people[who], actor=self.officer, since=on(day), until=on(day + length), reason="Sanction"
        )

    def standing(self, day, who, other, category):
        corrections.set_standing(self.people[who], actor=self.officer, category=category, since=on(day))

    def leave(self, day, who, other, category):
        leaving.leave(self.people[who], actor=self.officer, until=on(day), ending="expelled")

    def merge(self, day, branch, other, category):
        structure.merge(self.branch(branch), actor=self.officer, into=self.branch(other), since=on(day))

    def lines(self, day):
        keys = {person.pk: number for number, person in enumerate(self.people)}
        places = {branch.pk: number for number, branch in enumerate(self.branches)}
        rows = Relation.objects.filter(organisation__in=self.branches).register(on=on(day))
        lines = [(keys[row.member_id], (places[row.organisation_id], row.category, row.is_exempt, bool(row.may_vote)))
                 for row in rows]  # fmt: skip
        assert len(lines) == len(dict(lines)), "somebody is counted twice"
        return dict(lines)


CATEGORIES = st.sampled_from(["formal", "probationary"])
BRANCH = st.integers(0, BRANCHES - 1)
OF_PEOPLE = ("transfer", "regroup", "exempt", "limit", "standing", "leave")
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["enrol", "merge", "transfer", "transfer", "regroup", "exempt", "limit", "standing", "leave"]),
        st.integers(0, LAST), st.integers(0, 9), BRANCH, CATEGORIES,
    ),
    min_size=4, max_size=14,
)  # fmt: skip


def play(officer, county, steps):
    """Both play the same steps; after each, both have refused it or neither."""
    model, register = Model(), Register(officer, county)
    for day, branch in ((0, 0), (1, 1)):  # nobody begins with an empty register
        model.enrol(day, branch, 0, "formal")
        register.enrol(day, branch, 0, "formal")
    for word, day, first, second, category in steps:
        first %= len(model.people) if word in OF_PEOPLE else BRANCHES
        told = (day, first, second, category)
        try:
            getattr(model, word)(*told)
            refused = False
        except Refused:
            refused = True
        try:
            with transaction.atomic():
                getattr(register, word)(*told)
            assert not refused, f"{word} {told} should have been refused"
        except ValidationError as refusal:
            assert refused, f"{word} {told}: {refusal.messages}"
    return model, register


@pytest.mark.slow
@settings(max_examples=30, deadline=None, suppress_health_check=HealthCheck)
@given(steps=STEPS)
def test_the_register_of_every_day_after_random_changes(cast, steps):
    model, register = play(cast.officer, cast.county, steps)
    for day in range(-1, LAST + 4):
        lines = {number: line for number, person in enumerate(model.people) if (line := person.line(day))}
        assert register.lines(day) == lines, f"day {day}"


@pytest.mark.parametrize(
    "steps",
    [
        # leaves on a later day, and the branch is merged before: the last day stands
        [("leave", 9, 0, 0, "formal"), ("merge", 5, 0, 1, "formal")],
        # goes to a third branch on a later day, and the old one is merged before
        [("transfer", 9, 0, 2, "formal"), ("merge", 5, 0, 1, "formal")],
        # exempt, confirmed, transferred and gone
        [("enrol", 2, 2, 0, "probationary"), ("exempt", 3, 2, 1, "formal"), ("standing", 6, 2, 0, "formal"),
         ("transfer", 7, 2, 1, "formal"), ("leave", 9, 2, 0, "formal")],
    ],
)  # fmt: skip
def test_the_turns_that_went_wrong_once(cast, steps):
    model, register = play(cast.officer, cast.county, steps)
    for day in range(-1, LAST + 4):
        lines = {number: line for number, person in enumerate(model.people) if (line := person.line(day))}
        assert register.lines(day) == lines, f"day {day}"
