"""What the access tables know of checks of study notes."""

from datetime import timedelta

from meetings.notes import actions


def on_stage(stage):
    """The member fell short, the committee member did not; nobody else was looked at."""
    cast, folk = stage.cast, stage.cast.people
    facts = actions.Facts(stage.today, "Study notes", 8)
    check = actions.open_check(cast.first, facts, actor=cast.secretary)
    found = {folk[1].pk: actions.Found("meets", 8, "MEETS-WORDS"), folk[4].pk: actions.Found("short", 3, "SHORT-WORDS")}
    due = stage.today + timedelta(20)
    actions.fill(check, found, correct_by=due, actor=cast.clerk, seen=1)
    check.refresh_from_db()
    stage.moving["notes"] = check
    return {"notes": check.pk}


def posts(stage):
    """What valid forms send."""
    today, member = stage.today.isoformat(), stage.cast.people[4].pk
    return {
        "notes_create": {"checked_on": today, "subject": "Study notes", "asked": "", "questions": "One\nTwo"},
        "notes_edit": {"checked_on": today, "subject": "New", "asked": "9", "questions": "", "version": 2},
        "notes_fill": {f"result_{member}": "missing", "correct_by": today, "version": 2},
        "notes_look": {"members": [member], "on": today, "version": 2},
        "notes_move": stage.MOVE,
    }


def fill(cast, many, name):
    """`many` more checks, of the member alone."""
    for n in range(many):
        check = actions.open_check(cast.first, actions.Facts(cast.meeting.held_on, f"{name}{n}"), actor=cast.secretary)
        found = {cast.people[4].pk: actions.Found("meets")}
        actions.fill(check, found, correct_by=None, actor=cast.secretary, seen=1)
