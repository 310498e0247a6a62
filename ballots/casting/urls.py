"""Addresses of the casting page; config/wsgi.py sends /b/ here and nothing else."""

from django.urls import path

from ballots.casting import views

urlpatterns = [
    path("b/", views.ballot, name="ballot"),
    path("b/secrecy/", views.secrecy, name="ballot_secrecy"),
    path("b/test/", views.reached, name="ballot_reached"),
]
handler400 = handler403 = handler404 = "ballots.casting.views.not_here"
handler500 = "ballots.casting.views.went_wrong"
