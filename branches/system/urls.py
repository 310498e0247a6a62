from django.urls import path

from branches.system import views

urlpatterns = [path("system/", views.system_status, name="system_status")]
