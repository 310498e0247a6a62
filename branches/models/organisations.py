"""The tree of organisations, and the groups inside a branch."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from treebeard.mp_tree import MP_Node, MP_NodeManager, MP_NodeQuerySet

from branches.models.dated import Dated, OnDay, in_order, one_of
from branches.scope import OrganisationScoped


class Kind(models.TextChoices):
    COMMITTEE = "committee", _("Party committee")
    GENERAL_BRANCH = "general_branch", _("General branch")
    BRANCH = "branch", _("Branch")


class BranchKind(models.TextChoices):
    """Branches differ in law: what a kind may do is data, in branches/capabilities.py."""

    SINGLE = "single", _("Single branch")
    JOINT = "joint", _("Joint branch")
    MOBILE = "mobile", _("Branch of mobile members")
    RETIRED = "retired", _("Branch of retired members")
    TEMPORARY = "temporary", _("Temporary branch")
    FUNCTIONAL = "functional", _("Functional branch")


class OrganisationQuerySet(OrganisationScoped, MP_NodeQuerySet):
    path_lookup = "path"

    def visible_to(self, user: Any) -> Self:
        """Own organisations and what lies below an overseen one. Two administrators see the tree: names, no content."""
        if user.reach.sees_the_tree:
            return self
        return self.filter(self.of_home(user) | self.of_office(user) | self.of_oversight(user))

    def superior_to(self, user: Any) -> Self:
        """From the root down, the organisations the user belongs to or holds an office at: everybody may know them."""
        return self.filter(path__in=user.reach.paths_above)

    def open(self) -> Self:
        return self.filter(until=None)

    def branches(self) -> Self:
        return self.filter(kind=Kind.BRANCH)


class OrganisationManager(MP_NodeManager.from_queryset(OrganisationQuerySet)):  # type: ignore[misc]
    def get_queryset(self) -> OrganisationQuerySet:
        # treebeard's manager names its own queryset class outright, which would lose `visible_to`.
        return OrganisationQuerySet(self.model, using=self._db).order_by("path")


class Organisation(MP_Node, Dated):
    """A node of the tree. Its path alone says where it hangs; every row of a room joins it here."""

    name = models.CharField(_("Organisation name"), max_length=120)
    short_name = models.CharField(_("Short name"), max_length=40, blank=True)
    kind = models.CharField(_("Kind"), max_length=20, choices=Kind)
    branch_kind = models.CharField(_("Kind of branch"), max_length=20, choices=BranchKind, blank=True)
    successor = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="predecessors")

    objects = OrganisationManager()

    class Meta:
        verbose_name = _("organisation")
        constraints = [
            one_of("organisation", "kind", Kind),
            one_of("organisation", "branch_kind", BranchKind, empty=True),
            models.CheckConstraint(
                condition=Q(kind=Kind.BRANCH) ^ Q(branch_kind=""), name="organisation_branch_kind_only_of_branches"
            ),
            in_order("organisation"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        """The name for narrow places."""
        return self.short_name or self.name

    @property
    def organisation(self) -> "Organisation":
        """Itself: so that rights are asked of an organisation as of any row that hangs on one."""
        return self

    @property
    def organisation_id(self) -> int:
        return self.pk


class GroupQuerySet(OnDay, OrganisationScoped):
    def visible_to(self, user: Any) -> Self:
        """The groups of the organisations one sees."""
        if user.reach.sees_the_tree:
            return self
        return self.filter(self.of_home(user) | self.of_office(user) | self.of_oversight(user))


class Group(Dated):
    """A 党小组: part of a branch, not a node of the tree."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="groups")
    name = models.CharField(_("Group name"), max_length=60)
    position = models.PositiveSmallIntegerField(default=0)

    objects = GroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("group")
        ordering = ["organisation_id", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name"], name="group_name_once_per_branch"),
            in_order("group"),
        ]

    def __str__(self) -> str:
        return self.name
