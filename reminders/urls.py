"""Addresses of to-dos and notices."""

from django.urls import path

from reminders import views
from reminders.mail import views as mail

urlpatterns = [
    path("", views.notice_list, name="notice_list"),
    path("todos/", views.todo_list, name="todo_list"),
    path("mail/", mail.mail_edit, name="mail_edit"),
    path("mail/confirm/", mail.mail_confirm, name="mail_confirm"),
    path("phone/", views.phone_list, name="phone_list"),
    path("phone/told/", views.phone_tell, name="phone_tell"),
    path("phone/sheet/", views.phone_sheet, name="phone_sheet"),
    path("<int:pk>/read/", views.notice_read, name="notice_read"),
]
