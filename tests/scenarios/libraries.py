"""The people of the case library-general-branch: a university, its library's general branch and the branches below."""

from datetime import date

from branches.actions import members, organisations
from meetings.models import Meeting
from tests import cast as people
from tests.scenarios import library as case
from tests.scenarios.visits import serving, ticks_of
from workflow.actors import SYSTEM

SINCE, BEGINS = date(2000, 9, 1), date(2003, 5, 2)
POSTS = ("secretary", "organisation", "publicity")


class Library:
    """The branches below the general branch: of each the members in order and the secretary; whoever else has a part."""

    def __init__(self):
        above = organisations.found(case.UNIVERSITY, actor=SYSTEM, kind="committee", branch_kind="", since=SINCE)
        self.inspector = serving("inspector", since=SINCE, office="supervisor", organisation=above)
        self.top = top = organisations.found(
            case.GENERAL, actor=SYSTEM, kind="general_branch", branch_kind="", since=SINCE, parent=above
        )
        self.officer = serving("general", since=SINCE, office="officer", organisation=top)
        self.folk, self.secretaries, self.deputies = {}, {}, {}
        for number, name in enumerate(case.BRANCHES):
            branch = organisations.found(f"中共云溪大学图书馆{name}支部委员会", actor=SYSTEM, kind="branch",
                                         branch_kind="single", since=SINCE, parent=top)  # fmt: skip
            size = case.IN_SERVICE // len(case.BRANCHES) + (number < case.IN_SERVICE % len(case.BRANCHES))
            self.folk[branch] = [self._enrol(branch, number, n) for n in range(size)]
            for person, post in zip(self.folk[branch], POSTS, strict=False):
                members.name_to_post(person, actor=SYSTEM, organisation=branch, kind=post, since=SINCE)
            secretary = serving(
                f"secretary{number}", self.folk[branch][0], since=SINCE, office="secretary", organisation=branch
            )
            self.secretaries[branch] = secretary
            self.deputies[branch] = people.account(f"deputy{number}", self.folk[branch][1])

    @staticmethod
    def _enrol(branch, number, n):
        name = f"{'甲乙丙丁'[number]}{'一二三四五六七八九'[n // 9]}{'金木水火土风云雨雪'[n % 9]}"
        return people.enrol(name, branch, since=SINCE, position=n)


def held(library, branch, form, folk, day, theme, agenda, hours=case.AFTERNOON):
    secretary = library.secretaries[branch]
    secretary.post(
        "meeting_create", query=f"?organisation={branch.pk}&form={form}", save="submit", confirmed="yes", theme=theme,
        agenda=agenda, started_at=f"{day} {hours[0]}", ended_at=f"{day} {hours[1]}", place="会议室", host=folk[0].pk,
        recorder=folk[1].pk, minutes_original="system", late_reason="Typed from the record book", **ticks_of(folk),
    )  # fmt: skip
    meeting = Meeting.objects.filter(organisation=branch, form=form, theme=theme).latest("pk")
    assert meeting.get_state_display() == "已归档"
