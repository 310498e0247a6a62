"""Queries put into SQL once for each shape they can have, and then only asked.

`asked(Model)` takes the words of the model's queryset and notes them down instead of following them:

    rows = asked(Meeting).visible_to(user).as_told_to(user).order_by("-started_at")

What differs from person to person (keys, paths, days) are values; what is left is the shape: which ways are open to
this person, how many offices he holds. The first time a shape is asked Django puts it into SQL; afterwards only the
values are filled in. No rows are remembered and no right outlives its row: who may see what is worked out for each
request anew. A shape in which a value decides over the words themselves is asked the ordinary way each time.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import cache, partial
from inspect import getattr_static
from types import FunctionType, MethodType
from typing import Any, ClassVar, Final, Self

from django.core.exceptions import EmptyResultSet, ValidationError
from django.db import connections
from django.db.models import Exists, Expression, Field, Lookup, Model, Q, QuerySet, Subquery, Value

from shell.statements import USING, Ordinary, Statement, numbers

MOST: Final = 2000
NOTED: Final = frozenset(
    {
        "filter",
        "exclude",
        "alias",
        "annotate",
        "order_by",
        "values",
        "values_list",
        "select_related",
        "distinct",
        "union",
    }
)
VALUES: Final = frozenset({int, str, date, datetime})  # what is filled in; constants of a States are part of the shape
SMALL: Final = 1 << 31  # a number past it may be no key at all, which Django knows before the database is asked


class Always(Q):
    """A condition that is the same for everybody: part of the shape as it is, told from others by being another one."""

    __hash__ = object.__hash__

    def __eq__(self, other: object) -> bool:
        return self is other


def asked(model: type[Model]) -> Any:
    """The rows of `model`, to be narrowed by the words of its queryset."""
    return Asked(model)


def counts(rows: Iterable["Asked"]) -> list[int]:
    """How many rows each of them has, in one query."""
    return numbers([one.sql_to_count() for one in rows])


class Asked:
    """A queryset as far as it is noted down. It takes filter(), exclude(), annotate(), order_by(), values_list(),
    select_related(), distinct() and slices, and whatever its queryset makes of these."""

    compares: ClassVar[int] = 0  # in tests: so many uses of each statement are compared with what Django would ask

    def __init__(self, model: type[Model], notes: tuple[tuple[str, tuple[Any, ...], dict[str, Any]], ...] = ()) -> None:
        self.model, self._notes = model, notes

    def __getattr__(self, name: str) -> Any:
        if name in NOTED:
            return partial(self._noted, name)
        word = _word(self.model, name)
        if word is QuerySet:
            raise AttributeError(name)
        return MethodType(word, self) if isinstance(word, FunctionType) else getattr(word, "__func__", word)

    def __getitem__(self, wanted: slice) -> Self:
        return self._noted("[]", wanted.start or 0, wanted.stop)

    def rows_of(self, model: type[Model]) -> Self:
        """All rows of `model`, for a condition that looks some up."""
        return type(self)(model)

    @property
    def query(self) -> "_Later":
        """What Exists() and Subquery() ask for."""
        return _Later(self)

    def plain(self) -> Any:
        """The queryset that Django would make of it, not yet asked."""
        return self._made(None)

    def resolve_expression(self, *args: Any, **kwargs: Any) -> Any:
        """As part of a condition of an ordinary queryset."""
        return self.plain().resolve_expression(*args, **kwargs)

    # --- asking ---------------------------------------------------------------------------------------------------
    def __iter__(self) -> Iterator[Any]:
        values, statement = self._statement()
        return iter(self.plain()) if statement is None else statement.rows(values)

    def count(self) -> int:
        """How many there are."""
        return counts([self])[0]

    def sql_to_count(self) -> tuple[str, Sequence[Any]]:
        """The SQL whose rows are to be counted, and its parameters; "" where there can be none."""
        is_cut = any(name == "[]" for name, *_given in self._notes)
        rows = self if is_cut else self.order_by().values_list("pk")
        values, statement = rows._statement()
        if statement:
            return statement.filled(values)
        try:
            return rows.plain().query.get_compiler(USING).as_sql()
        except EmptyResultSet:
            return "", ()

    def exists(self) -> bool:
        return bool(list(self.order_by().values_list("pk")[:1]))

    def first(self) -> Any:
        """The first row in the order asked for, None where there is none."""
        return next(iter(self[:1]), None)

    def get(self, *args: Any, **kwargs: Any) -> Any:
        """The one row; raises what the get() of a queryset raises."""
        rows = list(self.filter(*args, **kwargs)[:2])
        if len(rows) == 1:
            return rows[0]
        failure: Any = self.model
        raise failure.MultipleObjectsReturned if rows else failure.DoesNotExist

    # --- noting ---------------------------------------------------------------------------------------------------
    def _noted(self, name: str, /, *args: Any, **kwargs: Any) -> Self:
        return type(self)(self.model, (*self._notes, (name, args, kwargs)))

    def _statement(self) -> tuple[list[Any], Statement | None]:
        """The values of now, and the statement into which they are filled; None to ask the ordinary way."""
        try:
            values, shape = self._values_and_shape()
        except Ordinary:
            return [], None
        key = (connections[USING].vendor, shape)
        if key not in _statements:
            if len(_statements) >= MOST:
                _statements.clear()
            _statements[key] = self._compiled(values)
        statement = _statements[key]
        if statement and statement.compared < Asked.compares:
            statement.compare(values, self.plain())
        return values, statement

    def _compiled(self, values: list[Any]) -> Statement | None:
        marks = [_mark(value, n) for n, value in enumerate(values)]
        try:
            statement = Statement(self._made(iter(marks)), marks)
            statement.compare(values, self.plain())
        except (
            Ordinary,
            ValueError,
            OverflowError,
            ValidationError,
        ):  # some lookups make another value of theirs, or refuse a mark
            return None
        return statement

    def _values_and_shape(self) -> tuple[list[Any], Hashable]:
        values: list[Any] = []
        return values, self._shape(values.append)

    def _shape(self, keep: Callable[[Any], None]) -> Hashable:
        return self.model, tuple(
            (
                name,
                tuple(_shape(arg, keep) for arg in args),
                tuple((key, _shape(arg, keep, name in ("filter", "exclude"))) for key, arg in kwargs.items()),
            )
            for name, args, kwargs in self._notes
        )

    def _made(self, values: Iterator[Any] | None) -> Any:
        """The queryset with `values` in the places of its own; with None it keeps these."""
        rows: Any = self.model._default_manager.all()
        for name, args, kwargs in self._notes:
            given = [_made(arg, values) for arg in args]
            named = {key: _made(arg, values, name in ("filter", "exclude")) for key, arg in kwargs.items()}
            rows = rows[given[0] : given[1]] if name == "[]" else getattr(rows, name)(*given, **named)
        return rows


@cache
def _word(model: type[Model], name: str) -> Any:
    """What the model's queryset calls `name`, where that is a word of its own; QuerySet where it is none."""
    rows = type(model._default_manager.all())
    return QuerySet if hasattr(QuerySet, name) else getattr_static(rows, name, QuerySet)


class _Later:
    """Stands for the query of Exists() or Subquery() until that is made."""

    def __init__(self, rows: Asked, is_exists: bool = False) -> None:
        self.rows, self.is_exists = rows, is_exists

    def clone(self) -> Self:
        return type(self)(self.rows, self.is_exists)

    def exists(self) -> Self:
        return type(self)(self.rows, is_exists=True)

    def resolve_expression(self, *args: Any, **kwargs: Any) -> Any:
        query = self.rows.plain().query
        return (query.exists() if self.is_exists else query).resolve_expression(*args, **kwargs)


def _shape(part: Any, keep: Callable[[Any], None], is_value: bool = False) -> Hashable:
    """What stays of `part` when its values are taken out and given to `keep`; raises Ordinary."""
    kind: Any = type(part)
    if is_value and kind in VALUES and (kind is not int or -SMALL < part < SMALL):
        keep(part)
        return kind
    if kind is Q:
        return part.connector, part.negated, tuple(
            (child[0], _shape(child[1], keep, True)) if type(child) is tuple else _shape(child, keep)
            for child in part.children
        )  # fmt: skip
    if kind is Asked:
        return part._shape(keep)
    if is_value and kind in (list, tuple, set, frozenset):
        return tuple(_shape(one, keep, True) for one in dict.fromkeys(part))
    if kind in (Exists, Subquery) and type(part.query) is _Later and "output_field" not in vars(part):
        return kind, part.query.rows._shape(keep)
    if isinstance(part, Expression):
        args, kwargs = part._constructor_args  # type: ignore[attr-defined]
        if kind is Value:
            return kind, _shape(args[0], keep, True), *map(type, (*args[1:], *kwargs.values()))
        given = tuple(_shape(arg, keep, _is_compared(part, n)) for n, arg in enumerate(args))
        return kind, given, tuple((name, _shape(arg, keep)) for name, arg in kwargs.items())
    if isinstance(part, Field):  # two of one kind are never equal
        return kind, repr(part.deconstruct()[2:])
    if isinstance(part, QuerySet | Model | Subquery):
        raise Ordinary
    try:
        hash(part)
    except TypeError:
        raise Ordinary from None
    return kind, part


def _made(part: Any, values: Iterator[Any] | None, is_value: bool = False) -> Any:
    """`part` with the next of `values` where `_shape` took one out, in the same order."""
    kind = type(part)
    if is_value and kind in VALUES and (kind is not int or -SMALL < part < SMALL):
        return part if values is None else next(values)
    if kind is Q:
        children = [
            (child[0], _made(child[1], values, True)) if type(child) is tuple else _made(child, values)
            for child in part.children
        ]
        return Q(*children, _connector=part.connector, _negated=part.negated)
    if kind is Asked:
        return part._made(values)
    if is_value and kind in (list, tuple, set, frozenset):
        return [_made(one, values, True) for one in dict.fromkeys(part)]
    if kind in (Exists, Subquery) and type(part.query) is _Later:
        return kind(part.query.rows._made(values))
    if isinstance(part, Expression):
        args, kwargs = part._constructor_args  # type: ignore[attr-defined]
        if kind is Value:
            return Value(_made(args[0], values, True), *args[1:], **kwargs)
        given = [_made(arg, values, _is_compared(part, n)) for n, arg in enumerate(args)]
        return kind(*given, **{name: _made(arg, values) for name, arg in kwargs.items()})
    return part


def _is_compared(part: Expression, n: int) -> bool:
    """Whether the argument at `n` is what a comparison compares with."""
    return n == 1 and isinstance(part, Lookup)


def _mark(value: Any, n: int) -> Any:
    """A value of the same kind that stands nowhere else."""
    if isinstance(value, str):
        return f"\x02{n}\x02"
    if isinstance(value, int):
        return 20_000 + n  # fits into the smallest column
    if isinstance(value, datetime):
        return value.replace(year=2900, month=1, day=1) + timedelta(days=n)
    return date(2900, 1, 1) + timedelta(days=n)


_statements: dict[Hashable, Statement | None] = {}
