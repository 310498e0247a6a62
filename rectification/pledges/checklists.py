"""What a look at a pledge on the way goes through: lines under codes that stay, worded as it should be."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Period(TextChoices):
    """季度、半年、年度: which stretch of the year a look is for."""

    Q1 = "q1", _("First quarter")
    Q2 = "q2", _("Second quarter")
    Q3 = "q3", _("Third quarter")
    Q4 = "q4", _("Fourth quarter")
    H1 = "h1", _("First half of the year")
    H2 = "h2", _("Second half of the year")
    YEAR = "year", _("Whole year")


class Line(TextChoices):
    """践诺清单."""

    CONCRETE = "concrete", _("What was promised can be checked")
    UNDER_WAY = "under_way", _("It is carried out as its day asks")
    TOLD = "told", _("How far it is has been told to the branch")
    SEEN = "seen", _("The people served see that something has changed")


class Standing(TextChoices):
    ON_TRACK = "on_track", _("Goes on as promised")
    BEHIND = "behind", pgettext_lazy("pledge", "Behind")
    DONE = "done", pgettext_lazy("pledge", "Carried out")


class Sort(TextChoices):
    """基础性 | 创造性."""

    BASIC = "basic", _("Basic")
    CREATIVE = "creative", _("Creative")
