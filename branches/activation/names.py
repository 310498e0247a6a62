"""Login names for members, as the site has chosen them (BRANCHLIFE_LOGIN_NAMES)."""

import re
import secrets
from collections.abc import Callable, Iterable, Mapping

from branches.models import Member
from branches.names import pinyin

MOBILE = re.compile(r"1[3-9][0-9]{9}")
LETTERS = 20  # of the pinyin; with four digits a name still fits on a slip in large print


def login_names(
    members: Iterable[Member], wishes: Mapping[int, str], taken: Callable[[list[str]], set[str]]
) -> dict[int, str]:
    """A free login name for each member, by key.

    `wishes` holds mobile or staff numbers by member where the site uses them: whoever has none, or one that is in use
    already, gets pinyin and digits as everybody else. `taken` says which of some names are in use, asked once for all.
    """
    chosen: dict[int, str] = {}
    waiting = list(members)
    wished = {member.pk: wishes.get(member.pk, "") for member in waiting}
    while waiting:
        tried = {m.pk: wished.pop(m.pk, "") or _spoken(m) for m in waiting}
        used = taken(list(tried.values())) | set(chosen.values())
        left = []
        for member in waiting:
            if tried[member.pk] in used:
                left.append(member)
            else:
                chosen[member.pk] = tried[member.pk]
                used.add(tried[member.pk])
        waiting = left
    return chosen


def mobile(phone: str) -> str:
    """The number as a login name; empty where it is no mobile number of the mainland."""
    digits = re.sub(r"^(\+?86)|[^0-9]", "", phone.strip())
    return digits if MOBILE.fullmatch(digits) else ""


def _spoken(member: Member) -> str:
    letters = re.sub("[^a-z]", "", pinyin(member.name).lower())[:LETTERS] or "dangyuan"
    return f"{letters}{secrets.randbelow(9000) + 1000}"
