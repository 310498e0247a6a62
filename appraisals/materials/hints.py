"""Advice to an author about what he is writing: worked out while he looks, for nobody else, and kept nowhere (F18).

Compared with his own earlier words only; no percentage, and nothing is refused because of it.
"""

import re
from collections.abc import Sequence

from django.utils.translation import gettext as _

from appraisals.materials.differences import sentences

SHORTEST = 40  # signs below which an aspect is hardly more than its heading
TELLING = 12  # signs from which on a sentence that is the same is no chance
EXAMPLE = re.compile(r"[0-9０-９一二三四五六七八九十]+\s*(?:月|日|次|人|户|件|年|天|周)|例如|比如|譬如|有一次|一次")
BARE = re.compile(r"[\W_]+")


def hints(written: Sequence[tuple[str, str]], earlier: Sequence[str] = ()) -> list[str]:
    """What an author might look at again; `written`: (heading, text) in order, `earlier`: his texts of last year."""
    full = [(title, text) for title, text in written if text.strip()]
    if not full:
        return []
    return [*_missing(written), *_short(full), *_without_example(full), *_as_last_year(full, earlier)]


def _missing(written: Sequence[tuple[str, str]]) -> list[str]:
    empty = [title for title, text in written if not text.strip()]
    return [_("Nothing is written yet under: %s.") % "、".join(empty)] if empty else []


def _short(full: Sequence[tuple[str, str]]) -> list[str]:
    short = [title for title, text in full if len(BARE.sub("", text)) < SHORTEST]
    words = _("Only a few words stand under: %s. Perhaps say more in your own words.")
    return [words % "、".join(short)] if short else []


def _without_example(full: Sequence[tuple[str, str]]) -> list[str]:
    bare = [title for title, text in full if not EXAMPLE.search(text)]
    words = _("No example seems to stand under: %s. When was it, and what happened?")
    return [words % "、".join(bare)] if bare else []


def _as_last_year(full: Sequence[tuple[str, str]], earlier: Sequence[str]) -> list[str]:
    known = {bare for text in earlier for bare in _telling(text)}
    same = sum(bare in known for _title, text in full for bare in _telling(text))
    words = _("%d passages are the same as in your material of last year: please bring them up to date.")
    return [words % same] if same else []


def _telling(text: str) -> list[str]:
    """The sentences long enough to tell, without punctuation."""
    bare = (BARE.sub("", sentence) for sentence in sentences(text))
    return [sentence for sentence in bare if len(sentence) >= TELLING]
