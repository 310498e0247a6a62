"""The facts and figures of the case county, as far as the product goes today, in two sizes. Places and people are
invented; what the source does not report (branches, channels of opinions, titles) is ours and only spreads its numbers.
"""

from dataclasses import dataclass
from datetime import date

from appraisals.opinions.channels import Target

TOP = "中共云溪县委员会"
ROUND, YEAR = "分析评议阶段", 2006
ASPECTS = ("理想信念", "宗旨观念", "工作作风")

SINCE, PREPARED = date(2000, 9, 1), date(2006, 8, 30)
ROSTER_ON, OPENED = date(2006, 8, 31), date(2006, 9, 1)
ASKED, WRITTEN = date(2006, 9, 3), date(2006, 9, 7)
MEETINGS = tuple(date(2006, 9, day) for day in range(8, 14))  # 8 to 13 September
VISITED, MADE_UP, REPORTED = date(2006, 9, 14), date(2006, 9, 15), date(2006, 9, 15)

# Name, first and last day, how it is left, and what it asks for: metric, number, severity, of which figure.
STAGES = (
    ("征求意见", OPENED, ASKED, "report", (
        ("opinions.received", 1, "block", ""), ("opinions.forms_issued", 1, "warn", ""),
    )),
    ("党性分析", date(2006, 9, 4), WRITTEN, "approval", (
        ("materials.accepted", 100, "block", "materials.owed"),
        ("materials.leading", 1, "warn", ""), ("materials.ordinary", 1, "warn", ""),
    )),
    ("专题组织生活会", MEETINGS[0], MEETINGS[-1], "report", (("meetings.org_life", 1, "block", ""),)),
)  # fmt: skip

SHORT, SHORT_WORDS = "materials", "三份材料只讲成绩，没有问题"
FIVE = ("opinions", "talks", "materials", "meetings", "appraisal")
EVIDENCE_OF_MAKEUP = "三份材料已重写，支部书记逐份看过"
TWICE = "重复录入"
RETURN_WORDS, AWAY = "请写出具体的问题。", "外出务工"


def spread(total, parts):
    """`total` in so many whole parts, as even as can be, none lost."""
    return [total * (n + 1) // parts - total * n // parts for n in range(parts)]


@dataclass(frozen=True)
class Size:
    """What is reported of a county of one size; `opinions` by target, `told` as it was reported of leading cadres and
    of ordinary members, `members` as they stand in the register, `leading` of them with a title."""

    townships: int
    groups: int
    branches: int  # below each township
    members: int
    leading: int
    away: int
    forms: int
    boxes: int
    hotlines: int
    opinions: dict[str, int]
    told: tuple[int, int]

    @property
    def all_branches(self):
        return self.townships * self.branches

    @property
    def versions(self):
        """Three of each material, five of one in each branch."""
        return 3 * self.members + 2 * self.all_branches

    @property
    def returns(self):
        return self.versions - self.members

    @property
    def ordinary(self):
        return self.members - self.leading

    @property
    def told_by_branch(self):
        """Of each branch what is reported of both classes: of leading cadres as counted, of the others here and there
        one more."""
        count = self.all_branches
        leading, more = spread(self.leading, count), spread(self.difference, count)
        parts = zip(spread(self.members, count), leading, more, strict=True)
        told = [(leaders, members - leaders + extra) for members, leaders, extra in parts]
        assert tuple(map(sum, zip(*told, strict=True))) == self.told
        return told

    @property
    def received(self):
        return sum(self.opinions.values())

    @property
    def difference(self):
        """How much more the two classes come to than there are materials."""
        return sum(self.told) - self.members


FULL = Size(
    townships=20, groups=7, branches=6, members=2076, leading=241, away=31, forms=28_300, boxes=87, hotlines=58,
    opinions={Target.COMMITTEE: 815, Target.UNIT: 680, Target.LEADER: 8750, Target.MEMBER: 3373}, told=(241, 1855),
)  # fmt: skip
# A thirtieth of it, with one more reported than counted in each township, as there.
SMALL = Size(
    townships=4, groups=2, branches=2, members=67, leading=8, away=1, forms=943, boxes=3, hotlines=2,
    opinions={Target.COMMITTEE: 27, Target.UNIT: 23, Target.LEADER: 282, Target.MEMBER: 109}, told=(8, 63),
)  # fmt: skip
ATTENDANCE = 98.5  # percent, on average, at either size
