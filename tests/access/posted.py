"""What a valid form of each page sends, for the posts of the access table."""

from branches.models import Relation
from tests.access import (
    criticism,
    grades,
    materials,
    notes,
    opinions,
    plans,
    rectification,
    rounds,
    study,
    supervision,
    talks,
    votes,
)
from tests.branches.files import picture


def posts(stage):
    cast = stage.cast
    meeting = {"theme": "New", "started_at": "2026-03-03 09:00", "minutes_original": "system", "save": "draft"}
    period = {"roster_on": "2026-03-01", "due_on": "2026-12-01"}
    return {
        "calendar_switch": {"on": "yes", "confirmed": "yes"},
        "meeting_create": meeting,
        "meeting_edit": {**meeting, "version": 1},
        "meeting_autosave": {**meeting, "version": 1},
        "meeting_autosave_new": meeting,
        "unsaved_discard": {"confirmed": "yes"},
        "meeting_move": stage.MOVE,
        "meeting_revise": {
            **meeting, "version": 2, "ended_at": "2026-03-03 10:00", "place": "Room 2", "host": cast.people[3].pk,
            "recorder": cast.people[4].pk, "agenda": "One", "reason": "Because", "late_reason": "Ill", "save": "submit",
            "confirmed": "yes",
            **{f"status_{person.pk}": "present" for person in cast.people},
        },
        **plans.posts(cast),
        **talks.posts(stage),
        **criticism.posts(stage),
        **materials.posts(stage),
        **study.posts(stage),
        **notes.posts(stage),
        **opinions.posts(stage),
        **rounds.posts(stage),
        **supervision.posts(stage),
        **votes.posts(stage),
        **rectification.posts(stage),
        **grades.posts(stage),
        "attachment_withdraw": {"confirmed": "1"},
        "logo_edit": {"picture": picture},
        "round_create": {"organisation": cast.county.pk, "year": 2026, "name": "New", "aspects": "One", **period},
        "material_edit": {"aspect_1": "NEW-WORDS", "save": "draft", "revision": 1},
        "material_autosave": {"aspect_1": "NEW-WORDS", "revision": 1},
        "material_move": stage.MOVE,
        "round_move": stage.MOVE,
        "roster_move": stage.MOVE,
        "grant_create": {
            "user": "nobody", "office": "clerk", "organisation": cast.first.pk, "since": "2026-03-01",
        },
        "grant_delegate": {
            "member": Relation.objects.get(member=cast.people[2]).pk, "since": stage.today, "until": stage.today,
            "note": "Away",
        },
        "grant_revoke": {"note": "Because"},
        "day_off_list": {"lines": "2026-10-01 国庆节 放假"},
        "rule_edit": {"severity": "block", "reason": "Because", "act": "set"},
        "user_edit": {"act": "deactivate", "note": "Because"},
        "slip_create": {"selected": cast.siblings[1].pk},
        "activate": {"login": "unheard.of", "code": "0" * 12, "password": "a" * 12, "again": "a" * 12},
        "mfa_activate_totp": {"code": "000000"},
        "account_reauthenticate": {"password": "not the one"},
        "transfer_move": stage.MOVE,
        "total_move": stage.MOVE,
        "total_create": {
            "value": "12", "approx": "exact", "span": "stage", "source": "paper", "as_of": stage.today.isoformat(),
        },
        **_changes(stage),
        "account_login": {"login": "unheard.of", "password": "not the one"},
        "mail_edit": {"hour": "8"},
        "mail_confirm": {"code": "0" * 12},
        "phone_tell": {"selected": stage.objects["notice"]},
        "set_language": {"language": "en"},
        "roster_create": {"file": stage._file(), "organisation": cast.first.pk, "since": "2026-03-01"},
        "roster_map": {"name": "0", "category": "2"},
        "roster_answer": {"row-2": "new"},
    }  # fmt: skip


def _changes(stage):
    """What a valid form of each change sends."""
    cast, today = stage.cast, {"since": stage.today.isoformat()}
    last = {"until": stage.today.isoformat()}
    post = cast.people[1].posts.get()
    member = {
        "particulars": {"name": "乙委员", "phone": "PHONE-WORDS", "born": "1980"},
        "group": {"group": cast.group.pk, **today},
        "post": {"kind": "publicity", **today},
        "dismiss": {"post": post.pk, **last},
        "standing": {"category": "probationary", **today},
        "exempt": {"reason": "Ill", "approved_by": "Branch", **today},
        "limit": {"reason": "Sanction", **today},
        "flow": {"place": "Harbour town", "contact": "Chen", **today},
        "guest": {"host": "Second branch", **today},
        "transfer": {"to": "Second branch", "reason": "Moved", **today},
        "leave": {"ending": "died", **last},
    }
    name, kind = {"name": "New", "short_name": "", **today}, {"branch_kind": "single"}
    sure = {"confirmed": "yes"}
    organisation = {
        "enter": {"name": "新同志", "category": "formal", **today},
        "guest": {"name": "新同志", "reason": "Elsewhere", **today},
        "election": {"held_on": stage.today.isoformat()}, "group": name, "rename": name, "mode": {"mode": "paper"}, "place": {"after": cast.second.pk},
        "founded": {"since": "2010-01-01"}, "found": {**name, **kind, "kind": "branch", "mode": "online"},
        "secretary": {"member": cast.people[1].pk, **today, **sure},
        "move": {"parent": stage.objects["general"], **sure}, "merge": {"into": cast.second.pk, **sure, **today},
        "split": {**name, **kind, "members": [cast.people[1].pk], **sure}, "dissolve": {**last, **sure},
    }  # fmt: skip
    return {
        **{f"member_change colleague/{word}": data for word, data in member.items()},
        **{f"organisation_change {label}/{word}": data for word, data in organisation.items()
           for label in ("first", "fourth", "county", "third")},
    }  # fmt: skip
