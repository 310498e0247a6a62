"""What must hold of the tree, the register and the offices."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Concat, Length, Substr
from django.utils.translation import gettext_lazy as _

from branches.models import (
    DayOff,
    Election,
    Grant,
    Group,
    Member,
    Organisation,
    Post,
    Relation,
    RuleOverride,
    Standing,
    User,
)
from branches.models.dated import holds
from branches.models.members import RelationKind
from branches.rules.table import Severity, find
from branches.tree import STEP
from workflow.checking import FAR, check, overlapping, triggers, untold


@check("branches.tree_depth", _("The depth of an organisation is the length of its path"))
def tree_depth() -> QuerySet[Any]:
    wrong = ~Q(long=F("depth") * STEP) | ~Q(path__regex=r"^[0-9A-Z]+$")
    return Organisation.objects.annotate(long=Length("path")).filter(wrong)


@check("branches.tree_parents", _("Above every organisation stands its superior"))
def tree_parents() -> QuerySet[Any]:
    rows = Organisation.objects.filter(depth__gt=1).annotate(above=Substr("path", 1, Length("path") - STEP))
    return rows.filter(~Exists(Organisation.objects.filter(path=OuterRef("above"))))


@check("branches.tree_numchild", _("An organisation knows how many stand right below it"))
def tree_numchild() -> QuerySet[Any]:
    """One range of the index for each organisation: its children lie between path0000 and pathZZZZ."""
    last = Concat(OuterRef("path"), Value("Z" * STEP))
    below = Organisation.objects.filter(path__gt=OuterRef("path"), path__lte=last, depth=OuterRef("depth") + 1)
    count = below.order_by().annotate(one=Value(1)).values("one").annotate(n=Count("pk")).values("n")
    return Organisation.objects.annotate(real=Coalesce(Subquery(count), 0)).exclude(real=F("numchild"))


@check("branches.tree_kinds", _("Nothing stands below a branch"))
def tree_kinds() -> QuerySet[Any]:
    return Organisation.objects.branches().filter(numchild__gt=0)


@check("branches.one_formal_relation", _("A member has one formal relation at a time"))
def one_formal_relation() -> QuerySet[Any]:
    return overlapping(Relation.objects.filter(kind=RelationKind.FORMAL), "member_id")


@check("branches.one_standing", _("A member is either full or probationary, not both"))
def one_standing() -> QuerySet[Any]:
    return overlapping(Standing.objects.all(), "member_id")


@check("branches.relation_has_standing", _("Whoever is in the register is a full or a probationary member"))
def relation_has_standing() -> QuerySet[Any]:
    standings = Standing.objects.filter(holds(OuterRef("since")), member=OuterRef("member_id"))  # type: ignore[arg-type]
    return Relation.objects.filter(~Exists(standings), kind=RelationKind.FORMAL)


@check("branches.relation_in_time", _("Relations and offices end with their organisation"))
def relation_in_time() -> Iterable[str]:
    for model in (Relation, Grant):
        rows: Any = model.objects.filter(organisation__until__isnull=False)
        if model is Grant:
            rows = rows.filter(revoked_at=None)
        late = rows.annotate(last=Coalesce("until", Value(FAR))).filter(last__gt=F("organisation__until"))
        yield from (f"{model._meta.label_lower}:{pk}" for pk in late.order_by("pk").values_list("pk", flat=True))


@check("branches.election_in_time", _("No election lies before the founding of its branch, or after its end"))
def election_in_time() -> QuerySet[Any]:
    wrong = Q(held_on__lt=F("organisation__since")) | Q(held_on__gt=F("organisation__until"))
    return Election.objects.filter(wrong)


@check("branches.group_of_branch", _("A group named by a relation, post or office belongs to its branch"))
def group_of_branch() -> Iterable[str]:
    for model in (Relation, Post, Grant):
        rows: Any = model.objects.exclude(group=None).exclude(group__organisation=F("organisation"))
        yield from (f"{model._meta.label_lower}:{pk}" for pk in rows.order_by("pk").values_list("pk", flat=True))


@check("branches.grant_once", _("Nobody holds the same office twice at a time"))
def grant_once() -> QuerySet[Any]:
    return overlapping(Grant.objects.filter(revoked_at=None), "user_id", "organisation_id", "office", "group_id")


@check("branches.no_grant_of_administrators", _("Administrators hold no office and belong to no member"))
def no_grant_of_administrators() -> Iterable[str]:
    held = Grant.objects.exclude(user__admin_role="").order_by("pk").values_list("pk", flat=True)
    yield from (f"branches.grant:{pk}" for pk in held)
    members = User.objects.exclude(admin_role="").exclude(member=None).order_by("pk").values_list("pk", flat=True)
    yield from (f"branches.user:{pk}" for pk in members)


@check("branches.grants_guarded", _("The database refuses administrators an office: its triggers are in force"))
def grants_guarded() -> Iterable[str]:
    for table, name in (
        ("branches_grant", "grant_not_for_administrators"),
        ("branches_user", "administrator_without_grants"),
    ):
        if not any(trigger.startswith(name) for trigger in triggers(table)):
            yield name


@check("branches.facts_told", _("The tree, members, offices, rules set otherwise and days off have their history"))
def facts_told() -> Iterable[str]:
    for model in (Organisation, Group, Member, Grant, RuleOverride, DayOff):
        rows = untold(model._base_manager.all()).order_by("pk").values_list("pk", flat=True)
        yield from (f"{model._meta.label_lower}:{pk}" for pk in rows)


@check("branches.rules_lawful", _("A rule set otherwise is a known one, and no national rule is milder than shipped"))
def rules_lawful() -> Iterable[str]:
    for override in RuleOverride.objects.standing().order_by("pk").iterator():
        rule = find(override.code)
        mild = rule is not None and Severity(override.severity).rank < rule.mildest().rank
        if rule is None or mild or rule.out_of_bounds(override.parameters):
            yield f"branches.ruleoverride:{override.pk}"
