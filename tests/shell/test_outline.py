"""Plain text as people paste it from word processors, and as pages show it."""

import pytest

from shell.outline import outline, outlined, plain

PASTED = (
    "\u3000\u3000一、通报整改情况\r\n\u3000\u3000书记\u00a0通报了五项整改。\v第二行\r\n\r\n\r\n\r\n"
    "（一）学习方面\r\n\uf0b7\t读原著\r\n● 写笔记\r\n1.\t集中学习\r\n\u200b2. 自学安排\x07\r\n"
)


def test_what_is_pasted_keeps_every_word_and_loses_the_rest():
    assert plain(PASTED) == (
        "一、通报整改情况\n书记 通报了五项整改。\n第二行\n\n（一）学习方面\n读原著\n写笔记\n1. 集中学习\n2. 自学安排"
    )


def test_what_is_clean_stays_as_it_is():
    text = "一、学习\n\n张·三 发言：二○○九年\n○○村党支部\n——补充\n（一）第一"
    assert plain(text) == text == plain(plain(text))


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("一、通报情况", 1),
        ("十二、小结", 1),
        ("（一）学习方面", 2),
        ("(二)作风方面。", 2),
        ("1. 集中学习", 3),
        ("12、自学", 3),
        ("3．交流", 3),
        ("一、二年级学生座谈", 0),
        ("1.5公里徒步", 0),
        ("2021.03 通报", 0),
        ("一是学习不够", 0),
        ("1. 学习不够系统；", 0),
        ("（一）学习不够。去年只通读了一遍原著。", 0),
        ("一、" + "长" * 60, 0),
        ("一、", 0),
        ("发言", 0),
    ],
    ids=str,
)
def test_short_numbered_lines_are_headings(line, level):
    assert list(outline(line)) == [(level, line)]


def test_a_page_shows_headings_below_its_own_and_nothing_as_markup():
    page = outlined("一、<b>\n（一）丙\n1. 丁\n正文\n\n再一段", 4)
    assert page == (
        '<h4 class="outline-1">一、&lt;b&gt;</h4>\n<h5 class="outline-2">（一）丙</h5>\n'
        '<h6 class="outline-3">1. 丁</h6>\n<p>正文</p>\n<p>再一段</p>'
    )
    assert outlined(None) == ""


def test_the_lines_of_a_text_are_all_there():
    assert "".join(text for _level, text in outline(PASTED)) == plain(PASTED).replace("\n", "")
