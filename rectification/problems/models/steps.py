"""Which step from a problem to what is told of it has been made: conditions over its measures and its publications."""

from typing import Any, Self

from django.apps import apps
from django.db.models import Case, CharField, Exists, F, OuterRef, Q, Value, When
from django.db.models.functions import Cast, Concat

from rectification.problems.kinds import Whose
from rectification.problems.models.readers import ReadByVerifier
from rectification.problems.states import ProblemState


class WithSteps(ReadByVerifier):
    """Rows with state, origin_ref and measures."""

    def with_steps(self) -> Self:
        """Each row with `has_measures`, and `is_told` 反馈: it was put before an audience once, or those
        whose opinions it came from were answered."""
        measured = Exists(self.rows_of(apps.get_model("rectification.Measure")).filter(problem=OuterRef("pk")))
        return self.annotate(
            has_measures=Case(When(measured, then=True), default=False),
            is_told=Case(When(self._told(), then=True), default=False),
        )

    def at_step(self, step: str) -> Self:
        """Those at one step: unmeasured, measured, untold, told; of a step unknown all. Void ones are at none."""
        closed = Q(state=ProblemState.CLOSED)
        rows = self.with_steps().exclude(state=ProblemState.VOID)
        conditions = {
            "unmeasured": Q(has_measures=False) & ~closed,
            "measured": Q(has_measures=True),
            "untold": closed & Q(is_told=False) & ~Q(whose=Whose.MEMBER),  # a member's own is told to nobody else
            "told": Q(is_told=True),
        }
        return rows.filter(conditions.get(step, Q()))

    def _told(self) -> Q:
        lines = self.rows_of(apps.get_model("rectification.PublicationLine"))
        public = lines.filter(publication__state__in=["public", "taken_down"]).values("problem")
        answers = self.rows_of(apps.get_model("appraisals.OpinionAnswer")).filter(state="published")
        opinions = self.rows_of(apps.get_model("appraisals.Opinion")).filter(digest__in=answers.values("digest"))
        digests = answers.annotate(ref=_ref("appraisals.digest:", F("digest"))).values("ref")
        given = opinions.annotate(ref=_ref("appraisals.opinion:", F("pk"))).values("ref")
        return Q(pk__in=public) | ~Q(origin_ref="") & (Q(origin_ref__in=digests) | Q(origin_ref__in=given))


def _ref(head: str, key: Any) -> Concat:
    """The name under which history speaks of a row (`app.model:key`)."""
    return Concat(Value(head), Cast(key, CharField()), output_field=CharField())
