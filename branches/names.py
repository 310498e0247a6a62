"""Chinese names as people look for them: by pinyin and by initials."""

import os

os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")  # before the import: the phrase table is 40 MB nobody needs here

from pypinyin import lazy_pinyin

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


def pinyin(name: str) -> str:
    """“单小芳” → “shan xiao fang”."""
    syllables = lazy_pinyin(name)
    if name[:1] in SURNAMES:
        syllables[0] = SURNAMES[name[0]]
    return " ".join(syllables)


def initials(name: str) -> str:
    """“单小芳” → “sxf”."""
    return "".join(syllable[:1] for syllable in pinyin(name).split()).lower()
