"""The number of rows of a very long list: counted once a minute for the same question, and for each reader his own."""

import pytest

from branches.models import Organisation
from meetings.models import Meeting
from shell import totals
from shell.asked import asked
from shell.totals import total


@pytest.fixture(autouse=True)
def two_are_many(monkeypatch):
    monkeypatch.setattr(totals, "MANY", 1)
    totals._remembered.clear()
    yield
    totals._remembered.clear()


@pytest.fixture
def clock(monkeypatch):
    now = [1000.0]
    monkeypatch.setattr(totals, "monotonic", lambda: now[0])
    return now


def test_a_large_number_is_counted_again_after_a_minute(cast, clock):
    branches = Organisation.objects.filter(short_name="")
    rows, before = asked(Organisation).filter(short_name=""), branches.count()
    assert total(rows) == before > 2
    branches.filter(pk=cast.second.pk).update(short_name="Second")
    clock[0] += 59.9
    assert total(rows) == before
    clock[0] += 0.1
    assert total(rows) == before - 1


def test_a_small_number_is_counted_each_time(cast, clock, django_assert_num_queries):
    rows = asked(Organisation).filter(pk=cast.first.pk)
    with django_assert_num_queries(2):
        assert (total(rows), total(rows)) == (1, 1)


def test_each_reader_and_each_condition_asks_a_question_of_its_own(world, clock):
    readers = (world.supervisor, world.officer, world.secretary, world.member, world.stranger)
    for _ in range(2):
        for user in readers:
            for state in ("draft", "filed", "submitted"):
                expected = Meeting.objects.visible_to(user).filter(state=state).count()
                assert total(asked(Meeting).visible_to(user).filter(state=state)) == expected
            assert total(asked(Organisation).visible_to(user)) == Organisation.objects.visible_to(user).count()


def test_no_word_that_was_typed_stays(cast):
    assert total(asked(Organisation).filter(name__icontains="branch")) > 1
    assert len(totals._remembered) == 1 and "branch" not in str(totals._remembered).casefold()


def test_so_many_questions_are_remembered_and_no_more(cast, monkeypatch):
    monkeypatch.setattr(totals, "MOST", 3)
    for number in range(7):
        total(asked(Organisation).filter(pk__gt=-number))
        assert 0 < len(totals._remembered) <= 3


def test_any_other_rows_are_counted(cast):
    assert total(Organisation.objects.all()) == Organisation.objects.count()
    assert not totals._remembered
