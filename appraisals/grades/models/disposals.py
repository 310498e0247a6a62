"""组织处置档案: a file that exists only where somebody makes it by hand; no result opens one (users.md F27)."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from appraisals.grades.disposal_states import DISPOSAL_MOVES, DisposalState
from appraisals.grades.models.grades import Grade
from branches.models import Organisation
from branches.rights import Right
from branches.scope import NOTHING, OrganisationScoped
from workflow.constraints import one_of
from workflow.moving import Moving


class Way(models.TextChoices):
    """The three ways of the rules of 2024; undecided as long as nobody has decided."""

    UNDECIDED = "undecided", _("Not decided")
    LIMITED = "limited", _("To correct within a time limit")
    PERSUADED = "persuaded", _("Persuaded to withdraw")
    STRUCK_OFF = "struck_off", _("Struck off")


class DisposalScoped(OrganisationScoped):
    """Secretary of the branch, and whoever leads at just the committee that was informed; never the person."""

    file = ""

    def visible_to(self, user: Any) -> Self:
        """As above: nobody further up, no supervisor, no other of the branch."""
        keys = {held.organisation_id for held in user.reach.giving(Right.LEAD_ABOVE)}
        committee = Q(**{f"{self.file}committee__in": sorted(keys)}) if keys else NOTHING
        rows = self.filter(committee | self.of_office(user, Right.LEAD))
        own = self.of_own(user, f"{self.file}grade__entry__member")
        return rows if own == NOTHING else rows.exclude(own)


class DisposalFileQuerySet(DisposalScoped):
    path_lookup = "grade__entry__organisation__path"


class DisposalFile(Moving):
    """What is kept of one member's disposal: who was informed, which way, until when. Its papers are not made here."""

    State, MOVES, NOUN = DisposalState, DISPOSAL_MOVES, "disposal"

    grade = models.ForeignKey(Grade, models.PROTECT, related_name="disposals", editable=False)
    committee = models.ForeignKey(Organisation, models.PROTECT, related_name="+", editable=False)
    informed = models.CharField(_("Who at the basic-level committee was informed"), max_length=80)
    informed_on = models.DateField(_("Informed on"))
    way = models.CharField(_("Way of disposal"), max_length=12, choices=Way, default=Way.UNDECIDED)
    due_on = models.DateField(_("Time limit"), null=True, blank=True)

    objects = DisposalFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("disposal file")
        constraints = [
            one_of("disposalfile", "way", Way),
            models.CheckConstraint(condition=~Q(informed=""), name="disposalfile_somebody_informed"),
            models.UniqueConstraint(fields=["grade"], condition=~Q(state="void"), name="disposalfile_one_that_stands"),
        ]

    def __str__(self) -> str:
        return str(_("Disposal file %s") % (self.pk or ""))  # history and audit keep these words: no name

    @property
    def organisation(self) -> Organisation:
        return self.grade.organisation

    @property
    def organisation_id(self) -> int:
        return self.grade.organisation_id

    @property
    def owner_id(self) -> int:
        return self.grade.owner_id

    def is_kept_by(self, reach: Any) -> bool:
        """True if this person makes and keeps it: Right.KEEP_FILE."""
        at_committee = any(held.organisation_id == self.committee_id for held in reach.giving(Right.LEAD_ABOVE))
        return reach.member_key != self.owner_id and (at_committee or reach.holds(Right.LEAD, self))


class DisposalNoteQuerySet(DisposalScoped):
    path_lookup = "file__grade__entry__organisation__path"
    file = "file__"


class DisposalNote(models.Model):
    """One fact noted in a file, with its day; never changed."""

    file = models.ForeignKey(DisposalFile, models.CASCADE, related_name="disposal_notes")
    noted_on = models.DateField(_("Day"))
    text = models.TextField(_("What was done or found"), max_length=2000)

    objects = DisposalNoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("note in a disposal file")
        ordering = ["noted_on", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="disposalnote_says_something")]

    def __str__(self) -> str:
        return str(self.noted_on)
