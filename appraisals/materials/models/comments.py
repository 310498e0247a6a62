"""What a reviewer says about one passage of a version, and what its author answers."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from appraisals.materials.models.materials import Material
from appraisals.materials.models.returns import RemarkQuerySet
from appraisals.materials.states import COMMENT_MOVES, CommentState
from branches.models import User
from workflow.moving import Moving

LONGEST_QUOTE, LONGEST = 400, 2000


class Comment(Moving):
    """On the words `quote`, which stood at `start` (signs from 0) below the heading `title` of version `version`.

    Its words stand here and nowhere else: history and notices tell only that there is one.
    """

    State, MOVES = CommentState, COMMENT_MOVES

    material = models.ForeignKey(Material, models.CASCADE, related_name="passage_comments")
    version = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=80)
    start = models.PositiveIntegerField()
    quote = models.CharField(max_length=LONGEST_QUOTE)
    words = models.TextField(_("Comment"), max_length=LONGEST)
    answer = models.TextField(_("Answer"), max_length=LONGEST, blank=True)
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField(auto_now_add=True)

    objects = RemarkQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        ordering = ["version", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="answered", answer=""), name="comment_answered_has_answer"
            ),
            models.CheckConstraint(condition=~models.Q(words="") & ~models.Q(quote=""), name="comment_has_words"),
        ]

    def __str__(self) -> str:
        return str(self.material)

    def get_absolute_url(self) -> str:
        """It has no page of its own."""
        return self.material.get_absolute_url()

    @property
    def organisation(self) -> Any:
        """Where its material belongs: for rights and history."""
        return self.material.organisation

    @property
    def organisation_id(self) -> int:
        return self.material.organisation_id

    @property
    def owner_id(self) -> int | None:
        return self.material.owner_id

    @property
    def reviewing_right(self) -> str:
        return self.material.reviewing_right

    @property
    def writing_right(self) -> str:
        return self.material.writing_right
