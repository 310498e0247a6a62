"""What the pages of evaluations show."""

from typing import Any

from django.db.models import Count, OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from appraisals.evaluations.filters import NOT_YET_LABEL, WITHOUT_LABEL, offered, scale_of
from appraisals.evaluations.states import TOLD, EvaluationState
from appraisals.models import Evaluation, Round
from appraisals.states import RoundState
from branches import moving
from branches.models import Organisation, User
from branches.rights import Right
from shell.formats import day, link, state_badge
from shell.lists import Column

Found = dict[int, Evaluation]


def branches_of(round_: Round, user: User) -> Any:
    """The branches of a round that this person reads, in set order, each with `graded`: the word it was given, "" for
    words alone, None while nothing was fed back."""
    told = Evaluation.objects.visible_to(user).told().filter(round=round_, organisation=OuterRef("pk"))
    return round_.branches().read_by(user).annotate(graded=Subquery(told.values("level"))).order_by("path")


def found_of(round_: Round, keys: list[int], user: User) -> Found:
    """By key of a branch its evaluation, where this person sees one. One query."""
    rows = Evaluation.objects.visible_to(user).filter(round=round_, organisation__in=keys)
    return {row.organisation_id: row for row in rows}


def gone_of(round_: Round, keys: list[int], user: User) -> Found:
    """By key of a branch its evaluation, where this person read it and the superior took it back. One query."""
    rows = Evaluation.objects.taken_back_from(user).filter(round=round_, organisation__in=keys)
    return {row.organisation_id: row for row in rows}


def grade_of(own: Evaluation | None) -> Any:
    """What a branch is graded as, in the one word that the list and the page of an evaluation say."""
    return (own.level or WITHOUT_LABEL) if own and own.state in TOLD else NOT_YET_LABEL


def columns(round_: Round, found: Found, gone: Found, may_write: bool) -> tuple[Column, ...]:
    """The table; `found` and `gone` are filled once the page is known."""

    def name(row: Organisation) -> Any:
        own = found.get(row.pk) or gone.get(row.pk)
        if own:
            return link(own.get_absolute_url(), row.label)
        return link(reverse("evaluation_edit", args=[round_.pk, row.pk]), row.label) if may_write else row.label

    def state(row: Organisation) -> Any:
        if row.pk in gone:
            return _("Taken back by the superior on %(day)s") % {"day": gone[row.pk].taken_back_on}
        return state_badge(found[row.pk]) if row.pk in found else ""

    def of(show: Any) -> Any:
        return lambda row: show(found[row.pk]) if row.pk in found else ""

    return (
        Column("name", _("Branch"), name, sort="path"),
        Column("level", _("Grade of the branch"), lambda row: grade_of(found.get(row.pk))),
        Column("state", _("State"), state, css="nowrap"),
        Column("given_on", _("Fed back on"), of(lambda own: day(own.given_on)), css="nowrap"),
        Column("words", _("Evaluation of the branch"), of(lambda own: own.beginning), css="wide"),
    )


def counts(round_: Round, user: User) -> list[dict[str, Any]]:
    """How many branches were given which word, the words as laid down, then those without one and those not evaluated;
    each with the address of its rows."""
    rows = branches_of(round_, user).order_by().values_list("graded").annotate(n=Count("pk"))
    numbers = dict(rows)
    address = f"{reverse('evaluation_list', args=[round_.pk])}?level="
    return [
        {"label": label, "count": numbers.get(word, 0), "url": address + key}
        for key, (word, label) in offered(scale_of(round_.pk, user)).items()
    ]


def may_write(round_: Round, user: User) -> bool:
    """True where this person may write evaluations of some branches of an opened round."""
    return round_.state != RoundState.DRAFT and user.may(Right.ACCEPT, None)


def shown(evaluation: Evaluation, user: User) -> dict[str, Any]:
    """The page of one."""
    may_change = evaluation.state == EvaluationState.DRAFT and user.may(Right.ACCEPT, evaluation)
    grade = evaluation.level or grade_of(evaluation)
    return {"evaluation": evaluation, "grade": grade, "may_change": may_change, **moving.shown(evaluation, user)}


def gone(key: int, user: User) -> dict[str, Any]:
    """The page of one that was taken back from this person, without its words; empty where it was not."""
    found = Evaluation.objects.taken_back_from(user).select_related("organisation", "round__organisation")
    row = found.filter(pk=key).first()
    if row is None:
        return {}
    # What is changed since is the superior's alone.
    history = row.history.filter(move__in=("give", "note", "take_back"))
    return {"evaluation": row, "is_gone": True, "subject": row, "moves": [], "history": history, "sequels": []}
