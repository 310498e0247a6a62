"""Decisions of a big world: each meeting that decides took one by a show of hands, some elected besides."""

from collections.abc import Iterator
from typing import Any

from meetings.decisions.entries import LeftOut, Motion, Voters, decided
from meetings.decisions.kinds import Business, Ground, Method
from meetings.kinds import KINDS, Form
from meetings.models import Decision, DueExclusion
from meetings.states import State
from world.load.meetings import Sitting, attendance, sittings
from world.load.plan import Plan
from world.load.registry import Load, fills

COLUMNS = ("meeting_id", "position", "subject", "business", "method", "due", "present", "yes", "no", "abstain",
           "written_yes", "announced", "outcome")  # fmt: skip


@fills(Decision)
def decisions(load: Load) -> None:
    """One decision a meeting, and an election where somebody is left out."""
    load.put(Decision, COLUMNS, (row for sitting in _deciding(load.plan) for row in _decisions(sitting)))


@fills(DueExclusion)
def left_out(load: Load) -> None:
    """At some assemblies the first member who was not there is left out of the election."""
    columns = ("meeting_id", "position", "member_id", "ground", "consent_by", "consent_on", "reference", "resolution")
    rows = (
        (s.key, 1, one.member_id, one.ground, one.consent_by, one.consent_on, one.reference, one.resolution)
        for s in _deciding(load.plan)
        for one in _left_out(s)
    )
    load.put(DueExclusion, columns, rows)


def _deciding(plan: Plan) -> Iterator[Sitting]:
    return (s for s in sittings(plan) if KINDS[s.form].decides and s.state != State.DRAFT)


def _voters(sitting: Sitting) -> Voters:
    lines = attendance(sitting)
    names = ("meeting_id", "member_id", "position", "status", "reason", "is_due", "may_vote")
    return Voters.over(dict(zip(names, line, strict=True)) for line in lines)


def _left_out(sitting: Sitting) -> list[LeftOut]:
    voters = _voters(sitting)
    away = sorted(set(voters.due) - set(voters.present))
    if sitting.form != Form.GENERAL_MEETING or sitting.branch.number % 10 or not away:
        return []
    day = sitting.begins.date()
    return [LeftOut(away[0], Ground.BEDRIDDEN, "上级党组织", day, "组字〔2026〕3号", "会议同意其不计入应到会人数")]


def _decisions(sitting: Sitting) -> Iterator[tuple[Any, ...]]:
    voters, out = _voters(sitting), _left_out(sitting)
    here = len(voters.present)
    business = Business.COMMITTEE if sitting.form == Form.COMMITTEE_MEETING else Business.ORDINARY
    against = int(here > 5 and sitting.key % 4 == 0)
    motions = [Motion("通过下一步工作安排", business, Method.HANDS, None, here - against, against, 0)]
    if out:
        motions.append(Motion("补选支部委员", Business.ELECTION, Method.BALLOT, None, here, 0, 0, 0, "elected"))
    for place, columns in enumerate(decided(motions, out, voters), 1):
        yield sitting.key, place, *(columns[name] for name in COLUMNS[2:])
