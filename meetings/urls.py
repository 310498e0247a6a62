"""Addresses of meeting records."""

from django.urls import include, path

from meetings import views
from meetings.decisions import views as decisions
from meetings.follow_ups import views as follow_ups
from meetings.frequency import views as frequency
from meetings.plans import views as plans
from meetings.schedule import views as schedule
from meetings.unsaved import views as unsaved

urlpatterns = [
    path("", include("meetings.papers.urls")),
    path("", include("meetings.criticism.urls")),
    path("", include("meetings.own_forms.urls")),
    path("", views.meeting_list, name="meeting_list"),
    path("new/", views.meeting_create, name="meeting_create"),
    path("decisions/", decisions.decision_list, name="decision_list"),
    path("<int:pk>/", views.meeting_detail, name="meeting_detail"),
    path("<int:pk>/edit/", views.meeting_edit, name="meeting_edit"),
    path("new/autosave/", unsaved.meeting_autosave_new, name="meeting_autosave_new"),
    path("<int:pk>/autosave/", unsaved.meeting_autosave, name="meeting_autosave"),
    path("unsaved/<int:pk>/discard/", unsaved.unsaved_discard, name="unsaved_discard"),
    path("<int:pk>/revise/", views.meeting_revise, name="meeting_revise"),
    path("frequency/", frequency.frequency_list, name="frequency_list"),
    path("frequency/<int:pk>/", frequency.frequency_board, name="frequency_board"),
    path("frequency/<int:pk>/exempt/", frequency.form_exemption_create, name="form_exemption_create"),
    path("exemptions/<int:pk>/", frequency.form_exemption_detail, name="form_exemption_detail"),
    path("exemptions/<int:pk>/move/<slug:name>/", frequency.form_exemption_move, name="form_exemption_move"),
    path("<int:pk>/plan/", plans.plan_edit, name="plan_edit"),
    path("<int:pk>/reschedule/", plans.plan_reschedule, name="plan_reschedule"),
    path("<int:pk>/follow-up/", follow_ups.follow_up_create, name="follow_up_create"),
    path("<int:pk>/schedule/", schedule.schedule_detail, name="schedule_detail"),
    path("steps/<int:pk>/", schedule.schedule_tick, name="schedule_tick"),
    path("plans/", plans.plan_list, name="plan_list"),
    path("plans/of/<int:pk>/", plans.plan_sheet, name="plan_sheet"),
    path("plans/of/<int:pk>/new/", plans.plan_create, name="plan_create"),
    path("plans/of/<int:pk>/copy/", plans.plan_copy, name="plan_copy"),
    path("<int:pk>/move/<slug:name>/", views.meeting_move, name="meeting_move"),
]
