"""Addresses of evaluations of branches."""

from django.urls import path

from appraisals.evaluations import views

urlpatterns = [
    path("rounds/<int:pk>/evaluations/", views.evaluation_list, name="evaluation_list"),
    path("rounds/<int:pk>/evaluations/scale/", views.evaluation_scale, name="evaluation_scale"),
    path("rounds/<int:pk>/evaluations/<int:place>/", views.evaluation_edit, name="evaluation_edit"),
    path("evaluations/<int:pk>/", views.evaluation_detail, name="evaluation_detail"),
    path("evaluations/<int:pk>/move/<slug:name>/", views.evaluation_move, name="evaluation_move"),
]
