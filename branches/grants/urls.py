from django.urls import path

from branches.grants import delegation, views

urlpatterns = [
    path("users/", views.user_list, name="user_list"),
    path("users/<int:pk>/", views.user_edit, name="user_edit"),
    path("grants/", views.grant_list, name="grant_list"),
    path("grants/new/", views.grant_create, name="grant_create"),
    path("grants/delegate/", delegation.grant_delegate, name="grant_delegate"),
    path("grants/<int:pk>/end/", delegation.delegation_end, name="delegation_end"),
    path("grants/<int:pk>/revoke/", views.grant_revoke, name="grant_revoke"),
]
