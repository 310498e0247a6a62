"""公开范围: before whom something is put, the narrowest first."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Audience(TextChoices):
    BRANCH = "branch", _("Within the branch")
    UNIT = "unit", _("Party members of the unit")
    MASSES = "masses", _("The people of the unit")
    SOCIETY = "society", _("Society")


BEYOND = (Audience.UNIT, Audience.MASSES, Audience.SOCIETY)  # read by party members of the unit who sign in
WITHOUT_ACCOUNT = (Audience.MASSES, Audience.SOCIETY)  # read by people who have no account
