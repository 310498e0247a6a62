"""Addresses of meeting records."""

from django.urls import path

from meetings import views

urlpatterns = [
    path("", views.meeting_list, name="meeting_list"),
    path("new/", views.meeting_create, name="meeting_create"),
    path("<int:pk>/", views.meeting_detail, name="meeting_detail"),
    path("<int:pk>/edit/", views.meeting_edit, name="meeting_edit"),
    path("<int:pk>/revise/", views.meeting_revise, name="meeting_revise"),
    path("<int:pk>/move/<slug:name>/", views.meeting_move, name="meeting_move"),
]
