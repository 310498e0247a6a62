"""What must hold of opinions and digests."""

from typing import Any

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from appraisals.models import (
    ChannelCount,
    Digest,
    DigestText,
    Opinion,
    OpinionAnswer,
    OpinionText,
    OpinionTicket,
    SealedOpinion,
)  # fmt: skip
from appraisals.opinions.channels import Channel, ReadBy, Target
from appraisals.opinions.states import TOLD, DigestState, OpinionState
from branches.models import Organisation
from workflow.checking import check

ALIKE = ("round", "organisation", "target", "concerns", "read_by")
SEALED = Q(state=OpinionState.SEALED)


@check("opinions.sealed_says_nothing", _("An opinion handed over says nothing in the register"))
def sealed_says_nothing() -> QuerySet[Any]:
    told = ~Q(target="") | ~Q(channel="") | Q(concerns__isnull=False) | Q(digest__isnull=False)
    worded = Exists(OpinionText.objects.filter(opinion=OuterRef("pk")))
    return Opinion.objects.filter(SEALED).filter(told | worded)


@check("opinions.sealed_has_receiver", _("What is handed over has a receiver, and nothing else has"))
def sealed_has_receiver() -> QuerySet[Any]:
    kept = Exists(SealedOpinion.objects.filter(opinion=OuterRef("pk")))
    return Opinion.objects.filter(SEALED & ~kept | ~SEALED & kept)


@check("opinions.sorted_in_digest", _("An opinion is sorted exactly while a digest that stands gathers it"))
def sorted_in_digest() -> QuerySet[Any]:
    stands = Q(digest__isnull=False) & ~Q(digest__state=DigestState.VOID)
    sorted_ = Q(state=OpinionState.SORTED)
    return Opinion.objects.filter(sorted_ & ~stands | ~sorted_ & Q(digest__isnull=False))


@check("opinions.digest_of_like", _("A digest gathers opinions of one round and organisation about one target"))
def digest_of_like() -> QuerySet[Any]:
    alike = {name: F(f"digest__{name}") for name in ALIKE if name != "concerns"}
    person = Q(concerns=F("digest__concerns")) | Q(concerns=None, digest__concerns=None)
    rows = Opinion.objects.filter(digest__isnull=False)
    return rows.exclude(pk__in=rows.filter(person, **alike).values("pk"))


@check("opinions.read_above", _("The superior reads what is about a committee or a leader not named"))
def read_above() -> QuerySet[Any]:
    above = Q(target=Target.COMMITTEE) | Q(target=Target.LEADER, concerns=None)
    return Opinion.objects.filter(above).exclude(read_by=ReadBy.ABOVE)


@check("opinions.target_known", _("An opinion says whom it is about unless it was handed over"))
def target_known() -> QuerySet[Any]:
    return Opinion.objects.filter(~SEALED, Q(target="") | Q(channel=""))


@check("opinions.below_round", _("Opinions are asked for at or below the organisation of their round"))
def below_round() -> QuerySet[Any]:
    within = Organisation.objects.filter(pk=OuterRef("round__organisation_id"))
    inside = within.annotate(below=ExpressionWrapper(OuterRef("organisation__path"), CharField())).filter(
        below__startswith=F("path")
    )
    return Opinion.objects.filter(~Exists(inside))


@check("opinions.fed_back_has_words", _("What was fed back has words and a day, and no day before that"))
def fed_back_has_words() -> QuerySet[Any]:
    worded = Exists(DigestText.objects.filter(digest=OuterRef("pk")))
    told = Q(state__in=TOLD)
    known = Q(state=DigestState.ACKNOWLEDGED)
    days = told & Q(fed_back_on=None) | ~told & Q(fed_back_on__isnull=False)
    days |= known & Q(acknowledged_on=None) | ~known & Q(acknowledged_on__isnull=False)
    return Digest.objects.filter(told & ~worded | days)


@check("opinions.channel_numbers", _("Channels without numbers have none"))
def channel_numbers() -> QuerySet[Any]:
    returns = Q(channel__in=["form", "survey"])
    return ChannelCount.objects.filter(Q(channel="page") | ~returns & Q(returned__gt=0))


@check("opinions.ticket_of_page", _("Only what came through the public page has a ticket code"))
def ticket_of_page() -> QuerySet[Any]:
    had = Exists(OpinionTicket.objects.filter(opinion=OuterRef("pk")))
    return Opinion.objects.filter(had, ~SEALED).exclude(channel=Channel.PAGE)


@check("opinions.answer_of_told", _("What is answered was fed back, at the organisation of its digest"))
def answer_of_told() -> QuerySet[Any]:
    right = Q(digest__state__in=TOLD, organisation=F("digest__organisation"))
    return OpinionAnswer.objects.exclude(right)
