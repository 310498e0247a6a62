"""Addresses of the grid of a stage."""

from django.urls import path

from appraisals.rounds.grid import views

urlpatterns = [
    path("stages/<int:pk>/grid/", views.grid_edit, name="grid_edit"),
    path("stages/<int:pk>/grid/export/", views.grid_export, name="grid_export"),
    path("stages/<int:pk>/grid/import/", views.grid_import, name="grid_import"),
    path("stages/<int:pk>/grid/faults/", views.grid_faults, name="grid_faults"),
]
