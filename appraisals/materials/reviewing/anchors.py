"""Where a comment stands in a version: its passage is found again by its words, nearest to where they stood."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from appraisals.materials.differences import sentences
from appraisals.materials.models import Comment, Version
from appraisals.materials.states import CommentState


@dataclass
class Sentence:
    """A sentence at `start` of its section, and the numbers of the comments that begin in it."""

    text: str
    start: int
    marks: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class Section:
    """A heading and its sentences."""

    title: str
    sentences: list[Sentence]


@dataclass(frozen=True)
class Placed:
    """A comment with its number on the page; `is_gone` where its passage is no longer in the version shown."""

    number: int
    comment: Comment
    is_gone: bool


def place(quote: str, start: int, text: str) -> int | None:
    """Where `quote` stands in `text`, of several places the one nearest to `start`; None where it is gone."""
    found, at = [], text.find(quote)
    while at >= 0:
        found.append(at)
        at = text.find(quote, at + 1)
    return min(found, key=lambda at: abs(at - start)) if found else None


def laid_out(sections: Iterable[Sequence[str]], comments: Iterable[Comment]) -> tuple[list[Section], list[Placed]]:
    """The sentences of a version with the marks of its comments, and the comments in order."""
    texts = {title: text.replace("\r\n", "\n") for title, text in sections}
    pages = [Section(title, _sentences(text)) for title, text in texts.items()]
    placed = []
    for number, comment in enumerate(comments, 1):
        at = place(comment.quote, comment.start, texts.get(comment.title, ""))
        placed.append(Placed(number, comment, at is None))
        if at is not None:
            _mark(next(page for page in pages if page.title == comment.title), at, number)
    return pages, placed


def _sentences(text: str) -> list[Sentence]:
    """Those of a text; a line break belongs to the sentence before it, for nothing can be said about it alone."""
    found: list[Sentence] = []
    start = 0
    for part in sentences(text):
        if found and not part.strip():
            found[-1].text += part
        else:
            found.append(Sentence(part, start))
        start += len(part)
    return found


def _mark(section: Section, at: int, number: int) -> None:
    holding = [sentence for sentence in section.sentences if sentence.start <= at]
    holding[-1].marks.append(number)


def comments_of(material: Any, user: Any) -> list[Comment]:
    """The comments on a material that this person may read, oldest first."""
    rows = Comment.objects.visible_to(user).filter(material=material).select_related("written_by")
    found = list(rows)
    for row in found:
        row.material = material
    return found


def comments_beside(material: Any, user: Any) -> list[Placed]:
    """The comments that are not resolved, beside what their author is writing; none of them is lost there."""
    last = Version.objects.visible_to(user).filter(material=material).first()
    placed = laid_out(last.sections, comments_of(material, user))[1] if last else []
    return [line for line in placed if line.comment.state != CommentState.RESOLVED]
