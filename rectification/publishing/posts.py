"""责任单位/职务: the post that stands for whoever is responsible."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone, translation

from branches.models import Organisation, Post
from rectification.problems.kinds import Whose


def posts_for(branch: Organisation, problems: Sequence[Any]) -> list[str]:
    """For each problem the post in the branch of whoever is responsible; without one the committee or the branch.

    Its words are read by a Chinese audience, whoever types. One query.
    """
    keys = [problem.responsible_id for problem in problems if problem.responsible_id]
    rows = Post.objects.on(timezone.localdate()).filter(organisation=branch, member__in=keys).order_by("-pk")
    with translation.override("zh-hans"):
        held = {row.member_id: row.title or str(row.get_kind_display()) for row in rows}
    return [held.get(problem.responsible_id) or _office(problem) for problem in problems]


def _office(problem: Any) -> str:
    return "支部委员会" if problem.whose == Whose.COMMITTEE else "党支部"
