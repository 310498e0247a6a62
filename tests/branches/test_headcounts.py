from datetime import date, timedelta

import pytest
from django.core.cache import cache

from branches import headcounts
from branches.headcounts import head_counts

DAY = date(2026, 11, 21)


@pytest.fixture
def people():
    """Members by the path of their branch; what is asked is noted."""
    asked = []

    def count(paths):
        asked.append(paths)
        lowest = {place: max((p for p in paths if place.startswith(p)), key=len, default="") for place in count.members}
        return [(path, number) for place, number in count.members.items() if (path := lowest[place])]

    cache.clear()
    count.members = {"00010001": 3, "00010002": 4, "0002": 5}
    count.asked = asked
    yield count
    cache.clear()


def test_each_path_counts_what_lies_below(people):
    assert head_counts(["0001", "00010002"], DAY, people) == {"0001": 7, "00010002": 4}
    assert head_counts([], DAY, people) == {}
    assert len(people.asked) == 1


def test_few_are_counted_anew_and_many_remembered_for_their_day(people, monkeypatch):
    head_counts(["0001"], DAY, people)
    people.members["00010001"] = 9
    assert head_counts(["0001"], DAY, people) == {"0001": 13}
    monkeypatch.setattr(headcounts, "MANY", 12)
    head_counts(["0001"], DAY, people)
    people.members["00010001"] = 1
    assert head_counts(["0001", "0002"], DAY, people) == {"0001": 13, "0002": 5}
    assert people.asked[-1] == ["0002"]
    assert head_counts(["0001"], DAY + timedelta(1), people) == {"0001": 5}
