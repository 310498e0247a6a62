"""Rows of a list read light: the columns its cells print, without the cost of building whole models."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Model, QuerySet
from django.db.models.base import ModelState


def read_light(rows: QuerySet, names: Sequence[str]) -> list[Any]:
    """Instances of the model that hold its key and `names`: columns, annotations, `a__b` for b of what a points to, and
    so on beyond it.

    As after only(), any other column costs a query of its own when asked for. Rows that point to one row share it.
    """
    makers = {"": _Maker(rows.model, ["pk"])}
    for name in names:
        path, _, column = name.rpartition("__")
        _maker_of(makers, path).add(column)
    columns = [f"{path}__{column}" if path else column for path, maker in makers.items() for column in maker.columns]
    return [_row(makers, values) for values in rows.values_list(*columns)]


class _Maker:
    """Makes the instances of one model from its part of the values; `relation` is what its parent calls them."""

    def __init__(self, model: type[Model], columns: list[str], relation: str = "", parent: str = "") -> None:
        self.model, self.columns, self.relation, self.parent = model, columns, relation, parent
        self.names = [model._meta.pk.attname if name == "pk" else name for name in columns]
        self.key = f"{relation}_id"
        self.made: dict[Any, Any] = {None: None}

    def add(self, column: str) -> None:
        self.columns.append(column)
        self.names.append(column)

    def make(self, values: Sequence[Any]) -> Any:
        instance = self.model.__new__(self.model)
        instance.__dict__ |= zip(self.names, values, strict=True)
        state = instance.__dict__["_state"] = ModelState()
        state.adding, state.db, state.fields_cache = False, "default", {}
        return instance


def _maker_of(makers: dict[str, _Maker], path: str) -> _Maker:
    """Of what is reached by `path`, behind that of what lies before it, which is given the key."""
    if path not in makers:
        parent, _, relation = path.rpartition("__")
        before = _maker_of(makers, parent)
        field: Any = before.model._meta.get_field(relation)
        before.add(field.attname)
        makers[path] = _Maker(field.related_model, [], relation, parent)
    return makers[path]


def _row(makers: dict[str, _Maker], values: Sequence[Any]) -> Any:
    place = 0
    found: dict[str, Any] = {}
    for path, maker in makers.items():
        until = place + len(maker.names)
        found[path] = _near(maker, found[maker.parent], values[place:until]) if path else maker.make(values[:until])
        place = until
    return found[""]


def _near(maker: _Maker, parent: Any, values: Sequence[Any]) -> Any:
    """What `parent` points to, shared with the rows that point there too; None where it points nowhere."""
    key = parent.__dict__[maker.key] if parent else None
    if key not in maker.made:
        maker.made[key] = maker.make(values)
        maker.made[key].pk = key
    if parent:
        parent._state.fields_cache[maker.relation] = maker.made[key]
    return maker.made[key]
