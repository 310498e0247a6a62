"""Secretaries of the register who may not yet act as such in the system: their superior gives the office."""

from django.db.models import Exists, OuterRef
from django.utils import timezone

from branches.models import Grant, Organisation, Post, User
from branches.models.dated import DAY, holds, still
from branches.models.members import PostKind
from branches.rights import Office
from shell.asked import asked


def places_waited_for(user: User) -> list[Organisation]:
    """The branches of which this person is such a secretary."""
    today = user.reach.day
    named = (
        asked(Organisation)
        .visible_to(user)
        .filter(holds(today, "posts__"), posts__kind=PostKind.SECRETARY, posts__member=user.reach.member_key or 0)
    )
    office = asked(Grant).filter(still(today - DAY), user=user.pk, office=Office.SECRETARY, delegated_by=None)
    return list(named.filter(~Exists(office.filter(organisation=OuterRef("pk"), revoked_at=None))).distinct())


def waiting_for_office(organisation: Organisation) -> Post | None:
    """The post of today's secretary if he has an account and not the office; None where nobody waits."""
    today = timezone.localdate()
    posts = Post.objects.filter(holds(today), organisation=organisation, kind=PostKind.SECRETARY)
    held = Grant.objects.filter(still(today - DAY), organisation=organisation, office=Office.SECRETARY)
    held = held.filter(user__member=OuterRef("member"), revoked_at=None, delegated_by=None)
    waiting = posts.filter(~Exists(held), member__user__is_active=True)
    return waiting.select_related("member").order_by("pk").first()
