"""How large a breach is, written out by hand: a deed is stopped where it makes a breach that was not there or larger."""

from datetime import date

import pytest

from branches.rules.facts import Facts
from branches.rules.organisations import SIZES, size

DAY = date(2026, 11, 21)
FIVE = ("secretary", "deputy", "organisation", "publicity", "discipline")


def facts(formal=10, total=12, posts=FIVE, groups=()):
    held = tuple((kind, DAY) for kind in posts)
    return Facts("branch", "single", DAY, DAY, formal, total, held, tuple(groups))


@pytest.mark.parametrize(
    ("code", "told", "numbers", "expected"),
    [
        ("A1-1", {"formal": 2}, {"least": 3}, -2),
        ("A1-2", {"total": 51}, {"most": 50}, 51),
        ("A1-3", {"posts": FIVE[:2]}, {"least": 3, "most": 5}, 1),
        ("A1-3", {"posts": (*FIVE, "deputy", "deputy")}, {"least": 3, "most": 5}, 2),
        ("A1-3a", {"posts": FIVE[:3]}, {}, -2),  # the deputy is none of the four that are wanted
        ("A1-3b", {"posts": FIVE}, {}, 3),  # neither secretary nor deputy
        ("A1-5", {"groups": (("One", 1), ("Two", 2), ("Three", 5))}, {"least": 3}, 3),
        ("A1-5a", {"total": 33}, {}, 33),
        ("A1-8", {"total": 48}, {"least": 50, "below": 100}, 2),
        ("A1-8", {"total": 103}, {"least": 50, "below": 100}, 3),
        ("A1-9", {"total": 90}, {"least": 100}, -90),
        ("A1-4", {}, {"years": 3}, 0),  # time makes it, no deed does
    ],
)
def test_the_size_of_a_breach(code, told, numbers, expected):
    assert size(code, facts(**told), numbers) == expected


def test_every_rule_that_a_deed_can_break_has_a_size():
    assert set(SIZES) == {"A1-1", "A1-2", "A1-3", "A1-3a", "A1-3b", "A1-5", "A1-5a", "A1-8", "A1-9"}
