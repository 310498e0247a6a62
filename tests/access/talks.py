"""What the access tables know of talks."""

from meetings.models import TalkContent
from meetings.talks import actions
from meetings.talks.parties import Party


def on_stage(stage):
    """The secretary's talk with the member, and what he wrote down of it."""
    cast, folk = stage.cast, stage.cast.people
    pair = [Party(person.name, member_id=person.pk) for person in (folk[0], folk[4])]
    entry = actions.Entry(pair[:1], pair[1:], "committee_and_member")
    (talk,) = actions.record_talks(cast.first, stage.today, "Room 3", [entry], actor=cast.secretary)
    TalkContent.objects.create(talk=talk, text="TALK-WORDS", written_by=cast.secretary)
    stage.moving["talk"] = talk
    return {"talk": talk.pk, "new_talk": f"?organisation={cast.first.pk}"}


def posts(stage):
    """What valid forms send."""
    day = {"held_on": stage.today.isoformat(), "place": "Room 3", "row-TOTAL_FORMS": 1, "row-INITIAL_FORMS": 0}
    return {
        "talk_create": {**day, "row-0-talkers": "甲书记", "row-0-partners": "丁组长"},
        "talk_move": stage.MOVE,
        "trigger_edit": {"wording": "Moved"},
    }


def fill(cast, many, name):
    """`many` more talks of the member's."""
    pair = [Party(person.name, member_id=person.pk) for person in (cast.people[0], cast.people[4])]
    entries = [actions.Entry(pair[:1], pair[1:], "committee_and_member") for _ in range(many)]
    actions.record_talks(cast.first, cast.meeting.held_on, name, entries, actor=cast.secretary)
