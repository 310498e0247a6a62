"""What must hold of every workflow, whatever room it belongs to: states, moves and the tables that only grow."""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from django.conf import settings
from django.db import connection, models
from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Value, Window
from django.db.models.functions import Coalesce, Lag
from django.utils.translation import gettext_lazy as _

from workflow.checking import check, triggers, with_key
from workflow.models import AuditEvent, History
from workflow.moving import Moving
from workflow.tables import own_models


def _moving() -> list[type[Moving]]:
    """The models whose states change through the engine."""
    return [model for model in own_models() if issubclass(model, Moving)]


def _keys(querysets: Iterable[QuerySet[Any]]) -> Iterator[str]:
    for rows in querysets:
        label = rows.model._meta.label_lower
        yield from (f"{label}:{pk}" for pk in rows.order_by("pk").values_list("pk", flat=True).iterator())


def _told_of(model: Any) -> QuerySet[History]:
    return History.objects.filter(subject_key__startswith=f"{model._meta.label_lower}:")


@check("workflow.words_known", _("Columns of choices hold known words only"))
def words_known() -> Iterable[str]:
    """A CHECK says the same where a table has one; this finds a word that came in while it was off."""
    return _keys(
        model._base_manager.exclude(**{f"{field.attname}__in": [*dict(field.flatchoices), *([""] * field.blank)]})
        for model in own_models()
        for field in model._meta.concrete_fields
        if field.flatchoices and isinstance(field, models.CharField)
    )


@check("workflow.state_told", _("The state of a row is the one its history ends with"))
def state_told() -> Iterable[str]:
    """Nothing told yet: the row still has the state it began with."""

    def untrue(model: Any) -> QuerySet[Any]:
        newest = History.objects.filter(subject_key=OuterRef("history_key")).exclude(target="").order_by("-pk")
        first = Value(model._meta.get_field("state").default, models.CharField())
        told = Coalesce(Subquery(newest.values("target")[:1]), first)
        return with_key(model._base_manager.all()).annotate(told=told).exclude(state=F("told"))

    return _keys(untrue(model) for model in _moving())


@check("workflow.moves_known", _("Every move told by the history stands in the table of moves"))
def moves_known() -> Iterable[str]:
    def unknown(model: Any) -> QuerySet[History]:
        moves = Q(pk__in=[])
        for move in model.MOVES:
            moves |= Q(move=move.name, source=move.source, target=move.target)
        return _told_of(model).exclude(source="").exclude(moves)

    return _keys(unknown(model) for model in _moving())


@check("workflow.moves_chain", _("A move begins where the one before it ended"))
def moves_chain() -> Iterable[str]:
    def broken(model: Any) -> QuerySet[History]:
        before = Window(Lag("target"), partition_by=[F("subject_key")], order_by=["pk"])
        rows = _told_of(model).exclude(target="").annotate(ended=before)
        return rows.filter(ended__isnull=False).exclude(ended=F("source"))

    return _keys(broken(model) for model in _moving())


@check("workflow.append_only", _("History and audit log refuse changes: their triggers are in force"))
def append_only() -> Iterable[str]:
    verbs = ("append_only",) if connection.vendor == "postgresql" else ("no_update", "no_delete")
    wanted = {model._meta.db_table: verbs for model in (History, AuditEvent)}
    missing = ({f"{table}_{verb}" for verb in verbs} - triggers(table) for table, verbs in wanted.items())
    return chain.from_iterable(sorted(names) for names in missing)


@check("workflow.secrets", _("Every secret in DATA_DIR/keys is written and readable by its owner only"))
def secrets() -> Iterable[str]:
    folder = settings.DATA_DIR / "keys"
    files = sorted(folder.iterdir()) if folder.is_dir() else []
    return (f"keys/{file.name}" for file in files if not file.stat().st_size or file.stat().st_mode & 0o077)
