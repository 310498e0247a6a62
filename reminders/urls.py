"""Addresses of to-dos and notices."""

from django.urls import path

from reminders import views

urlpatterns = [
    path("", views.notice_list, name="notice_list"),
    path("todos/", views.todo_list, name="todo_list"),
    path("<int:pk>/read/", views.notice_read, name="notice_read"),
]
