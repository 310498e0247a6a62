"""Whose problem it is, what it is about, how pressing and how hard: words under codes that stay."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Whose(TextChoices):
    """责任主体; who verifies follows from it (rule R16)."""

    MEMBER = "member", _("A member's")
    BRANCH = "branch", _("The branch's")
    COMMITTEE = "committee", _("The committee's")


class Category(TextChoices):
    BELIEF = "belief", _("Belief and theory")
    ORGANISATION = "organisation", _("Building of the organisation")
    CONDUCT = "conduct", _("Style of work")
    DISCIPLINE = "discipline", _("Discipline and integrity")
    DUTY = "duty", _("Duty and initiative")
    SERVICE = "service", _("Serving the people")
    RULES = "rules", _("Rules and routines")
    OTHER = "other", pgettext_lazy("category", "Other")


class Priority(TextChoices):
    """轻重缓急."""

    URGENT = "urgent", _("Urgent")
    WEIGHTY = "weighty", _("Weighty")
    NORMAL = "normal", pgettext_lazy("priority", "Normal")


class Difficulty(TextChoices):
    """难易."""

    EASY = "easy", _("Easy")
    MIDDLING = "middling", _("Middling")
    HARD = "hard", _("Hard")


class Origin(TextChoices):
    """来源: how it came to light."""

    SELF = "self", _("Found by oneself")
    OPINION = "opinion", _("Opinions asked for")
    TALK = "talk", _("Talks")
    MATERIAL = "material", _("Self-analysis")
    MEETING = "meeting", _("A meeting")
    VOTE = "vote", _("A secret vote")
    VISIT = "visit", _("Supervision")
    INSPECTION = "inspection", _("Inspection or the superior")
    LAST_YEAR = "last_year", _("Left from last year")
    OTHER = "other", pgettext_lazy("origin", "Other")


class Verified(TextChoices):
    """On what a closing rests."""

    SUPERIOR = "superior", _("The superior")
    COMMITTEE = "committee", _("The committee of the branch")
    CHECKER = "checker", _("Another member")
    ASSEMBLY = "assembly", _("The general meeting")
    AT_ONCE = "at_once", _("Put right at once")
    IMPORTED = "imported", _("An earlier ledger")


class Satisfied(TextChoices):
    """群众是否满意: may stay open."""

    YES = "yes", _("The people are satisfied")
    NO = "no", _("The people are not satisfied")
