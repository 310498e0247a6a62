"""What this room offers in the frame."""

from django.utils.translation import gettext_lazy as _

from branches.rights import Right
from shell.menu import Item, register

register(
    Item(
        "round_list", _("Rounds"), "calendar-range", 30, shown=lambda user: user.reach.takes_part,
        also=r"/(progress|stages|requirements|makeup|appraisees|evaluations)/",
    )
)  # fmt: skip
register(Item("material_list", _("Self-analysis"), "file-earmark-text", 40, shown=lambda user: user.reach.takes_part))
register(
    Item("opinion_list", _("Opinions asked for"), "chat-square-text", 35, shown=lambda user: user.reach.takes_part)
)
register(
    Item(
        "supervision_list", _("Supervision"), "binoculars", 32, also=r"/visits/",
        shown=lambda user: user.may(Right.OVERSEE, None),
    )
)  # fmt: skip
register(
    Item(
        "visit_list", _("Visit records"), "binoculars", 32,
        shown=lambda user: not user.may(Right.OVERSEE, None)
        and any(user.may(right, None) for right in (Right.LEAD, Right.WRITE_FOR_COMMITTEE)),
    )
)  # fmt: skip
register(
    Item(
        "grading_list", _("Grades of members"), "award", 39, shown=lambda user: user.reach.takes_part, also=r"/grades/",
    )
)  # fmt: skip
register(Item("vote_list", _("Secret votes"), "check2-square", 38, shown=lambda user: user.reach.takes_part))
