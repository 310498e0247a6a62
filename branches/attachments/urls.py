"""Addresses of files; names on the disk never stand in an address."""

from django.urls import path

from branches.attachments import views

urlpatterns = [
    path("files/for/<int:key>/<slug:code>/", views.attachment_create, name="attachment_create"),
    path("files/<int:pk>/", views.attachment_download, name="attachment_download"),
    path("files/<int:pk>/withdraw/", views.attachment_withdraw, name="attachment_withdraw"),
]
