"""Addresses of the grid of a stage."""

from django.urls import path

from appraisals.rounds.grid import views

urlpatterns = [
    path("stages/<int:pk>/grid/", views.grid_edit, name="grid_edit"),
]
