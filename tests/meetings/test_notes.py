"""F18: checks of study notes: entered in one go, looked at again, told to whom they concern and to nobody else."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from branches.actions import leaving
from branches.models import User
from meetings.models import NotesCheck, NotesLine
from meetings.notes import actions
from meetings.notes.actions import Facts, Found
from reminders.actions import notices
from reminders.models import Notice
from tests import cast as people
from workflow.models import History
from workflow.moves import MoveNotAllowed

DAY, DUE = date(2026, 3, 2), date(2026, 3, 20)
PEOPLE = {"甲书记": 0, "乙委员": 1, "丙干事": 2, "丁组长": 3, "戊同志": 4}


@pytest.fixture(autouse=True)
def english(settings):
    settings.LANGUAGE_CODE = "en"


def opened(cast, *, asked=8, questions="", day=DAY, actor=None):
    facts = Facts(day, "Study notes", asked, questions)
    return actions.open_check(cast.first, facts, actor=actor or cast.secretary)


def fill(cast, check, *, due=DUE, seen=None, actor=None, **found):
    """By name: the result, or result, answered and remark."""
    told = {
        cast.people[PEOPLE[name]].pk: Found(*(line if isinstance(line, tuple) else (line,)))
        for name, line in found.items()
    }
    seen = check.version if seen is None else seen
    actions.fill(check, told, correct_by=due, actor=actor or cast.secretary, seen=seen)
    check.refresh_from_db()


def entered(cast):
    """One meets the requirements, one fell short, one handed nothing in."""
    made = opened(cast)
    fill(cast, made, 丙干事=("meets", 8), 丁组长="missing", 戊同志=("short", 3, " Five left open "))
    return made


@pytest.fixture
def check(cast):
    return entered(cast)


def found(check):
    rows = check.notes_lines.select_related("member")
    return {row.member.name: (row.result, row.answered, row.remark, row.corrected_on) for row in rows}


def numbers(check):
    check.refresh_from_db()
    return check.meets, check.short, check.missing, check.corrected


# --- what a check is about -----------------------------------------------------------------------------------------
def test_questions_count_themselves_or_their_number_stands_alone(cast):
    assert opened(cast, asked=0).asked == 0
    assert opened(cast, asked=8).question_lines == []
    made = opened(cast, asked=0, questions=" One \n\nTwo")
    assert (made.asked, made.question_lines) == (2, ["One", "Two"])
    assert opened(cast, asked=2, questions="One\nTwo").asked == 2
    with pytest.raises(ValidationError, match="2 questions"):
        opened(cast, asked=3, questions="One\nTwo")


@pytest.mark.parametrize("day", [date(1999, 12, 31), timezone.localdate() + timedelta(1)])
def test_a_check_is_not_opened_ahead(cast, day):
    with pytest.raises(ValidationError, match="check the day"):
        opened(cast, day=day)


def test_only_a_branch_checks_notes(cast):
    clerk = people.account("of_county", office="clerk", organisation=cast.county)
    with pytest.raises(ValidationError, match="in a branch"):
        actions.open_check(cast.county, Facts(DAY, "Study notes"), actor=clerk)


@pytest.mark.parametrize(("who", "may"), [("secretary", True), ("clerk", True), ("committee_member", False),
                                          ("group_leader", False), ("member", False), ("officer", False)])  # fmt: skip
def test_who_checks_notes(cast, check, who, may):
    actor = User.objects.get(pk=getattr(cast, who).pk)
    told = {"actor": actor, "seen": 2}
    for act in (
        lambda: opened(cast, actor=actor),
        lambda: actions.amend(check, Facts(DAY, "Notebooks", 8), **told),
        lambda: actions.fill(check, {}, correct_by=None, **{**told, "seen": 3}),
        lambda: actions.look_again(check, [], DAY, **{**told, "seen": 4}),
    ):
        if may:
            act()
        else:
            with pytest.raises(PermissionDenied):
                act()


def test_what_it_is_about_may_change_but_not_its_day_once_results_are_entered(cast, check):
    actions.amend(check, Facts(DAY, " Notebooks ", 9), actor=cast.clerk, seen=2)
    check.refresh_from_db()
    assert (check.subject, check.asked, check.version) == ("Notebooks", 9, 3)
    with pytest.raises(ValidationError, match="The day stays"):
        actions.amend(check, Facts(DAY + timedelta(1), "Notebooks", 9), actor=cast.clerk, seen=3)
    with pytest.raises(ValidationError, match="answered more"):
        actions.amend(check, Facts(DAY, "Notebooks", 7), actor=cast.clerk, seen=3)
    other = opened(cast)
    actions.amend(other, Facts(DAY + timedelta(1), "Notebooks"), actor=cast.clerk, seen=1)
    assert NotesCheck.objects.get(pk=other.pk).checked_on == DAY + timedelta(1)


# --- results -------------------------------------------------------------------------------------------------------
def test_results_are_entered_in_one_go_and_numbers_follow(cast, check):
    assert found(check) == {
        "丙干事": ("meets", 8, "", None), "丁组长": ("missing", None, "", None),
        "戊同志": ("short", 3, "Five left open", None),
    }  # fmt: skip
    assert (numbers(check), check.looked_at, check.lacking, check.correct_by) == ((1, 1, 1, 0), 3, 2, DUE)
    fill(cast, check, due=None, 甲书记="meets", 丙干事="meets")
    assert found(check) == {"甲书记": ("meets", None, "", None), "丙干事": ("meets", None, "", None)}
    assert (numbers(check), check.correct_by) == ((2, 0, 0, 0), None)


def test_whoever_falls_short_is_told_by_when(cast):
    made = opened(cast)
    for due in (None, DAY - timedelta(1)):
        with pytest.raises(ValidationError, match="by when"):
            fill(cast, made, due=due, 戊同志="missing")
    fill(cast, made, due=DAY, 戊同志="missing")
    assert made.correct_by == DAY


def test_what_cannot_be_is_refused_and_nothing_is_entered(cast):
    made = opened(cast)
    for told, words in (
        ({cast.siblings[0].pk: Found("meets")}, "not in the register"),
        ({cast.people[4].pk: Found("meets", 9)}, "More questions"),
        ({cast.people[4].pk: Found("unheard-of")}, "unheard-of"),
        ({cast.people[4].pk: Found("meets", None, "x" * 121)}, "120"),
    ):
        with pytest.raises(ValidationError, match=words):
            actions.fill(made, told, correct_by=DUE, actor=cast.secretary, seen=1)
    assert not NotesLine.objects.exists()
    assert NotesCheck.objects.get().version == 1


def test_only_who_was_in_the_register_of_that_day(cast):
    late = people.enrol("新同志", cast.first, since=DAY + timedelta(1))
    with pytest.raises(ValidationError):
        actions.fill(opened(cast), {late.pk: Found("meets")}, correct_by=None, actor=cast.secretary, seen=1)
    later = opened(cast, day=DAY + timedelta(1))
    actions.fill(later, {late.pk: Found("meets")}, correct_by=None, actor=cast.secretary, seen=1)


def test_nobody_writes_over_what_somebody_else_has_entered(cast, check):
    for act in (
        lambda: fill(cast, check, seen=1, 戊同志="meets"),
        lambda: actions.amend(check, Facts(DAY, "Notebooks", 8), actor=cast.clerk, seen=1),
        lambda: actions.look_again(check, [], DAY, actor=cast.clerk, seen=1),
    ):
        with pytest.raises(MoveNotAllowed, match="Somebody else"):
            act()
    assert found(check)["戊同志"][0] == "short"


def test_nothing_is_entered_into_a_void_check(cast, check):
    actions.move(check, "void", actor=cast.secretary, note="Twice")
    with pytest.raises(MoveNotAllowed, match="void"):
        fill(cast, check, 戊同志="meets")
    with pytest.raises(MoveNotAllowed, match="void"):
        actions.look_again(check, [], DAY, actor=cast.clerk, seen=2)


def test_as_many_statements_for_many_as_for_few(cast):
    def asked(names):
        made = opened(cast)
        with CaptureQueriesContext(connection) as queries:
            fill(cast, made, **dict.fromkeys(names, "short"))
        return len(queries)

    assert asked(["戊同志"]) == asked(PEOPLE)


# --- the second look -----------------------------------------------------------------------------------------------
def look(cast, check, *names, on=DUE, actor=None):
    chosen = [cast.people[PEOPLE[name]].pk for name in names]
    actions.look_again(check, chosen, on, actor=actor or cast.clerk, seen=check.version)
    check.refresh_from_db()


def test_what_is_put_right_keeps_its_first_result_and_says_when(cast, check):
    look(cast, check, "丁组长", on=DAY)
    look(cast, check, "丁组长", "戊同志", on=DUE)
    assert found(check)["丁组长"] == ("missing", None, "", DAY)
    assert found(check)["戊同志"] == ("short", 3, "Five left open", DUE)
    assert (numbers(check), check.lacking) == ((1, 1, 1, 2), 0)
    look(cast, check, "戊同志")
    assert (found(check)["丁组长"][3], numbers(check)) == (None, (1, 1, 1, 1))


def test_results_entered_anew_keep_what_was_put_right_for_who_falls_short_still(cast, check):
    look(cast, check, "丁组长", "戊同志")
    fill(cast, check, 丁组长="short", 戊同志="meets")
    assert found(check) == {"丁组长": ("short", None, "", DUE), "戊同志": ("meets", None, "", None)}
    assert numbers(check) == (1, 1, 0, 1)


def test_only_who_fell_short_and_on_a_day_that_can_be(cast, check):
    with pytest.raises(ValidationError, match="something to put right"):
        look(cast, check, "丙干事")
    for day in (DAY - timedelta(1), timezone.localdate() + timedelta(1)):
        with pytest.raises(ValidationError, match="between"):
            look(cast, check, "戊同志", on=day)
    look(cast, check, "戊同志", on=timezone.localdate())


# --- who reads what ------------------------------------------------------------------------------------------------
def readers(cast, rows):
    return {
        name
        for name, user in vars(cast).items()
        if isinstance(user, User) and rows.visible_to(User.objects.get(pk=user.pk)).exists()
    }


def test_who_reads_that_notes_were_checked_and_of_whom(cast, check):
    branch = {"secretary", "clerk", "committee_member"}
    assert readers(cast, NotesCheck.objects.all()) == branch | {
        "member", "group_leader", "officer", "supervisor", "liaison",
    }  # fmt: skip
    lines = NotesLine.objects.filter(member=cast.people[4])
    assert readers(cast, lines) == branch | {"member", "officer"}
    assert readers(cast, NotesLine.objects.filter(member=cast.people[2])) == branch
    look(cast, check, "戊同志")
    assert readers(cast, lines) == branch | {"member"}
    actions.move(check, "void", actor=cast.secretary, note="Twice")
    assert readers(cast, lines) == branch
    assert "member" not in readers(cast, NotesCheck.objects.all())


def test_a_post_on_the_committee_reads_as_its_office_does(cast, check):
    people.members.name_to_post(
        cast.people[3], actor=people.SYSTEM, organisation=cast.first, kind="publicity", since=people.SINCE
    )
    assert NotesLine.objects.visible_to(User.objects.get(pk=cast.group_leader.pk)).count() == 3


def test_history_names_nobody_who_fell_short(cast, check):
    look(cast, check, "戊同志")
    told = History.objects.of(check)
    assert [entry.move for entry in told] == ["create", "fill_notes", "look_again"]
    for entry in told:
        assert "戊同志" not in f"{entry.subject_label} {entry.note}" and "Five left" not in entry.note


# --- the notice ----------------------------------------------------------------------------------------------------
def told(day):
    notices.scan(day)
    rows = Notice.objects.unread(day).filter(rule="notes_short").select_related("recipient")
    return {row.recipient.name: row.words for row in rows}


def test_who_falls_short_is_told_once_until_it_is_put_right(cast, check):
    words = "Check “Study notes”: something in your notes is to be put right by 2026-03-20."
    assert told(DAY) == {"丁组长": words, "戊同志": words}
    assert Notice.objects.filter(rule="notes_short").count() == 2
    told(DAY + timedelta(1))
    assert Notice.objects.filter(rule="notes_short").count() == 2
    look(cast, check, "丁组长")
    assert set(told(DUE)) == {"戊同志"}
    leaving.leave(cast.people[4], actor=cast.secretary, until=DUE, ending="died")
    assert set(told(DUE)) == {"戊同志"}
    assert told(DUE + timedelta(1)) == {}


def test_a_void_check_tells_nobody(cast, check):
    actions.move(check, "void", actor=cast.secretary, note="Twice")
    assert told(DAY) == {}


def test_the_phone_list_of_the_clerk_leaves_it_out(cast, check):
    notices.scan(DAY)

    def phoned(user):
        return Notice.objects.to_phone(User.objects.get(pk=user.pk)).filter(rule="notes_short").count()

    assert (phoned(cast.clerk), phoned(cast.secretary)) == (0, 2)
