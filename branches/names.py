"""Chinese names as people look for them: by pinyin and by initials."""

import os
import re
from functools import lru_cache

os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")  # before the import: the phrase table is 40 MB nobody needs here

from pypinyin import lazy_pinyin

HAN = re.compile("[一-鿿]+")
SIGN = "[\u3400-\u9fff\U00020000-\U0003ffff·]"
BLANKS = re.compile(rf"(?<={SIGN})\s+(?={SIGN})")
# Surnames that are read differently from the same character elsewhere.
SURNAMES = {
    "单": "shan",
    "仇": "qiu",
    "解": "xie",
    "曾": "zeng",
    "区": "ou",
    "查": "zha",
    "盖": "ge",
    "翟": "zhai",
    "缪": "miao",
    "朴": "piao",
}


def plain(name: str) -> str:
    """A name as the register holds and compares it: “张　伟” → “张伟”. Blanks between Chinese signs only line up lists;
    the dot inside a name stays, and so does the blank of other scripts."""
    return BLANKS.sub("", " ".join(name.split()))


@lru_cache(maxsize=10_000)
def _syllable(sign: str) -> str:
    return str(lazy_pinyin(sign)[0])


def pinyin(name: str) -> str:
    """“单小芳” → “shan xiao fang”."""
    # Each character once a process: thousands of names are made of a few hundred. Other scripts go by whole words.
    syllables = [_syllable(sign) for sign in name] if HAN.fullmatch(name) else lazy_pinyin(name)
    if name[:1] in SURNAMES:
        syllables[0] = SURNAMES[name[0]]
    return " ".join(syllables)


def initials(name: str) -> str:
    """“单小芳” → “sxf”."""
    return "".join(syllable[:1] for syllable in pinyin(name).split()).lower()
