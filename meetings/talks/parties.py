"""Who took part in a talk: read from one line as people write it, and what follows from that."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from branches.models import Organisation, Relation
from branches.models.members import COMMITTEE_POSTS, PostKind
from branches.namesakes import told_apart
from meetings.models import TalkKind
from meetings.models.talks import label

BETWEEN = re.compile(r"[、，,；;\s]+(?![^（(]*[）)])")  # not inside brackets
WITH_MORE = re.compile(r"(?P<name>[^（(]+)[（(](?P<more>[^）)]+)[）)]")
GROUP = re.compile(r"(\d{1,4})\s*人")


@dataclass(frozen=True)
class Party:
    """A member of the register, a person outside it by name and title, or a group of `count` persons."""

    name: str
    title: str = ""
    count: int = 1
    member_id: int | None = None

    def __str__(self) -> str:
        return label(self.name, self.title, self.count)


@dataclass(frozen=True)
class People:
    """The register of a branch on a day: keys by what a list calls each, the committee, and its secretary."""

    keys: Mapping[str, int]
    committee: frozenset[int]
    secretaries: frozenset[int]


def people_on(organisation: Organisation, day: date, reader: Any) -> People:
    """Who may be named without more, with namesakes told apart as everywhere."""
    rows = Relation.objects.filter(organisation=organisation).register(on=day)
    called = told_apart(((row.member_id, row.member.name) for row in rows), reader)
    posts = {row.member_id: vars(row)["post"] for row in rows}
    return People(
        {name: key for key, name in called.items()},
        frozenset(key for key, post in posts.items() if post in COMMITTEE_POSTS),
        frozenset(key for key, post in posts.items() if post == PostKind.SECRETARY),
    )


def read(line: str, people: People) -> list[Party]:
    """The parties named in one line: 张三、李四（村民代表）、全体预备党员（12人）.

    Raises ValidationError for a bare name that the register of that day does not know.
    """
    return [_party(words.strip(), people) for words in BETWEEN.split(line.strip()) if words.strip()]


def _party(words: str, people: People) -> Party:
    if words in people.keys:
        return Party(words, member_id=people.keys[words])
    found = WITH_MORE.fullmatch(words)
    if found is None:
        told = _("“%s” is not in the register of that day. Write a person outside it as name（title）, a group as "
                 "name（12人）.")  # fmt: skip
        raise ValidationError(told % words[:20])
    name, more = found["name"].strip()[:40], found["more"].strip()[:80]
    if group := GROUP.fullmatch(more):
        return Party(name, count=max(1, int(group[1])))
    return Party(name, more)


def kind_of(talkers: Sequence[Party], partners: Sequence[Party], people: People) -> TalkKind:
    """Between whom the talk was, as its parties tell."""
    keys = [party.member_id for party in (*talkers, *partners)]
    on_committee = [key in people.committee for key in keys]
    if None in keys:
        if all(party.member_id is None for party in talkers) and keys[-1] in people.secretaries:
            return TalkKind.LEADER_AND_SECRETARY
        leads = all(party.member_id in people.secretaries for party in talkers)
        return TalkKind.SECRETARY_AND_SERVED if leads else TalkKind.PUBLIC
    if all(on_committee):
        return TalkKind.COMMITTEE
    return TalkKind.COMMITTEE_AND_MEMBER if any(on_committee) else TalkKind.MEMBERS
