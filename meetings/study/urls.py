"""Addresses of study hours."""

from django.urls import path

from meetings.study import views

urlpatterns = [
    path("study/", views.study_mine, name="study_mine"),
    path("study/entries/<int:pk>/withdraw/", views.study_withdraw, name="study_withdraw"),
    path("study/attendance/<int:pk>/", views.study_correct, name="study_correct"),
    path("organisations/<int:pk>/study/", views.study_branch, name="study_branch"),
    path("study/<int:pk>/", views.study_member, name="study_member"),
]
