"""Addresses of forms of meeting laid down by superiors."""

from django.urls import path

from meetings.own_forms import views

urlpatterns = [
    path("forms/of/<int:pk>/", views.own_form_list, name="own_form_list"),
    path("forms/of/<int:pk>/new/", views.own_form_create, name="own_form_create"),
    path("forms/<int:pk>/", views.own_form_detail, name="own_form_detail"),
    path("forms/<int:pk>/edit/", views.own_form_edit, name="own_form_edit"),
    path("forms/<int:pk>/move/<slug:name>/", views.own_form_move, name="own_form_move"),
]
