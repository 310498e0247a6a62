"""Every address of the site. View, URL name and template carry the same name."""

from django.urls import include, path

from config.routes import room

urlpatterns = [
    room("config.health"),
    room("shell.urls"),
    room("branches.setup.urls"),
    room("branches.sign_in.urls"),
    room("branches.second_step.urls"),
    room("branches.activation.urls"),
    room("branches.grants.urls"),
    room("branches.audit.urls"),
    room("branches.system.urls"),
    room("branches.attachments.urls"),
    room("branches.logos.urls"),
    room("branches.changes.urls"),
    room("branches.transfers.urls"),
    room("branches.roster.urls"),
    room("branches.urls"),
    room("branches.rules.urls"),
    room("branches.days_off.urls"),
    room("branches.retention.urls"),
    room("appraisals.urls"),
    room("appraisals.opinions.urls"),
    room("appraisals.rounds.urls"),
    room("appraisals.evaluations.urls"),
    room("appraisals.supervision.urls"),
    room("appraisals.votes.urls"),
    room("rectification.urls"),
    room("appraisals.grades.urls"),
    room("reports.urls"),
    path("figures/", include("figures.urls")),
    room("meetings.calendar.urls"),
    room("meetings.talks.urls"),
    room("meetings.study.urls"),
    room("meetings.notes.urls"),
    path("meetings/", include("meetings.urls")),
    path("notices/", include("reminders.urls")),
    path("jobs/", include("jobs.urls")),
]
handler400 = "shell.views.bad_request"
handler403 = "shell.views.permission_denied"
handler404 = "shell.views.page_not_found"
handler500 = "shell.views.server_error"
