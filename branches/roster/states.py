"""The whole life of one import of a roster on one page."""

from django.utils.translation import gettext_lazy as _

from branches.rights import Right
from workflow import words
from workflow.moves import Move
from workflow.moving import States


class State(States):
    MAPPING = "mapping", "waiting", _("Columns to be named")
    CHECKING = "checking", "active", _("Being checked")
    CHECKED = "checked", "waiting", _("To be confirmed")
    WRITING = "writing", "active", _("Being written")
    DONE = "done", "done", _("Imported")
    DISCARDED = "discarded", "neutral", _("Given up")


WITH_FILE = frozenset({State.MAPPING, State.CHECKING, State.CHECKED, State.WRITING})
_KEEPERS = (Right.KEEP_REGISTER,)
_CLOCK = ("system",)

# fmt: off
MOVES = (
    #    name       from             to               who
    Move("check",   State.MAPPING,   State.CHECKING,  _KEEPERS),
    Move("tell",    State.CHECKING,  State.CHECKED,   _CLOCK),
    Move("answer",  State.CHECKED,   State.CHECKING,  _KEEPERS),
    Move("confirm", State.CHECKED,   State.WRITING,   _KEEPERS, label=_("Write into the register"),
         when="may_be_written", severity=2, primary=True),
    Move("write",   State.WRITING,   State.DONE,      _KEEPERS),
    Move("remap",   State.CHECKED,   State.MAPPING,   _KEEPERS, label=_("Name the columns anew")),
    Move("remap",   State.CHECKING,  State.MAPPING,   _KEEPERS, label=_("Name the columns anew"), when="job_is_over"),
    Move("recheck", State.WRITING,   State.CHECKING,  _KEEPERS, label=_("Check again"), when="job_is_over"),
    Move("discard", State.MAPPING,   State.DISCARDED, _KEEPERS, label=_("Give up this import")),
    Move("discard", State.CHECKED,   State.DISCARDED, _KEEPERS, label=_("Give up this import")),
    Move("discard", State.CHECKING,  State.DISCARDED, _KEEPERS, label=_("Give up this import"), when="job_is_over"),
    Move("discard", State.WRITING,   State.DISCARDED, _KEEPERS, label=_("Give up this import"), when="job_is_over"),
    Move("expire",  State.MAPPING,   State.DISCARDED, _CLOCK,   when="job_is_over"),
    Move("expire",  State.CHECKING,  State.DISCARDED, _CLOCK,   when="job_is_over"),
    Move("expire",  State.CHECKED,   State.DISCARDED, _CLOCK,   when="job_is_over"),
    Move("expire",  State.WRITING,   State.DISCARDED, _CLOCK,   when="job_is_over"),
)
# fmt: on

words.add(
    {
        "upload": _("File chosen"),
        "check": _("Columns named"),
        "tell": _("Checked"),
        "branches.rosterimport:answer": _("Namesakes decided"),
        "branches.rosterimport:confirm": _("Confirmed"),
        "write": _("Written into the register"),
        "remap": _("Columns to be named anew"),
        "recheck": _("To be checked again"),
        "discard": _("Given up"),
        "branches.rosterimport:expire": _("Given up, for nobody went on with it"),
        "roster_new": _("Entered by an import of a roster"),
        "roster_changed": _("Changed by an import of a roster"),
    }
)
