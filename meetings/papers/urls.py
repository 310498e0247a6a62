"""Addresses of the papers of a meeting, below /meetings/."""

from django.urls import path

from meetings.papers import views

urlpatterns = [
    path("<int:pk>/papers/<slug:paper>/<slug:size>/", views.meeting_paper, name="meeting_paper"),
    path("<int:pk>/papers/<slug:paper>/<slug:size>/word/", views.meeting_word, name="meeting_word"),
]
