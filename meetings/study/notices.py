"""From November on whoever lacks hours of study is told once a year, and his secretary that some do: nobody else."""

from datetime import date
from typing import Any

from django.db.models import CharField, DateField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Replace
from django.utils.translation import gettext_lazy as _

from branches.models import Exemption, Organisation
from branches.models.dated import holds
from branches.models.members import PostKind
from meetings.models import StudyShortfall
from meetings.study.pages import FORECAST_FROM
from reminders import rules


def _lacking(kind: str, today: date) -> QuerySet[Any]:
    """Rows of this year with hours of that kind lacking, of members who are to come on that day; with `words`, the
    hours (3, 3.5), and the last day of the year."""
    exempt = Exemption.objects.filter(holds(today), member=OuterRef("member"))
    rows = StudyShortfall.objects.filter(~Exists(exempt), year=today.year, **{f"{kind}__gt": 0})
    hours = Replace(Cast(kind, CharField()), Value(".0"), Value(""))  # 12.0 in one database, 12 in the other
    rows = rows.annotate(words=hours, ends_on=_last_day(today))
    return rows if today.month >= FORECAST_FROM else rows.none()


def _last_day(today: date) -> Value:
    return Value(date(today.year, 12, 31), DateField())


def of_collective(today: date) -> QuerySet[Any]:
    """The national rule: collective study alone counts."""
    return _lacking("collective", today)


def of_campaign(today: date) -> QuerySet[Any]:
    """The rule of a campaign, where it is applied: both kinds count."""
    return _lacking("of_both", today)


def of_branches(today: date) -> QuerySet[Any]:
    """Branches where somebody lacks hours of either rule, each once a secretary."""
    here = Q(organisation=OuterRef("pk"))
    lacks = Exists(_lacking("collective", today).filter(here)) | Exists(_lacking("of_both", today).filter(here))
    rows = Organisation.objects.filter(holds(today, "posts__"), posts__kind=PostKind.SECRETARY)
    rows = rows.annotate(year=Value(today.year), ends_on=_last_day(today), called=F("name"))
    return rows.filter(lacks) if today.month >= FORECAST_FROM else rows.none()


MEMBERS = {
    "study_collective": (
        of_collective,
        _("Collective study this year: %(subject)s hours still lacking when this was written; the year ends on "
          "%(due)s."),
    ),
    "study_campaign": (
        of_campaign,
        _("Study of the campaign, both kinds together: %(subject)s hours still lacking when this was written; the year "
          "ends on %(due)s."),
    ),
}  # fmt: skip
for _code, (_rows, _words) in MEMBERS.items():
    rules.register(
        rules.Rule(
            _code, _words, rows=_rows, recipient="member", label="words", due_on="ends_on", period="year",
            url_name="study_mine", takes_key=False, is_private=True,
        )
    )  # fmt: skip
rules.register(
    rules.Rule(
        "study_branch",
        _("%(subject)s: some members still lack hours of study; the year ends on %(due)s."),
        rows=of_branches,
        recipient="posts__member",
        label="called",
        organisation="posts__organisation",
        due_on="ends_on",
        period="year",
        url_name="study_branch",
    )
)
