"""What must hold of rounds and materials: who owes is the roster of the round, and versions are what was handed in."""

from typing import Any

from django.db.models import CharField, Count, Exists, ExpressionWrapper, F, Max, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from appraisals.materials.kinds import OFFERED
from appraisals.materials.states import MaterialState
from appraisals.models import Comment, Material, MaterialRules, ReturnReason, Reviewer, Version
from branches.models import Organisation, Post, Relation
from branches.models.dated import holds
from branches.models.members import PostKind, RelationKind
from workflow.checking import check

ROSTER_DAY: Any = OuterRef("round__roster_on")
HANDED_IN = (MaterialState.SUBMITTED, MaterialState.RETURNED, MaterialState.ACCEPTED)


@check("appraisals.material_of_roster", _("Whoever owes a material stood in the register on the day of the roster"))
def material_of_roster() -> QuerySet[Any]:
    register = Relation.objects.filter(
        holds(ROSTER_DAY),
        kind=RelationKind.FORMAL,
        member=OuterRef("author_id"),
        organisation=OuterRef("organisation_id"),
    )
    return Material.objects.filter(~Exists(register)).exclude(author=None).exclude(state=MaterialState.VOID)


@check("appraisals.material_below_round", _("A material belongs to an organisation below that of its round"))
def material_below_round() -> QuerySet[Any]:
    within = Organisation.objects.filter(pk=OuterRef("round__organisation_id"))
    inside = within.annotate(below=_text(OuterRef("organisation__path"))).filter(below__startswith=F("path"))
    return Material.objects.filter(~Exists(inside))


def _text(outer: Any) -> Any:
    return ExpressionWrapper(outer, CharField())


@check("appraisals.versions_counted", _("A material knows its versions, numbered from 1 without a gap"))
def versions_counted() -> QuerySet[Any]:
    rows = Material.objects.annotate(real=Count("versions"), last=Max("versions__number"))
    return rows.exclude(real=F("versions_count"), last=F("versions_count")).exclude(versions_count=0, real=0)


@check("appraisals.handed_in_has_words", _("What was handed in has a version"))
def handed_in_has_words() -> QuerySet[Any]:
    return Material.objects.filter(state__in=HANDED_IN, versions=None)


@check(
    "appraisals.reviewed_by_another", _("The superior reviews the secretary's own material, the secretary the others")
)
def reviewed_by_another() -> QuerySet[Any]:
    held = Post.objects.filter(
        holds(ROSTER_DAY),
        kind=PostKind.SECRETARY,
        member=OuterRef("author_id"),
        organisation=OuterRef("organisation_id"),
    )
    above = Q(is_chief=True) & ~Q(reviewer=Reviewer.BRANCH)
    branch = Q(is_chief=False) & ~Q(reviewer=Reviewer.ABOVE)
    return Material.objects.exclude(author=None).filter(Exists(held) & ~above | ~Exists(held) & ~branch)


@check("appraisals.returned_for_reasons", _("A reason for a return speaks of a version that was handed in"))
def returned_for_reasons() -> QuerySet[Any]:
    return ReturnReason.objects.filter(Q(version=0) | Q(version__gt=F("material__versions_count")))


@check("appraisals.kinds_asked", _("A round asks of everybody a kind that can be asked of him"))
def kinds_asked() -> QuerySet[Any]:
    wrong = [
        rules.pk for rules in MaterialRules.objects.order_by("pk")
        if any(kind and kind not in OFFERED.get(whom, ()) for whom, kind in rules.owed.items())
    ]  # fmt: skip
    return MaterialRules.objects.filter(pk__in=wrong)


@check("appraisals.comment_on_version", _("A comment quotes a version that was handed in"))
def comment_on_version() -> QuerySet[Any]:
    return Comment.objects.filter(Q(version=0) | Q(version__gt=F("material__versions_count")))


@check("appraisals.entered_by_another", _("What was entered for a member was entered by somebody else"))
def entered_by_another() -> QuerySet[Any]:
    return Version.objects.filter(entered_by__member=F("material__author"))
