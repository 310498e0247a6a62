"""Structured plain text: lines that begin with 一、（一）or 1. are its headings. No markup, nothing to learn."""

import re
from collections.abc import Iterator

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

LONGEST_HEADING = 50  # characters; what is longer is a paragraph that begins with a number
NUMERAL = "一二三四五六七八九十"
# 一、二年级 and 1.5公里 count nothing.
HEADINGS = tuple(
    re.compile(rf"(?:{number})\s*(?![{NUMERAL}\d])\S")
    for number in (
        rf"[{NUMERAL}]{{1,3}}、",
        rf"[（(][{NUMERAL}]{{1,3}}[）)]、?",
        r"\d{1,2}[.．、]",
    )
)
INSIDE, OPEN_END = re.compile(r"[。！？；;].|[.!?]\s"), ("；", ";", "，", ",", "、")

NEW_LINE = re.compile(r"\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
NOTHING = re.compile(r"[\x00-\x08\x0e-\x1b\x1f\x7f\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
SPACE = re.compile(r"[\t\u00a0\u2000-\u200a\u202f\u205f]+")
# What Word and WPS put before the items of a list, also as signs of their own fonts; 二○○九 and 张·三 are words.
BULLET = re.compile(r"(?:[•●■◆▪▶➢✓❖\uf020-\uf0ff]|[·○□◇◦](?=\s))\s*")


def plain(text: str) -> str:
    """The text without what word processors leave in it: soft line breaks, hard and full-width spaces before a line,
    signs without width, bullets. Every word and every empty line between paragraphs stays."""
    text = SPACE.sub(" ", NOTHING.sub("", NEW_LINE.sub("\n", text)))
    lines = (BULLET.sub("", line.strip(), count=1) if BULLET.match(line.strip()) else line.strip()
             for line in text.split("\n"))  # fmt: skip
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def outline(text: str) -> Iterator[tuple[int, str]]:
    """(level, text) of each line that is not empty: 1 for 一、, 2 for （一）, 3 for 1., 0 for a paragraph."""
    for line in plain(text).split("\n"):
        if line:
            yield _level(line), line


def _level(line: str) -> int:
    found = next((level for level, number in enumerate(HEADINGS, 1) if number.match(line)), 0)
    is_heading = found and len(line) <= LONGEST_HEADING and not line.endswith(OPEN_END) and not _tells(line, found)
    return found if is_heading else 0


def _tells(line: str, level: int) -> bool:
    """True where a sentence ends before the line does: it is a paragraph, whatever it begins with."""
    number = re.match(r"\d{1,2}[.．、]\s*" if level == 3 else r"", line)  # the dot of 1. ends nothing
    return bool(INSIDE.search(line, number.end() if number else 0))


def outlined(text: str | None, first: int = 3) -> SafeString:
    """The text as HTML: a paragraph a line, headings from <h{first}> on. A template filter."""
    return format_html_join("\n", "{}", ((_html(level, words, first),) for level, words in outline(text or "")))


def _html(level: int, words: str, first: int) -> SafeString:
    if not level:
        return format_html("<p>{}</p>", words)
    tag = f"h{min(first + level - 1, 6)}"
    return format_html('<{} class="outline-{}">{}</{}>', tag, level, words, tag)
