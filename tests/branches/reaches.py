"""Reaches made by hand, without a database, and four places in the tree to ask them about."""

from datetime import date
from types import SimpleNamespace

from branches.reach import Held, Reach

TODAY = date(2026, 11, 21)
GROUP = 7
PLACES = {
    "above": SimpleNamespace(organisation_id=1, organisation=SimpleNamespace(path="0001"), group_id=None),
    "here": SimpleNamespace(organisation_id=2, organisation=SimpleNamespace(path="00010002"), group_id=GROUP),
    "below": SimpleNamespace(organisation_id=3, organisation=SimpleNamespace(path="000100020001"), group_id=None),
    "beside": SimpleNamespace(organisation_id=4, organisation=SimpleNamespace(path="00010003"), group_id=None),
}


def reach(*held, **facts):
    facts = {"user_key": 1, "admin_role": "", "member_key": None, "home_path": "", "day": TODAY, **facts}
    return Reach(held=held, **facts)


def here(office, kind="branch", **facts):
    return Held(office, 2, "00010002", kind, GROUP if office == "group_leader" else None, "Here", **facts)


def of(place, **facts):
    """A row at one of the places, with these facts."""
    return SimpleNamespace(**{**vars(PLACES[place]), **facts})
