from django.urls import path

from branches.retention import views

urlpatterns = [path("organisations/<int:pk>/kept/", views.retention_list, name="retention_list")]
