"""Addresses of an organisation's plan for a round."""

from django.urls import path

from appraisals.rounds.scheme import views

urlpatterns = [
    path("rounds/<int:pk>/scheme/<int:place>/", views.scheme_detail, name="scheme_detail"),
    path("rounds/<int:pk>/scheme/<int:place>/edit/", views.scheme_edit, name="scheme_edit"),
]
