"""Ready agendas as data: what a form of meeting usually goes through, to be chosen and edited, never presumed."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from meetings.kinds import KINDS, Form


@dataclass(frozen=True)
class Agenda:
    """One ready agenda: what it is called, and its items in order."""

    name: Any
    items: tuple[Any, ...]

    @property
    def text(self) -> str:
        """One item a line, as the form takes it."""
        return "\n".join(map(str, self.items))


STUDY = Agenda(
    _("Study and discussion"),
    (_("Study of the documents"), _("Discussion and exchange"), _("The host sums up and assigns tasks")),
)
REPORT = Agenda(
    _("Report and resolution"),
    (
        _("The secretary reports on the work of the branch"),
        _("Discussion and deliberation"),
        _("Vote on the resolution"),
        _("Next steps"),
    ),
)
READY: dict[str, tuple[Agenda, ...]] = {
    Form.GENERAL_MEETING: (REPORT, STUDY),
    Form.COMMITTEE_MEETING: (
        Agenda(
            _("Monthly committee meeting"),
            (
                _("Tasks of last month: what was done"),
                _("Deliberation of important matters"),
                _("Work of this month and who does it"),
            ),
        ),
        STUDY,
    ),
    Form.GROUP_MEETING: (
        STUDY,
        Agenda(
            _("Criticism and self-criticism"), (_("Members report on their work"), _("Criticism and self-criticism"))
        ),
    ),
    Form.PARTY_LECTURE: (Agenda(_("Lecture"), (_("Lecture"), _("Discussion and exchange"), _("The host sums up"))),),
    Form.THEME_DAY: (
        Agenda(
            _("Theme day"),
            (_("Renewal of the admission oath"), _("Joint study"), _("Theme of the day"), _("Democratic deliberation")),
        ),
        Agenda(_("Voluntary service"), (_("Joint study"), _("Voluntary service"), _("The host sums up"))),
    ),
    Form.OTHER: (
        Agenda(
            _("Discussion meeting"),
            (_("The host says what it is about"), _("Discussion and exchange"), _("The host sums up")),
        ),
        STUDY,
    ),
    Form.ORG_LIFE_MEETING: (Agenda(_("Organisational life meeting"), KINDS[Form.ORG_LIFE_MEETING].agenda),),
}
