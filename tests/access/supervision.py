"""What the access tables know of visits: a draft of the supervisor, one submitted, and the second branch's."""

from datetime import timedelta
from uuid import uuid4

from appraisals.models import Progress, SupervisionGroup, Visit
from appraisals.supervision.actions import checklists
from appraisals.supervision.actions.groups import save_group
from appraisals.supervision.urging.actions import Urged, urge
from tests.appraisals.supervision.rows import entry, visit


def on_stage(stage):
    """The draft holds words nobody but its writer reads."""
    cast = stage.cast
    draft = visit(
        cast, submit=False, entry_=entry(cast, comments="DRAFT-OF-VISIT", opinion="DRAFT-OF-VISIT", met="戊同志")
    )
    told = visit(cast)
    other = visit(
        cast, branch=cast.second, entry_=entry(cast, round=None, due_on=None, opinion="ELSEWHERE"), submit=False
    )
    own = checklists.word(cast.county, "County list", ["One", "Two"], actor=cast.officer)
    stages = Progress.objects.filter(organisation=cast.first, stage__position=1)
    stage_one = stages.select_related("stage", "organisation", "round").get()
    (urged,) = urge([Urged(stage_one, cast.people[0].pk, by_phone=True)], "URGED-WORDS", actor=cast.supervisor)
    group = save_group(
        SupervisionGroup(organisation=cast.county),
        actor=cast.officer,
        name="Group",
        leader="L",
        branches=[cast.first.pk],
    )
    rows = {"visit": told, "visit_draft": draft}
    stage.moving |= rows
    first = f"?organisation={cast.first.pk}"
    return {
        **{label: row.pk for label, row in rows.items()}, "visit_of_second": other.pk, "checklist": own.pk, "visit_group": group.pk, "urging": urged.pk,
        "visit_choose": first, "visit_new": f"{first}&checklist=five",
        "visit_third": f"?organisation={cast.third.pk}&checklist=five",
    }  # fmt: skip


def posts(stage):
    """What valid forms send."""
    sheet = {
        "visited_on": stage.today.isoformat(), "manner": "phone", "round": stage.cast.round.pk, "comments": "NEW-WORDS",
        "due_on": (stage.today + timedelta(9)).isoformat(), "client_key": str(uuid4()), "save": "submit", "version": 1,
        **{f"line-{code}-result": "unseen" for code in ("opinions", "talks", "materials", "meetings", "appraisal")},
    }  # fmt: skip
    return {
        "visit_create": sheet,
        "visit_edit": sheet,
        "visit_correct": {**sheet, "reason": "Because"},
        "visit_move": stage.MOVE,
        "checklist_edit": {"name": "New", "wording": "One"},
        "supervision_group_create": {"name": "New", "leader": "L", "branches": [stage.cast.first.pk]},
        "supervision_group_edit": {"name": "New", "leader": "L", "branches": [stage.cast.first.pk]},
        "supervision_group_end": {"confirmed": "yes"},
        "urge_create": {"selected": stage.objects["gate"]},
        "checklist_end": {"confirmed": "yes"},
    }


def fill(cast, many):
    """`many` more visits of the first branch, and groups."""
    had = SupervisionGroup.objects.count()
    for _ in range(many):
        visit(cast)
    SupervisionGroup.objects.bulk_create(
        SupervisionGroup(organisation=cast.county, name=f"More {had + n}", leader="L") for n in range(many)
    )
    assert Visit.objects.count() > many
