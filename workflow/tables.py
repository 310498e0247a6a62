"""Which tables are ours: asked by whatever goes over all of them."""

from django.apps import apps
from django.db import models


def own_models() -> list[type[models.Model]]:
    """The models of our rooms: those whose package is the app itself, not one installed beside it."""
    return [model for model in apps.get_models() if model.__module__.partition(".")[0] == model._meta.app_label]
