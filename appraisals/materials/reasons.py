"""Why a material is returned: codes that can be counted (F30), ours and those a round adds."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Reason(TextChoices):
    MISSING_ASPECT = "missing_aspect", _("An aspect is missing")
    NO_EXAMPLE = "no_example", _("No example")
    SHALLOW = "shallow", _("Compared too superficially")
    DEEDS_FOR_FAULTS = "deeds_for_faults", _("Tells of deeds instead of faults")
    NO_CAUSE = "no_cause", _("Causes not traced")
    EMPTY_MEASURES = "empty_measures", _("Measures without substance")
    NOT_OWN = "not_own", _("Speaks of the branch, not of oneself")
    COPIED = "copied", _("Taken over from an earlier year")
    FORM = "form", _("Form does not fit")
    OWN = "own", _("Added by the round")  # known to one round only: its words stand beside the code


def offered(own: list[str]) -> list[tuple[str, str]]:
    """(value of the choice, words) in order: nine of ours, a key for each, then those of the round."""
    ours = [(reason.value, str(reason.label)) for reason in Reason if reason != Reason.OWN]
    return [*ours, *((f"{Reason.OWN}:{words}", words) for words in own)]


def split(value: str) -> tuple[str, str]:
    """(code, words) of a choice; words only for one of the round's own."""
    code, _colon, words = value.partition(":")
    return code, words
