"""What the pages of digests show to whom."""

from typing import Any

from appraisals.models import Digest, DigestText, Opinion, OpinionAnswer, OpinionText
from appraisals.opinions.digests.actions import ALIKE
from appraisals.opinions.states import TOLD
from branches import moving
from branches.models import User
from branches.rights import Right


def shown(digest: Digest, user: User) -> dict[str, Any]:
    """Where it stands for all who see it; its words for writer and addressee; the opinions for the writer alone."""
    is_writer = user.may(Right.SORT_OPINIONS, digest)
    gathered = list(Opinion.objects.visible_to(user).filter(digest=digest).order_by("pk")) if is_writer else []
    answer = OpinionAnswer.objects.visible_to(user).filter(digest=digest).order_by("-pk").first()
    return {
        "digest": digest,
        "text": DigestText.objects.visible_to(user).filter(digest=digest).first(),
        "answer": answer,
        "may_answer": is_writer and digest.state in TOLD and answer is None,
        "is_writer": is_writer,
        "may_edit": is_writer and digest.state == Digest.State.DRAFT,
        "hides_notes": not is_writer,
        **said(gathered, user),
        **moving.shown(digest, user),
    }


def said(rows: list[Opinion], user: User) -> dict[str, Any]:
    """The opinions with their words, and whether they are about the same."""
    texts = dict(OpinionText.objects.visible_to(user).filter(opinion__in=rows).values_list("opinion", "text"))
    unlike = len({tuple(getattr(row, name) for name in ALIKE) for row in rows}) > 1
    return {
        "rows": [(row, texts.get(row.pk, "")) for row in rows],
        "first": rows[0] if rows else None,
        "legible": len(texts),
        "unlike": unlike,
    }
