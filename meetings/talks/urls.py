"""Addresses of talks."""

from django.urls import path

from meetings.talks import views

urlpatterns = [
    path("talks/", views.talk_list, name="talk_list"),
    path("talks/new/", views.talk_create, name="talk_create"),
    path("talks/<int:pk>/", views.talk_detail, name="talk_detail"),
    path("talks/<int:pk>/move/<slug:name>/", views.talk_move, name="talk_move"),
    path("organisations/<int:pk>/talks/", views.talk_coverage, name="talk_coverage"),
    path("organisations/<int:pk>/talk-occasions/", views.trigger_edit, name="trigger_edit"),
]
