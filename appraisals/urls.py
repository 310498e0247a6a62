"""Addresses of rounds, and of what is owed in them."""

from django.urls import include, path

from appraisals import views

urlpatterns = [
    path("", include("appraisals.materials.urls")),
    path("rounds/", views.round_list, name="round_list"),
    path("rounds/new/", views.round_create, name="round_create"),
    path("rounds/<int:pk>/edit/", views.round_edit, name="round_edit"),
    path("rounds/<int:pk>/", views.round_detail, name="round_detail"),
    path("rounds/<int:pk>/move/<slug:name>/", views.round_move, name="round_move"),
]
