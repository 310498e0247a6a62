"""What a visit looks at 督导清单: those shipped here under codes that stay, and those a superior has laid down.

A line says what there should be, so that a tick means one thing on every list: reached, falls short, not looked at.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Line:
    """One line; its code is kept with what was found, its words are not to change their meaning."""

    code: str
    words: Text


@dataclass(frozen=True, slots=True)
class Checklist:
    """A list under its code; one laid down by a superior has the code `own-` and its key."""

    code: str
    name: Text
    lines: tuple[Line, ...]

    @property
    def is_shipped(self) -> bool:
        return self.code in SHIPPED


_LISTS = (
    Checklist("five", _("Five not let pass"), (
        Line("opinions", _("Opinions were asked for widely and through several channels")),
        Line("talks", _("Talks were held in earnest and reached everybody")),
        Line("materials", _("Self-analysis materials meet the requirements")),
        Line("meetings", _("The organisational life meeting and the meeting of the leadership were of good quality")),
        Line("appraisal", _("Members were appraised objectively and fairly")),
    )),
    Checklist("readiness", _("Ready for the meeting"), (
        Line("study", _("Study before the meeting is done and recorded")),
        Line("opinions", _("Opinions were asked for, put in order and fed back")),
        Line("talks", _("The talks due before the meeting were held")),
        Line("materials", _("Materials are written and reviewed")),
        Line("agenda", _("Day, place, host and agenda are settled and announced")),
        Line("absent", _("Something is arranged for members who cannot come")),
    )),
    Checklist("relaxed", _("Four not relaxed"), (
        Line("study", _("Study goes on as planned")),
        Line("problems", _("Problems are still looked for and found")),
        Line("measures", _("Measures are carried out by their day")),
        Line("leadership", _("The secretary himself takes charge")),
    )),
    Checklist("let_pass", _("Four not let go"), (
        Line("found", _("The problems named are the real ones")),
        Line("causes", _("Their causes are gone into")),
        Line("measures", _("Measures say who, what and by when")),
        Line("masses", _("The people served see that something has changed")),
    )),
    Checklist("four_four", _("Four appraised, four looked at"), (
        Line("study", _("Study appraised: it is understood and applied")),
        Line("problems", _("Problems appraised: they were found exactly")),
        Line("measures", _("Measures appraised: they were carried out")),
        Line("conduct", _("Conduct appraised: the people served approve of it")),
    )),
)  # fmt: skip
SHIPPED = {checklist.code: checklist for checklist in _LISTS}
OWN = "own-"


def shipped_words(checklist: str, line: str) -> Text:
    """The words of a shipped line; empty for one that is not ours."""
    found = SHIPPED.get(checklist)
    return next((one.words for one in found.lines if one.code == line), "") if found else ""
