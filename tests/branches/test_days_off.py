"""Days off: pasted line by line, laid down by a superior, the nearest one's counts, schedules follow them."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from branches.actions import days_off as actions
from branches.days_off.lines import Line, read
from branches.days_off.reading import offs
from branches.models import DayOff
from tests import cast as people
from workflow.models import History

OCTOBER = (date(2026, 10, 1), date(2026, 10, 31))


def free(day, name="国庆节"):
    return Line(date(2026, 10, day), "free", name)


def worked(day):
    return Line(date(2026, 10, day), "worked", "")


# --- lines ------------------------------------------------------------------------------------------------------------
def test_a_line_is_a_day_a_name_and_what_it_is():
    text = "2026-10-01 国庆节 放假\n\n  2026年10月10日\t调休上班\n20261002,国庆 第二天，休息"
    assert read(text) == ([free(1), free(2, "国庆 第二天"), worked(10)], [])


@pytest.mark.parametrize(
    ("word", "kind"), [("放假", "free"), ("休息", "free"), ("休", "free"), ("上班", "worked"), ("补班", "worked")]
)
def test_a_line_ends_as_notices_word_it(word, kind):
    assert read(f"2026-10-01 {word}") == ([Line(date(2026, 10, 1), kind, "")], [])


@pytest.mark.parametrize("sign", ["~", "～", "至", "到"])
def test_a_line_may_hold_days_from_one_to_another(sign):
    assert read(f"2026-10-01{sign}2026-10-03 国庆节 放假") == ([free(1), free(2), free(3)], [])


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("国庆节 放假", "2026-10-01"),
        ("2026-10-32 国庆节 放假", "2026-10-01"),
        ("2026-10 国庆节 放假", "2026-10-01"),
        ("2026-10-01至2026-10-02至2026-10-03 国庆节 放假", "2026-10-01"),
        ("2026-10-01 国庆节", "调休上班"),
        ("2026-10-01", "调休上班"),
        ("2026-10-02～2026-10-01 国庆节 放假", "不早于"),
        ("2026-10-01～2026-11-01 国庆节 放假", "不早于"),
        (f"2026-10-01 {'长' * 41} 放假", "40"),
    ],
)
def test_a_wrong_line_is_named_with_its_number(line, words):
    days, (fault,) = read(f"2026-10-05 国庆节 放假\n{line}")
    assert days == [free(5)]
    assert "第2行" in fault and words in fault


def test_what_just_fits_is_taken():
    days, faults = read(f"2026-10-01～2026-10-31 {'长' * 40} 放假")
    assert (len(days), faults) == (31, [])


def test_a_day_stands_once():
    assert len(read("2026-10-01 国庆节 放假\n2026-10-01 调休上班")[1]) == 1


# --- laid down --------------------------------------------------------------------------------------------------------
def test_a_superior_lays_days_down_for_all_below_and_nobody_else_does(world):
    for user in (world.secretary, world.supervisor, world.member):
        with pytest.raises(PermissionDenied):
            actions.lay_down_days(world.county, [free(1)], actor=user)
    with pytest.raises(ValidationError):
        actions.lay_down_days(world.first, [free(1)], actor=world.officer)
    assert actions.lay_down_days(world.county, [free(1), worked(10)], actor=world.officer) == 2
    assert offs(world.first.path, *OCTOBER) == {date(2026, 10, 1): False, date(2026, 10, 10): True}
    assert offs(world.third.path, *OCTOBER) == {}
    assert offs(world.first.path, date(2026, 10, 2), date(2026, 10, 9)) == {}


def test_of_each_day_the_nearest_superior_decides(world):
    general = people.found("General", "general_branch", world.county)
    branch = people.found("Below", "branch", general)
    actions.lay_down_days(general, [Line(date(2026, 10, 2), "worked", "")], actor=world.officer)
    actions.lay_down_days(world.county, [free(1), free(2)], actor=world.officer)
    assert offs(branch.path, *OCTOBER) == {date(2026, 10, 1): False, date(2026, 10, 2): True}
    assert offs(world.first.path, *OCTOBER) == {date(2026, 10, 1): False, date(2026, 10, 2): False}


def test_another_setting_takes_the_place_of_the_first_and_the_same_one_changes_nothing(world):
    actions.lay_down_days(world.county, [free(1), free(2)], actor=world.officer)
    again = [free(1), Line(date(2026, 10, 2), "worked", "")]
    assert actions.lay_down_days(world.county, again, actor=world.officer) == 1
    assert offs(world.first.path, *OCTOBER) == {date(2026, 10, 1): False, date(2026, 10, 2): True}
    assert DayOff.objects.count() == 3
    assert History.objects.filter(move="lay_down_day").count() == 3


def test_a_day_is_taken_back_once(world):
    actions.lay_down_days(world.county, [free(1)], actor=world.officer)
    row = DayOff.objects.select_related("organisation").get()
    with pytest.raises(PermissionDenied):
        actions.withdraw_day(row, actor=world.secretary)
    actions.withdraw_day(row, actor=world.officer)
    assert offs(world.first.path, *OCTOBER) == {}
    with pytest.raises(ValidationError):
        actions.withdraw_day(row, actor=world.officer)


def test_it_asks_as_many_questions_for_many_days_as_for_one(world, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        actions.lay_down_days(world.county, [free(day) for day in range(1, 31)], actor=world.officer)


# --- the page ---------------------------------------------------------------------------------------------------------
def test_wrong_lines_are_told_and_nothing_typed_is_lost(world, client):
    client.force_login(world.officer)
    address, text = f"/organisations/{world.county.pk}/days-off/", "2026-10-01 国庆节 放假\nrubbish"
    page = client.post(address, {"lines": text})
    assert not DayOff.objects.exists()
    told = page.content.decode()
    assert "第2行" in told and "rubbish" in told and "2026-10-01 国庆节 放假" in told
    page = client.post(address, {"lines": text.splitlines()[0]}, follow=True)
    assert page.redirect_chain == [(f"{address}?year=2026", 302)]
    assert "国庆节" in page.content.decode()


def test_members_read_what_holds_for_their_branch(world, client):
    actions.lay_down_days(world.county, [free(1)], actor=world.officer)
    client.force_login(world.member)
    page = client.get(f"/organisations/{world.first.pk}/days-off/?year=2026")
    assert [row.day for row, _may in page.context["rows"]] == [date(2026, 10, 1)]
    assert b"<textarea" not in page.content
