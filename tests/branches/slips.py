"""Giving and using activation slips, for the tests of both."""

from django.urls import reverse

from branches.actions import activation
from branches.models import Relation, User
from workflow import codes

CHOSEN = "quiet mountain 77"


def relation(member):
    return Relation.objects.select_related("member", "organisation").get(member=member, until=None)


def give(member, actor):
    (slip,) = activation.give_slips([relation(member)], actor=User.objects.get(pk=actor.pk))
    return slip


def renew(member, actor):
    return activation.renew_password(relation(member), actor=User.objects.get(pk=actor.pk))


def use(client, slip, **differs):
    typed = {"login": slip.username, "code": codes.grouped(slip.code), "password": CHOSEN, "again": CHOSEN}
    return client.post(reverse("activate"), typed | differs)


def opens(client, slip, **differs):
    return use(client, slip, **differs).status_code == 302
