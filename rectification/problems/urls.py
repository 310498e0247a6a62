"""Addresses of problems."""

from django.urls import path

from rectification.problems import views

urlpatterns = [
    path("problems/", views.problem_list, name="problem_list"),
    path("problems/new/", views.problem_create, name="problem_create"),
    path("problems/batch/<slug:name>/", views.problem_batch, name="problem_batch"),
    path("problems/<int:pk>/", views.problem_detail, name="problem_detail"),
    path("problems/<int:pk>/edit/", views.problem_edit, name="problem_edit"),
    path("problems/<int:pk>/progress/", views.problem_progress, name="problem_progress"),
    path("problems/<int:pk>/checker/", views.problem_checker, name="problem_checker"),
    path("problems/<int:pk>/recheck/", views.recheck_create, name="recheck_create"),
    path("problems/<int:pk>/move/<slug:name>/", views.problem_move, name="problem_move"),
]
