"""The campaigns a superior opens a round from: stages, what each requires, the aspects. Data; a code is stable.

Days are counted from the first day of the round, both ends included. Requirements name metrics of the registry by code:
one whose room is not built yet is not asked for.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from appraisals.rounds.models import Operator, Requirement, Stage
from appraisals.rounds.states import Gate
from branches.rules.table import Severity

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Needed:
    """One requirement as shipped."""

    metric: str
    value: int
    base: str = ""
    severity: str = Severity.WARN
    clause: Words = ""

    def row(self, stage: Stage, position: int) -> Requirement:
        """As a row of a saved stage, not yet saved."""
        operator = Operator.SHARE if self.base else Operator.AT_LEAST
        return Requirement(
            stage=stage, position=position, metric=self.metric, operator=operator, value=self.value, base=self.base,
            severity=self.severity, clause=str(self.clause),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """One stage as shipped: it lasts `days` days, the first after the one before."""

    name: Words
    days: int
    gate: str = Gate.REPORT
    work: Words = ""
    needs: tuple[Needed, ...] = ()

    def row(self, round_key: int, position: int, first: date) -> Stage:
        """As a stage that begins on `first`, not yet saved."""
        last = first + timedelta(self.days - 1)
        return Stage(
            round_id=round_key, position=position, name=str(self.name), starts_on=first, ends_on=last, gate=self.gate,
            work=str(self.work),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Template:
    """A kind of campaign."""

    code: str
    name: Words
    parts: tuple[Part, ...]
    aspects: tuple[Words, ...] = field(default=())

    def stages(self, round_key: int, first: date) -> list[Stage]:
        """The stages one after another from `first` on, not yet saved."""
        found: list[Stage] = []
        for position, part in enumerate(self.parts, 1):
            found.append(part.row(round_key, position, first))
            first = found[-1].ends_on + timedelta(1)
        return found


_ALL_IN = Needed(
    "materials.accepted", 100, "materials.owed", Severity.WARN, _("Yearly notices: all materials are read and passed")
)
_HELD = Needed("meetings.org_life", 1, "", Severity.BLOCK, _("Regulation on branches, article 16"))
_TALKED = Needed("talks.held", 1, "", Severity.WARN, _("Regulation on branches, article 19"))
_HEARD = Needed("opinions.received", 1, "", Severity.WARN, _("Yearly notices: opinions are asked for widely"))
_STUDIED = Needed("meetings.study", 1, "", Severity.WARN, _("Yearly notices: no meeting without study beforehand"))
_GRADED = Needed(
    "grades.decided", 100, "roster.formal", Severity.WARN, _("Regulation on branches, article 18: each gets an opinion")
)
_TOLD = Needed(
    "grades.fed_back", 100, "roster.formal", Severity.WARN, _("Regulation on branches, article 18: each is told of it")
)
_ASPECTS = (
    _("Ideals and convictions"), _("Political ability"), _("Organisation and discipline"), _("Ways of working"),
    _("Taking responsibility"), _("Integrity"),
)  # fmt: skip

TEMPLATES: tuple[Template, ...] = (
    Template(
        "annual", _("Annual organisational life meeting and appraisal"),
        (
            Part(_("Study"), 14, Gate.NONE, _("Collective study of the documents the notice names."), (_STUDIED,)),
            Part(
                _("Opinions and talks"), 14, Gate.REPORT, _("Opinions are asked for, talks are held."),
                (_HEARD, _TALKED),
            ),
            Part(_("Self-analysis"), 10, Gate.APPROVAL, _("Materials are written, read and passed."), (_ALL_IN,)),
            Part(
                _("Organisational life meeting and appraisal"), 10, Gate.REPORT, _("Criticism and appraisal."),
                (_HELD, _GRADED),
            ),
            Part(
                _("Feedback and rectification"), 30, Gate.REPORT,
                _("Results are told to each; measures are laid down."), (_TOLD,),
            ),
        ),
        _ASPECTS,
    ),
    Template(
        "three_stages", _("Education campaign in three stages"),
        (
            Part(_("Mobilisation and study"), 30, Gate.APPROVAL, "", (_STUDIED,)),
            Part(_("Analysis and appraisal"), 45, Gate.APPROVAL, "", (_HEARD, _TALKED, _ALL_IN, _HELD, _GRADED)),
            Part(_("Rectification and improvement"), 45, Gate.APPROVAL, "", (_TOLD,)),
        ),
        _ASPECTS,
    ),
    Template(
        "reviews", _("Reviews by quarter, half-year and year"),
        (
            Part(_("First quarter"), 90, Gate.REPORT),
            Part(_("Half-year"), 91, Gate.REPORT),
            Part(_("Third quarter"), 92, Gate.REPORT),
            Part(_("Year-end"), 92, Gate.REPORT),
        ),
    ),
    Template(
        "masses", _("Review by the masses"),
        (Part(_("Asking"), 20, Gate.REPORT, "", (_HEARD,)), Part(_("Feedback and rectification"), 30, Gate.REPORT)),
    ),
    Template(
        "reports", _("Two reports, two reviews"),
        (
            Part(_("Reports written"), 14, Gate.REPORT, "", (_ALL_IN,)),
            Part(_("Reports and reviews"), 14, Gate.REPORT),
            Part(_("Results and rectification"), 30, Gate.REPORT),
        ),
    ),
)  # fmt: skip


def named(code: str) -> Template | None:
    """The template of that code."""
    return next((template for template in TEMPLATES if template.code == code), None)


def choices() -> list[tuple[str, Words]]:
    """For a form: code and name."""
    return [(template.code, template.name) for template in TEMPLATES]


def requirements(template: Template, stages: Sequence[Stage], known: set[str]) -> list[Requirement]:
    """The rows of what its saved stages require, as far as the figures are known."""
    return [
        need.row(stage, position)
        for stage, part in zip(stages, template.parts, strict=True)
        for position, need in enumerate(part.needs, 1)
        if {need.metric, need.base} - {""} <= known
    ]
