"""Opinions of a big world: in each branch of a round two to sort, one in a digest fed back, one handed over."""

from collections.abc import Iterator
from typing import Any

from appraisals.models import ChannelCount, Digest, DigestText, Opinion, OpinionText, SealedOpinion
from appraisals.opinions.channels import Channel, ReadBy, Target
from appraisals.opinions.states import DigestState, OpinionState
from workflow.models import History
from world.load.appraisals import rounds
from world.load.plan import Branch, Plan
from world.load.registry import Load, fills
from world.load.work import COLUMNS, SYSTEM

A_BRANCH = 4
TO_SORT, OF_MEMBER, GATHERED, SEALED = range(1, A_BRANCH + 1)


def of_rounds(plan: Plan) -> Iterator[tuple[Branch, int, int]]:
    """Each branch in a round with the key of the round and the number before its first opinion."""
    owners = {node.path: key for key, node in rounds(plan)}
    for branch in plan.branches:
        if key := owners.get(branch.path[:12]):
            yield branch, key, branch.number * A_BRANCH


@fills(Digest, DigestText)
def digests(load: Load) -> None:
    """One a branch, put to its last member."""
    columns = (
        "id",
        "round_id",
        "organisation_id",
        "target",
        "concerns_id",
        "read_by",
        "noted_on",
        "fed_back_on",
        "state",
    )
    day = load.plan.today
    rows = (
        (b.key, key, b.key, Target.MEMBER, b.first + b.size - 1, ReadBy.ORGANISER, day, day, DigestState.FED_BACK)
        for b, key, _first in of_rounds(load.plan)
    )
    load.put(Digest, columns, rows)
    words = ((b.key, "有同志希望今后主动联系服务对象。") for b, _key, _first in of_rounds(load.plan))
    load.put(DigestText, ("digest_id", "text"), words)


@fills(Opinion, OpinionText, SealedOpinion)
def opinions(load: Load) -> None:
    """Four a branch; the one handed over says nothing."""
    columns = ("id", "round_id", "organisation_id", "channel", "target", "concerns_id", "read_by", "count", "noted_on",
               "digest_id", "state")  # fmt: skip
    load.put(Opinion, columns, (row for b, key, first in of_rounds(load.plan) for row in _of(b, key, first, load)))
    texts = (
        (first + number, "希望把通知发得早一些。")
        for _b, _key, first in of_rounds(load.plan)
        for number in (TO_SORT, OF_MEMBER, GATHERED)
    )
    load.put(OpinionText, ("opinion_id", "text"), texts)
    sealed = (
        (first + SEALED, b.above.key, "officer", None, "反映的情况已移交。") for b, _key, first in of_rounds(load.plan)
    )
    load.put(SealedOpinion, ("opinion_id", "receiver_id", "seat", "concerns_id", "text"), sealed)


def _of(b: Branch, key: int, first: int, load: Load) -> Iterator[tuple[Any, ...]]:
    head, day, last, by = (key, b.key), load.plan.today, b.first + b.size - 1, ReadBy.ORGANISER
    received = OpinionState.RECEIVED
    yield first + TO_SORT, *head, Channel.FORM, Target.UNIT, None, by, 3, day, None, received
    yield first + OF_MEMBER, *head, Channel.BOX, Target.MEMBER, None, by, 1, day, None, received
    yield first + GATHERED, *head, Channel.BOX, Target.MEMBER, last, by, 2, day, b.key, OpinionState.SORTED
    yield first + SEALED, *head, "", "", None, by, 1, day, None, OpinionState.SEALED


@fills(ChannelCount)
def channels(load: Load) -> None:
    """Forms and a box in each branch."""
    columns = ("round_id", "organisation_id", "channel", "issued", "returned", "approximate", "counted_on")
    day = load.plan.today
    rows = (
        (key, b.key, channel, issued, returned, False, day)
        for b, key, _first in of_rounds(load.plan)
        for channel, issued, returned in ((Channel.FORM, 3 * b.size, 2 * b.size), (Channel.BOX, 1, 0))
    )
    load.put(ChannelCount, columns, rows)


@fills()
def told(load: Load) -> None:
    """What led to the states of the rows above."""
    load.put(History, COLUMNS, (row for b, _key, first in of_rounds(load.plan) for row in _moves(b, first)))


def _moves(b: Branch, first: int) -> Iterator[tuple[Any, ...]]:
    place = (str(b.key), b.path, b.name)
    received, opinion = OpinionState.RECEIVED, "appraisals.opinion"
    yield f"{opinion}:{first + GATHERED}", "意见", *place, "sort", received, OpinionState.SORTED, *SYSTEM
    yield f"{opinion}:{first + SEALED}", "意见", *place, "seal", received, OpinionState.SEALED, *SYSTEM
    moved = ("feed_back", DigestState.DRAFT, DigestState.FED_BACK)
    yield f"appraisals.digest:{b.key}", "整理稿", *place, *moved, *SYSTEM
