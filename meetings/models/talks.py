"""Talks 谈心谈话: that one took place, between whom, and apart from that what was said."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from branches.models import Member, Organisation, User
from branches.rights import Right
from branches.scope import NOTHING, OrganisationScoped
from meetings.talks.states import MOVES, State
from workflow.constraints import one_of
from workflow.moving import Moving

LONGEST_TRIGGER = 60


class TalkKind(models.TextChoices):
    """Between whom; the first three are the classes of the regulation (article 19), each at least once a year."""

    COMMITTEE = "committee", _("Committee members among themselves")
    COMMITTEE_AND_MEMBER = "committee_and_member", _("Committee member and member")
    MEMBERS = "members", _("Members among themselves")
    LEADER_AND_SECRETARY = "leader_and_secretary", _("Leader and secretary")
    SECRETARY_AND_SERVED = "secretary_and_served", _("Secretary and people served")
    PUBLIC = "public", _("Households and the public")


class TalkQuerySet(OrganisationScoped):
    def visible_to(self, user: Any) -> Self:
        """One's own talks, while they stand; all of a branch one serves or of whose committee one is; all below an
        overseen organisation. Other members of the branch see none."""
        reach = user.reach
        own = self.rows_of(TalkParty).filter(member=reach.member_key).values("talk")
        took_part = Q(pk__in=own, state=State.HELD) if reach.member_key else NOTHING
        office = self.of_office(user)
        return self.reached(self.of_oversight(user), took_part, office, self.of_office(user, Right.WRITE_FOR_COMMITTEE))

    def exportable_by(self, user: Any) -> Self:
        """Talks that stand, of the branches one leads and of those one oversees."""
        return self.filter(self.of_office(user, Right.EXPORT) | self.of_oversight(user, Right.EXPORT), state=State.HELD)


class Talk(Moving):
    """One talk, 一次. `persons` counts whoever was talked with, 人次: a group counts as many as it has."""

    State, MOVES = State, MOVES

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="talks", verbose_name=_("Branch"))
    held_on = models.DateField(_("Day of the talk"))
    place = models.CharField(_("Place"), max_length=120, blank=True)
    kind = models.CharField(_("Class of talk"), max_length=30, choices=TalkKind)
    trigger = models.CharField(_("Occasion"), max_length=LONGEST_TRIGGER, blank=True)
    # As the ledger prints them; TalkParty holds the same people one by one.
    talkers = models.CharField(_("Talker"), max_length=200)
    partners = models.CharField(_("Talked with"), max_length=600)
    persons = models.PositiveIntegerField(_("Persons"), editable=False)
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="recorded_talks", editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = TalkQuerySet.as_manager()

    class Meta:
        verbose_name = _("talk")
        indexes = [
            models.Index(fields=["organisation", "-held_on"], name="talk_by_organisation"),
            models.Index(fields=["-held_on", "-id"], name="talk_by_day"),
        ]
        constraints = [
            one_of("talk", "kind", TalkKind),
            models.CheckConstraint(condition=Q(persons__gte=1), name="talk_with_somebody"),
        ]

    def __str__(self) -> str:
        return f"{self.held_on} {self.get_kind_display()}"  # no name: history and jobs keep these words


class TalkParty(models.Model):
    """One side of a talk: a member of the register, a person outside it by name and title, or a group of `count`."""

    talk = models.ForeignKey(Talk, models.CASCADE, related_name="parties")
    position = models.PositiveSmallIntegerField()
    leads = models.BooleanField(default=False)  # 谈话人; the others were talked with
    member = models.ForeignKey(Member, models.PROTECT, null=True, related_name="talk_parties")
    name = models.CharField(_("Name"), max_length=40)
    title = models.CharField(_("Title"), max_length=80, blank=True)
    count = models.PositiveSmallIntegerField(_("Persons"), default=1)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["talk", "position"], name="talkparty_position_once"),
            models.UniqueConstraint(fields=["talk", "member"], name="talkparty_member_once"),
            models.CheckConstraint(condition=Q(count__gte=1), name="talkparty_somebody"),
            models.CheckConstraint(condition=Q(member=None) | Q(count=1, title=""), name="talkparty_member_is_one"),
        ]
        indexes = [models.Index(fields=["member", "talk"], name="talkparty_by_member")]

    def __str__(self) -> str:
        return label(self.name, self.title, self.count)


def label(name: str, title: str, count: int) -> str:
    """A party as the form takes it and the ledger prints it: 张三, 李四（村民代表）, 全体预备党员（12人）."""
    more = f"{count}人" if count > 1 else title
    return f"{name}（{more}）" if more else name


class TalkContentQuerySet(OrganisationScoped):
    path_lookup = "talk__organisation__path"

    def visible_to(self, user: Any) -> Self:
        """Who wrote it, and the secretary of the branch; no other party, no clerk, no superior."""
        return self.filter(Q(written_by=user.pk) | self.of_office(user, Right.LEAD))


class TalkContent(models.Model):
    """What was said, only where a superior wants that written down; destroyed after its days."""

    talk = models.OneToOneField(Talk, models.CASCADE, primary_key=True, related_name="content")
    text = models.TextField(_("Content of the talk"))
    written_by = models.ForeignKey(User, models.PROTECT, related_name="talk_contents")

    objects = TalkContentQuerySet.as_manager()


class TriggerListQuerySet(OrganisationScoped):
    def visible_to(self, user: Any) -> Self:
        """What was laid down for one's own organisations, and in those one oversees."""
        return self.filter(self.of_superior(user) | self.of_oversight(user))


class TriggerList(models.Model):
    """On which occasions a talk is due (四必谈, 五必谈, 六必谈), as a superior words it for all below, one a line."""

    organisation = models.OneToOneField(Organisation, models.PROTECT, primary_key=True, related_name="trigger_list")
    wording = models.TextField(_("Occasions"))

    objects = TriggerListQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.organisation)
