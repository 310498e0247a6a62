"""What the page of a material shows to whom."""

from dataclasses import replace
from itertools import takewhile
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from appraisals.materials.actions import REMARKS
from appraisals.materials.differences import compared
from appraisals.materials.owed import rules_of
from appraisals.materials.reasons import offered
from appraisals.materials.reviewing.anchors import comments_of, laid_out
from appraisals.materials.states import MaterialState
from appraisals.models import Material, Version
from branches import moving
from branches.models import User
from branches.rights import Right
from workflow.models import History


def shown(material: Material, user: User) -> dict[str, Any]:
    """Where it stands for all who see it; its words, and what was said about them, where versions are this person's."""
    versions = list(Version.objects.visible_to(user).filter(material=material).select_related("entered_by"))
    is_writer, is_reviewer = user.may(material.writing_right, material), user.may(Right.REVIEW, material)
    reads_notes = is_writer or is_reviewer
    return {
        "material": material,
        "versions": compared(versions),
        "silence": "" if versions else _silence(material, is_reviewer),
        "may_write": material.is_open and is_writer,
        "is_late": material.is_overdue(timezone.localdate()),
        "remarks": _remarks(material) if reads_notes else [],
        "is_advice": material.state == MaterialState.SUBMITTED and is_writer,
        "hides_notes": not reads_notes,
        "comments": laid_out(versions[0].sections, comments_of(material, user))[1] if versions else [],
        "may_answer": is_writer,
        "may_resolve": is_reviewer,
        "may_review": is_reviewer and material.state == MaterialState.SUBMITTED,
        **_entry(material, user, versions),
        **_moves(material, user),
    }


def _moves(material: Material, user: User) -> dict[str, Any]:
    """As of any record; a return is given its reasons here as well as in the pile (F30)."""
    shown = moving.shown(material, user)
    for place, move in enumerate(shown["moves"]):
        if move.name == "send_back":
            shown["moves"][place] = replace(move, reasons=tuple(offered(rules_of(material.round).reasons)))
    return shown


def _entry(material: Material, user: User, versions: list[Version]) -> dict[str, Any]:
    """Whether this person may enter for the author, and what of it waits for a confirmation from whom."""
    waiting = next((version for version in versions[:1] if version.awaits_confirmation), None)
    may_enter = user.may(Right.ENTER_WORDS, material)
    return {
        "may_enter": material.is_open and may_enter,
        "unconfirmed": waiting,
        "may_confirm": waiting and user.may(Right.OWN, material),
        "may_confirm_print": waiting and may_enter,
    }


def _remarks(material: Material) -> list[History]:
    """What the reviewer said about the version in hand, until a new one is handed in or this one is passed."""
    if not material.remarked_on or material.state == MaterialState.ACCEPTED:
        return []
    said = reversed(material.history.filter(move__in=["submit", *REMARKS]))
    return list(takewhile(lambda entry: entry.move != "submit", said))[::-1]


def _silence(material: Material, is_reviewer: bool) -> str:
    """Why somebody who sees the row reads no words."""
    if not material.versions_count:
        return _("Nothing has been submitted yet.")
    if is_reviewer and material.state == MaterialState.DRAFT:
        return _(
            "The author has withdrawn this material and is writing on it. You read it again once it is handed in anew."
        )
    if is_reviewer:
        return _("This material was sent back and is being rewritten. You read it again once it is handed in anew.")
    return _("You see where this material stands. Its words are for the author and the reviewer.")
