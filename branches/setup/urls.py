from django.urls import path

from branches.setup import views

urlpatterns = [path("setup/", views.setup, name="setup")]
