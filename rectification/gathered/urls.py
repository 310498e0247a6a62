"""Addresses of common problems."""

from django.urls import path

from rectification.gathered import views

urlpatterns = [
    path("problems/common/", views.common_list, name="common_list"),
    path("problems/common/new/", views.common_create, name="common_create"),
    path("problems/common/gather/", views.common_gather, name="common_gather"),
    path("problems/common/<int:pk>/", views.common_detail, name="common_detail"),
    path("problems/common/<int:pk>/edit/", views.common_edit, name="common_edit"),
    path("problems/common/<int:pk>/move/<slug:name>/", views.common_move, name="common_move"),
    path("problems/<int:pk>/common/release/", views.common_release, name="common_release"),
]
