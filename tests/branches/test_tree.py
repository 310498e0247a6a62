"""The arithmetic of paths against plain startswith, in Python and on the database that runs."""

from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from branches.models import Organisation
from branches.tree import STEP, above, contains, successor, topmost, under, under_any, which_of
from tests.cast import found

SINCE = date(2020, 1, 1)
# Steps as treebeard writes them, with those at the ends of the alphabet far more often than chance would have them.
steps = st.sampled_from(
    ["0000", "0001", "0009", "000A", "000Y", "000Z", "0010", "00ZZ", "0100", "9999", "ZZZY", "ZZZZ"]
)
steps |= st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=STEP, max_size=STEP)
paths = st.lists(steps, min_size=1, max_size=4).map("".join)
trees = st.sets(paths, min_size=1, max_size=25)


@given(paths, paths)
@example("000Z", "0010")
@example("000ZZZZZ", "0010")
@example("00010009", "0001000A")
@example("ZZZZ", "ZZZZ0001")
def test_the_range_of_a_path_holds_what_begins_with_it(path, other):
    after = successor(path)
    assert (path <= other and (after is None or other < after)) == other.startswith(path)


@given(paths)
def test_the_bound_is_itself_a_possible_path(path):
    """So that no collation meets a character or a length that the tree does not have."""
    after = successor(path)
    assert after is None or (len(after) % STEP == 0 and after.isalnum() and after.isupper() | after.isdecimal())


@pytest.mark.parametrize(
    ("path", "after"),
    [("0001", "0002"), ("0009", "000A"), ("000Z", "0010"), ("00ZZ", "0100"), ("0001000Z", "00010010"),
     ("0001ZZZZ", "0002"), ("ZZZZ", None), ("ZZZZZZZZ", None)],
)  # fmt: skip
def test_successor_carries(path, after):
    assert successor(path) == after


@given(paths)
def test_above_is_every_step_from_the_root(path):
    assert above(path) == tuple(path[: STEP * (n + 1)] for n in range(len(path) // STEP))
    assert all(contains(step, path) for step in above(path))


@given(trees, paths)
def test_topmost_covers_the_same_with_nothing_twice(tree, other):
    kept = topmost(tree)
    assert set(kept) <= tree and list(kept) == sorted(kept)
    for one in (other, *tree):
        assert any(one.startswith(path) for path in tree) == any(one.startswith(path) for path in kept)
    assert not [(a, b) for a in kept for b in kept if a != b and b.startswith(a)]


def plant(tree):
    """Organisations at exactly these paths, whether or not their superiors exist."""
    Organisation._base_manager.all().delete()  # treebeard's own delete() looks for superiors that are not there
    Organisation.objects.bulk_create(
        Organisation(path=path, depth=len(path) // STEP, name=path, kind="committee", since=SINCE) for path in tree
    )


@pytest.mark.django_db
@settings(max_examples=40, deadline=None)
@given(trees, paths)
@example({"0001", "00010001", "000Z", "000ZZZZZ", "0010", "00100001"}, "000ZZZZZ")
@example({"ZZZZ", "ZZZZZZZZ", "ZZZY"}, "ZZZZ")
def test_the_database_agrees_about_what_lies_under(tree, path):
    plant(tree)
    for root in {path, *tree}:
        found = set(Organisation.objects.filter(under(root)).values_list("name", flat=True))
        assert found == {other for other in tree if other.startswith(root)}


@pytest.mark.django_db
@settings(max_examples=25, deadline=None)
@given(trees, st.sets(paths, min_size=1, max_size=6))
@example({"0001", "00010001", "000100010002", "00020003", "0003"}, {"00010001", "0002", "000Z"})
def test_the_database_tells_under_which_of_some_paths_each_lies(tree, roots):
    plant(tree)
    roots = topmost(roots)
    rows = Organisation.objects.order_by("path").annotate(found=which_of(roots))
    told = {other: next((root for root in roots if other.startswith(root)), None) for other in sorted(tree)}
    assert dict(rows.values_list("path", "found")) == told
    inside = set(rows.filter(under_any(roots)).values_list("path", flat=True))
    assert {other for other, root in told.items() if root} <= inside
    after = successor(max(roots))
    assert all(min(roots) <= other and (after is None or other < after) for other in inside)


@pytest.mark.django_db
@settings(max_examples=25, deadline=None)
@given(trees)
def test_the_database_orders_the_tree_as_python_does(tree):
    plant(tree)
    assert list(Organisation.objects.values_list("path", flat=True)) == sorted(tree)


@pytest.mark.django_db
def test_what_treebeard_writes_is_what_we_read():
    county = found("County", "committee")
    towns = [found(f"Town {n}", "committee", county) for n in range(40)]
    branches = [found(f"Branch {n}", "branch", towns[36]) for n in range(3)]
    names = Organisation.objects.filter(under(towns[36].path)).values_list("name", flat=True)
    assert list(names) == ["Town 36", "Branch 0", "Branch 1", "Branch 2"]
    assert above(branches[0].path) == (county.path, towns[36].path, branches[0].path)
    assert [len(path) for path in above(branches[0].path)] == [STEP, 2 * STEP, 3 * STEP]
