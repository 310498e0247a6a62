"""The life of an exemption from holding a form of meeting: in force from its first day to its last, or taken back."""

from django.utils.translation import gettext_lazy as _

from branches.rights import Right
from workflow import words
from workflow.moves import Move
from workflow.moving import States


class ExemptionState(States):
    IN_FORCE = "in_force", "active", _("In force")
    ENDED = "ended", "neutral", _("Taken back")


# fmt: off
MOVES = (
    #    name        from                      to                    who
    Move("end",      ExemptionState.IN_FORCE,  ExemptionState.ENDED, (Right.ARRANGE,), label=_("Take back"),
         needs_note=True),
)
# fmt: on

words.add(
    {
        "meetings.formexemption:create": _("Exempted"),
        "meetings.formexemption:end": _("Taken back"),
    }
)
