"""Every address of the site. View, URL name and template carry the same name."""

from django.urls import include, path

urlpatterns = [
    path("", include("config.health")),
    path("", include("shell.urls")),
    path("", include("branches.setup.urls")),
    path("", include("branches.sign_in.urls")),
    path("", include("branches.second_step.urls")),
    path("", include("branches.activation.urls")),
    path("", include("branches.grants.urls")),
    path("", include("branches.audit.urls")),
    path("", include("branches.system.urls")),
    path("", include("branches.attachments.urls")),
    path("", include("branches.logos.urls")),
    path("", include("branches.changes.urls")),
    path("", include("branches.transfers.urls")),
    path("", include("branches.roster.urls")),
    path("", include("branches.urls")),
    path("", include("branches.rules.urls")),
    path("", include("branches.days_off.urls")),
    path("", include("branches.retention.urls")),
    path("", include("appraisals.urls")),
    path("", include("appraisals.opinions.urls")),
    path("", include("appraisals.rounds.urls")),
    path("", include("appraisals.evaluations.urls")),
    path("", include("appraisals.supervision.urls")),
    path("", include("appraisals.votes.urls")),
    path("", include("rectification.urls")),
    path("", include("appraisals.grades.urls")),
    path("", include("reports.urls")),
    path("figures/", include("figures.urls")),
    path("", include("meetings.calendar.urls")),
    path("", include("meetings.talks.urls")),
    path("", include("meetings.study.urls")),
    path("", include("meetings.notes.urls")),
    path("meetings/", include("meetings.urls")),
    path("notices/", include("reminders.urls")),
    path("jobs/", include("jobs.urls")),
]
handler400 = "shell.views.bad_request"
handler403 = "shell.views.permission_denied"
handler404 = "shell.views.page_not_found"
handler500 = "shell.views.server_error"
