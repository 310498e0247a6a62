"""Secret votes of the demo world: on paper, confirmed; under slips, open; outside a meeting; of two branches."""

from datetime import date, timedelta
from typing import Any

from appraisals.models import Round, Vote
from appraisals.votes import actions
from appraisals.votes.models import Way
from appraisals.votes.people import rated
from appraisals.votes.rules import TOGETHER
from appraisals.votes.sheets import Wanted
from appraisals.votes.sites.actions import write_sites
from appraisals.votes.sites.reading import sites_of
from ballots import actions as ballots
from ballots import slips
from ballots.actions import Ballots
from ballots.marks import lines_of
from branches.actions.rules import override_rule
from meetings.kinds import Form
from meetings.models import Meeting
from world.demo.people import World

HELD = "2025年度民主评议党员测评"
ITEMS = """# 服务群众
对党支部为民办实事的评价
对党员教师师德师风的评价
# 意见
您最希望改进的方面(多选)
- 校园环境
- 教学质量
- 家校沟通"""


def voted(world: World, today: date) -> None:
    """Three branches, three ways; ballots are cast under slips as in a hall."""
    round_ = Round.objects.get(organisation=world.places["committee"])
    held = Meeting.objects.filter(organisation=world.places["palace"], form=Form.GENERAL_MEETING, present__gt=0)
    meeting = held.latest("started_at")
    palace = _laid_down(world, "palace", "secretary", HELD, meeting.held_on, meeting=meeting, round=round_,
                       voters=meeting.present)  # fmt: skip
    lines = lines_of(palace.poll)
    numbers = {line.sheet_key: Ballots(palace.voters, palace.voters) for line in lines}
    came = palace.voters
    best = {line.key: {1: came - 1, 2: came - 2}.get(line.number, 0) for line in lines}
    marks = {(line.key, 1): best[line.key] for line in lines}
    marks |= {(line.key, 2): palace.voters - best[line.key] for line in lines}
    actions.type_totals(palace, numbers, marks, actor=world.users["secretary"])
    actions.move(palace, "confirm_signed", actor=world.users["secretary"], note="监票人、计票人当场签字")

    school = _laid_down(world, "school", "secretary2", HELD, today, way=Way.SLIPS)
    printed = actions.hand_out(school, actor=world.users["secretary2"])
    actions.move(school, "open", actor=world.users["secretary2"])
    for place, code in enumerate(printed.codes[:7]):
        slip = slips.found(code)
        assert slip is not None
        marks_of_one = tuple(1 if number == place else 2 for number in range(len(lines_of(school.poll))))
        ballots.cast(slip, marks_of_one)

    middle = world.places["middle"]
    asked = Vote(
        organisation=middle, title="群众满意度测评", held_on=today - timedelta(2), until=today + timedelta(5), voters=60
    )
    wanted = Wanted(items=ITEMS, items_title="群众评议项目", scale="satisfied")
    actions.lay_down(asked, wanted, actor=world.users["secretary4"])
    given = (("家长接待室", 30), ("社区服务站", 25))
    sites = [{"name": name, "issued": issued, "collected": None} for name, issued in given]
    _together(world, today)
    write_sites(asked, sites, actor=world.users["secretary4"], seen=sites_of(asked).fingerprint)


def _together(world: World, today: date) -> None:
    """Two branches of one general branch rate their committees with one ballot, as their superior lets them."""
    town, day = world.places["town"], today - timedelta(30)
    places = [world.places["middle"], world.places["second"]]
    override_rule(
        town, day.year, TOGETHER.code, actor=world.users["officer"], severity="remind", parameters={},
        reason="两校班子同场评议",
    )  # fmt: skip
    names = [place.label for place in places]
    voters = sum(len(world.of(key)) for key in ("middle", "second"))
    vote = Vote(
        organisation=places[0], title="两校支部班子联合评议", held_on=day, voters=voters,
        scrutineer_name="总支监票人", teller_name="总支计票人",
    )  # fmt: skip
    wanted = Wanted(body=names[0], bodies_along=tuple(names[1:]))
    actions.lay_down(vote, wanted, actor=world.users["secretary4"], along=places[1:])
    lines = lines_of(vote.poll)
    numbers = {line.sheet_key: Ballots(voters, voters - 2) for line in lines}
    marks = {(line.key, 1): voters - 2 - 6 * line.number for line in lines}
    marks |= {(line.key, 2): 6 * line.number for line in lines}
    actions.type_totals(vote, numbers, marks, actor=world.users["secretary4"])
    actions.move(vote, "confirm_signed", actor=world.users["secretary4"], note="总支派员当场签字")


def _laid_down(world: World, place: str, secretary: str, title: str, day: date, **facts: Any) -> Vote:
    """Members one by one and the committee, with a third of the members as limit."""
    branch, actor = world.places[place], world.users[secretary]
    people = rated(branch, None, day, actor)
    watching, counting = world.of(place)[1], world.of(place)[2]
    vote = Vote(
        organisation=branch, title=title, held_on=day, scrutineer=watching, teller=counting,
        **{"voters": len(people), **facts},
    )  # fmt: skip
    wanted = Wanted(people=people, limit=max(1, len(people) // 3), body=branch.label)
    return actions.lay_down(vote, wanted, actor=actor)
