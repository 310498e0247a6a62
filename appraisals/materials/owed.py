"""Who owes what in a round that is opened (F3)."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import chain
from typing import Any

from django.db.models import F

from appraisals.materials.kinds import Whom, readers
from appraisals.models import Material, MaterialRules, Round
from branches.models import Relation
from branches.models.dated import has
from branches.models.members import COMMITTEE_POSTS, Category, Flow, PostKind
from branches.tree import under

BATCH = 1000
LEADING = re.compile(r"[科处局厅部]级")  # as a work title tells it: 县农业农村局副局长(副科级)


def rules_of(round_: Round) -> MaterialRules:
    """What the round asks of its materials; what is shipped where nobody said otherwise."""
    return MaterialRules.objects.filter(round=round_).first() or MaterialRules(round=round_)


def owed(round_: Round) -> Iterator[Material]:
    """The rows of a round, none of them saved: those of its members, then those of their committees."""
    rules = rules_of(round_)
    return chain(_by_members(round_, rules), _by_committees(round_, rules))


def _by_members(round_: Round, rules: MaterialRules) -> Iterator[Material]:
    """What each member of the register owes on the roster day, in every branch below the round's organisation."""
    below = Relation.objects.filter(under(round_.organisation.path, "organisation__path"))
    register = below.register(on=round_.roster_on).annotate(
        born=F("member__particulars__born"),
        title=F("member__particulars__work_title"),
        is_away=has(Flow.objects.all(), round_.roster_on, member_id="member_id"),
    )
    for row in register.iterator(chunk_size=BATCH):
        of_post = {"is_chief": row.post == PostKind.SECRETARY, "is_read_above": row.post in COMMITTEE_POSTS}
        of_post["is_leading"] = bool(LEADING.search(row.title or ""))
        owner = {"organisation_id": row.organisation_id, "author_id": row.member_id, **of_post}
        if row.post == PostKind.SECRETARY and (kind := rules.kind_for(Whom.REPORT)):
            yield _material(round_, rules, kind, **owner)
        if kind := rules.kind_for(class_of(row, round_.roster_on, rules.great_age)):
            yield _material(round_, rules, kind, **owner)


def _by_committees(round_: Round, rules: MaterialRules) -> Iterator[Material]:
    """One per branch whose register has members on the roster day; the superior reviews it (F3)."""
    kind = rules.kind_for(Whom.COMMITTEE)
    below = Relation.objects.filter(under(round_.organisation.path, "organisation__path"))
    branches = below.register(on=round_.roster_on).order_by().values_list("organisation_id", flat=True).distinct()
    for key in branches.iterator(chunk_size=BATCH) if kind else ():
        yield _material(round_, rules, kind, organisation_id=key, author_id=None, is_chief=True, is_read_above=True)


def _material(round_: Round, rules: MaterialRules, kind: str, **facts: Any) -> Material:
    first, *_others = readers(rules.chain, is_above=facts["is_chief"])
    return Material(round=round_, kind=kind, reviewer=first, chain=rules.chain, due_on=round_.due_on, **facts)


def class_of(row: Any, on: date, great_age: int) -> Whom:
    """The first class that fits a row of the register: by post, then by what keeps somebody from writing."""
    fits = {
        Whom.SECRETARY: row.post == PostKind.SECRETARY,
        Whom.COMMITTEE_MEMBER: row.post in COMMITTEE_POSTS,
        Whom.EXEMPT: row.is_exempt,
        Whom.AWAY: row.is_away,
        Whom.AGED: is_aged(row.born, on, great_age),
        Whom.PROBATIONARY: row.category == Category.PROBATIONARY,
    }
    return next((whom for whom, fit in fits.items() if fit), Whom.MEMBER)


def is_aged(born: str | None, on: date, great_age: int) -> bool:
    """Born 1985, 1998-06 or 2003-07-01: whoever turns so old within the month or year that is known counts as old."""
    return bool(born) and str(born) <= f"{on.year - great_age:04}-{on.month:02}-{on.day:02}"
