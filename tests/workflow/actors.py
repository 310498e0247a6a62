"""Actors who hold exactly what a test gives them."""

from itertools import count

from django.core.exceptions import PermissionDenied

_numbers = count(1)


class Holding:
    """Holds these rights over everything, and no other; somebody new each time, unless a key says who."""

    actor_label = "Somebody"

    def __init__(self, *rights, key=""):
        self.rights = rights
        self.actor_key = key or f"somebody:{next(_numbers)}"

    def may(self, right, subject):
        return str(right) in self.rights

    def require(self, right, subject):
        if not self.may(right, subject):
            raise PermissionDenied


class Almighty(Holding):
    """Holds every right: what is still refused, the state refuses."""

    def may(self, right, subject):
        return True
