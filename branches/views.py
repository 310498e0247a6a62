"""Pages of the tree of organisations and of the register."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from branches import lists as columns
from branches.changes.table import enters_into
from branches.composition import told_of_organisation
from branches.http import AuthedRequest
from branches.models import Member, Organisation
from branches.overview import Overview, Tree, inside, named
from branches.person import told_of_member
from branches.rights import Right
from shell import lists


@require_safe
def organisation_list(request: AuthedRequest) -> HttpResponse:
    tree = Tree(request.user, named(request), search=request.GET.get("q", ""))
    shown = columns.organisations(tree)
    page = lists.page(request, tree.rows, columns=shown, filters=columns.OrganisationSearch, default_sort="path")
    tree.complete(page.objects)
    return lists.render(request, "branches/organisation_list.html", page)


@require_safe
def organisation_detail(request: AuthedRequest, pk: int) -> HttpResponse:
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), pk=pk)
    seen = Overview(request.user)
    page = lists.page(request, seen.below(organisation), columns=columns.organisations(seen), default_sort="path")
    seen.add_members(page.objects)
    told = told_of_organisation(organisation, seen)
    return lists.render(request, "branches/organisation_detail.html", page, organisation=organisation, **told)


@require_safe
def member_list(request: AuthedRequest) -> HttpResponse:
    within = named(request)
    rows = Overview(request.user).register()
    if within:
        rows = rows.filter(inside([within.path]))
    page = lists.page(
        request, rows, columns=columns.REGISTER, filters=columns.RegisterFilter, default_sort="",
        reads=columns.REGISTER_READS,
    )  # fmt: skip
    may = {
        "may_import": request.user.may(Right.KEEP_REGISTER, None),
        "may_export": request.user.may(Right.EXPORT, None),
    }
    told = {"within": within, "enters_into": enters_into(request.user, within)}
    return lists.render(request, "branches/member_list.html", page, **told, **may)


@require_safe
def member_detail(request: AuthedRequest, pk: int) -> HttpResponse:
    member = get_object_or_404(Member.objects.visible_to(request.user), pk=pk)
    told = told_of_member(member, request.user)
    return render(request, "branches/member_detail.html", {"member": member, **told})
