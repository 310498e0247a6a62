"""What this room keeps, and how long."""

from django.utils.translation import gettext_lazy as _

from branches.retention.kinds import Kind, register

register(
    Kind(
        "F34-record",
        _("Meeting records with their minutes"),
        _("The record book of a branch is part of its archive."),
    )
)
