"""Addresses of checks of study notes."""

from django.urls import path

from meetings.notes import views

urlpatterns = [
    path("notes/", views.notes_list, name="notes_list"),
    path("organisations/<int:pk>/notes/new/", views.notes_create, name="notes_create"),
    path("notes/<int:pk>/", views.notes_detail, name="notes_detail"),
    path("notes/<int:pk>/edit/", views.notes_edit, name="notes_edit"),
    path("notes/<int:pk>/results/", views.notes_fill, name="notes_fill"),
    path("notes/<int:pk>/second-look/", views.notes_look, name="notes_look"),
    path("notes/<int:pk>/move/<slug:name>/", views.notes_move, name="notes_move"),
    path("notes/<int:pk>/paper/<slug:size>/", views.notes_paper, name="notes_paper"),
    path("notes/<int:pk>/paper/<slug:size>/word/", views.notes_word, name="notes_word"),
]
