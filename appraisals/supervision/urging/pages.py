"""Whom an urging would reach, by which way, and who was urged lately."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django import forms
from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from appraisals.models import Progress, Urging
from appraisals.rounds.states import AT_WORK
from appraisals.states import RoundState
from appraisals.supervision.models.urgings import LONGEST
from appraisals.supervision.urging.actions import Urged
from branches.models import Member, Particulars, Post, User
from branches.models.members import PostKind
from reminders.models import Mailbox
from shell.forms import ShellForm

LATELY = timedelta(3)  # whoever was urged since is left out unless chosen again


class Way(TextChoices):
    SEND = "send", gettext_lazy("Send a notice")
    PHONED = "phoned", gettext_lazy("Told by telephone already")
    LEAVE = "leave", gettext_lazy("Leave out")


@dataclass(frozen=True, slots=True)
class Line:
    """One branch: the secretary the register names, how a notice reaches him, his telephone where none does."""

    step: Progress
    member: Member | None
    channel: str
    is_reached: bool  # by a notice: he has an account
    phone: str
    last: Urging | None

    @property
    def name(self) -> str:
        return f"way_{self.step.pk}"

    @property
    def begins(self) -> str:
        return Way.SEND if self.member and self.last is None else Way.LEAVE


def lines_of(keys: Sequence[int], user: User) -> list[Line]:
    """A line for each of these stages that this person oversees and that a branch is at work in; constant queries."""
    rows = Progress.objects.visible_to(user).filter(pk__in=keys, state__in=AT_WORK, round__state=RoundState.OPEN)
    rows = rows.filter(rows.of_oversight(user)).select_related("organisation", "stage", "round")
    stages = list(rows.order_by("organisation__path", "stage__position"))
    posts = Post.objects.on(user.reach.day).filter(
        kind=PostKind.SECRETARY, organisation__in=[row.organisation_id for row in stages]
    )
    secretaries = {post.organisation_id: post.member for post in posts.select_related("member").order_by("-pk")}
    people = [member.pk for member in secretaries.values()]
    mailed = set(Mailbox.objects.reached().filter(user__member__in=people).values_list("user__member", flat=True))
    known = set(User.objects.filter(member__in=people, is_active=True).values_list("member", flat=True))
    phones = dict(Particulars.objects.visible_to(user).filter(member__in=people).values_list("member", "phone"))
    lately = Urging.objects.visible_to(user).since(user.reach.day - LATELY).filter(step__in=[r.pk for r in stages])
    last = {row.step_id: row for row in lately.select_related("sender").order_by("urged_on", "pk")}
    found = []
    for row in stages:
        member = secretaries.get(row.organisation_id)
        key = member.pk if member else 0
        channel = _channel(member, key in mailed, key in known)
        phone = "" if key in mailed else phones.get(key, "")
        found.append(Line(row, member, channel, key in known, phone, last.get(row.pk)))
    return found


def _channel(member: Member | None, is_mailed: bool, is_known: bool) -> str:
    if member is None:
        return _("No secretary in the register")
    if is_mailed:
        return _("Notice and mail")
    return _("Notice on the first page") if is_known else _("No account: by telephone")


def words_for(lines: Sequence[Line]) -> str:
    """What is proposed to be told, in polite words; of one stage it is named."""
    names = {(line.step.round.name, line.step.stage.name) for line in lines}
    if len(names) != 1:
        return _("Please finish the work of the present stage by its day, and call us if something stands in the way.")
    (round_name, stage), *_others = names
    told = {"round": round_name[:40], "stage": stage[:30]}
    return _("Please finish “%(stage)s” of “%(round)s” by its day, and call us if something stands in the way.") % told


class UrgeForm(ShellForm):
    """The words, and for each line whether to send them."""

    text = forms.CharField(
        label=gettext_lazy("What they are told"), max_length=LONGEST, widget=forms.Textarea({"rows": 2})
    )

    def __init__(self, data: Any, *, lines: Sequence[Line]) -> None:
        super().__init__(data, initial={"text": words_for(lines)})
        self.lines = lines
        self.ways = {line.name: _way(data, line) for line in lines}

    @property
    def rows(self) -> list[tuple[Line, list[tuple[str, Any, bool]]]]:
        """Each line with its ways: value, words, whether it is chosen."""
        return [(line, [(w.value, w.label, w == self.ways[line.name]) for w in Way]) for line in self.lines]

    @property
    def to_call(self) -> int:
        """How many of those chosen no notice reaches, and nobody has called yet."""
        return sum(self.ways[line.name] == Way.SEND and not line.is_reached for line in self.lines if line.member)

    @property
    def chosen(self) -> list[Urged]:
        """Whom to urge, as the action takes it."""
        return [
            Urged(line.step, line.member.pk, self.ways[line.name] == Way.PHONED)
            for line in self.lines
            if line.member and self.ways[line.name] != Way.LEAVE
        ]


def _way(data: Any, line: Line) -> str:
    told = data.get(line.name, Way.LEAVE) if data else line.begins
    return told if told in Way.values else Way.LEAVE
