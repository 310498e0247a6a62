from django.urls import path

from branches.audit import views

urlpatterns = [path("audit/", views.audit_list, name="audit_list")]
