"""Votes of the first branch in every state."""

from datetime import timedelta

from django.utils import timezone

from appraisals.models import Vote
from appraisals.votes import actions
from appraisals.votes.people import rated
from appraisals.votes.sheets import Wanted
from appraisals.votes.sites.actions import write_sites
from appraisals.votes.sites.reading import COLUMNS, sites_of
from ballots.actions import Ballots
from ballots.marks import lines_of
from branches.models import User


def laid_down(world, title="Vote", *, actor=None, branch=None, wanted=None, **facts):
    """Members one by one and the committee as one; 戊同志 and somebody from elsewhere count."""
    actor = actor or User.objects.get(pk=world.secretary.pk)
    branch = branch or world.first
    told = {
        "held_on": timezone.localdate(),
        "voters": 5,
        "scrutineer": world.people[4],
        "teller_name": "外请同志",
        **facts,
    }
    vote = Vote(organisation=branch, title=title, **told)
    wanted = wanted or Wanted(people=rated(branch, None, told["held_on"], actor), limit=2, body="First branch")
    return actions.lay_down(vote, wanted, actor=actor)


def outside(world, title="Outside", *, sites=(("东门", 3, 3), ("西门", 2, 2)), **facts):
    """One outside a meeting, five forms handed out at two sites."""
    today = timezone.localdate()
    vote = laid_down(world, title, held_on=today, until=today + timedelta(3), **facts)
    lines = [dict(zip(COLUMNS, site, strict=True)) for site in sites]
    write_sites(vote, lines, actor=world.secretary, seen=sites_of(vote).fingerprint)
    return vote


def totals(vote, collected=5, best=1):
    """(ballots, marks): the first line has `best` 优秀, whatever is left is 合格."""
    lines = lines_of(vote.poll)
    ballots = {line.sheet_key: Ballots(collected, collected) for line in lines}
    marks = {(line.key, 1): best if line.number == 1 else 0 for line in lines}
    marks |= {(line.key, 2): collected - marks[line.key, 1] for line in lines}
    return ballots, marks


def counted(world, title="Vote", *, actor=None, collected=5, best=1, **facts):
    vote = laid_down(world, title, actor=actor if facts.get("branch") else None, **facts)
    return actions.type_totals(vote, *totals(vote, collected, best), actor=actor or world.secretary)


def handed_out(world, title="Vote", *, halved=False, **facts):
    """(vote, what was printed)."""
    vote = laid_down(world, title, way="slips", **facts)
    return vote, actions.hand_out(vote, actor=world.secretary, halved=halved)


def moved(world, vote, *names, note="Because"):
    for name in names:
        actions.move(vote, name, actor=world.secretary, note=note)
    return Vote.objects.select_related("organisation", "poll", "scrutineer").get(pk=vote.pk)
