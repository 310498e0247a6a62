"""The columns of the tree and of the register, and what they can be narrowed by."""

from collections.abc import Sequence
from typing import Any

import django_filters
from django import forms
from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Replace
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from branches.filters import OrganisationFilter
from branches.models import Organisation, Relation
from branches.models.members import Category, PostKind
from branches.overview import Overview, Tree
from shell.filters import SearchFilter
from shell.formats import badge, choice, icon, link, number
from shell.lists import Column
from workflow.addresses import page_of


class OrganisationSearch(django_filters.FilterSet):
    q = SearchFilter(fields=["name", "short_name"], label=gettext_lazy("Organisation"))

    class Meta:
        model = Organisation
        fields: list[str] = []


class NameFilter(django_filters.CharFilter):
    """Every word is part of the name or of its pinyin, or begins its initials: 小明, xiaoming, zxm."""

    def filter(self, qs: QuerySet, value: str) -> QuerySet:
        if value:
            qs = qs.alias(spoken=Replace(F("member__name_pinyin"), Value(" "), Value("")))
        for word in (value or "").split():
            hits = Q(member__name__icontains=word) | Q(spoken__icontains=word)
            qs = qs.filter(hits | Q(member__name_initials__istartswith=word))
        return qs


class RegisterFilter(django_filters.FilterSet):
    q = NameFilter(label=gettext_lazy("Name or pinyin"), max_length=40)
    organisation = OrganisationFilter()
    category = django_filters.ChoiceFilter(label=gettext_lazy("Category"), choices=Category.choices)
    group = django_filters.CharFilter(
        field_name="group__name", lookup_expr="icontains", label=gettext_lazy("Group"), max_length=60
    )
    # The page has already narrowed its rows to this organisation; the field keeps it when other conditions change.
    under = django_filters.CharFilter(method="as_it_is", widget=forms.HiddenInput)

    class Meta:
        model = Relation
        fields: list[str] = []

    def as_it_is(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows


def category_of(row: Any) -> str:
    return str(Category(row.category).label) if row.category else ""


def post_of(row: Any) -> str:
    return str(PostKind(row.post).label) if row.post else ""


REGISTER_READS = (
    "category", "post", "member__name", "group__name", "organisation__name", "organisation__short_name",
)  # fmt: skip
REGISTER = (
    Column(
        "name",
        gettext_lazy("Name"),
        lambda row: link(page_of("member_detail", row.member_id), row.member.name),
        sort="member__name_pinyin",
        css="nowrap",
    ),
    Column("category", gettext_lazy("Category"), category_of, sort="category", css="nowrap"),
    Column("post", gettext_lazy("Post"), post_of, css="nowrap"),
    Column("group", gettext_lazy("Group"), lambda row: row.group and row.group.name),
    Column("organisation", gettext_lazy("Branch"), lambda row: row.organisation.label, sort="organisation__path"),
)


def organisations(seen: Overview) -> Sequence[Column]:
    """The columns of organisations as the reader may see them."""
    named = _in_tree(seen) if isinstance(seen, Tree) else _named
    columns = (
        Column("name", gettext_lazy("Organisation"), named),
        Column("kind", gettext_lazy("Kind"), lambda row: choice(row, "kind"), css="nowrap"),
        Column("branch_kind", gettext_lazy("Kind of branch"), lambda row: choice(row, "branch_kind"), css="nowrap"),
    )
    if not seen.shows_people:
        return columns
    return (
        *columns,
        Column("secretary", gettext_lazy("Secretary"), lambda row: row.secretary, css="nowrap"),
        Column("members", gettext_lazy("Number of members"), _members, css="num"),
    )


def _named(row: Organisation) -> SafeString:
    closed = format_html(" {}", badge(_("Dissolved"))) if row.has_ended else ""
    return format_html("{}{}", link(page_of("organisation_detail", row.pk), row.name), closed)


def _members(row: Any) -> str | SafeString:
    """The number, leading to the rows it counts."""
    return link(f"{reverse('member_list')}?under={row.pk}", number(row.members)) if row.members else row.members


def _in_tree(tree: Tree) -> Any:
    def cell(row: Any) -> SafeString:
        if tree.is_search:
            above = format_html('<br><span class="hint">{}</span>', row.superior.name) if row.superior else ""
            return format_html("<span>{}{}</span>", _named(row), above)
        steps = format_html_join("", '<span class="{}"></span>', [("ps-4",)] * tree.indent(row))
        return format_html("<span>{}{} {}</span>", steps, _handle(tree, row), _named(row))

    return cell


def _handle(tree: Tree, row: Any) -> SafeString:
    """The link that opens a level or closes it again; a mark of the same width where nothing lies below."""
    if not tree.can_open(row):
        return icon("dot")
    if tree.is_open(row):
        under, sign, words = getattr(row.superior, "pk", ""), "chevron-down", _("Close %(name)s")
    else:
        under, sign, words = row.pk, "chevron-right", _("Open %(name)s")
    url = f"{reverse('organisation_list')}?under={under}"
    return format_html('<a href="{0}" hx-get="{0}">{1}</a>', url, icon(sign, words % {"name": row.name}))
