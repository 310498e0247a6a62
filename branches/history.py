"""How the history tells what was done to organisations, members and offices."""

from django.utils.translation import gettext_lazy as _

from workflow import words

words.add(
    {
        "found": _("Entered as founded"),
        "rename": _("Renamed"),
        "settle": _("Details changed"),
        "correct_founding": _("Day of founding corrected"),
        "elect": _("Election recorded"),
        "correct_election": _("Day of an election corrected"),
        "place": _("Moved in the order of lists"),
        "reparent": _("Put below another superior"),
        "merge": _("Merged into another branch"),
        "absorb": _("Took over another branch"),
        "split": _("Members given to a new branch"),
        "dissolve": _("Dissolved"),
        "close_group": _("Closed"),
        "change_secretary": _("Secretary changed"),
        "give_office": _("Secretary given his office"),
        "enrol": _("Entered into the register"),
        "correct": _("Particulars corrected"),
        "rename_member": _("Name corrected"),
        "regroup": _("Group changed"),
        "name_to_post": _("Named to a post"),
        "dismiss": _("Dismissed from a post"),
        "exempt": _("Exempted from organisational life"),
        "end_exemption": _("Exemption ended"),
        "set_standing": _("Category changed"),
        "limit": _("Right to vote limited"),
        "end_limit": _("Right to vote restored"),
        "flow_out": _("Went elsewhere for a time"),
        "flow_back": _("Came back"),
        "take_part": _("Takes part in a branch"),
        "stop_taking_part": _("No longer takes part in a branch"),
        "transfer": _("Transferred to another branch"),
        "leave": _("Left the register"),
        "unplan": _("What was planned is taken back"),
        "reopen": _("Closing taken back"),
        "destroy_kept": _("Destroyed after its time"),
        "grant": _("Office given"),
        "revoke": _("Office taken back"),
        "expire": _("Office ends"),
        "resume": _("Office goes on"),
    }
)
