"""One secretary follows another: post and office change hands on one day. What is open follows the office (F7)."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from branches import telling
from branches.actions.endings import end_grants
from branches.actions.members import TERM
from branches.actions.organisations import ARRANGERS
from branches.grants.waiting import waiting_for_office
from branches.models import Grant, Member, Organisation, Post, Relation, User
from branches.models.dated import DAY, still
from branches.models.members import COMMITTEE_POSTS, PostKind
from branches.models.rules import last_day_of, refuse_far, superior_of
from branches.rights import Office
from branches.rules import gate
from workflow.actions import audit, record
from workflow.actors import Actor, require_any


@transaction.atomic
def change_secretary(
    organisation: Organisation, *, actor: Actor, member: Member, since: date, keeps_posts: bool = False
) -> Grant | None:
    """Make a member secretary of his branch from a day on: the day before is the last one of whoever was.

    Another post of his in the committee ends that day too, unless he keeps it. Returns the new secretary's office, None
    where he has no account yet: `give_office` gives it once he has. Raises PermissionDenied, ValidationError.
    """
    require_any(actor, ARRANGERS, superior_of(organisation))
    refuse_far(since=since)
    here = Relation.objects.homes().on(since).filter(organisation=organisation, member=member)
    relation = here.select_for_update().first()
    if relation is None:
        raise ValidationError({"member": _("On that day this person does not belong to the branch.")})
    posts = Post.objects.filter(still(since - DAY), organisation=organisation, kind=PostKind.SECRETARY)
    for post in posts.select_related("member"):
        if post.member_id == member.pk:
            return _open_office(organisation, post, since, actor)
        if post.since >= since:
            told = {"who": post.member.name, "day": post.since}
            raise ValidationError({"since": _("%(who)s is secretary since %(day)s only. Please choose a later day.")
                                   % told})  # fmt: skip
    old = _(", ").join(posts.values_list("member__name", flat=True))
    until = last_day_of(relation)
    with gate.passed(organisation, on=since, standing=TERM):
        posts.update(until=since - DAY)
        if not keeps_posts:
            _end_other_posts(organisation, member, since, actor)
        Post.objects.create(member=member, organisation=organisation, kind=PostKind.SECRETARY, since=since, until=until)
    offices = Grant.objects.filter(organisation=organisation, office=Office.SECRETARY)
    end_grants(offices, actor=actor, last_day=since - DAY)
    before = old or _("nobody")
    note = f"{before} → {member.name} · {since}"
    record(organisation, "change_secretary", actor=actor, note=note)
    record(member, "name_to_post", actor=actor, organisation=organisation, note=str(PostKind.SECRETARY.label))
    account = User.objects.filter(member=member, is_active=True).first()
    return _give(account, organisation, since, until, actor) if account else None


@transaction.atomic
def give_office(organisation: Organisation, *, actor: Actor) -> Grant:
    """Give the secretary of the register his office, now that he has an account. Raises PermissionDenied,
    ValidationError."""
    require_any(actor, ARRANGERS, superior_of(organisation))
    post = waiting_for_office(organisation)
    if post is None:
        raise ValidationError(_("No secretary here waits for the office any more."))
    return _open_office(organisation, post, timezone.localdate(), actor)


def _end_other_posts(organisation: Organisation, member: Member, since: date, actor: Actor) -> None:
    rows = Post.objects.filter(still(since - DAY), organisation=organisation, member=member)
    others = rows.filter(kind__in=COMMITTEE_POSTS - {PostKind.SECRETARY}, since__lt=since)
    names = [str(post.get_kind_display()) for post in others]
    if names:
        others.update(until=since - DAY)
        record(member, "dismiss", actor=actor, organisation=organisation, note=_(", ").join(names))


def _open_office(organisation: Organisation, post: Post, since: date, actor: Actor) -> Grant:
    """The office for whoever was named before he had an account. Raises ValidationError where there is none to give."""
    account = User.objects.filter(member=post.member_id, is_active=True).first()
    held = Grant.objects.filter(user=account, organisation=organisation, office=Office.SECRETARY, revoked_at=None)
    if account is None:
        raise ValidationError({"member": _("This person is the secretary and has no account yet. Please print an "
                                           "activation slip first (Accounts of members).")})  # fmt: skip
    if held.filter(still(since - DAY), delegated_by=None).exists():
        raise ValidationError({"member": _("This person is the secretary already.")})
    given = _give(account, organisation, max(since, post.since), post.until, actor)
    record(organisation, "give_office", actor=actor, note=f"{post.member.name} · {given.since}")
    return given


def _give(account: User, organisation: Organisation, since: date, until: date | None, actor: Actor) -> Grant:
    given = Grant(user=account, organisation=organisation, office=Office.SECRETARY, since=since, until=until)
    given.full_clean()
    given.save(force_insert=True)
    record(given, "grant", actor=actor, note=str(since))
    audit("grant_given", actor=actor, subject=given, note=str(since))
    telling.changed(Grant, [given.pk])
    return given
