"""Of allauth's pages only those we offer. Sign-up, mail addresses and resets by mail have no address at all."""

from allauth.account import views as allauth
from django.urls import path
from django.views.decorators.http import require_http_methods

from branches.sign_in import views

account_logout = require_http_methods(["GET", "HEAD", "POST"])(allauth.logout)

urlpatterns = [
    path("accounts/login/", views.account_login, name="account_login"),
    path("accounts/logout/", account_logout, name="account_logout"),
    path("accounts/password/", views.account_change_password, name="account_change_password"),
    path("sessions/", views.session_list, name="session_list"),
    path("sessions/<int:pk>/end/", views.session_end, name="session_end"),
]
