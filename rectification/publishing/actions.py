"""Wording what an audience is to read; proposing, reviewing, approving, making public, taking down."""

from collections.abc import Mapping, Sequence
from secrets import token_urlsafe
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from branches.models import Organisation, User
from branches.models.organisations import Kind
from branches.tree import above
from rectification.models import Problem, Publication, PublicationLine
from rectification.problems.rules import WRITERS
from rectification.publishing.posts import posts_for
from rectification.publishing.rules import check_problems, refuse_names, refuse_without_board
from workflow.actions import record
from workflow.actors import require_any
from workflow.moves import Move, MoveNotAllowed, make_move

FACTS = ("title", "intro", "audience", "until")
LINE = ("text", "measures", "post", "due_on", "so_far")
MOST = 50  # lines of one
NOBODY: dict[str, Any] = {"reviewed_by": None, "reviewed_on": None, "reviewed_words": "", "approved_by": None}


@transaction.atomic
def draft(
    branch: Organisation, problems: Sequence[Problem], *, actor: User, client_key: UUID, **facts: Any
) -> Publication:
    """Begin to word these problems for an audience, a line each as the ledger has it; a form sent again under its key
    makes nothing new. Raises PermissionDenied, ValidationError."""
    publication = Publication(organisation=branch, client_key=client_key, token=token_urlsafe(12), **facts)
    require_any(actor, WRITERS, publication)
    if branch.kind != Kind.BRANCH:
        raise ValidationError(_("What is made public here is of a branch."))
    refuse_without_board(branch)
    if known := Publication.objects.filter(client_key=client_key).first():
        return known
    if not 0 < len(problems) <= MOST:
        raise ValidationError(_("Please choose problems of this branch, at most %(most)d.") % {"most": MOST})
    check_problems(branch, problems)
    publication.unit = _unit(branch)
    _check(publication)
    publication.save()
    PublicationLine.objects.bulk_create(_lines(publication, problems))
    record(publication, "create", actor=actor, target=publication.state, entered_for=_entered_for(publication, actor))
    return publication


@transaction.atomic
def reword(
    publication: Publication, facts: Mapping[str, Any], lines: Mapping[int, Mapping[str, Any]], *, actor: User
) -> None:
    """Change head and lines, these by their key, while it is not proposed. Raises PermissionDenied, MoveNotAllowed,
    ValidationError."""
    require_any(actor, WRITERS, publication)
    rows = Publication.objects.select_for_update().filter(pk=publication.pk)
    if not rows.get().may_change:
        told = publication.get_state_display()
        raise MoveNotAllowed(_("This publication is not changed any more: it is “%s”.") % told)
    for name in FACTS:
        setattr(publication, name, facts[name])
    _check(publication)
    publication.save(update_fields=FACTS)
    found = list(PublicationLine.objects.filter(publication=publication, pk__in=lines))
    for line in found:
        for name in LINE:
            setattr(line, name, lines[line.pk][name])
        line.full_clean(validate_unique=False, validate_constraints=False)
    refuse_names(publication.organisation, [text for line in found for text in _words(line)])
    PublicationLine.objects.bulk_update(found, LINE)
    record(publication, "change", actor=actor, entered_for=_entered_for(publication, actor))


@transaction.atomic
def move(publication: Publication, name: str, *, actor: User, note: str = "") -> Move:
    """Make one move; whoever proposes, reviews and approves are three. Raises PermissionDenied, MoveNotAllowed,
    NoteRequired, ValidationError."""
    made = make_move(publication, name, actor=actor, note=note, **_marks(name, actor, note))
    if name == "propose":
        check_problems(publication.organisation, _problems(publication))
        lines = PublicationLine.objects.filter(publication=publication)
        refuse_names(publication.organisation, [text for line in lines for text in _words(line)])
    if name in ("propose", "publish"):
        refuse_without_board(publication.organisation)
        _check(publication)
    return made


def _marks(name: str, actor: User, note: str) -> dict[str, Any]:
    """Who takes the step, and when, as the row keeps it."""
    today = timezone.localdate()
    marks: dict[str, dict[str, Any]] = {
        "propose": {**NOBODY, "proposed_by": actor, "proposed_on": today},
        "take_back": NOBODY,
        "review": {"reviewed_by": actor, "reviewed_on": today, "reviewed_words": note.strip()},
        "send_back": NOBODY,
        "approve": {"approved_by": actor, "approved_on": today},
        "publish": {"published_on": today},
    }
    return marks.get(name, {})


def _check(publication: Publication) -> None:
    publication.full_clean(validate_unique=False, validate_constraints=False)
    if publication.until < timezone.localdate():
        raise ValidationError({"until": _("The last day lies in the past: please check it.")})
    refuse_names(publication.organisation, [publication.title, publication.intro])


def _unit(branch: Organisation) -> Organisation:
    """The organisation above; a branch at the top is its own."""
    paths = above(branch.path)
    return Organisation.objects.get(path=paths[-2]) if len(paths) > 1 else branch


def _problems(publication: Publication) -> list[Problem]:
    lines = PublicationLine.objects.filter(publication=publication)
    rows = Problem.objects.filter(pk__in=lines.values("problem"))
    return list(rows.select_related("organisation").prefetch_related("measures"))


def _lines(publication: Publication, problems: Sequence[Problem]) -> list[PublicationLine]:
    posts = posts_for(publication.organisation, problems)
    return [
        PublicationLine(
            publication=publication, problem=problem, position=place, text=problem.text, due_on=problem.due_on,
            measures="\n".join(measure.text for measure in problem.measures.all()), post=post, so_far=problem.so_far,
        )
        for place, (problem, post) in enumerate(zip(problems, posts, strict=True), 1)
    ]  # fmt: skip


def _words(line: PublicationLine) -> tuple[str, ...]:
    return line.text, line.measures, line.post, line.so_far


def _entered_for(publication: Publication, actor: Any) -> str:
    return "" if actor.may(WRITERS[0], publication) else str(publication.organisation)
