"""The demo world: a county's education committee with its branches, played through the actions like any other life."""

from datetime import date

from django.db import transaction

from world.demo.criticism import criticised
from world.demo.evaluations import evaluated
from world.demo.grades import graded
from world.demo.notes import checked
from world.demo.opinions import opinions
from world.demo.paper import entered_for, keeps_papers
from world.demo.people import PALACE, World, give_accounts, people
from world.demo.rectification import pledges, problems, publications
from world.demo.study import studied
from world.demo.supervision import urged, visited
from world.demo.talks import talks
from world.demo.votes import voted
from world.demo.work import (
    changes,
    elections_held,
    meetings_of_a_quarter,
    plans_of_a_quarter,
    reminded,
    round_overdue,
    round_under_way,
    stages_passed,
    totals_told,
)

__all__ = ["PALACE", "World", "build"]


@transaction.atomic
def build(password: str, today: date) -> World:
    """Play the demo world into an empty database; every account has `password`."""
    world = people()
    keeps_papers(world)
    give_accounts(world, password)
    round_overdue(world, today)
    round_under_way(world, today)
    totals_told(world, today)
    opinions(world, today)
    meetings_of_a_quarter(world, today)
    criticised(world)
    talks(world, today)
    studied(world, today)
    checked(world, today)
    stages_passed(world, today)
    entered_for(world, today)
    visited(world, today)
    urged(world)
    voted(world, today)
    problems(world, today)
    pledges(world, today)
    publications(world, today)
    graded(world, today)
    evaluated(world)
    changes(world, today)
    elections_held(world, today)
    plans_of_a_quarter(world, today)
    reminded(world, today)
    return world
