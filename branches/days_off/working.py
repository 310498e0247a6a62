"""Working days, counted: pure. `offs` says of single days what the week does not: True where a day is worked, False
where it is free; without it Saturday and Sunday are free."""

from collections.abc import Mapping
from datetime import date, timedelta

FRIDAY = 4
ONE = timedelta(1)


def working_day(day: date, offs: Mapping[date, bool]) -> bool:
    """True if that day is worked."""
    return offs.get(day, day.weekday() <= FRIDAY)


def back(day: date, number: int, offs: Mapping[date, bool]) -> date:
    """The working day that lies so many before `day`; with 0 the day itself, or the last before it where it is free."""
    return _steps(day, number, offs, -ONE)


def ahead(day: date, number: int, offs: Mapping[date, bool]) -> date:
    """The working day that lies so many after `day`; with 0 the day itself, or the next where it is free."""
    return _steps(day, number, offs, ONE)


def _steps(day: date, number: int, offs: Mapping[date, bool], one: timedelta) -> date:
    for _step in range(number):
        day = _worked(day + one, offs, one)
    return day if number else _worked(day, offs, one)


def _worked(day: date, offs: Mapping[date, bool], one: timedelta) -> date:
    while not working_day(day, offs):
        day += one
    return day
