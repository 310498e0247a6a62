"""The whole way of a roster into the register: who is new, changed, missing, asked about; all of it or nothing."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from branches.models import Group, Member, Particulars, Post, Relation, Standing
from branches.roster import files
from branches.roster.actions import imports, writing
from jobs import actions as jobs
from jobs import files as job_files
from jobs.models import Job
from tests.branches.roster_books import FILES
from tests.branches.roster_books import identity as number
from tests.branches.rosters import HEAD, NEW, SINCE, again, checked, confirmed, done, media, send, uploaded
from tests.cast import enrol
from workflow.models import AuditEvent, History
from workflow.moves import MoveNotAllowed

pytestmark = pytest.mark.django_db
__all__ = ["media", "send"]  # fixtures
TABLES = (Member, Particulars, Relation, Standing, Post, Group)


def found(sent):
    return {key: value for key, value in sent.counts.items() if value}


def told(sent, name):
    return files.outcome(sent.file_key)[name]


def sizes():
    return [model.objects.count() for model in TABLES]


def everything():
    return [list(model.objects.order_by("pk").values()) for model in TABLES]


COLLEAGUES = [
    (n, name, "", "", "", "正式") for n, name in enumerate(("甲书记", "乙委员", "丙干事", "丁组长", "戊同志"))
]


def decided(sent, actor):
    """The answer “the same” to every question."""
    answers = {str(row): offered[0][0] for row, _name, _branch, offered in told(sent, "questions")}
    imports.answer(sent, actor=actor, answers=answers)
    return done(sent)


def test_new_members_are_entered_with_all_that_belongs_to_them(cast, send):
    sent = send(NEW)
    assert (sent.state, found(sent)) == ("checked", {"new": 2, "missing": 5})
    before = Member.objects.count()
    sent = confirmed(sent, cast.secretary)
    assert sent.state == "done" and Member.objects.count() == before + 2
    member = Member.objects.get(name="林岚")
    by_hand = enrol("林岚", cast.second, gender="woman", born="1985-06", joined="2008-07", since=SINCE, position=6)
    for table in (Particulars, Relation, Standing):
        one, other = (table.objects.filter(member=who).values().get() for who in (member, by_hand))
        for column in ("id", "member_id", "organisation_id"):
            one.pop(column, None), other.pop(column, None)
        assert one == other
    assert (
        (member.name_pinyin, member.name_initials) == (by_hand.name_pinyin, by_hand.name_initials) == ("lin lan", "ll")
    )
    assert Standing.objects.get(member__name="周明").category == "probationary"
    entry = History.objects.of(member).get()
    assert (entry.move, entry.actor_label, entry.organisation_label) == ("roster_new", "甲书记", "First branch")
    assert [entry.move for entry in History.objects.of(sent)] == ["upload", "check", "tell", "confirm", "write"]
    kinds = AuditEvent.objects.filter(kind__startswith="roster").order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["roster_uploaded", "roster_imported"]


def test_what_is_written_in_bulk_would_pass_as_written_by_hand(cast):
    """Every row of the office's roster stands the checks that an action makes of each."""
    sent = checked(uploaded(FILES / "office.xls"), cast.second, cast.officer)
    assert found(sent) == {"new": 5, "missing": 2, "notes": 3}
    confirmed(sent, cast.officer)
    people = Member.objects.filter(relations__since=SINCE)
    assert people.count() == 5
    for member in people:
        for fact in (member, member.particulars, *member.relations.all(), *member.standings.all(), *member.posts.all()):
            fact.full_clean()
    kept = {post.member.name: post.kind for post in Post.objects.filter(since=SINCE, organisation=cast.second)}
    assert kept == {"林岚": "secretary", "周明远": "publicity", "沈秋": "discipline"}  # 周明远 organisation, too
    assert Post.objects.filter(member__name="周明远").count() == 2
    groups = Relation.objects.filter(since=SINCE).order_by("position").values_list("group__name", flat=True)
    assert list(groups) == ["第一党小组"] * 3 + ["第二党小组"] * 2
    assert Group.objects.filter(organisation=cast.second, since=SINCE).count() == 2


def test_the_same_file_twice_adds_nothing(cast, send):
    confirmed(send(NEW), cast.secretary)
    before = everything()
    sent = send(NEW)
    assert found(sent) == {"same": 2, "missing": 5}
    with pytest.raises(MoveNotAllowed):
        imports.move(sent, "confirm", actor=cast.secretary)
    assert everything() == before


def test_members_who_are_missing_are_listed_and_stay(cast, send):
    before = Relation.objects.values_list("pk", "until")
    sent = send(NEW)
    assert [row[1] for row in told(sent, "missing")] == ["甲书记", "乙委员", "丙干事", "丁组长", "戊同志"]
    kept = set(before)
    confirmed(sent, cast.secretary)
    assert kept <= set(Relation.objects.values_list("pk", "until"))


def test_a_name_alone_proves_nothing(cast, send):
    """Everybody of the branch is asked about: nothing but the names is known on both sides."""
    sent = send(COLLEAGUES)
    assert found(sent) == {"questions": 5}
    before = everything()
    assert not sent.may_be_written
    same = f"same:{cast.people[0].pk}"
    imports.answer(sent, actor=cast.secretary, answers={"2": same, "3": "new", "4": "same:999999", "5": "out"})
    sent = done(sent)
    assert found(sent) == {"same": 1, "new": 1, "missing": 1, "questions": 3}  # no made-up answer counts
    assert everything() == before


def test_namesakes_in_one_file_are_two_people_or_asked_about(cast):
    sent = checked(uploaded(FILES / "namesakes.xlsx"), cast.second, cast.sibling)
    assert found(sent) == {"new": 4, "questions": 1, "errors": 1, "missing": 2}
    ((row, name, _branch, answers),) = told(sent, "questions")
    assert row == 5 and name.startswith("李强") and [answer for answer, _words in answers] == ["out", "new"]
    assert [fault[0] for fault in told(sent, "faults")] == [7]  # 赵敏, word for word the same
    imports.answer(sent, actor=cast.sibling, answers={"5": "out"})
    sent = done(sent)
    assert found(sent) == {"new": 4, "errors": 1, "missing": 2}


def test_whoever_has_the_same_identity_number_is_the_same_whatever_else_is_told(cast, send):
    head, mine = (*HEAD, "身份证号"), number("11010119850612001")
    confirmed(send([(1, "林岚", "女", "1985-06", "2008", "正式", mine)], head), cast.secretary)
    kept = Particulars.objects.get(member__name="林岚")
    assert (len(kept.identity_digest), kept.identity_last4) == (64, mine[-4:])
    sent = send([(1, "林兰", "女", "1985-06-12", "2008", "正式", mine)], head)
    assert found(sent) == {"changed": 1, "missing": 5}
    confirmed(sent, cast.secretary)
    member = Member.objects.get(pk=kept.pk)
    assert (member.name, member.name_pinyin, member.particulars.born) == ("林兰", "lin lan", "1985-06-12")
    entry = History.objects.of(member).last()
    assert entry.move == "roster_changed" and "1985" not in entry.note and "林岚" not in entry.note


def test_two_identity_numbers_are_two_people(cast, send):
    head = (*HEAD, "身份证号")
    row = (1, "林岚", "女", "1985-06", "2008-07", "正式")
    confirmed(send([(*row, number("11010119850612001"))], head), cast.secretary)
    sent = send([(*row, number("11010119850612002")), (*row, number("11010119850612001"))], head)
    assert found(sent) == {"new": 1, "same": 1, "missing": 5}
    sent = send([(*row, number("11010119850612003"))] * 2, head)
    assert sent.counts["errors"] == 1


def test_a_member_of_another_branch_is_not_entered_again(cast, send):
    head, mine = (*HEAD, "身份证号"), number("11010119850612001")
    row = (1, "林岚", "女", "1985-06", "2008-07", "正式", mine)
    confirmed(send([row], head), cast.secretary)
    sent = send([row], head, cast.second, cast.sibling)
    assert found(sent) == {"errors": 1, "missing": 2}
    assert "First branch" not in str(told(sent, "faults"))  # the other branch is none of this reader's business
    head = ("所在党支部", *head)
    sent = send([("Second branch", *row)], head, cast.county, cast.officer)
    assert "First branch" in str(told(sent, "faults")) and sent.counts["errors"] == 1


def test_an_import_for_several_branches(cast):
    sent = checked(uploaded(FILES / "county.xlsx"), cast.county, cast.officer)
    assert (sent.counts["new"], sent.counts["errors"]) == (3, 3)
    words = {fault[0]: fault[3] for fault in told(sent, "faults")}
    assert set(words) == {5, 6, 7} and "Second branch" in words[5]
    assert "Third" not in "".join(words.values())  # of another county: not even named as near
    before = everything()
    with pytest.raises(MoveNotAllowed):
        imports.move(sent, "confirm", actor=cast.officer)
    assert everything() == before


def test_facts_that_changed_end_and_begin_anew(cast, send):
    head = (*HEAD, "所在党小组", "党内职务", "手机")
    people = (1, "林岚", "女", "1985-06", "2008-07", "预备", "第一党小组", "", "13800000001")
    confirmed(send([people], head), cast.secretary)
    member = Member.objects.get(name="林岚")
    Relation.objects.filter(member=member).update(since="2020-01-01")
    Standing.objects.filter(member=member).update(since="2020-01-01")
    sent = send([(1, "林岚", "", "1985", "2008-07", "正式", "第二党小组", "宣传委员", "")], head)
    assert sent.counts["questions"] == 1  # born 1985 and 1985-06 may be one, and may be two
    sent = decided(sent, cast.secretary)
    assert found(sent) == {"changed": 1, "missing": 5}
    confirmed(sent, cast.secretary)
    stands = Standing.objects.filter(member=member).order_by("since").values_list("category", "since", "until")
    assert [(c, str(s), str(u)) for c, s, u in stands] == [
        ("probationary", "2020-01-01", "2025-12-31"), ("formal", "2026-01-01", "None"),
    ]  # fmt: skip
    belongs = Relation.objects.filter(member=member).order_by("since").values_list("group__name", "until")
    assert [(g, str(u)) for g, u in belongs] == [("第一党小组", "2025-12-31"), ("第二党小组", "None")]
    kept = Particulars.objects.get(member=member)
    assert (kept.gender, kept.born, kept.phone) == ("woman", "1985-06", "13800000001")  # an empty cell changes nothing
    assert Post.objects.get(member=member).kind == "publicity"


def test_a_full_member_does_not_become_probationary_by_a_list(cast, send):
    confirmed(send(NEW[:1]), cast.secretary)
    sent = send([(*NEW[0][:5], "预备")])
    assert found(sent) == {"same": 1, "missing": 5, "notes": 1}


def test_everything_or_nothing(cast, send, monkeypatch):
    """The last write fails: not one row of all tables is left, and the import can be checked and written again."""
    sent = send(NEW)
    before = everything()
    monkeypatch.setattr(writing, "record_many", lambda *args, **told: 1 / 0)
    sent = confirmed(sent, cast.secretary)
    assert (sent.state, sent.job.state) == ("writing", "failed")
    assert everything() == before
    monkeypatch.undo()
    imports.move(sent, "recheck", actor=cast.secretary)
    assert confirmed(done(sent), cast.secretary).state == "done"


def test_a_cancelled_job_leaves_nothing(cast, send, monkeypatch):
    """Cancelled while it writes: the lease is asked for last, inside the transaction."""
    sent = send(NEW)
    before = everything()
    order = writing._order

    def cancel(plan):
        jobs.cancel(Job.objects.get(pk=again(sent).job_id), actor=cast.secretary)
        order(plan)

    monkeypatch.setattr(writing, "_order", cancel)
    confirmed(sent, cast.secretary)
    assert everything() == before and again(sent).state == "writing"


def test_a_register_that_changed_after_the_check_is_not_written_over(cast, send):
    sent = send(NEW)
    enrol("林岚", cast.first, born="1985-06", joined="2008-07")
    before = sizes()
    sent = confirmed(sent, cast.secretary)
    assert (sent.state, sent.job.state) == ("writing", "failed") and sizes() == before
    imports.move(sent, "recheck", actor=cast.secretary)
    assert done(sent).counts["new"] == 1


def test_the_sheet_of_a_check_holds_every_row(cast, send):
    sent = send([*NEW, (8, "吴错", "女", "1985-13", "", "正式")])
    job = Job.objects.get(pk=sent.job_id)
    assert job.file_name == "花名册的核对结果.xlsx"
    rows = CalamineWorkbook.from_path(str(job_files.folder() / job.path)).get_sheet_by_index(0).to_python()
    kinds = [row[1] for row in rows if row[1] in ("新增", "须更正", "减少（疑似转出）")]
    assert kinds == ["须更正"] + ["新增"] * 3 + ["减少（疑似转出）"] * 5
    assert [row[0] for row in rows if "1985-13" in row] == [4]


def test_writing_asks_no_more_of_the_database_with_more_rows(cast, send):
    def asked(rows):
        sent = send(rows)
        imports.move(sent, "confirm", actor=cast.secretary)
        with CaptureQueriesContext(connection) as queries:
            done(sent)
        return len(queries)

    few = asked([(n, f"甲{chr(0x4E00 + n)}", "男", "1985", "2008", "正式") for n in range(5)])
    many = asked([(n, f"乙{chr(0x4E00 + n)}", "男", "1985", "2008", "正式") for n in range(60)])
    assert many <= few


def test_staff_numbers_come_with_the_roster_and_belong_to_one_person(cast, send):
    """What somebody else has, in the file or in the register, whatever the letters' size, is an error of the row."""
    Particulars.objects.update_or_create(member=cast.siblings[0], defaults={"staff_number": "B7"})
    head = (*HEAD, "职工号")
    rows = [(*NEW[0], "A1023"), (*NEW[1], 2048)]
    sent = send(rows, head=head)
    assert (sent.counts["errors"], sent.counts["new"]) == (0, 2)
    confirmed(sent, cast.secretary)
    told = Particulars.objects.filter(member__name__in=["林岚", "周明"]).order_by("member__name")
    assert {row.staff_number for row in told} == {"A1023", "2048"}
    wrong = [
        ("8", "甲一", "女", "1985-06", "2008.07", "正式", number) for number in ("a1023", "b7", "C-9", "c-9", "工一")
    ]
    rows = [(n, f"甲{'一二三四五'[n]}", *row[2:]) for n, row in enumerate(wrong)]
    counts = send(rows, head=head).counts
    assert (counts["errors"], counts["new"], counts["notes"]) == (3, 2, 1)
