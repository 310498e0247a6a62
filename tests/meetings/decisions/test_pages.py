"""Decisions on the pages: rows typed without a script, the record, the list, the ledger."""

from dataclasses import replace

import pytest
from django.urls import reverse

from meetings import actions
from meetings.decisions.entries import LeftOut, Motion
from meetings.exports import COLUMNS
from meetings.models import Decision, DueExclusion, Meeting
from tests.cast import SINCE, entry
from tests.reports.books import export, rows_of

pytestmark = pytest.mark.django_db


def typed(cast, *rows, out=(), away=(), save="draft", **more):
    """What a browser posts for a general meeting: rows of decisions and of members left out, by their fields."""
    data = {
        "theme": "Plans", "started_at": "2026-03-02 09:00", "ended_at": "2026-03-02 10:00", "place": "Room",
        "host": cast.people[0].pk, "recorder": cast.people[1].pk, "agenda": "One", "minutes_original": "system",
        "late_reason": "Ill", "save": save, "confirmed": "yes", "motions-INITIAL_FORMS": 0, "left_out-INITIAL_FORMS": 0,
        "motions-TOTAL_FORMS": len(rows), "left_out-TOTAL_FORMS": len(out), **more,
    }  # fmt: skip
    for place, person in enumerate(cast.people):
        data[f"status_{person.pk}"] = "on_leave" if place in away else "present"
        data[f"reason_{person.pk}"] = "Ill" if place in away else ""
    for prefix, lines in (("motions", rows), ("left_out", out)):
        for place, line in enumerate(lines):
            data |= {f"{prefix}-{place}-{name}": value for name, value in line.items()}
    return data


def post(client, cast, *rows, **more):
    client.force_login(cast.secretary)
    address = f"{reverse('meeting_create')}?organisation={cast.first.pk}&form=general_meeting"
    return client.post(address, typed(cast, *rows, **more), follow=True)


PLAN = {"subject": "Plan", "business": "ordinary", "method": "hands", "yes": 5, "no": 0, "abstain": 0}
EMPTY = {"subject": "", "business": "ordinary", "method": "hands", "yes": "", "announced": ""}
OUT = {"ground": "bedridden", "consent_by": "CONSENT-WORDS", "consent_on": "2026-02-01", "resolution": "RESOLVED"}


def test_rows_become_decisions_and_an_empty_row_none(client, cast):
    page = post(client, cast, PLAN, EMPTY, PLAN | {"subject": "More", "business": "election", "announced": "elected"})
    first, second = Decision.objects.all()
    assert (first.subject, first.due, first.present, first.outcome) == ("Plan", 5, 5, "passed")
    assert (second.position, second.business, second.outcome) == (2, "election", "elected")
    words = page.content.decode()
    assert "应到会有表决权5人，参加表决5人（2×5&gt;5）；赞成5，反对0，弃权0：2×5&gt;5" in words
    assert "《中国共产党支部工作条例（试行）》第十一条" in words


def test_one_more_row_is_a_button_of_the_form_and_keeps_what_was_typed(client, cast):
    page = post(client, cast, PLAN, save="more")
    rows = page.context["sheet"].matters.rows
    assert [form["subject"].value() for form in rows] == ["Plan", None]
    assert len(page.context["sheet"].matters.out.forms) == 1
    assert not Decision.objects.exists()


@pytest.mark.parametrize(
    ("row", "field"),
    [
        (PLAN | {"subject": ""}, "subject"),
        (PLAN | {"yes": "-1"}, "yes"),
        (PLAN | {"no": "many"}, "no"),
        (PLAN | {"business": "unheard-of"}, "business"),
        (PLAN | {"business": ""}, "business"),
        (PLAN | {"subject": "议" * 201}, "subject"),
    ],
)
def test_what_cannot_be_read_is_told_at_its_row_and_stays(client, cast, row, field):
    page = post(client, cast, row)
    (form,) = page.context["sheet"].matters.rows
    assert field in form.errors and form["subject"].value() == row["subject"]
    assert "#decisions-title" in str(page.context["sheet"].form.non_field_errors())
    assert not Meeting.objects.exists()


def test_what_cannot_be_submitted_shows_the_arithmetic_and_saves_nothing(client, cast):
    page = post(client, cast, PLAN | {"yes": 4}, save="submit")
    assert "赞成4+反对0+弃权0=4" in page.content.decode() and not Meeting.objects.exists()
    assert page.context["sheet"].matters.rows.forms[0]["yes"].value() == "4"
    post(client, cast, PLAN, save="submit")
    assert Meeting.objects.get().state == "filed"


def unconfirmed(client, cast, *rows, **more):
    client.force_login(cast.secretary)
    data = typed(cast, *rows, save="submit", **more)
    del data["confirmed"]
    return client.post(f"{reverse('meeting_create')}?organisation={cast.first.pk}&form=general_meeting", data)


def test_nobody_is_asked_about_a_record_that_is_refused_afterwards(client, cast):
    page = unconfirmed(client, cast, PLAN | {"yes": 4})
    assert "赞成4+反对0+弃权0=4" in page.content.decode() and "sheet" in page.context
    page = unconfirmed(client, cast, PLAN)
    assert "carried" in page.context and not Meeting.objects.exists()


def test_that_too_few_came_to_decide_anything_is_asked_about_where_nothing_was_decided(client, cast):
    told = "到会有表决权1人，应到5人，还差2人：这样的会议不能作出决定。"
    assert told in unconfirmed(client, cast, away=(1, 2, 3, 4), recorder=cast.people[0].pk).context["text"]
    assert told not in unconfirmed(client, cast, away=(3, 4)).context["text"]
    vote = PLAN | {"yes": 1}
    page = unconfirmed(client, cast, vote, away=(1, 2, 3, 4), recorder=cast.people[0].pk)
    assert "“Plan”：参加表决1人，应到会有表决权5人，人数不足，不能形成决议。" in page.context["text"]


def test_members_left_out_are_rows_too(client, cast):
    election = PLAN | {"business": "election", "yes": 4, "announced": "elected"}
    out = OUT | {"member": cast.people[4].pk}
    post(client, cast, election, out=[out, {"member": "", "ground": ""}], away=(4,), save="submit")
    assert (Decision.objects.get().due, Decision.objects.get().outcome) == (4, "elected")
    row = DueExclusion.objects.get()
    assert (row.member, row.ground, str(row.consent_on)) == (cast.people[4], "bedridden", "2026-02-01")


@pytest.mark.parametrize(
    ("out", "field"),
    [
        ([OUT | {"member": ""}], "member"),
        ([OUT | {"member": "4", "ground": ""}], "ground"),
        ([OUT | {"member": "4", "consent_on": "yesterday"}], "consent_on"),
        ([OUT | {"member": "4"}, OUT | {"member": "4"}], "member"),
    ],
)
def test_a_fault_in_a_row_of_members_left_out(client, cast, out, field):
    out = [line | ({"member": cast.people[4].pk} if line["member"] else {}) for line in out]
    rows = post(client, cast, PLAN, out=out, away=(4,)).context["sheet"].matters
    assert field in rows.out.forms[-1].errors and rows.left_out_shown
    assert not Meeting.objects.exists()


def held(cast):
    """A filed record with an ordinary decision and an election without one member."""
    sheet = entry(cast.people)
    motions = [Motion("PLAN-WORDS", "ordinary", yes=4, no=0, abstain=0),
               Motion("Chair", "election", "ballot", None, 4, 0, 0, 0, "elected")]  # fmt: skip
    out = [LeftOut(cast.people[4].pk, "bedridden", "CONSENT-WORDS", SINCE, "", "RESOLVED")]
    ticks = {**sheet.ticks, cast.people[4].pk: ("on_leave", "Ill")}
    sheet = replace(sheet, motions=motions, left_out=out, ticks=ticks)
    return actions.save(Meeting(organisation=cast.first, form="general_meeting"), sheet, actor=cast.secretary)


def test_decisions_are_read_with_the_minutes_and_the_grounds_by_those_who_read_reasons(client, cast):
    meeting = held(cast)
    drafted = {user: read(client, getattr(cast, user), meeting) for user in ("secretary", "clerk", "supervisor")}
    assert drafted == {"secretary": (True, True), "clerk": (True, True), "supervisor": (False, False)}
    actions.move(meeting, "file", actor=cast.secretary)
    filed = {
        user: read(client, getattr(cast, user), meeting) for user in ("member", "group_leader", "liaison", "officer")
    }
    assert filed == {
        "member": (True, False), "group_leader": (True, False), "liaison": (True, True), "officer": (True, True),
    }  # fmt: skip


def read(client, user, meeting):
    client.force_login(user)
    words = client.get(meeting.get_absolute_url()).content.decode()
    return "PLAN-WORDS" in words, "CONSENT-WORDS" in words and "RESOLVED" in words


def test_the_page_of_a_saved_record_begins_with_its_rows(client, cast):
    meeting = held(cast)
    client.force_login(cast.secretary)
    matters = client.get(reverse("meeting_edit", args=[meeting.pk])).context["sheet"].matters
    assert [form["subject"].value() for form in matters.rows] == ["PLAN-WORDS", "Chair", None]
    assert [form["present"].value() for form in matters.rows][:2] == [None, None]
    assert [form["member"].value() for form in matters.out] == [cast.people[4].pk, None]


def test_a_page_that_posts_no_rows_leaves_those_that_are_saved(client, cast):
    meeting = held(cast)
    data = {name: value for name, value in typed(cast, away=(4,), version=1).items() if "TOTAL" not in name}
    client.force_login(cast.secretary)
    client.post(reverse("meeting_edit", args=[meeting.pk]), data)
    assert Meeting.objects.get().theme == "Plans"
    assert (Decision.objects.count(), DueExclusion.objects.count()) == (2, 1)


def test_two_windows_see_where_their_decisions_differ(client, cast):
    meeting = held(cast)
    client.force_login(cast.secretary)
    page = client.post(reverse("meeting_edit", args=[meeting.pk]), typed(cast, PLAN, away=(4,), version=7))
    assert page.status_code == 409
    found = {line.label: (line.typed, line.saved) for line in page.context["sheet"].conflict}
    assert found["决议"] == (
        "Plan · 一般决议 · 举手 · -- / 5 / 0 / 0 / 0",
        "PLAN-WORDS · 一般决议 · 举手 · -- / 4 / 0 / 0 / 0\nChair · 选举 · 无记名投票 · -- / 4 / 0 / 0 / 0 · 当选",
    )
    assert found["不计入应到会人数的党员"][0] == "" and "CONSENT-WORDS" in found["不计入应到会人数的党员"][1]


def test_boards_tell_on_the_server_too_how_many_are_wanting(client, cast):
    out = [OUT | {"member": cast.people[4].pk}]
    boards = {
        board.business: (board.due, board.least, board.present, board.lacking, board.may_vote)
        for board in post(client, cast, PLAN, out=out, away=(2, 3, 4), save="refresh").context["sheet"].boards
    }
    assert boards["ordinary"] == (5, 3, 2, 1, False)
    assert boards["admission"] == (5, 3, 2, 1, False)
    assert boards["election"] == (4, 4, 2, 2, False)
    assert boards["disposal"] == (4, 3, 2, 1, False)
    assert "committee" not in boards and "opinion_vote" not in boards


def shown(client, user, **query):
    client.force_login(user)
    return [row.subject for row in client.get(reverse("decision_list"), query).context["page"].objects]


def test_the_list_is_narrowed_by_kind_outcome_year_and_words(client, cast):
    actions.move(held(cast), "file", actor=cast.secretary)
    late = replace(entry(cast.people, theme="Other"), motions=[Motion("Later", "ordinary", yes=0, no=5, abstain=0)])
    late.facts.update(started_at=late.facts["started_at"].replace(year=2025), ended_at=None)
    actions.save(Meeting(organisation=cast.first, form="general_meeting"), late, actor=cast.secretary)
    assert shown(client, cast.secretary) == ["Chair", "PLAN-WORDS", "Later"]
    assert shown(client, cast.member) == ["Chair", "PLAN-WORDS"]
    assert shown(client, cast.sibling) == shown(client, cast.stranger) == shown(client, cast.sysadmin) == []
    assert shown(client, cast.secretary, business="election") == ["Chair"]
    assert shown(client, cast.secretary, outcome="rejected") == ["Later"]
    assert shown(client, cast.secretary, year="2025") == ["Later"]
    assert shown(client, cast.secretary, q="Other") == ["Later"]
    assert shown(client, cast.secretary, q="PLAN") == ["PLAN-WORDS"]
    assert shown(client, cast.officer, organisation="First") == ["Chair", "PLAN-WORDS"]
    assert shown(client, cast.officer, organisation="Second") == []


def test_the_ledger_has_a_column_of_decisions(cast):
    actions.move(held(cast), "file", actor=cast.secretary)
    (row,) = rows_of(export(cast.officer), COLUMNS)
    assert row["决议"] == (
        "1.PLAN-WORDS（一般决议，举手）：应到会有表决权5人，参加表决4人（2×4>5）；赞成4，反对0，弃权0：2×4>5，通过；"
        "2.Chair（选举，无记名投票）：应到会有表决权4人，参加表决4人（5×4>4×4）；赞成4，反对0，弃权0：2×4>4，当选"
    )


def test_a_correction_tells_what_it_changed_in_the_decisions(client, cast):
    meeting = held(cast)
    actions.move(meeting, "file", actor=cast.secretary)
    motions = [Motion("PLAN-WORDS", "ordinary", yes=3, no=2, abstain=0)]
    actions.revise(meeting, replace(entry(cast.people), motions=motions), "Wrong", actor=cast.secretary,
                   seen=Meeting.objects.get().version)  # fmt: skip
    for user, tells in ((cast.secretary, True), (cast.member, False)):
        client.force_login(user)
        (correction,) = client.get(meeting.get_absolute_url()).context["corrections"]
        changed = {change.label: (change.before, change.after) for change in correction.changes}
        assert "赞成4，反对0" in changed["决议"][0] and changed["决议"][1].endswith("2×3>5 · 通过")
        assert ("CONSENT-WORDS" in changed.get("不计入应到会人数的党员", ("", ""))[0]) == tells
