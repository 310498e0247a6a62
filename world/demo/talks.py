"""Talks of the demo world: the committee among itself, with members, and with people outside."""

from datetime import date, timedelta

from meetings.talks import actions
from meetings.talks.pages import people_on
from meetings.talks.parties import kind_of, read
from world.demo.people import World


def talks(world: World, today: date) -> None:
    """Two evenings of one branch: some pairs of the committee are still open, as is half of the register."""
    branch, secretary = world.places["palace"], world.users["secretary"]
    folk = [person.name for person in world.of("palace")]
    on_committee = people_on(branch, today, secretary).committee
    committee = [person.name for person in world.of("palace") if person.pk in on_committee]
    evenings = (
        (30, "书记办公室", [(committee[0], name, "") for name in (committee[1], *folk[5:7])]),
        (12, "支部活动室", [(committee[1], name, "") for name in folk[6:7]] + [
            (folk[5], folk[6], ""), (committee[0], "周敬亭（社区居民代表）、吴晚晴（学员家长）", ""),
            ("孙立言（分管领导）", committee[0], ""),
        ]),
    )  # fmt: skip
    for days, place, rows in evenings:
        day = today - timedelta(days)
        people = people_on(branch, day, secretary)
        entries = []
        for talker, partner, trigger in rows:
            both = read(talker, people), read(partner, people)
            entries.append(actions.Entry(*both, kind_of(*both, people), trigger))
        actions.record_talks(branch, day, place, entries, actor=secretary)
