"""A branch that keeps its papers: its superior enters for it, here by one telephone call (F1)."""

from datetime import date, timedelta

from appraisals.models import Progress, Round
from appraisals.rounds.grid import actions as grid
from branches.actions import organisations
from branches.models.organisations import Mode
from figures.actions import Entry, Told
from figures.registry import Period
from figures.units import Source
from workflow.actors import SYSTEM
from world.demo.people import World

PARTS = ("stage", "stage__round", "organisation", "round", "round__organisation")


def keeps_papers(world: World) -> None:
    """The branch of the retired works on paper from the beginning."""
    organisations.settle(world.places["retired"], actor=SYSTEM, mode=Mode.PAPER)


def entered_for(world: World, today: date) -> None:
    """The officer has entered its study and passed its first stage; the second waits to be entered."""
    branch, officer = world.places["retired"], world.users["officer"]
    round_ = Round.objects.get(organisation=world.places["committee"])
    row = Progress.objects.select_related(*PARTS).get(round=round_, organisation=branch, stage__position=1)
    told = Told(2, as_of=today - timedelta(1), source=Source.PHONE, note="支部书记电话报送")
    entry = Entry(branch, "meetings.study", Period(year=round_.year), told)
    grid.save(row.stage, [entry], actor=officer)
    grid.finish([row], actor=officer)
