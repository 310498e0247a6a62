"""Addresses of the import of a ledger."""

from django.urls import path

from rectification.imports import views

urlpatterns = [
    path("problems/import/", views.problem_import, name="problem_import"),
    path("problems/import/template/", views.problem_template, name="problem_template"),
]
