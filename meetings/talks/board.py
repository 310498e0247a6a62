"""The page on which a branch sees who has talked with whom this year."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from branches.models import Organisation, User
from branches.namesakes import told_apart
from branches.rights import Right
from branches.rules.sets import RuleSet
from meetings.models import TalkKind
from meetings.talks.coverage import Coverage, Last, coverage
from meetings.talks.rules import SUGGESTIONS, WITH_SECRETARY, first_day, is_applied, last_day
from meetings.talks.states import State
from shell.formats import EMPTY, day, link
from workflow.addresses import page_of

READERS = (Right.READ_BRANCH, Right.WRITE_FOR_COMMITTEE, Right.OVERSEE)
SUGGESTED = 10  # at most: a hint, and no list to work off


def board(organisation: Organisation, year: int, user: User) -> dict[str, Any]:
    """What the page prints: the committee each with each, one line for every other member, and the counts by class."""
    rules = RuleSet(organisation.path, year)
    since = first_day(rules, year)
    until = max(since, min(last_day(rules, year), timezone.localdate()))
    with_secretary = is_applied(rules.of(WITH_SECRETARY.code))
    found = coverage(organisation, since, until, secretary_only=with_secretary)
    called = told_apart(found.names.items(), user)
    asked = {"place": organisation.pk, "state": State.HELD, "held_after": since, "held_before": until, "kind": ""}
    opened = f"{reverse('talk_list')}?{urlencode(asked)}"
    return {
        "organisation": organisation,
        "year": year,
        "years": (year - 1, year, year + 1),
        "since": since,
        "until": until,
        "with_secretary": with_secretary,
        "heads": [called[key] for key in found.committee],
        "matrix": [(called[key], _row(key, found)) for key in found.committee],
        "lines": [
            (called[line.member_id], _told(line.with_committee), _told(line.with_member)) for line in found.lines
        ],
        "counts": [(kind.label, *found.counts[kind], opened + kind) for kind in TalkKind if kind in found.counts],
        "suggested": _suggested(found, called, rules, organisation, user),
    }


def _row(key: int, found: Coverage) -> list[tuple[str, bool]]:
    """A line of the matrix: the day of the last talk, or that there was none; marked where a person meets himself."""
    return [("", True) if key == other else (_told(found.talked.get(frozenset((key, other)))), False)
            for other in found.committee]  # fmt: skip


def _told(last: Last | None) -> str:
    """The day, which opens the talk."""
    return link(page_of("talk_detail", last[1]), day(last[0])) if last else EMPTY


def _suggested(
    found: Coverage, called: Mapping[int, str], rules: RuleSet, organisation: Organisation, user: User
) -> list[tuple[str, str]]:
    """Whom to talk with next; only where a superior wants that, and for the secretary alone."""
    if not is_applied(rules.of(SUGGESTIONS.code)) or not user.may(Right.LEAD, organisation):
        return []
    pairs = [*found.lacking_pairs, *((found.committee[0], key) for key in found.lacking_with_committee[:SUGGESTED])]
    return [(called[one], called[two]) for one, two in pairs[:SUGGESTED]]
