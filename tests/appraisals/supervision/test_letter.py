"""The letter of a visit: what falls short, the comments, the opinion, a day; the fonts of official documents."""

from django.urls import reverse

from appraisals.supervision.papers.letter import document, letter_of
from tests.appraisals.supervision.rows import entry, visit
from tests.papers.opened import fonts, part
from workflow.models import AuditEvent


def written(made):
    return letter_of(made, list(made.found_lines.select_related("visit")))


def test_a_letter_says_what_fell_short_what_was_said_and_by_when(world):
    made = visit(world)
    letter = written(made)
    texts = [paragraph.text for paragraph in letter.paragraphs]
    assert letter.addressee == "First branch："
    assert [paragraph.text for paragraph in letter.paragraphs if paragraph.is_head] == [
        "一、存在的问题", "二、点评", "三、督导意见",
    ]  # fmt: skip
    assert any("Two members left out（要求补课、返工）" in text for text in texts)
    assert "COMMENT-OF-VISIT" in texts and "OPINION-OF-VISIT" in texts
    due = made.due_on
    assert f"{due.year}年{due.month}月{due.day}日前完成整改" in texts[-1]
    assert letter.signatures[:2] == ("督导组（签字）：", "党支部书记（签字）：")


def test_a_letter_without_findings_has_no_empty_heading(world):
    made = visit(world, submit=False, entry_=entry(world, comments="", opinion="Go on", due_on=None))
    made.found_lines.update(result="reached", wants_makeup=False)
    assert [p.text for p in written(made).paragraphs if p.is_head] == ["一、督导意见"]


def test_the_word_file_names_the_fonts_of_official_documents(world):
    content = document(written(visit(world)))
    assert {"方正小标宋简体", "仿宋_GB2312", "黑体"} <= fonts(content)
    assert "督导反馈意见" in part(content)


def test_printing_is_told_to_the_audit_log(world, client):
    made = visit(world)
    client.force_login(world.secretary)
    assert "OPINION-OF-VISIT" in client.get(reverse("visit_paper", args=[made.pk])).content.decode()
    assert client.get(reverse("visit_word", args=[made.pk])).content.startswith(b"PK")
    assert AuditEvent.objects.filter(kind="exported", note=f"督导反馈意见 #{made.pk}").count() == 2
