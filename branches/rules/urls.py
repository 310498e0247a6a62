from django.urls import path

from branches.rules import views

urlpatterns = [
    path("organisations/<int:pk>/rules/", views.rule_list, name="rule_list"),
    path("organisations/<int:pk>/rules/copy/<int:year>/", views.rule_copy, name="rule_copy"),
    path("organisations/<int:pk>/rules/<int:year>/<str:code>/", views.rule_edit, name="rule_edit"),
]
