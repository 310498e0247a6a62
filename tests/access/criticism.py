"""What the access tables know of criticism beside a meeting."""

from branches.actions import rules
from meetings.criticism import actions
from meetings.models import SpokenRemark


def on_stage(stage):
    """The county has raw words written down; the clerk wrote one about the member, who makes a point his own."""
    cast, meeting, member = stage.cast, stage.cast.meeting, stage.cast.people[4].pk
    rules.override_rule(
        cast.county, meeting.held_on.year, "F34-1", actor=cast.officer, severity="remind", parameters={}, reason="So"
    )
    actions.write(meeting, "criticism", member, "REMARK-WORDS", actor=cast.clerk, speaker=cast.people[3].pk)
    actions.claim(meeting, "CLAIM-WORDS", actor=cast.member)
    return {"remark": SpokenRemark.objects.get().pk}


def posts(stage):
    """What valid forms send."""
    member = stage.cast.people[4].pk
    return {
        "criticism_count submitted": {f"number_{member}": "3"},
        "remark_create": {"kind": "comment", "about": "0", "speaker": "", "text": "NEW-WORDS"},
        "remark_remove": {"confirmed": "yes"},
        "claim_edit": {"text": "NEW-WORDS"},
    }
