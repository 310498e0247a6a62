"""Stages of rounds, branches in them, rosters and items to make up, as the tables of access speak of them."""

from datetime import date, timedelta

from appraisals.evaluations import actions as evaluations
from appraisals.models import (
    Evaluation,
    LeadingPost,
    MakeupItem,
    PlanRevision,
    Progress,
    Requirement,
    RosterEntry,
    RosterEvent,
    SchemeStep,
    Stage,
)
from appraisals.rounds.actions import gate, makeup, plan, roster
from appraisals.rounds.scheme.content import Scheme
from branches.models import Organisation
from workflow.actions import record

PARTS = ("stage", "organisation", "round", "round__organisation")


def on_stage(stage):
    """The first branch at its gate, the second waiting for the superior's consent; an item; one member offered away."""
    cast = stage.cast
    rows = {row.organisation_id: row for row in Progress.objects.filter(stage__position=1).select_related(*PARTS)}
    asked = rows[cast.second.pk]
    gate.move(asked, "request", actor=cast.sibling)
    item = makeup.owe(rows[cast.first.pk], "Two more talks", actor=cast.officer, due_on=stage.today + timedelta(9))
    entries = {row.member_id: row for row in RosterEntry.objects.select_related("organisation", "round__organisation")}
    offered = entries[cast.people[1].pk]
    roster.offer(offered, cast.second, actor=cast.secretary)
    planned = plan.save_stage(
        Stage(round=cast.planned, name="Next", starts_on=date(2027, 1, 1), ends_on=date(2027, 1, 9)), actor=cast.officer
    )
    need = plan.save_requirement(Requirement(stage=planned, metric="talks.held", value=1), actor=cast.officer)
    said = _said(cast)
    stage.moving |= {"gate": rows[cast.first.pk], "asked_gate": asked, "makeup": item, **said}
    return {
        "gate": rows[cast.first.pk].pk, "asked_gate": asked.pk, "makeup": MakeupItem.objects.get().pk,
        "appraisee": entries[cast.people[4].pk].pk, "offered": offered.pk, "planned_stage": planned.pk,
        "planned_need": need.pk, "open_stage": rows[cast.first.pk].stage_id,
        **{label: row.pk for label, row in said.items()},
    }  # fmt: skip


def _said(cast):
    """An evaluation of the first branch that was fed back, and one of the second that is being written."""
    evaluations.set_scale(cast.round, ["Good", "Fair"], actor=cast.officer)
    said = {}
    for label, place, words in (
        ("evaluation", cast.first, "EVALUATION-WORDS"),
        ("unsaid", cast.second, "UNSAID-WORDS"),
    ):
        new = Evaluation(round=cast.round, organisation=place)
        said[label] = evaluations.save(new, actor=cast.supervisor, words=words, level="Fair", seen=new.fingerprint)
    evaluations.move(said["evaluation"], "give", actor=cast.officer)
    return said


def posts(stage):
    """What a valid form of each of these pages sends."""
    later = (stage.today + timedelta(30)).isoformat()
    need = {"metric": "talks.held", "base": "", "value": "2", "severity": "warn", "clause": ""}
    days = {"name": "One", "gate": "report", "starts_on": "2027-02-01", "ends_on": "2027-02-09", "work": ""}
    return {
        "plan_begin": {"template": "annual", "first": "2027-01-04"},
        "stage_create": days,
        "stage_edit": days,
        "requirement_create": need,
        "requirement_edit": need,
        "round_revise": {
            "applies": "next",
            "changes": "Words",
            "added-TOTAL_FORMS": 0,
            "added-INITIAL_FORMS": 0,
        },
        "round_edit": {
            "year": "2027",
            "name": "Renamed",
            "reference": "",
            "roster_on": "2027-01-05",
            "due_on": "2027-02-05",
            "aspects": "One",
            "seen": stage.cast.planned.fingerprint,
        },
        "scheme_edit": {
            "seen": Scheme([], []).fingerprint,
            "steps-0-name": "Study",
            "posts-0-name": "Head",
            "posts-0-role": "head",
            **{f"{part}-{key}_FORMS": n for part in ("posts", "steps") for key, n in (("TOTAL", 1), ("INITIAL", 0))},
        },
        "evaluation_scale": {"words": "Good\nFair\nPoor"},
        "evaluation_edit": {"words": "NEW", "level": "Good", "seen": stage.moving["unsaid"].fingerprint},
        "evaluation_move": stage.MOVE,
        "grid_edit": {"source": "paper", "as_of": stage.today.isoformat(), "note": ""},
        "grid_import": {"source": "paper", "as_of": stage.today.isoformat(), "note": "", "cells": "{}"},
        "grid_faults": {"faults": "[]"},
        "progress_batch": {"selected": stage.objects["gate"]},
        "progress_move": stage.MOVE,
        "progress_extend": {"due_on": later, "note": "Flood"},
        "progress_give_back": {"note": "Too thin", "items": "One more talk", "due_on": later},
        "makeup_move": stage.MOVE,
        "appraisee_event": {"kind": "confirmed", "happened_on": stage.today.isoformat()},
        "appraisee_offer": {"to": "Second branch"},
    }


def fill(cast, newcomers, name):
    """More of everything, for the counting of queries: branches in stages, members, items, requirements, revisions."""
    stages = list(Stage.objects.filter(round=cast.round))
    more = [row for row in Organisation.objects.branches() if row.name.startswith(f"Branch {name}")]
    Progress.objects.bulk_create(
        Progress(round=cast.round, stage=stage, organisation=branch, due_on=stage.ends_on)
        for branch in more for stage in stages
    )  # fmt: skip
    Evaluation.objects.bulk_create(
        Evaluation(round=cast.round, organisation=branch, words=name, level="Good", state="given") for branch in more
    )
    RosterEntry.objects.bulk_create(
        RosterEntry(round=cast.round, member=person, organisation=cast.first, category="formal", offered_to=cast.second)
        for person in newcomers
    )
    day, number = cast.round.roster_on, 2 + PlanRevision.objects.count()
    mine = Progress.objects.get(organisation=cast.first, stage=stages[0])
    for n, _person in enumerate(newcomers):
        MakeupItem.objects.create(
            round=cast.round, stage=stages[0], organisation=cast.first, what=f"{name}{n}", due_on=day
        )
        Requirement.objects.create(stage=stages[0], metric="talks.held", value=n + 1)
        for place in (cast.county, cast.first):
            own = {"round": cast.round, "organisation": place}
            at = SchemeStep.objects.filter(**own).count() + 1
            SchemeStep.objects.create(**own, position=at, name="More")
            LeadingPost.objects.create(**own, position=at, role="member", name="More")
        PlanRevision.objects.create(round=cast.round, number=number + n, applies="next", changes="More", made_on=day)
        record(mine, "extend", actor=cast.officer, note="More")
    entry = RosterEntry.objects.get(member=cast.people[4])
    RosterEvent.objects.bulk_create(
        RosterEvent(entry=entry, kind="handed_over", happened_on=day, source=cast.second, target=cast.first)
        for _person in newcomers
    )
