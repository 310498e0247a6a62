"""R10 against an independently written statement, over all scopes and bases: how many 优秀 a branch or a pool may have.

The statement counts on fingers: the largest whole number k with k × of ≤ persons × part, never more than there are persons,
and one at least where the rule says so and there is anybody.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appraisals.grades.quota import Base, Scope, Size, Terms, formula, over, rounded

sizes = st.builds(
    lambda formal, probationary, away: Size(formal + probationary, formal, formal + probationary - min(away, formal + probationary)),
    st.integers(0, 120), st.integers(0, 30), st.integers(0, 40),
)  # fmt: skip
shares = st.tuples(st.integers(1, 100), st.integers(1, 100))


def counted_on_fingers(persons, part, of, min_one):
    k = 0
    while k < persons and (k + 1) * of <= persons * part:
        k += 1
    if k == 0 and min_one and persons > 0:
        return 1
    return k


def people_of(size, base):
    """The rule's base in words: 党员总数, 正式党员, 参评党员."""
    return {1: size.total, 2: size.formal, 3: size.due}[int(base)]


@given(size=sizes, share=shares, base=st.sampled_from(Base), scope=st.sampled_from(Scope), min_one=st.booleans())
def test_one_branch(size, share, base, scope, min_one):
    terms = Terms(scope, base, *share, min_one)
    assert terms.allowed(size.of(base)) == counted_on_fingers(people_of(size, base), *share, min_one)


@given(many=st.lists(sizes, max_size=8), share=shares, base=st.sampled_from(Base),
       scope=st.sampled_from([Scope.GENERAL_BRANCH, Scope.COMMITTEE]), min_one=st.booleans())  # fmt: skip
def test_a_pool(many, share, base, scope, min_one):
    terms = Terms(scope, base, *share, min_one)
    together = sum(people_of(size, base) for size in many)
    assert terms.pooled(many) == counted_on_fingers(together, *share, min_one)
    assert terms.is_pooled


@given(many=st.lists(sizes, max_size=8), base=st.sampled_from(Base))
def test_a_pool_allows_no_fewer_than_its_branches_one_by_one(many, base):
    """Σ⌊n/3⌋ ≤ ⌊Σn/3⌋ (F16)."""
    terms = Terms(base=base)
    assert sum(terms.allowed(size.of(base)) for size in many) <= terms.pooled(many)


def test_the_worked_cases():
    """002's 8 members of a branch; 67 and 22 of the library; a branch of 3; one and two members."""
    third = Terms()
    assert not third.is_pooled
    assert [third.allowed(n) for n in (0, 1, 2, 3, 8, 67, 100)] == [0, 0, 0, 1, 2, 22, 33]
    assert [Terms(min_one=True).allowed(n) for n in (0, 1, 2, 3)] == [0, 1, 1, 1]
    assert Terms(part=30, of=100).allowed(67) == 20
    assert Terms(part=1, of=10).allowed(9) == 0
    assert Terms(part=2, of=1).allowed(5) == 5


@pytest.mark.parametrize(
    ("terms", "persons", "told"),
    [
        (Terms(), 8, "本支部：党员总数8，1/3为2.67，取2。"),
        (Terms(base=Base.FORMAL), 9, "本支部：正式党员9，1/3为3，取3。"),
        (Terms(base=Base.DUE, part=1, of=10, min_one=True), 4, "本支部：参评党员4，1/10为0.4，取1。"),
    ],
)
def test_the_formula_prints_its_numbers(terms, persons, told):
    assert formula(terms, persons, "本支部") == told


def test_a_share_is_printed_with_two_places_at_most():
    exact = Terms().exact
    assert [rounded(exact(n)) for n in (3, 4, 5)] == ["1", "1.33", "1.67"]
    assert rounded(Terms(part=1, of=8).exact(1)) == "0.13"
    assert [rounded(Terms(part=1, of=2).exact(n)) for n in (1, 200)] == ["0.5", "100"]


def test_by_how_many_there_are_too_many():
    assert (over(3, 2), over(2, 2), over(1, 2), over(9, None)) == (1, 0, 0, 0)
