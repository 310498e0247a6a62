"""Word documents: fonts by their Chinese names, widths and margins in millimetres, nothing but text inside."""

import re

import pytest

from papers.document import CUT_MARK, HEAD_FONT, LONGEST, SUBHEAD_FONT, TEXT_FONT, TITLE_FONT, Cell, Line, Paper, Row
from papers.pages import BOOK_A4, BOOK_A5, FORM_A4, OFFICIAL
from tests.papers import opened

TRICKY = '<w:instrText>DDE "x"</w:instrText>{ PAGE }=1+1&amp;\x00\x0b\ud800\ufffe'


def one(text, page=FORM_A4):
    paper = Paper("Name", page)
    paper.line(text)
    return paper.saved()


def test_each_font_is_named_for_chinese_text():
    paper = Paper("Name")
    for font in (TITLE_FONT, HEAD_FONT, SUBHEAD_FONT, TEXT_FONT):
        paper.line("标题", font=font)
    saved = paper.saved()
    assert opened.fonts(saved) == {"方正小标宋简体", "黑体", "楷体_GB2312", "仿宋_GB2312"}
    assert 'w:hint="eastAsia"' in opened.part(saved)  # else Chinese quotation marks are set in the Latin font
    assert "Theme" not in "".join(re.findall(r"<w:rFonts[^>]*>", opened.part(saved)))


@pytest.mark.parametrize("page", [OFFICIAL, FORM_A4, BOOK_A4, BOOK_A5])
def test_paper_and_margins_are_as_measured(page):
    section = opened.document(one("x", page)).sections[0]
    found = (section.page_width, section.page_height, section.top_margin, section.bottom_margin, section.left_margin,
             section.right_margin)  # fmt: skip
    assert [round(edge.mm) for edge in found] == [
        page.width, page.height, page.top, page.bottom, page.inner, page.outer,
    ]  # fmt: skip


def test_official_paper_leaves_28_signs_of_size_three_in_a_line():
    assert OFFICIAL.within == 156
    assert (OFFICIAL.top, OFFICIAL.bottom, OFFICIAL.inner, OFFICIAL.outer) == (37, 35, 28, 26)


def test_only_paper_for_both_sides_changes_its_margins():
    for page, mirrored in ((BOOK_A5, True), (BOOK_A4, True), (FORM_A4, False)):
        assert ("mirrorMargins" in opened.part(one("x", page), "word/settings.xml")) is mirrored
        assert page.inner > page.outer


def test_text_stays_text_whatever_it_holds():
    plain = opened.everything(one("x"))
    saved = one(TRICKY)
    assert opened.everything(saved).count("instrText") == plain.count("instrText") + 2  # as escaped words
    assert opened.document(saved).paragraphs[-1].text == TRICKY.replace("\x00\x0b\ud800\ufffe", "")
    for tag in ("<w:instrText", "<w:fldSimple", "<w:hyperlink", "<w:object"):
        assert tag not in opened.part(saved)


def test_a_table_keeps_its_widths_and_repeats_its_head():
    paper = Paper("Name")
    rows = [Row((Cell("序号"), Cell("姓名", HEAD_FONT))), Row((Cell("1"), Cell("甲")), 9), Row((Cell("both", span=2),))]
    paper.table((15, 40), rows, heads=1)
    saved = paper.saved()
    table = opened.document(saved).tables[0]
    assert [round(column.width.mm) for column in table.columns] == [15, 40]
    assert [round(cell.width.mm) for cell in table.rows[0].cells] == [15, 40]
    assert round(table.rows[2].cells[0].width.mm) == 55
    assert round(table.rows[1].height.mm) == 9
    xml = opened.part(saved)
    assert xml.count("<w:tblHeader/>") == 1 and 'w:tblLayout w:type="fixed"' in xml
    assert xml.index("<w:tblHeader/>") < xml.index("序号")
    assert xml.count("<w:cantSplit/>") == 3


def test_a_row_that_does_not_fill_its_columns_is_a_fault():
    with pytest.raises(ValueError, match="2 columns"):
        Paper("Name").table((10, 10), [Row((Cell("1"),))])


def test_lines_of_a_cell_are_lines_and_a_long_cell_breaks():
    paper = Paper("Name")
    paper.table((50,), [Row((Cell("one\r\ntwo\n\nfour", align="left"),), breaks=True)])
    cell = opened.document(paper.saved()).tables[0].rows[0].cells[0]
    assert [line.text for line in cell.paragraphs] == ["one", "two", "", "four"]
    assert "cantSplit" not in opened.part(paper.saved())


def test_lines_may_have_fonts_of_their_own_and_begin_further_in():
    paper = Paper("Name")
    lines = (Line("一、标题", HEAD_FONT), Line("正文。", indented=True))
    paper.table((50,), [Row((Cell("unread", lines=lines),))], size=12)
    head, text = opened.document(paper.saved()).tables[0].rows[0].cells[0].paragraphs
    assert (head.text, text.text) == ("一、标题", "正文。")
    assert (head.paragraph_format.first_line_indent, text.paragraph_format.first_line_indent.pt) == (None, 24)
    assert {HEAD_FONT, TEXT_FONT} == opened.fonts(paper.saved())


def test_a_text_without_end_is_cut_and_says_so():
    paper = Paper("Name")
    paper.table((50,), [Row((Cell("字" * (LONGEST + 1)),))])
    text = opened.document(paper.saved()).tables[0].rows[0].cells[0].text
    assert len(text) == LONGEST and text.endswith(CUT_MARK)


def test_the_number_of_the_page_stands_outside():
    for page, feet in ((FORM_A4, {"center": 1}), (BOOK_A5, {"left": 1, "right": 1})):
        paper = Paper("Name", page)
        paper.number_pages()
        xml = opened.everything(paper.saved())
        assert xml.count('w:instr="PAGE"') == sum(feet.values())
        assert ("evenAndOddHeaders" in xml) is page.mirrored
        found = re.findall(r'<w:jc w:val="(\w+)"/></w:pPr><w:r><w:rPr>.{,300}?<w:t>—</w:t>', xml)
        assert sorted(found) == sorted(feet)


def test_the_file_tells_nothing_of_the_program_that_wrote_it():
    told = opened.document(one("x")).core_properties
    assert (told.author, told.comments, told.last_modified_by, told.title) == ("", "", "", "Name")
    assert told.created.year > 2020
    assert "python" not in opened.everything(one("x")).lower()


@pytest.mark.soffice
@pytest.mark.writer
@pytest.mark.parametrize("page", [OFFICIAL, BOOK_A5])
def test_libreoffice_opens_it_on_paper_of_that_size(tmp_path, soffice, page):
    paper = Paper("Name", page)
    paper.line("会议记录", font=TITLE_FONT, size=22, align="center")
    head = Row((Cell("表头", HEAD_FONT), Cell("第二列", HEAD_FONT)))
    paper.table((20, 60), [head, *(Row((Cell(str(n)), Cell("文字")), 10) for n in range(60))], heads=1)
    paper.number_pages()
    path = tmp_path / "paper.docx"
    path.write_bytes(paper.saved())
    pdf = soffice(path, "pdf")
    assert opened.sizes(pdf.read_bytes()) == {(page.width, page.height)}
    pages = opened.words(pdf)
    assert len(pages) >= 3
    for number, words in enumerate(pages, 1):
        assert words.count("表头") == 1  # the head stands on every page
        assert f"—{number}—" in words.replace(" ", "")
