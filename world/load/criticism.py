"""Criticism in a big world: counted at each organisational life meeting handed in, here and there written down."""

from collections.abc import Iterator

from meetings.kinds import Form
from meetings.models import Claim, CriticismCount, RemarkKind, SpokenRemark
from meetings.states import WORDED
from world.load.meetings import Sitting, sittings
from world.load.registry import Load, fills

COUNTED = 3  # members of whom criticisms were made
WRITTEN = 10  # one branch of so many has the words written down


def _held(load: Load) -> Iterator[Sitting]:
    for sitting in sittings(load.plan):
        if sitting.form == Form.ORG_LIFE_MEETING and sitting.state in WORDED:
            yield sitting


@fills(CriticismCount)
def counts(load: Load) -> None:
    """Two of the committee, one to three of the first members."""
    rows = (
        (s.key, member, number)
        for s in _held(load)
        for member, number in ((None, 2), *((s.branch.first + place, place + 1) for place in s.places[:COUNTED]))
    )
    load.put(CriticismCount, ("meeting_id", "member_id", "number"), rows)


@fills(SpokenRemark)
def remarks(load: Load) -> None:
    """One criticism of the first member and one comment on the committee."""
    columns = ("meeting_id", "kind", "member_id", "text", "written_at")
    rows = (
        (s.key, kind, member, text, load.now)
        for s in _held(load)
        if s.branch.number % WRITTEN == 4
        for kind, member, text in (
            (RemarkKind.CRITICISM, s.branch.first, "深入基层不够，调查研究少"),
            (RemarkKind.COMMENT, None, "查摆问题比较具体，整改要抓紧"),
        )
    )
    load.put(SpokenRemark, columns, rows)


@fills(Claim)
def claims(load: Load) -> None:
    """The first member makes one point his own."""
    rows = ((s.key, s.branch.first, "到基层调研不够") for s in _held(load))
    load.put(Claim, ("meeting_id", "member_id", "text"), rows)
