"""Who makes up an organisation today: number by category, groups, posts, and the sentence that reports begin with."""

from collections import Counter
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from branches.changes.table import offered_for_organisation
from branches.models import Election, FormerName, Group, Member, Organisation, Particulars, Relation
from branches.models.dated import holds
from branches.models.members import Category, Education, Employment, Gender, PostKind, RelationKind
from branches.overview import Overview, inside
from branches.rights import Right
from branches.rules.organisations import Facts, remarks
from branches.rules.sets import RuleSet
from branches.tree import above
from shell.formats import day
from workflow.models import History


def told_of_organisation(organisation: Organisation, seen: Overview) -> dict[str, Any]:
    """What the page of an organisation tells beside the list of those below it."""
    superiors = Organisation.objects.visible_to(seen.user).filter(path__in=above(organisation.path)[:-1])
    groups = Group.objects.visible_to(seen.user).filter(holds(seen.day), organisation=organisation)
    elections = Election.objects.visible_to(seen.user).filter(organisation=organisation)
    elected = elections.values_list("held_on", flat=True).first()
    told: dict[str, Any] = {"superiors": superiors, "facts": _facts(organisation, elected), "day": seen.day}
    told["elected"] = elected
    told["groups"] = groups
    told["changes"] = offered_for_organisation(organisation, seen.user)
    told["former_names"] = FormerName.objects.visible_to(seen.user).filter(organisation=organisation)
    if not seen.shows_people:
        return told
    told["may_choose_logo"] = organisation.is_root() and seen.user.may(Right.ARRANGE, organisation)
    told["posts"] = posts(organisation, seen)
    told["rules_url"] = reverse("rule_list", args=[organisation.pk])
    told["kept_url"] = reverse("retention_list", args=[organisation.pk])
    told["guests"] = guests(organisation, seen)
    if seen.sees_all_of(organisation):
        register = seen.register().filter(inside([organisation.path]))
        told |= by_category(register)
        told["groups"] = with_members(groups, register.filter(organisation=organisation))
        if any(
            seen.user.may(right, organisation) for right in (Right.READ_BRANCH, Right.ACCEPT)
        ):  # who sees particulars
            particulars = Particulars.objects.visible_to(seen.user).filter(
                member__in=register.order_by().values("member")
            )
            told["composition"] = sentence(particulars, told["total"])
            if not organisation.has_ended:  # what is closed cannot be put right
                told["remarks"] = remarks(facts_of(organisation, told), RuleSet(organisation.path, seen.day.year))
            told["reads_hours"] = any(
                seen.user.may(right, organisation) for right in (Right.READ_BRANCH, Right.ARRANGE)
            )
            told["history"] = History.objects.of(organisation)
    return told


def facts_of(organisation: Organisation, told: dict[str, Any]) -> Facts:
    """What the rules about organisations ask, from what the page has read already."""
    counts = {word: count for word, _label, count in told["categories"]}
    return Facts(
        kind=organisation.kind,
        branch_kind=organisation.branch_kind,
        since=organisation.since,
        day=told["day"],
        formal=counts[Category.FORMAL],
        total=told["total"],
        post_days=tuple((post["kind"], post["since"]) for post in told["posts"]),
        group_sizes=tuple((group["name"], group["members"]) for group in told["groups"]),
        elected=told["elected"],
    )


def guests(organisation: Organisation, seen: Overview) -> QuerySet[Any]:
    """Who takes part here today and is counted elsewhere, or nowhere in this system."""
    rows = Relation.objects.visible_to(seen.user).filter(organisation=organisation, kind=RelationKind.TAKING_PART)
    return rows.select_related("member").order_by("position", "pk")


def by_category(register: QuerySet[Any]) -> dict[str, Any]:
    """`total`, and `categories` as (word of the filter, label, number): each number leads to its rows."""
    counts = dict(register.order_by().values_list("category").annotate(count=Count("pk")))
    known = [(word, label, counts.get(word, 0)) for word, label in Category.choices]
    return {"total": sum(counts.values()), "categories": known, "without_category": counts.get(None, 0)}


def with_members(groups: QuerySet[Group], register: QuerySet[Any]) -> list[dict[str, Any]]:
    """Each group with the number of its `members`."""
    counts = dict(register.order_by().values_list("group").annotate(count=Count("pk")))
    return [{"name": group.name, "members": counts.get(group.pk, 0)} for group in groups]


def posts(organisation: Organisation, seen: Overview) -> list[dict[str, Any]]:
    """The posts of the organisation today in their set order, each with `title`, `name`, `kind`, `since` and the key
    of the `member`."""
    today = Q(holds(seen.day, "posts__"), posts__organisation=organisation)
    held = Member.objects.visible_to(seen.user).filter(today).order_by("posts__since", "pk")
    rows = held.values("name", kind=F("posts__kind"), given=F("posts__title"), since=F("posts__since"), member=F("pk"))
    ordered = sorted(rows, key=lambda row: list(PostKind).index(PostKind(row["kind"])))
    return [{**row, "title": row["given"] or PostKind(row["kind"]).label} for row in ordered]


def sentence(particulars: QuerySet[Particulars], total: int) -> str:
    """“8 members: in service 7, retired 1; women 2; postgraduate 1, …”. What nobody recorded is said, not guessed."""
    counts = particulars.order_by().values_list("gender", "employment", "education").annotate(count=Count("pk"))
    gender, employment, education = Counter[str](), Counter[str](), Counter[str]()
    for sex, work, school, count in counts:
        gender[sex] += count
        employment[work] += count
        education[school] += count
    women = {Gender.WOMAN: _("Women")}
    parts = (
        _listed(employment, dict(Employment.choices), _("Employment not recorded"), total - _known(employment)),
        _listed(gender, women, _("Gender not recorded"), total - _known(gender)),
        _listed(education, dict(Education.choices), _("Education not recorded"), total - _known(education)),
    )
    return _("%(total)s members: %(parts)s.") % {"total": total, "parts": _("; ").join(part for part in parts if part)}


def _known(counts: Counter[str]) -> int:
    return sum(count for word, count in counts.items() if word)


def _listed(counts: Counter[str], labels: dict[Any, Any], missing: str, unknown: int) -> str:
    told = [(label, counts[word]) for word, label in labels.items() if counts[word]]
    if unknown:
        told.append((missing, unknown))
    return _(", ").join(_("%(what)s %(count)s") % {"what": label, "count": count} for label, count in told)


def _facts(organisation: Organisation, elected: date | None) -> list[tuple[str, str]]:
    facts = [
        (_("Short name"), organisation.short_name),
        (_("Kind"), organisation.get_kind_display()),
        (_("Kind of branch"), organisation.get_branch_kind_display()),
        (_("Way of working"), organisation.get_mode_display() if organisation.branch_kind else ""),
        (_("Founded"), day(organisation.since)),
        (_("Last election"), day(elected) if elected else ""),
        (_("Dissolved on"), day(organisation.until) if organisation.until else ""),
        (_("Merged into"), organisation.successor.name if organisation.successor else ""),
    ]
    return [(label, value) for label, value in facts if value]
