"""Addresses of opinions and of their digests."""

from django.urls import path

from appraisals.opinions import views
from appraisals.opinions.digests import views as digests
from appraisals.opinions.doors import views as doors

urlpatterns = [
    path("opinions/", views.opinion_list, name="opinion_list"),
    path("opinions/new/", views.opinion_create, name="opinion_create"),
    path("opinions/figures/", views.opinion_figures, name="opinion_figures"),
    path("opinions/summary/", views.opinion_summary, name="opinion_summary"),
    path("opinions/channels/numbers/", views.channel_list, name="channel_list"),
    path("opinions/channels/", views.channel_edit, name="channel_edit"),
    path("opinions/form/", views.opinion_form, name="opinion_form"),
    path("opinions/<int:pk>/", views.opinion_detail, name="opinion_detail"),
    path("opinions/<int:pk>/target/", views.opinion_retarget, name="opinion_retarget"),
    path("opinions/<int:pk>/hand-over/", views.opinion_seal, name="opinion_seal"),
    path("opinions/<int:pk>/move/<slug:name>/", views.opinion_move, name="opinion_move"),
    path("opinions/digests/", digests.digest_list, name="digest_list"),
    path("opinions/digests/new/", digests.digest_create, name="digest_create"),
    path("opinions/digests/<int:pk>/", digests.digest_detail, name="digest_detail"),
    path("opinions/digests/<int:pk>/edit/", digests.digest_edit, name="digest_edit"),
    path("opinions/digests/<int:pk>/move/<slug:name>/", digests.digest_move, name="digest_move"),
    path("opinions/digests/<int:pk>/answer/", doors.opinion_answer_create, name="opinion_answer_create"),
    path("opinions/answers/<int:pk>/", doors.opinion_answer_detail, name="opinion_answer_detail"),
    path("opinions/answers/<int:pk>/move/<slug:name>/", doors.opinion_answer_move, name="opinion_answer_move"),
    path("opinions/pages/new/", doors.opinion_page_create, name="opinion_page_create"),
    path("opinions/pages/<int:pk>/", doors.opinion_page_detail, name="opinion_page_detail"),
    path("opinions/pages/<int:pk>/qr.svg", doors.opinion_page_qr, name="opinion_page_qr"),
    path("opinions/pages/<int:pk>/move/<slug:name>/", doors.opinion_page_move, name="opinion_page_move"),
    path("open/code/", doors.ticket_public, name="ticket_public"),
    path("o/<str:token>/", doors.opinion_public, name="opinion_public"),
]
