"""The tree of organisations, and the groups inside a branch."""

from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Length, Substr
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from treebeard.mp_tree import MP_Node, MP_NodeManager, MP_NodeQuerySet

from branches.models.dated import Dated, OnDay, in_order
from branches.rights import Right
from branches.scope import OrganisationScoped
from workflow.constraints import one_of


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


class Mode(models.TextChoices):
    """How a branch works (F1): nobody waits for a paper branch to sign in; its superior enters for it."""

    ONLINE = "online", _("Online")
    PAPER = "paper", _("On paper")


class OrganisationQuerySet(OrganisationScoped, MP_NodeQuerySet):
    path_lookup = "path"

    def visible_to(self, user: Any) -> Self:
        """Own organisations, what lies below an overseen one, and what was merged into one of these.

        Two administrators see the tree: names, no content.
        """
        if user.reach.sees_the_tree:
            return self
        inside = self.of_home(user) | self.of_office(user) | self.of_oversight(user)
        return self.filter(inside | Q(path__in=user.reach.inherited_paths))

    def read_by(self, user: Any) -> Self:
        """Those one serves by an office that reads the branch, and what lies below an overseen one."""
        return self.filter(self.of_office(user) | self.of_oversight(user))

    def exportable_by(self, user: Any) -> Self:
        """Those one leads, and what lies below an oversight that exports."""
        return self.filter(self.of_office(user, Right.EXPORT) | self.of_oversight(user, Right.EXPORT))

    def superior_to(self, user: Any) -> Self:
        """From the root down, the organisations the user belongs to or holds an office at: everybody may know them."""
        return self.filter(path__in=user.reach.paths_above)

    def open(self) -> Self:
        return self.filter(until=None)

    def addressed_by(self, user: Any, words: str) -> Self:
        """The open branches that carry exactly this name or short name, for whoever keeps a register: to hand a member
        over, one must be able to name a branch one does not see. `superior/branch` tells namesakes apart."""
        superior, slash, name = words.strip().rpartition("/")
        if not user.may(Right.KEEP_REGISTER, None) or not name.strip():
            return self.none()
        named = self.branches().open().filter(Q(name=name.strip()) | Q(short_name=name.strip()))
        if not slash:
            return named
        above = Organisation.objects.filter(Q(name=superior.strip()) | Q(short_name=superior.strip()))
        higher = above.filter(depth=OuterRef("depth") - 1, path=Substr(OuterRef("path"), 1, Length("path")))
        return named.filter(Exists(higher))

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
    mode = models.CharField(_("Way of working"), max_length=10, choices=Mode, default=Mode.ONLINE)
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
            one_of("organisation", "mode", Mode),
            models.CheckConstraint(
                condition=Q(successor=None) | Q(until__isnull=False), name="organisation_successor_only_of_closed"
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
    def has_ended(self) -> bool:
        """True after its last day; one that is still to come changes nothing before it."""
        return self.until is not None and self.until < timezone.localdate()

    @property
    def organisation(self) -> "Organisation":
        """Itself: so that rights are asked of an organisation as of any row that hangs on one."""
        return self

    @property
    def organisation_id(self) -> int:
        return self.pk


class FormerNameQuerySet(OnDay, OrganisationScoped):
    def visible_to(self, user: Any) -> Self:
        """The former names of the organisations one sees."""
        return self.filter(organisation__in=Organisation.objects.visible_to(user))


class FormerName(Dated):
    """A name an organisation had until a day; the present one stands on the organisation itself."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="former_names")
    name = models.CharField(_("Organisation name"), max_length=120)
    short_name = models.CharField(_("Short name"), max_length=40, blank=True)

    objects = FormerNameQuerySet.as_manager()

    class Meta:
        verbose_name = _("former name")
        ordering = ["-until", "-pk"]
        constraints = [
            in_order("formername"),
            models.CheckConstraint(condition=Q(until__isnull=False), name="formername_has_ended"),
        ]

    def __str__(self) -> str:
        return self.name


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
