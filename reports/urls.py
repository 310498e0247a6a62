"""Addresses of the first page and of exports."""

from django.urls import path

from reports import views

urlpatterns = [
    path("", views.dashboard, name="dashboard"),
    path("exports/<slug:kind>/", views.export_create, name="export_create"),
]
