"""Addresses of the organisation's sign."""

from django.urls import path

from branches.logos import views

urlpatterns = [
    path("organisations/<int:pk>/logo/", views.organisation_logo, name="organisation_logo"),
    path("organisations/<int:pk>/logo/edit/", views.logo_edit, name="logo_edit"),
    path("organisations/<int:pk>/logo/remove/", views.logo_remove, name="logo_remove"),
]
