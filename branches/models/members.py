"""The register: people, where they belong, and what they may do there. All of it dated (I12)."""

from datetime import date
from typing import Any, Self

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from branches.models.dated import Dated, DatedQuerySet, OnDay, has, holds, in_order
from branches.models.organisations import Group, Organisation
from branches.rights import Right
from branches.scope import OrganisationScoped
from workflow.constraints import one_of

# A login name is made of it (BRANCHLIFE_LOGIN_NAMES): what everybody can type.
STAFF_NUMBER = r"[0-9A-Za-z][0-9A-Za-z._-]{0,19}"
is_staff_number = RegexValidator(rf"\A{STAFF_NUMBER}\Z", _("Letters and digits only, at most 20."))


class Category(models.TextChoices):
    FORMAL = "formal", _("Full member")
    PROBATIONARY = "probationary", _("Probationary member")


class RelationKind(models.TextChoices):
    FORMAL = "formal", _("Formal relation")
    TAKING_PART = "taking_part", _("Takes part only")


class PostKind(models.TextChoices):
    """Posts of a branch in the order in which lists name them."""

    SECRETARY = "secretary", _("Branch secretary")
    DEPUTY = "deputy", _("Deputy secretary")
    ORGANISATION = "organisation", _("Organisation member")
    PUBLICITY = "publicity", _("Publicity member")
    DISCIPLINE = "discipline", _("Discipline member")
    GROUP_LEADER = "group_leader", _("Leader of a group")


COMMITTEE_POSTS = frozenset(PostKind) - {PostKind.GROUP_LEADER}


class Ending(models.TextChoices):
    """Why a relation ended. Up to MERGED the member goes on inside the system, the rest end the membership here."""

    REGROUPED = "regrouped", _("Goes on in another group")
    TRANSFERRED = "transferred", _("Transferred within the system")
    MERGED = "merged", _("Branch merged or split")
    NO_LONGER = "no_longer", _("No longer takes part")
    MOVED_OUT = "moved_out", _("Transferred out of the system")
    DIED = "died", _("Died")
    SUSPENDED = "suspended", _("Membership suspended")
    LEFT = "left", _("Left the party by himself")
    RESIGNED = "resigned", _("Withdrew from the party")
    STRUCK_OFF = "struck_off", _("Struck off")
    EXPELLED = "expelled", _("Expelled")
    NOT_CONFIRMED = "not_confirmed", _("Probation not confirmed")


LEAVING = tuple(Ending)[4:]  # what a keeper of the register may give as the reason why a member left


class Gender(models.TextChoices):
    MAN = "man", _("Man")
    WOMAN = "woman", _("Woman")


class Education(models.TextChoices):
    POSTGRADUATE = "postgraduate", _("Postgraduate")
    BACHELOR = "bachelor", _("Bachelor")
    COLLEGE = "college", _("College")
    SECONDARY = "secondary", _("Secondary school or below")


class Employment(models.TextChoices):
    IN_SERVICE = "in_service", _("In service")
    RETIRED = "retired", _("Retired")
    OTHER = "other", _("Other employment")


class MemberQuerySet(OrganisationScoped):
    def visible_to(self, user: Any) -> Self:
        """Oneself, the colleagues of one's branch, the members of an organisation one serves or oversees, today."""
        relations = self.rows_of(Relation).visible_to(user).filter(member=OuterRef("pk"))
        return self.filter(self.of_own(user, "pk") | Exists(relations))


class Member(models.Model):
    """A person of the register; needs no account."""

    name = models.CharField(_("Name"), max_length=40)
    name_pinyin = models.CharField(max_length=120, editable=False, blank=True)
    name_initials = models.CharField(max_length=20, editable=False, blank=True)

    objects = MemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("member")
        indexes = [
            models.Index(fields=["name_initials"], name="member_by_initials"),
            models.Index(fields=["name"], name="member_by_name"),
        ]

    def __str__(self) -> str:
        return self.name


class ParticularsQuerySet(OrganisationScoped):
    def visible_to(self, user: Any) -> Self:
        """One's own; those of a branch one leads or keeps the records of; those below, for a superior who accepts or
        keeps registers: a liaison visits, and needs nobody's telephone."""
        relations = Relation.objects.on(user.reach.day).filter(member=OuterRef("member_id"))
        relations = relations.filter(relations.of_office(user) | relations.of_oversight(user, Right.ACCEPT))
        return self.filter(self.of_own(user, "member") | Exists(relations))


class Particulars(models.Model):
    """What colleagues do not see of a member; its own table, so that its own scope guards it.

    Dates that the office knows only by year or month stay as they were told: 1985, 1998-06 or 2003-07-01.
    """

    member = models.OneToOneField(Member, models.CASCADE, primary_key=True, related_name="particulars")
    gender = models.CharField(_("Gender"), max_length=10, choices=Gender, blank=True)
    ethnicity = models.CharField(_("Ethnic group"), max_length=20, blank=True)
    born = models.CharField(_("Born"), max_length=10, blank=True)
    joined = models.CharField(_("Joined the party"), max_length=10, blank=True)
    confirmed = models.CharField(_("Became a full member"), max_length=10, blank=True)
    education = models.CharField(_("Education"), max_length=20, choices=Education, blank=True)
    employment = models.CharField(_("Employment"), max_length=20, choices=Employment, blank=True)
    work_title = models.CharField(_("Work unit and title"), max_length=80, blank=True)
    phone = models.CharField(_("Telephone"), max_length=30, blank=True)
    staff_number = models.CharField(_("Staff number"), max_length=20, blank=True, validators=[is_staff_number])
    # An identity number is never kept: a keyed hash finds it again (branches/roster/identity.py), four signs show it.
    identity_digest = models.CharField(max_length=64, blank=True, editable=False)
    identity_last4 = models.CharField(_("Identity number, last four"), max_length=4, blank=True, editable=False)

    objects = ParticularsQuerySet.as_manager()

    class Meta:
        verbose_name = _("particulars")
        constraints = [
            one_of("particulars", "gender", Gender, empty=True),
            one_of("particulars", "education", Education, empty=True),
            one_of("particulars", "employment", Employment, empty=True),
            models.UniqueConstraint(
                fields=["identity_digest"], condition=~Q(identity_digest=""), name="particulars_identity_once"
            ),
            models.UniqueConstraint(
                Lower("staff_number"),
                condition=~Q(staff_number=""),
                name="particulars_staff_number_once",
                violation_error_message=_("This staff number belongs to somebody else already."),
            ),
        ]


class RelationQuerySet(OnDay, OrganisationScoped):
    def visible_to(self, user: Any) -> Self:
        """The relations of today in organisations one belongs to, serves or oversees."""
        inside = self.of_home(user) | self.of_office(user) | self.of_oversight(user)
        return self.filter(holds(user.reach.day)).filter(inside)

    def homes(self) -> Self:
        """The formal relations: where members are counted."""
        return self.filter(kind=RelationKind.FORMAL)

    def with_state(self, on: date) -> Self:
        """The register of that day, each row with what can be changed: `has_post`, `is_limited`, `is_away`, `is_guest`
        (takes part elsewhere), `is_leaving` (a transfer is offered)."""
        guest = Relation.objects.filter(kind=RelationKind.TAKING_PART)
        offered = Member.objects.filter(pk=OuterRef("member_id"), transfers__state="offered")
        return self.register(on=on).annotate(
            has_post=has(Post.objects.all(), on, member_id="member_id", organisation_id="organisation_id"),
            is_limited=has(RightsLimit.objects.all(), on, member_id="member_id"),
            is_away=has(Flow.objects.all(), on, member_id="member_id"),
            is_guest=has(guest, on, member_id="member_id"),
            is_leaving=Exists(offered),
        )

    def register(self, *, on: date) -> Self:
        """The register of that day: one row per formal relation, in set order.

        Each row carries `category`, `is_exempt` (免过组织生活), `may_vote`, `post` (the first by order, or "") and
        `post_order`. Right for every past day: each of these is a dated fact.
        """
        standing = self.rows_of(Standing).filter(holds(on), member=OuterRef("member_id"))
        posts = self.rows_of(Post).filter(
            holds(on), member=OuterRef("member_id"), organisation=OuterRef("organisation_id")
        )
        posts = posts.annotate(rank=POST_ORDER).order_by("rank")
        limited = has(self.rows_of(RightsLimit), on, member_id="member_id")
        rows = (
            self.on(on)
            .filter(kind=RelationKind.FORMAL)
            .annotate(
                category=Subquery(standing.order_by("-since").values("category")[:1]),
                is_exempt=has(self.rows_of(Exemption), on, member_id="member_id"),
                post=Subquery(posts.values("kind")[:1]),
                post_order=Subquery(posts.values("rank")[:1]),
            )
        )
        rows = rows.annotate(may_vote=Case(When(limited, then=False), default=Q(category=Category.FORMAL)))
        return rows.select_related("member", "group").order_by(
            "organisation__path", F("post_order").asc(nulls_last=True), "position", "pk"
        )


class Relation(Dated):
    """A member belongs to an organisation; one formal relation at a time.

    Two formal relations of a member never share a day: a trigger refuses it (migration relations_never_overlap).
    """

    member = models.ForeignKey(Member, models.PROTECT, related_name="relations")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="relations")
    group = models.ForeignKey(Group, models.PROTECT, null=True, blank=True, related_name="relations")
    kind = models.CharField(max_length=20, choices=RelationKind, default=RelationKind.FORMAL)
    unit = models.CharField(_("Unit"), max_length=60, blank=True)
    position = models.PositiveIntegerField(_("Order"), default=0)
    reason = models.CharField(_("Came from"), max_length=80, blank=True)
    ending = models.CharField(_("Why it ended"), max_length=20, choices=Ending, blank=True)
    destination = models.CharField(_("Went to"), max_length=120, blank=True)

    objects = RelationQuerySet.as_manager()

    class Meta:
        verbose_name = _("relation")
        indexes = [models.Index(fields=["organisation", "since"], name="relation_by_organisation")]
        constraints = [
            one_of("relation", "kind", RelationKind),
            one_of("relation", "ending", Ending, empty=True),
            models.CheckConstraint(
                condition=Q(ending="") | Q(until__isnull=False), name="relation_ending_only_of_ended"
            ),
            in_order("relation"),
            models.UniqueConstraint(
                fields=["member"], condition=Q(until=None, kind="formal"), name="relation_one_formal_at_a_time"
            ),
        ]


class Standing(Dated):
    """预备 or 正式, from a day on."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="standings")
    category = models.CharField(_("Category"), max_length=20, choices=Category)

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("standing", "category", Category),
            in_order("standing"),
            models.UniqueConstraint(fields=["member"], condition=Q(until=None), name="standing_one_at_a_time"),
        ]


class RightsLimit(Dated):
    """A period without the right to vote (留党察看, 中止党员权利)."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="rights_limits")
    reason = models.CharField(_("Reason"), max_length=80)

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [in_order("rightslimit")]


class Exemption(Dated):
    """A period in which a member need not come: 免过组织生活 or long leave, and who approved it."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="exemptions")
    reason = models.CharField(_("Reason"), max_length=80)
    approved_by = models.CharField(_("Approved by"), max_length=80)

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [in_order("exemption")]


class Flow(Dated):
    """A period in which a member lives and works elsewhere (流动党员). He stays counted at home; `host` is the branch
    of this system where he takes part, if there is one."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="flows")
    place = models.CharField(_("Where to"), max_length=120)
    contact = models.CharField(_("Contact person"), max_length=80)
    host = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="flows_in")

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            in_order("flow"),
            models.UniqueConstraint(fields=["member"], condition=Q(until=None), name="flow_one_at_a_time"),
        ]


class PostQuerySet(DatedQuerySet):
    def of_committee(self) -> Self:
        """Those that make a member of the 支委会."""
        return self.filter(kind__in=sorted(COMMITTEE_POSTS))


class Post(Dated):
    """A post held in a branch."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="posts")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="posts")
    group = models.ForeignKey(Group, models.PROTECT, null=True, blank=True, related_name="posts")
    kind = models.CharField(_("Post"), max_length=20, choices=PostKind)
    title = models.CharField(_("Title"), max_length=40, blank=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        constraints = [one_of("post", "kind", PostKind), in_order("post")]
        indexes = [models.Index(fields=["organisation", "member"], name="post_by_organisation")]


POST_ORDER = Case(
    *(When(kind=kind, then=Value(order)) for order, kind in enumerate(PostKind)), output_field=IntegerField()
)
