"""Addresses of the import of rosters."""

from django.urls import path

from branches.roster import views

urlpatterns = [
    path("rosters/", views.roster_list, name="roster_list"),
    path("rosters/new/", views.roster_create, name="roster_create"),
    path("rosters/template/", views.roster_template, name="roster_template"),
    path("rosters/<int:pk>/", views.roster_detail, name="roster_detail"),
    path("rosters/<int:pk>/columns/", views.roster_map, name="roster_map"),
    path("rosters/<int:pk>/namesakes/", views.roster_answer, name="roster_answer"),
    path("rosters/<int:pk>/move/<str:name>/", views.roster_move, name="roster_move"),
]
