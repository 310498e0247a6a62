"""The life of a check of study notes: it stands, and is made void where it was a mistake."""

from django.utils.translation import gettext_lazy as _

from branches.rights import Right
from workflow import words
from workflow.moves import Move
from workflow.moving import States


class State(States):
    STANDING = "standing", "done", _("Standing")
    VOID = "void", "neutral", _("Void")


MOVES = (Move("void", State.STANDING, State.VOID, (Right.RECORD,), label=_("Void"), needs_note=True, severity=2),)
words.add({"fill_notes": _("Results entered"), "look_again": _("Second look entered"), "amend_notes": _("Changed")})
