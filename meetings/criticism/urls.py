"""Addresses of criticism beside a meeting."""

from django.urls import path

from meetings.criticism import views

urlpatterns = [
    path("<int:pk>/criticism/", views.criticism_list, name="criticism_list"),
    path("<int:pk>/criticism/numbers/", views.criticism_count, name="criticism_count"),
    path("<int:pk>/criticism/new/", views.remark_create, name="remark_create"),
    path("<int:pk>/criticism/mine/", views.claim_edit, name="claim_edit"),
    path("remarks/<int:pk>/remove/", views.remark_remove, name="remark_remove"),
]
