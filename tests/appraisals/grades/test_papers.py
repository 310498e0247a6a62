"""民主评议党员登记表 and 评议结果反馈表: what stands on them, for whom; on paper as LibreOffice shows it."""

import pytest
from django.urls import reverse

from appraisals.grades.papers.content import sheets_of
from appraisals.grades.papers.forms import document
from appraisals.materials import actions as writing
from appraisals.models import Grade, Material
from branches.models import Particulars
from tests.appraisals.grades.rows import again, chain, decided, fed_back, fresh, grading, moved, said, weigh
from tests.papers import opened
from workflow.models import AuditEvent


def words(data):
    """All the text of a document, without blanks."""
    return "".join(opened.text(data).split())


def fetched(client, user, name, key, form):
    client.force_login(user)
    return client.get(reverse(name, args=[key, form]))


@pytest.fixture
def told(world):
    Particulars.objects.filter(member=world.people[4]).update(
        gender="woman", ethnicity="汉族", born="1965-03", joined="1991-07-01", confirmed="1992-07", education="college",
        work_title="第一车间钳工",
    )  # fmt: skip
    writing.move_material(Material.objects.get(pk=world.material.pk), "accept", actor=fresh(world.secretary))
    fed_back(world, world.people[4], "basically_qualified", peers="PEERS-WORDS")
    return said(world, Grade.objects.get(), "objected", "NOT-SO-WORDS")


def test_the_registration_form_is_filled(client, world, told):
    response = fetched(client, world.secretary, "grade_word", told.pk, "register")
    assert response.status_code == 200
    found = words(response.content)
    for part in (
        "民主评议党员登记表", "戊同志", "女", "汉族", "1965.03", "1991.07", "1992.07", "第一车间钳工", "正式党员", "WRITTEN-WORDS",
        "PEERS-WORDS", "OPINION-WORDS", "理由：REASON-WORDS", "帮助措施：HELP-WORDS", "评定等次：基本合格",
        "有异议。NOT-SO-WORDS", "本人签字：", "党支部书记签字：", "（支部盖章）", "上级党组织意见", "备注",
    ):  # fmt: skip
        assert part in found, part


def test_the_feedback_form_is_filled(client, world, told):
    found = words(fetched(client, world.secretary, "grade_word", told.pk, "feedback").content)
    day = told.fed_back_on
    for part in ("评议结果反馈表", "戊同志", "基本合格", "OPINION-WORDS", "HELP-WORDS", "有异议。NOT-SO-WORDS",
                 f"{day.year}年{day.month}月{day.day}日反馈本人"):  # fmt: skip
        assert part in found, part
    assert "PEERS-WORDS" not in found


def test_a_reader_finds_no_more_on_paper_than_he_may_read(client, world, told):
    """The committee member reads no self-analysis, the member his own."""
    register = ("grade_word", told.pk, "register")
    assert "WRITTEN-WORDS" not in words(fetched(client, world.committee_member, *register).content)
    own = words(fetched(client, world.member, *register).content)
    assert "WRITTEN-WORDS" in own and "REASON-WORDS" in own
    for who in (world.clerk, world.liaison, world.sibling, world.stranger):
        assert fetched(client, fresh(who), *register).status_code == 404


def test_the_forms_of_a_branch_come_in_roster_order_and_name_nobodys_undecided_grade(client, world):
    decided(world, world.people[3], "excellent")
    weigh(world, world.people[2], "unqualified")
    response = fetched(client, world.secretary, "grading_word", grading(world).pk, "register")
    found = words(response.content)
    names = [found.index(name) for name in ("甲书记", "乙委员", "丙干事", "丁组长", "戊同志")]
    assert names == sorted(names)
    assert "评定等次：优秀" in found and "不合格" not in found
    # Of an undecided grade the words stay, so that they can be read over on paper.
    assert "REASON-WORDS" in found


def test_a_probationary_member_gets_a_form_without_a_grade(client, world):
    entry = world.round.roster.get(member=world.people[4])
    type(entry).objects.filter(pk=entry.pk).update(category="probationary")
    found = words(fetched(client, world.secretary, "grading_word", grading(world).pk, "register").content)
    assert "评定等次：预备党员，不评定等次" in found and "预备党员" in found


def test_what_the_superior_decided_stands_in_his_box(world):
    chain(world, 1, approval=3)
    grade = moved(world, decided(world, world.people[4]), "submit")

    def superior(grade):
        (sheet,) = sheets_of(grading(world), fresh(world.secretary), only=again(grade))
        return sheet.superior_word

    assert superior(grade) == ""
    grade = moved(world, grade, "approve", actor=world.officer)
    assert superior(grade) == "同意支部评定意见。"
    grade = said(world, moved(world, grade, "feed_back"), "objected", "No")
    grade = said(world, moved(world, grade, "pass_up"), "concluded", "It stays", actor=world.officer)
    assert superior(grade) == "It stays"


def test_in_as_many_queries_for_many_members(world, django_assert_max_num_queries):
    for person in world.people[1:5]:
        decided(world, person)
    user, here = fresh(world.secretary), grading(world)
    with django_assert_max_num_queries(13):
        assert len(sheets_of(here, user)) == 5


def test_whoever_fetches_one_is_told_to_the_audit_log(client, world, told):
    fetched(client, world.officer, "grading_word", grading(world).pk, "feedback")
    kinds = list(AuditEvent.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds[-2:] == ["grades_read", "exported"]
    assert not any("合格" in note for note in AuditEvent.objects.values_list("note", flat=True))


@pytest.mark.soffice
@pytest.mark.writer
def test_libreoffice_shows_two_pages_a_member_and_an_annexed_one_where_words_go_over(world, told, tmp_path, soffice):
    sheets = sheets_of(grading(world), fresh(world.secretary))
    here, long = grading(world), "对照要求查找问题，分析原因，提出措施。" * 90
    sheets[-1] = type(sheets[-1])(sheets[-1].entry, sheets[-1].facts, sheets[-1].grade, sheets[-1].text, long)
    for kind, pages in (("register", 2 * len(sheets) + 1), ("feedback", len(sheets))):
        path = tmp_path / f"{kind}.docx"
        path.write_bytes(document(kind, here, sheets))
        assert opened.fonts(path.read_bytes()) >= {"方正小标宋简体", "黑体", "仿宋_GB2312"}
        pdf = soffice(path, "pdf")
        shown = ["".join(page.split()) for page in opened.words(pdf)]
        assert opened.sizes(pdf.read_bytes()) == {(210, 297)}
        assert len([page for page in shown if page]) == pages
        assert ("（接附页）" in "".join(shown)) == ("附页（戊同志）" in "".join(shown)) == (kind == "register")
