"""Addresses of figures."""

from django.urls import path

from figures import views

urlpatterns = [
    path("", views.figure_list, name="figure_list"),
    path("totals/", views.total_list, name="total_list"),
    path("totals/new/", views.total_create, name="total_create"),
    path("totals/<int:pk>/", views.total_detail, name="total_detail"),
    path("totals/<int:pk>/move/<slug:name>/", views.total_move, name="total_move"),
]
