"""The forms a sitting counts as: a theme day may be general meeting and lecture at once, with one attendance list."""

from typing import Any

from django.db import models
from django.db.models import Aggregate, Exists, OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from meetings.kinds import Form
from shell.asked import asked
from workflow.constraints import one_of


class CountedAs(models.Model):
    """One form that a meeting counts as: its own first, always, and then those that fell on the same sitting."""

    meeting = models.ForeignKey("meetings.Meeting", models.CASCADE, related_name="counted_as")
    position = models.PositiveSmallIntegerField()
    form = models.CharField(_("Form"), max_length=30, choices=Form)

    class Meta:
        ordering = ["position"]
        indexes = [models.Index(fields=["form", "meeting"], name="countedas_by_form")]
        constraints = [
            one_of("countedas", "form", Form),
            models.UniqueConstraint(fields=["meeting", "form"], name="countedas_form_once"),
        ]

    def __str__(self) -> str:
        return self.get_form_display()


def counts_as(form: str) -> Exists:
    """The condition that a meeting counts as this form, as its own or beside it."""
    return Exists(asked(CountedAs).filter(meeting=OuterRef("pk"), form=form))


def others() -> Subquery:
    """The codes of the forms a meeting counts as beside its own, parted by commas; None where there is none."""
    beside = asked(CountedAs).filter(meeting=OuterRef("pk"), position__gt=1).order_by().values("meeting")
    return Subquery(beside.annotate(codes=_Joined("form")).values("codes"))


class _Joined(Aggregate):
    """Words of several rows in one, parted by commas, in no order: both databases know it under a name of their own."""

    function = "GROUP_CONCAT"
    output_field = models.TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = "STRING_AGG(%(expressions)s, ',')"
        return self.as_sql(compiler, connection, template=template, **context)
