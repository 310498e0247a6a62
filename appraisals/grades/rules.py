"""What superiors lay down about grades, each with its clause: chain and approval, the number of 优秀, what a low grade
wants, and the disposal file that is off."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from appraisals.grades.chains import Approval, Chain
from appraisals.grades.quota import Base, Scope, Terms
from branches.rules.sets import InForce
from branches.rules.table import Level, Parameter, Rule, Severity, register

CHAIN_NAMES = (
    pgettext_lazy("chain", "A simple"), pgettext_lazy("chain", "B meeting"), pgettext_lazy("chain", "C vote"),
)  # fmt: skip
CHAIN = register(
    Rule(
        "F5-1",
        _("Way of a grade"),
        _(
            "Regulation on branches, article 18: after self-review, mutual review and the secret vote the committee or "
            "the general meeting gives its opinion. A meeting with the person, a vote of the assembly and an approval "
            "are local; a chain in which the superior reads or approves asks him for every grade."
        ),
        Level.LOCAL,
        Severity.REMIND,
        (
            Parameter("chain", _("Chain"), 1, 1, 3, CHAIN_NAMES),
            Parameter("approval", _("Approval"), 1, 1, 3, tuple(Approval.labels)),
            Parameter("days", _("Working days for the superior"), 5, 1, 30),
        ),
    )
)  # fmt: skip
QUOTA = register(
    Rule(
        "R10",
        _("Number of excellent members"),
        _(
            "Democratic appraisal: excellent members are generally no more than a third of all members. Local notices "
            "count it by branch or pooled, of all members, full members or those appraised; some lay down no share."
        ),
        Level.LOCAL,
        Severity.REMIND,
        (
            Parameter("scope", _("Counted over"), 1, 1, 3, tuple(Scope.labels)),
            Parameter("base", _("Of whom"), 1, 1, 3, tuple(Base.labels)),
            Parameter("part", _("Share: so many"), 1, 1, 100),
            Parameter("of", _("of so many"), 3, 1, 100),
            Parameter("min_one", _("At least one"), 0, 0, 1, (_("No"), _("Yes"))),
        ),
    )
)
NO_GRADE = register(
    Rule(
        "R11",
        _("Probationary members are not graded"),
        _("Yearly notices: probationary members take part in the appraisal and get no grade."),
        Level.NATIONAL,
        Severity.BLOCK,
    )
)
LOW_GRADE = register(
    Rule(
        "R14",
        _("What a low grade wants"),
        _(
            "Democratic appraisal: whoever is basically qualified is shown what falls short and helped to improve, "
            "whoever is unqualified is educated first. Both want a written reason and a help measure."
        ),
        Level.NATIONAL,
        Severity.BLOCK,
    )
)
FILES = register(
    Rule(
        "F27-1",
        _("Disposal files are kept here"),
        _(
            "Rules on the disposal of unqualified members, 2024: a disposal has its own beginning, reported to the "
            "basic-level committee; a grade is evidence only. Files are kept here only where a superior applies this."
        ),
        Level.ADVICE,
        Severity.OFF,
    )
)
WAYS = {1: Chain.SIMPLE, 2: Chain.MEETING, 3: Chain.VOTED}
APPROVALS = dict(enumerate(Approval, 1))


@dataclass(frozen=True, slots=True)
class Policy:
    """Through which chain a grade goes at a place in a year; `days`: working days within which the superior answers."""

    chain: Chain
    approval: Approval
    days: int


def policy(held: InForce) -> Policy:
    """As rule F5-1 in force says."""
    numbers = held.numbers
    return Policy(WAYS[numbers["chain"]], APPROVALS[numbers["approval"]], numbers["days"])


def terms(held: InForce) -> Terms:
    """As rule R10 in force says."""
    numbers = held.numbers
    return Terms(
        Scope(numbers["scope"]), Base(numbers["base"]), numbers["part"], numbers["of"], bool(numbers["min_one"])
    )
