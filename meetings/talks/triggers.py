"""On which occasions a talk is due: the wording of the nearest superior that has one, else ours."""

from branches.tree import above
from meetings.models import TriggerList

# 五必谈 as most places word it, and the sixth that some add.
SHIPPED = (
    "岗位变动、组织关系转入或本人要求谈话",
    "取得突出成绩、受到表彰",
    "家庭或个人遇到重大困难、变故",
    "出现苗头性问题或群众有反映",
    "受到处分处置、恢复联系或预备期考察、转正",
    "反馈上年度民主评议结果",
)


def triggers_of(path: str) -> list[str]:
    """The occasions offered to the branch at `path`."""
    rows = TriggerList.objects.filter(organisation__path__in=above(path)).order_by("-organisation__path")
    wording = rows.values_list("wording", flat=True).first()
    return wording.splitlines() if wording is not None else list(SHIPPED)
