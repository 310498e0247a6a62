"""Rows of a list read light: the columns its cells print, without the cost of building whole models."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Model, QuerySet
from django.db.models.base import ModelState


def read_light(rows: QuerySet, names: Sequence[str]) -> list[Any]:
    """Instances of the model that hold its key and `names`: columns, annotations, `a__b` for b of what a points to.

    As after only(), any other column costs a query of its own when asked for. Rows that point to one row share it.
    """
    near: dict[str, list[str]] = {}
    own = ["pk"]
    for name in names:
        relation, _, column = name.partition("__")
        near.setdefault(relation, []).append(column) if column else own.append(name)
    fields = rows.model._meta
    own += [fields.get_field(relation).attname for relation in near]
    columns = own + [f"{relation}__{column}" for relation, columns in near.items() for column in columns]
    makers = [_Maker(rows.model, own), *(_Maker(fields.get_field(r).related_model, near[r], r) for r in near)]
    return [_row(makers, values) for values in rows.values_list(*columns)]


class _Maker:
    """Makes the instances of one model from its part of the values."""

    def __init__(self, model: type[Model], columns: list[str], relation: str = "") -> None:
        self.model, self.relation = model, relation
        self.names = [model._meta.pk.attname if name == "pk" else name for name in columns]
        self.key = f"{relation}_id"
        self.made: dict[Any, Any] = {None: None}

    def make(self, values: Sequence[Any]) -> Any:
        instance = self.model.__new__(self.model)
        instance.__dict__ |= zip(self.names, values, strict=True)
        state = instance.__dict__["_state"] = ModelState()
        state.adding, state.db, state.fields_cache = False, "default", {}
        return instance


def _row(makers: list[_Maker], values: Sequence[Any]) -> Any:
    first, *others = makers
    place = len(first.names)
    row = first.make(values[:place])
    for other in others:
        until = place + len(other.names)
        key = row.__dict__[other.key]
        if key not in other.made:
            other.made[key] = other.make(values[place:until])
            other.made[key].pk = key
        row._state.fields_cache[other.relation] = other.made[key]
        place = until
    return row
