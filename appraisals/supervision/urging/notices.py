"""The notice of whoever is urged: it stops when his branch has left the stage."""

from django.utils.translation import gettext_lazy as _

from appraisals.models import Urging
from reminders import rules

rules.register(
    rules.Rule(
        "urged", _("You are kindly reminded: %(subject)s"), rows=lambda today: Urging.objects.live(),
        recipient="recipient", label="text", url_name="urging_detail", due_on="due_on", period="urged_on",
    )
)  # fmt: skip
