"""A request behind the sign-in."""

from django.http import HttpRequest

from branches.models import User


class AuthedRequest(HttpRequest):
    """The type of every request our own pages get: the middleware lets nobody else through."""

    user: User
