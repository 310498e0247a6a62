"""Pages of supervision groups."""

from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from appraisals.models import GroupBranch, SupervisionGroup
from appraisals.supervision.actions import groups
from appraisals.supervision.forms import GroupForm
from branches.http import AuthedRequest
from branches.models import Organisation
from branches.pages import kept, perform
from branches.rights import Right
from branches.rules.pages import may_set
from branches.tree import under

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def supervision_group_list(request: AuthedRequest, pk: int) -> HttpResponse:
    """The groups of an organisation, each with how many branches it oversees."""
    request.user.require(Right.OVERSEE, None)
    place = get_object_or_404(Organisation.objects.visible_to(request.user), pk=pk)
    if not request.user.may(Right.OVERSEE, place):
        raise PermissionDenied
    rows = SupervisionGroup.objects.visible_to(request.user).filter(organisation=place)
    told = {"organisation": place, "groups": rows.annotate(count=Count("assigned")).order_by("pk")}
    context = {**told, "may_set": may_set(request.user, place)}
    return render(request, "appraisals/supervision_group_list.html", context)


@get_or_post
def supervision_group_create(request: AuthedRequest, pk: int) -> HttpResponse:
    place = get_object_or_404(Organisation.objects.visible_to(request.user), pk=pk)
    if not may_set(request.user, place):
        raise PermissionDenied
    return _edited(request, SupervisionGroup(organisation=place))


@get_or_post
def supervision_group_edit(request: AuthedRequest, pk: int) -> HttpResponse:
    group = _group(request, pk)
    request.user.require(Right.ARRANGE, group.organisation)
    return _edited(request, group)


@require_POST
def supervision_group_end(request: AuthedRequest, pk: int) -> HttpResponse:
    group = _group(request, pk)
    perform(request, lambda: groups.dissolve_group(group, actor=request.user), done=_("Dissolved."))
    return redirect("supervision_group_list", group.organisation_id)


def _group(request: AuthedRequest, pk: int) -> SupervisionGroup:
    rows = SupervisionGroup.objects.visible_to(request.user).select_related("organisation")
    return get_object_or_404(rows, pk=pk)


def _edited(request: AuthedRequest, group: SupervisionGroup) -> HttpResponse:
    place = group.organisation
    below = Organisation.objects.visible_to(request.user).filter(under(place.path)).branches().open().order_by("path")
    mine = GroupBranch.objects.visible_to(request.user).filter(group=group.pk).values("organisation")
    initial = {"branches": below.filter(pk__in=mine)}
    form = GroupForm(request.POST or None, below=below, instance=group, initial=initial)
    if form.is_valid() and kept(request, form, lambda: groups.save_group(group, actor=request.user, **form.told)):
        return redirect("supervision_group_list", place.pk)
    context = {"form": form, "organisation": place, "group": group}
    return render(request, "appraisals/supervision_group_edit.html", context)
