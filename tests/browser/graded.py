"""A round in which the branch of the demo's secretary is to be graded; his own grade is given and told already."""

from django.utils import timezone

from appraisals import actions as rounds
from appraisals.grades.actions import moving, weighing
from appraisals.grades.actions.weighing import Weighed
from appraisals.materials.asking.actions import set_rules
from appraisals.models import Grade, Grading, RosterEntry
from branches.models import User

NAME = "年度民主评议"


def build() -> None:
    """Opened by the officer; a member of the committee has graded the secretary."""
    officer, secretary, clerk = (User.objects.get(username=name) for name in ("officer", "secretary", "clerk"))
    today = timezone.localdate()
    above = officer.grants.in_force(today).select_related("organisation").first().organisation
    round_ = rounds.prepare_round(
        above, actor=officer, aspects=("作风",), name=NAME, year=today.year, roster_on=today, due_on=today
    )
    set_rules(round_, actor=officer, owed={})  # no materials: other tests of this stack count those of its people
    rounds.move_round(round_, "open", actor=officer)
    entry = RosterEntry.objects.get(round=round_, member=secretary.member)
    rows = Grading.objects.select_related("organisation", "round", "round__organisation")
    grading = rows.get(round=round_, organisation=entry.organisation)
    weighing.weigh(grading, [Weighed(entry.pk, "qualified", opinion="称职。")], actor=clerk)
    for name in ("decide", "feed_back"):
        grade = Grade.objects.select_related("entry__member", "entry__organisation", "entry__round").get(entry=entry)
        moving.move(grade, name, actor=clerk)
