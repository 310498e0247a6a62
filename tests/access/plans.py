"""Meetings to come, as the tables of access speak of them."""

from datetime import date, timedelta

from django.utils import timezone

from meetings.frequency import actions as frequency
from meetings.models import Meeting, ScheduleStep
from meetings.own_forms import actions as own_forms
from meetings.plans import actions as plans
from meetings.schedule import actions as schedule


def rows(cast):
    """To be held tomorrow; on its day; a group's, announced to its two members."""
    tomorrow = timezone.now() + timedelta(1)

    def planned(form, actor, begins, group=None):
        row = Meeting(organisation=cast.first, form=form, group=group)
        return plans.plan(row, {"theme": "PLANNED-WORDS", "place": "Room 2", "started_at": begins}, actor=actor)

    called = planned("group_meeting", cast.group_leader, tomorrow, cast.group)
    plans.step(called, "announce", actor=cast.group_leader)
    life = planned("org_life_meeting", cast.clerk, tomorrow)
    schedule.make(life, actor=cast.clerk)
    return {
        "life": life,
        "step": ScheduleStep.objects.filter(meeting=life)[0],
        "to_come": planned("general_meeting", cast.clerk, tomorrow),
        "come": planned("theme_day", cast.clerk, timezone.now()),
        "called": called,
        "exempted": frequency.exempt(
            cast.first, "party_lecture", since=date(2026, 1, 1), until=None, reason="EXEMPT-WORDS", actor=cast.officer
        ),
        "laid_down": own_forms.lay_down(cast.county, "恳谈会", "other", "Opening\nTalks", actor=cast.officer),
    }


def posts(cast):
    """What a valid form of each page of plans sends."""
    day = {"theme": "New", "started_at": "2099-03-03 09:00"}
    return {
        "plan_create": {**day, "form": "group_meeting", "group": cast.group.pk},
        "plan_edit": {**day, "form": "general_meeting", "version": 1},
        "plan_reschedule": {**day, "place": "Room 3", "reason": "Because", "version": 2},
        "form_exemption_create": {"form": "theme_day", "since": "2099-01-01", "reason": "Because"},
        "form_exemption_move": {"note": "Because", "confirmed": "yes"},
        "own_form_create": {"name": "动员会", "form": "general_meeting", "agenda": "One"},
        "own_form_edit": {"name": "民主恳谈会", "agenda": "One"},
        "own_form_move": {"confirmed": "yes"},
        "plan_copy": {"year": timezone.localdate().year + 1},
    }
