"""The rows of this room, by noun."""

from meetings.models.attendance import AWAY, Attendance, GuestKind, Observer, Status, Way
from meetings.models.counted_as import CountedAs
from meetings.models.criticism import Claim, CriticismCount, RemarkKind, SpokenRemark
from meetings.models.decisions import Decision, DueExclusion
from meetings.models.exemptions import FormExemption
from meetings.models.feeds import CalendarFeed, FeedSwitch
from meetings.models.follow_ups import FollowUp, Manner, Purpose
from meetings.models.meetings import Meeting, MeetingQuerySet, Original
from meetings.models.minutes import AgendaItem, Minutes, Revision
from meetings.models.notes import NotesCheck, NotesLine, NotesResult
from meetings.models.own_forms import OwnForm
from meetings.models.schedule import ScheduleStep
from meetings.models.study import StudyCorrection, StudyEntry, StudyKind, StudyShortfall
from meetings.models.talks import Talk, TalkContent, TalkKind, TalkParty, TriggerList
from meetings.models.unsaved import Unsaved

__all__ = [
    "AWAY",
    "AgendaItem",
    "Attendance",
    "CalendarFeed",
    "Claim",
    "CountedAs",
    "CriticismCount",
    "Decision",
    "DueExclusion",
    "FormExemption",
    "FeedSwitch",
    "FollowUp",
    "GuestKind",
    "Manner",
    "Meeting",
    "MeetingQuerySet",
    "Minutes",
    "NotesCheck",
    "NotesLine",
    "NotesResult",
    "Observer",
    "Original",
    "OwnForm",
    "Purpose",
    "RemarkKind",
    "Revision",
    "ScheduleStep",
    "SpokenRemark",
    "Status",
    "StudyCorrection",
    "StudyEntry",
    "StudyKind",
    "StudyShortfall",
    "Talk",
    "TalkContent",
    "TalkKind",
    "TalkParty",
    "TriggerList",
    "Unsaved",
    "Way",
]
