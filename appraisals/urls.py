"""Addresses of rounds and materials."""

from django.urls import path

from appraisals import views

urlpatterns = [
    path("rounds/", views.round_list, name="round_list"),
    path("rounds/new/", views.round_create, name="round_create"),
    path("rounds/<int:pk>/", views.round_detail, name="round_detail"),
    path("rounds/<int:pk>/move/<slug:name>/", views.round_move, name="round_move"),
    path("materials/", views.material_list, name="material_list"),
    path("materials/<int:pk>/", views.material_detail, name="material_detail"),
    path("materials/<int:pk>/edit/", views.material_edit, name="material_edit"),
    path("materials/<int:pk>/autosave/", views.material_autosave, name="material_autosave"),
    path("materials/<int:pk>/move/<slug:name>/", views.material_move, name="material_move"),
]
