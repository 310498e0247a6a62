"""The rules as shipped, and those about organisations one below, at and above each of their numbers."""

from datetime import date

import pytest
from django.utils import translation

from branches.rules import organisations, table
from branches.rules.facts import Facts, months_later, years_later
from branches.rules.table import Level, Severity

DAY = date(2026, 3, 2)
COMMITTEE = ("secretary", "organisation", "publicity", "discipline")


@pytest.fixture(autouse=True)
def english(settings):
    settings.LANGUAGE_CODE = "en"


def own():
    return [rule for rule in table.registered() if rule.code.startswith("A1-")]


def facts(**told):
    """A branch with which nothing is wrong."""
    posts = tuple((kind, date(2025, 1, 1)) for kind in COMMITTEE)
    usual = {"kind": "branch", "branch_kind": "single", "since": date(2015, 1, 1), "day": DAY, "formal": 10, "total": 12,
             "post_days": posts, "group_sizes": (("One", 6), ("Two", 6))}  # fmt: skip
    return Facts(**{**usual, **told})


def held(*kinds, since=date(2025, 1, 1)):
    return tuple((kind, since) for kind in kinds)


def broken(**told):
    """The codes of the rules that these facts break, as shipped."""
    numbers = {rule.code: rule.defaults for rule in table.registered()}
    rules = organisations.FINDERS.items()
    return {code for code, finder in rules if finder(facts(**told), numbers[code])}


# --- the table --------------------------------------------------------------------------------------------------
def test_the_rules_shipped():
    """Written out from domain A1 and users F21: code, level, severity, numbers. Those of other rooms: their tests."""
    shipped = {r.code: (r.level.value, r.severity.value, tuple(r.defaults.values())) for r in own()}
    assert shipped == {
        "A1-1": ("national", "warn", (3,)),
        "A1-1b": ("national", "warn", (5,)),
        "A1-2": ("national", "warn", (50,)),
        "A1-3": ("national", "warn", (7, 3, 7)),
        "A1-3a": ("national", "warn", ()),
        "A1-3b": ("national", "remind", ()),
        "A1-4": ("national", "remind", (3,)),
        "A1-5": ("local", "remind", (3,)),
        "A1-5a": ("advice", "remind", (20,)),
        "A1-6": ("national", "remind", (6,)),
        "A1-8": ("advice", "remind", (50, 100)),
        "A1-9": ("advice", "remind", (100,)),
    }


def test_the_numbers_that_a_superior_may_move():
    moved = {(r.code, p.name): (p.least, p.most) for r in own() for p in r.parameters if not p.is_fixed}
    assert moved == {
        ("A1-3", "most"): (5, 7),
        ("A1-4", "years"): (3, 5),
        ("A1-5", "least"): (2, 10),
        ("A1-5a", "from"): (8, 50),
        ("A1-8", "least"): (1, 100),
        ("A1-8", "below"): (50, 1000),
        ("A1-9", "least"): (1, 10_000),
    }


def test_every_rule_shows_a_clause_and_is_computed_or_says_that_it_is_not():
    for rule in table.registered():
        assert str(rule.clause) and str(rule.name)
        assert rule not in own() or rule.is_computed == (rule.code in organisations.FINDERS), rule.code
        assert not rule.out_of_bounds(rule.defaults), rule.code


def test_only_a_national_rule_has_a_floor():
    floors = {rule.level: set() for rule in table.registered()}
    for rule in (rule for rule in table.registered() if rule.severity != Severity.OFF):
        floors[rule.level].add(rule.mildest() == rule.severity)
    assert floors == {Level.NATIONAL: {True}, Level.LOCAL: {False}, Level.ADVICE: {False}}
    assert [s.rank for s in (Severity.OFF, Severity.REMIND, Severity.WARN, Severity.BLOCK)] == [0, 1, 2, 3]


# --- the rules about organisations, one below, at and above each number ----------------------------------------------
@pytest.mark.parametrize(
    ("told", "codes"),
    [
        ({}, set()),
        ({"formal": 3, "post_days": held("secretary")}, set()),
        ({"formal": 2, "post_days": held("secretary")}, {"A1-1"}),
        ({"formal": 2, "post_days": held("secretary"), "branch_kind": "temporary", "since": DAY}, set()),
        ({"formal": 2, "post_days": (), "branch_kind": "functional"}, set()),
        ({"total": 50}, set()),
        ({"total": 51}, {"A1-2"}),
        ({"total": 51, "kind": "committee"}, {"A1-9"}),
        ({"formal": 6, "post_days": held("secretary")}, set()),
        ({"formal": 7, "post_days": held("secretary")}, {"A1-3", "A1-3a"}),
        ({"formal": 7, "post_days": held(*COMMITTEE[:2])}, {"A1-3", "A1-3a"}),
        ({"formal": 7, "post_days": held(*COMMITTEE[:3])}, {"A1-3a"}),
        ({"formal": 7, "post_days": held(*COMMITTEE, *(["publicity"] * 3))}, set()),
        ({"formal": 7, "post_days": held(*COMMITTEE, *(["publicity"] * 4))}, {"A1-3"}),
        ({"formal": 7, "post_days": ()}, {"A1-3", "A1-3a"}),
        *(({"post_days": held(*(set(COMMITTEE) - {kind}))}, {"A1-3a"}) for kind in COMMITTEE),
        ({"formal": 6, "post_days": held("deputy")}, {"A1-3a"}),
        ({"formal": 6, "post_days": held("secretary", "deputy")}, set()),
        ({"formal": 6, "post_days": held("secretary", "publicity")}, {"A1-3b"}),
        ({"formal": 6, "post_days": held("secretary", "group_leader")}, set()),
        ({"post_days": held(*COMMITTEE, since=date(2023, 3, 3))}, set()),
        ({"post_days": held(*COMMITTEE, since=date(2023, 3, 2))}, {"A1-4"}),
        ({"post_days": held(*COMMITTEE) + held("group_leader", since=date(2010, 1, 1))}, set()),
        ({"post_days": held(*COMMITTEE) + held("deputy", since=date(2010, 1, 1))}, {"A1-4"}),
        ({"group_sizes": (("One", 3), ("Two", 9))}, set()),
        ({"group_sizes": (("One", 2), ("Two", 10))}, {"A1-5"}),
        ({"group_sizes": (), "total": 19}, set()),
        ({"group_sizes": (), "total": 20}, {"A1-5a"}),
        ({"group_sizes": (("One", 20),), "total": 20}, set()),
        ({"branch_kind": "temporary", "since": date(2025, 9, 2)}, set()),
        ({"branch_kind": "temporary", "since": date(2025, 9, 1)}, {"A1-6"}),
        ({"branch_kind": "functional", "since": date(2015, 9, 1), "post_days": held("secretary", since=DAY)}, set()),
        ({"branch_kind": "temporary", "since": DAY, "total": 90, "group_sizes": ()}, set()),
        ({"branch_kind": "temporary", "since": DAY, "post_days": held("secretary", since=date(2010, 1, 1))}, set()),
        ({"branch_kind": "temporary", "since": DAY, "formal": 6, "post_days": held("publicity")}, set()),
        ({"kind": "general_branch", "total": 50}, set()),
        ({"kind": "general_branch", "total": 49}, {"A1-8"}),
        ({"kind": "general_branch", "total": 99}, set()),
        ({"kind": "general_branch", "total": 100}, {"A1-8"}),
        ({"kind": "committee", "total": 100}, set()),
        ({"kind": "committee", "total": 99}, {"A1-9"}),
    ],
    ids=lambda value: " ".join(sorted(value)) if isinstance(value, set) else None,
)
def test_each_rule_at_its_edge(told, codes):
    assert broken(**told) == codes


def test_a_remark_says_what_is_wrong_with_its_numbers():
    finders = organisations.FINDERS
    small = facts(formal=2, group_sizes=(("One", 1), ("Two", 9), ("Three", 2)))
    assert "2 full members" in finders["A1-1"](small, {"least": 3})
    assert finders["A1-5"](small, {"least": 3}).endswith("One、Three.")
    wanting = finders["A1-3a"](facts(post_days=held("secretary", "publicity")), {})
    assert "Organisation member、Discipline member" in wanting
    assert "Publicity member" in finders["A1-3b"](facts(formal=6, post_days=held("secretary", "publicity")), {})
    assert "2020-05-04" in finders["A1-4"](facts(post_days=held("secretary", since=date(2020, 5, 4))), {"years": 3})


@pytest.mark.parametrize(
    ("day", "years", "then"),
    [
        (date(2023, 3, 2), 3, date(2026, 3, 2)),
        (date(2024, 2, 29), 3, date(2027, 3, 1)),
        (date(2024, 2, 29), 4, date(2028, 2, 29)),
    ],
)
def test_so_many_years_later(day, years, then):
    assert years_later(day, years) == then


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2025, 9, 2), 6, date(2026, 3, 2)),
        (date(2025, 6, 30), 6, date(2025, 12, 30)),
        (date(2025, 7, 31), 6, date(2026, 1, 31)),
        (date(2025, 8, 31), 6, date(2026, 3, 1)),
        (date(2025, 12, 31), 11, date(2026, 12, 1)),
    ],
)
def test_so_many_months_later(day, months, then):
    assert months_later(day, months) == then


def test_the_end_of_a_term_says_what_it_counts_from():
    since = date(2020, 5, 4)
    with translation.override("en"):
        elected = organisations.FINDERS["A1-4"](facts(elected=since), {"years": 3})
        unknown = organisations.FINDERS["A1-4"](facts(post_days=held("secretary", since=since)), {"years": 3})
    assert elected.startswith("Elected on 2020-05-04, the term is 3 years.")
    assert unknown.startswith("No election is recorded; the longest post of the committee is held since 2020-05-04")
