from django.urls import path

from branches.changes import views

urlpatterns = [
    path("members/<int:pk>/change/<slug:name>/", views.member_change, name="member_change"),
    path("organisations/<int:pk>/change/<slug:name>/", views.organisation_change, name="organisation_change"),
]
