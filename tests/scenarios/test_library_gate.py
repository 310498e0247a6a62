"""The case library-general-branch up to its gate: everybody consults, opinions come in, drafts are sent back, the general
branch checks who is ready and lets the branches pass, and the university looks at it all."""

from io import BytesIO
from uuid import uuid4

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from appraisals.materials import actions as writing
from appraisals.models import MakeupItem, Material, Progress, Round, Visit
from branches.models import User
from meetings.models import Talk
from tests import cast as people
from tests.scenarios import library as case
from tests.scenarios.libraries import POSTS, held
from tests.scenarios.library_opinions import (
    opinions_come_in,
    the_summary_of_opinions_has_rows_and_report_side_by_side,
    what_was_reported_is_typed_as_it_was,
)
from tests.scenarios.visits import Visitor, counted, exported, figures, on, plain

pytestmark = pytest.mark.django_db


@pytest.fixture
def round_(library):
    """The round of the general branch, opened on the day it was announced."""
    library.writers = _authors(library)
    with on(case.OPENED):
        return opened(library)


def _authors(library):
    """An account for every member, by member."""
    mine = {user.member_id: user for user in User.objects.exclude(member=None)}
    folk = [person for folk in library.folk.values() for person in folk]
    return {person: mine.get(person.pk) or people.account(f"m{person.pk}", person) for person in folk}


def opened(library):
    officer = library.officer
    officer.post("round_create", organisation=library.top.pk, year=case.YEAR, name=case.ROUND, roster_on=case.OPENED,
                 due_on=case.CHECKED, aspects="\n".join(case.ASPECTS))  # fmt: skip
    round_ = Round.objects.get(name=case.ROUND)
    for name, gate, last in ((case.GATED, "approval", case.CHECKED), (case.AFTERWARDS, "approval", case.INSPECTED)):
        officer.post("stage_create", round_.pk, name=name, gate=gate, starts_on=case.OPENED, ends_on=last)
    for metric, base, value, severity in (
        ("talks.held", "roster.due", 100, "block"), ("materials.accepted", "roster.due", 100, "block"),
        ("opinions.received", "", 1, "block"), ("meetings.committee_meeting", "", 1, "warn"),
    ):  # fmt: skip
        officer.post("requirement_create", round_.stages.get(position=1).pk, metric=metric, base=base, value=value,
                     severity=severity)  # fmt: skip
    written = {f"whom_{whom}": "self_analysis" for whom in ("secretary", "committee_member", "member", "probationary")}
    officer.post("material_rules_edit", round_.pk, great_age=75, chain="one", **written)
    officer.post("round_move", round_.pk, "open", confirmed="yes")
    return round_


def progress(branch, position=1):
    return Progress.objects.get(organisation=branch, stage__position=position)


def test_the_gate_of_the_library(library, round_, django_capture_on_commit_callbacks):
    *_others, third, fourth = library.folk
    with on(case.ASKED):
        prepared(library, but=fourth)
        everybody_consults(library)
        opinions_come_in(library, round_)
        drafts_are_checked_and_rewritten(library, round_, but=third)
        with django_capture_on_commit_callbacks():
            the_talks_stand_in_the_ledger(library)
    with on(case.CHECKED):
        the_general_branch_looks_who_is_ready(library, round_, short=third)
        who_falls_short_is_not_let_through_and_who_was_warned_asks(library, third, fourth)
        the_draft_is_rewritten(library, round_, third)
        the_general_branch_opens_the_gate(library, round_)
        what_was_reported_is_typed_as_it_was(library, round_)
        with django_capture_on_commit_callbacks():
            the_summary_of_opinions_has_rows_and_report_side_by_side(library, round_)
        the_grid_of_the_stage_says_the_same(library, round_)
    with on(case.INSPECTED), django_capture_on_commit_callbacks():
        the_university_inspects(library, round_)


def prepared(library, *, but):
    """The committees have met, all but one: that one has not yet handed its record in."""
    for branch, folk in library.folk.items():
        if branch != but:
            committee = folk[: len(POSTS)]
            held(library, branch, "committee_meeting", committee, case.PREPARED, case.PLAN, case.PLAN_AGENDA)


# --- each consults three to five people -------------------------------------------------------------------------------
def everybody_consults(library):
    for branch, folk in library.folk.items():
        rows = {"held_on": case.ASKED, "row-TOTAL_FORMS": len(folk), "row-INITIAL_FORMS": 0}
        for n, person in enumerate(folk):
            many = case.FEWEST + n % (case.MOST - case.FEWEST + 1)
            asked = [folk[(n + step) % len(folk)].name for step in range(1, many)]
            rows |= {f"row-{n}-talkers": person.name, f"row-{n}-partners": "、".join([*asked, "读者代表（党外）"])}
        library.secretaries[branch].post("talk_create", query=f"?organisation={branch.pk}", **rows)
    talks = list(Talk.objects.all())
    assert {talk.persons for talk in talks} == set(range(case.FEWEST, case.MOST + 1))
    found = figures(library.officer, library.top, year=case.YEAR)
    assert found["talks.held"] == case.IN_SERVICE
    assert found["talks.persons"] == sum(talk.persons for talk in talks)
    board = library.officer.get("figure_list", under=library.top.pk, year=case.YEAR, metric="talks.held")
    by_branch = [one.line.rows for one in board.context["board"].children]
    assert by_branch == [len(folk) for folk in library.folk.values()]


def the_talks_stand_in_the_ledger(library):
    rows, total = counted(exported(library.officer, "talk_ledger", held_after=case.ASKED))
    assert sorted(row[2] for row in rows) == sorted(person.name for person in library.writers)
    assert {row[8] for row in rows} == set(range(case.FEWEST, case.MOST + 1))
    assert total[7] == case.IN_SERVICE and total[8] == sum(row[8] for row in rows)


# --- drafts -----------------------------------------------------------------------------------------------------------
def owed(round_, person):
    return Material.objects.get(round=round_, author=person)


def reviewer_of(library, branch, material):
    return library.officer if material.is_chief else library.secretaries[branch]


def drafts_are_checked_and_rewritten(library, round_, *, but):
    """All hand in; the last of each branch is sent back with a reason and writes again, but for one branch's."""
    assert Material.objects.filter(round=round_).count() == case.IN_SERVICE
    for branch, folk in library.folk.items():
        for person in folk:
            material = owed(round_, person)
            words = {f"aspect_{n}": f"{title}方面的一个事例" for n, title in enumerate(case.ASPECTS, 1)}
            writing.submit(material, words, actor=library.writers[person], seen=0)
            if person != folk[-1]:
                reviewer_of(library, branch, material).post("material_move", material.pk, "accept")
        unfit = owed(round_, folk[-1])
        secretary = library.secretaries[branch]
        secretary.post("material_review", unfit.pk, do="send_back", note="请举出具体事例。", reasons="shallow")
        unfit.refresh_from_db()
        assert unfit.get_state_display() == "退回修改"
        if branch != but:
            rewritten(library, round_, branch)
    found = figures(library.officer, library.top, round=round_.pk)
    assert found["materials.return_reasons"] == len(case.BRANCHES)
    assert found["materials.versions"] == case.IN_SERVICE + len(case.BRANCHES) - 1
    assert found["materials.accepted"] == case.IN_SERVICE - 1


def rewritten(library, round_, branch):
    person = library.folk[branch][-1]
    material, author = owed(round_, person), Visitor(library.writers[person])
    page = author.get("material_edit", material.pk)
    assert "请举出具体事例。" in page.content.decode()
    words = {f"aspect_{n}": f"{title}方面的两个事例和原因" for n, title in enumerate(case.ASPECTS, 1)}
    revision = page.context["form"]["revision"].value()
    author.post("material_edit", material.pk, save="submit", revision=revision, confirmed="yes", **words)
    both = library.secretaries[branch].get("material_detail", material.pk).content.decode()
    assert "<ins>" in both and "原因" in both
    library.secretaries[branch].post("material_move", material.pk, "accept")
    material.refresh_from_db()
    assert (material.get_state_display(), material.versions_count) == ("审阅通过", 2)


def the_draft_is_rewritten(library, round_, branch):
    rewritten(library, round_, branch)
    found = figures(library.officer, library.top, round=round_.pk)
    assert (found["materials.accepted"], found["roster.due"]) == (case.IN_SERVICE, case.IN_SERVICE)
    (item,) = MakeupItem.objects.filter(organisation=branch)
    library.secretaries[branch].post("makeup_move", item.pk, "make_up", note="已重写并经支部书记审阅。")
    library.officer.post("makeup_move", item.pk, "close")
    assert "重写" in library.officer.get("makeup_detail", item.pk).content.decode()


# --- the gate ---------------------------------------------------------------------------------------------------------
READY = ("study", "opinions", "talks", "materials", "agenda", "absent")
FIVE = ("opinions", "talks", "materials", "meetings", "appraisal")


def visit(visitor, round_, branch, checklist, lines, day, *, short="", **words):
    found = {f"line-{code}-result": "reached" for code in lines}
    if short:
        found |= {
            "line-materials-result": "short",
            "line-materials-evidence": short,
            "line-materials-wants_makeup": "on",
        }
    visitor.post("visit_create", query=f"?organisation={branch.pk}&checklist={checklist}", save="submit",
                 client_key=str(uuid4()), visited_on=day, manner="on_site", round=round_.pk, **words, **found)  # fmt: skip
    return Visit.objects.get(organisation=branch, visited_on=day)


def the_general_branch_looks_who_is_ready(library, round_, *, short):
    for branch in library.folk:
        why = "一份初稿退回后尚未重写" if branch == short else ""
        visit(library.officer, round_, branch, "readiness", READY, case.CHECKED, short=why, comments="查看了准备情况。",
              due_on=case.RATED if why else "")  # fmt: skip
    page = library.secretaries[short].get("visit_detail", Visit.objects.get(organisation=short).pk).content.decode()
    assert "一份初稿退回后尚未重写" in page


def who_falls_short_is_not_let_through_and_who_was_warned_asks(library, third, fourth):
    for branch in library.folk:
        shown = (
            library.secretaries[branch]
            .post("progress_move", progress(branch).pk, "request", confirmed="yes")
            .content.decode()
        )
        if branch == third:
            size = len(library.folk[third])
            assert f"审阅通过材料：已有 {size - 1}，应有 {size}" in shown
    states = {branch: progress(branch).state for branch in library.folk}
    assert states == {branch: "working" if branch == third else "requested" for branch in library.folk}
    assert [progress(branch).lacking for branch in library.folk if branch != third] == [0, 0, 1]
    library.officer.client.post(reverse("progress_move", args=[progress(third).pk, "pass_on"]))
    assert progress(third).state == "working"  # nobody lets pass what has not asked
    seen = library.officer.get("progress_detail", progress(fourth).pk).content.decode()
    assert "差 1" in seen and "支委会" in seen


def the_general_branch_opens_the_gate(library, round_):
    third = list(library.folk)[2]
    library.secretaries[third].post("progress_move", progress(third).pk, "request")
    for branch in library.folk:
        own = library.secretaries[branch].client.post(reverse("progress_move", args=[progress(branch).pk, "pass_on"]))
        assert own.status_code == 403 and progress(branch).state == "requested"
        library.officer.post("progress_move", progress(branch).pk, "pass_on", confirmed="yes")
        page = library.secretaries[branch].get("progress_detail", progress(branch).pk)
        text = page.content.decode()
        opened_by = [entry for entry in page.context["history"] if entry.move == "pass_on"]
        assert len(opened_by) == 1, branch
        (entry,) = opened_by
        assert (entry.actor_label, str(entry.at.date())) == ("general", case.CHECKED)
        assert case.GENERAL in entry.acted_as
        for told in (f'<time datetime="{case.CHECKED}', "<span>general", case.GENERAL, f"<dd>{case.CHECKED}</dd>"):
            assert told in text, told
        assert progress(branch, 2).state == "working"
    board = library.officer.get("progress_board", round_.pk).context["board"]
    count = len(case.BRANCHES)
    assert [cell.words for cell in board.whole.cells] == [f"{count} / {count}", f"0 / {count}"]


def the_grid_of_the_stage_says_the_same(library, round_):
    """The file of the stage: a row a branch, the figures of the gate, and what was still missing."""
    stage = round_.stages.get(position=1)
    sent = library.officer.client.get(reverse("grid_export", args=[stage.pk]) + f"?under={library.top.pk}")
    rows = [row for row in load_workbook(BytesIO(sent.content)).active.iter_rows(values_only=True)
            if str(row[2]).endswith("支部委员会") and isinstance(row[0], int)]  # fmt: skip
    assert len(rows) == len(case.BRANCHES)
    assert [row[4] for row in rows] == [len(folk) for folk in library.folk.values()]
    assert [row[-1] or "" for row in rows][:3] == [""] * 3 and "支委会" in rows[3][-1]


# --- the inspection ---------------------------------------------------------------------------------------------------
def the_university_inspects(library, round_):
    for branch in library.folk:
        made = visit(library.inspector, round_, branch, "five", FIVE, case.INSPECTED, met="支部书记", saw_record_book="on",
                     saw_ledgers="on", comments="准备扎实，评议认真。", opinion="巩固成果，转入整改。")  # fmt: skip
        page = library.secretaries[branch].get("visit_detail", made.pk).content.decode()
        assert "准备扎实，评议认真。" in page and "inspector" in page
        library.secretaries[branch].post("visit_move", made.pk, "acknowledge")
        assert Visit.objects.get(pk=made.pk).get_state_display() == "已知悉"
        letter = library.secretaries[branch].get("visit_paper", made.pk).content.decode()
        assert "2003年5月27日" in letter and "巩固成果，转入整改。" in letter
    day = {"visited_after": case.INSPECTED, "visited_before": case.INSPECTED}
    assert library.inspector.get("visit_list", **day).context["page"].total == len(case.BRANCHES)
    rows, _total = counted(exported(library.inspector, "visit_ledger", round=round_.pk))
    told = [(str(row[4])[:10], row[6]) for row in rows]
    assert told.count((case.INSPECTED, "")) == len(case.BRANCHES)
    assert sum(day == case.CHECKED for day, _found in told) == len(case.BRANCHES)
    assert [found for _day, found in told if found] == [f"{_words()}:一份初稿退回后尚未重写"]
    assert figures(library.inspector, library.top, round=round_.pk)["visits.in_round"] == 2 * len(case.BRANCHES)


def _words():
    return plain("材料已撰写并经审阅")
