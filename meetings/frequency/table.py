"""R01 as data: how often which form of meeting is held, from where that comes, and what a branch must have for it."""

from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext_lazy as _

from branches.rules.table import Level, Rule, Severity, register
from meetings.kinds import Form


@dataclass(frozen=True)
class Frequency:
    """One form, once in each period of that kind: by the branch, or by each of its groups; `asks`: only with these."""

    code: str
    form: Form
    period: Literal["month", "quarter", "year"]
    asks: Literal["", "committee", "groups"] = ""


FREQUENCIES = (
    Frequency("R01a", Form.GENERAL_MEETING, "quarter"),
    Frequency("R01b", Form.COMMITTEE_MEETING, "month", asks="committee"),
    Frequency("R01c", Form.GROUP_MEETING, "month", asks="groups"),
    Frequency("R01d", Form.PARTY_LECTURE, "quarter"),
    Frequency("R01e", Form.THEME_DAY, "month"),
    Frequency("R01f", Form.ORG_LIFE_MEETING, "year"),
)
NEAR = 70  # percent of a period, after which its secretary is reminded

for _rule in (
    Rule(
        "R01a", _("General meeting each quarter"),
        _("Regulation on branches, chapter 4: a general meeting is normally held once a quarter."),
        Level.NATIONAL, Severity.REMIND,
    ),
    Rule(
        "R01b", _("Committee meeting each month"),
        _("Regulation on branches, chapter 4: the committee, where there is one, normally meets once a month."),
        Level.NATIONAL, Severity.REMIND,
    ),
    Rule(
        "R01c", _("Group meeting each month"),
        _("Regulation on branches, chapter 4: each group, where there are any, normally meets once a month."),
        Level.NATIONAL, Severity.REMIND,
    ),
    Rule(
        "R01d", _("Party lecture each quarter"),
        _("Local practice; the regulation on branches, chapter 5, asks for regular lectures and names no number."),
        Level.LOCAL, Severity.REMIND,
    ),
    Rule(
        "R01e", _("Theme day each month"),
        _("Regulation on branches, chapter 5: one fixed day each month is the theme day of the branch."),
        Level.NATIONAL, Severity.REMIND,
    ),
    Rule(
        "R01f", _("Organisational life meeting each year"),
        _("Regulation on branches, chapter 5: an organisational life meeting is held at least once a year."),
        Level.NATIONAL, Severity.REMIND,
    ),
):  # fmt: skip
    register(_rule)
