"""Any reach and any opinion: the rule of F6 once more in plain words, against the condition in the database."""

from types import SimpleNamespace

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from appraisals.models import Opinion
from branches.reach import Held, Reach
from tests import cast as people


@pytest.fixture
def reach_rows(world):
    """Places by name; opinion keys with (place, person, read above); member keys by number."""
    general = people.found("General", "general_branch", world.county)
    below = people.found("Below", "branch", general)
    places = {"county": world.county, "general": general, "first": world.first, "below": below}
    keys = {3: people.enrol("三", below).pk, 4: people.enrol("四", below).pk}
    rows = {}
    for name, place in places.items():
        for concerns, reader in (
            (None, "organiser"),
            (None, "above"),
            (3, "organiser"),
            (3, "above"),
            (4, "organiser"),
        ):
            target = "member" if concerns or reader == "organiser" else "committee"
            row = Opinion.objects.create(
                round=world.round, organisation=place, channel="box", target=target, concerns_id=keys.get(concerns),
                read_by=reader, noted_on=timezone.localdate(),
            )  # fmt: skip
            rows[row.pk] = (name, concerns, reader == "above")
    return places, rows, keys


OFFICES = ("secretary", "committee_member", "clerk", "officer", "supervisor", "liaison")


def by_hand(user, row, place, parent):
    """The rule of F6 in plain words. user: offices as (office, place), person and committee of a post. parent: places
    above `place`, none of a root."""
    offices = user["offices"]
    if user["member"] is not None and user["member"] == row["concerns"]:
        return False
    if row["above"]:
        of_it = ("secretary", "committee_member")
        serves = user["committee"] == place or any(o in of_it and p == place for o, p in offices)
        over = [p for o, p in offices if o == "officer" or (o == "secretary" and p in ("county", "general"))]
        return not serves and any(p in (parent or [place]) for p in over)
    return any(p == place and o in ("secretary", "officer") for o, p in offices)


def kept_by_hand(user, row, place, parents):
    """Near enough for its figures to be read, and about the person or about a committee he serves on."""
    offices = user["offices"]
    near = any(
        (p == place and o in ("secretary", "committee_member", "clerk"))
        or (p in (place, *parents) and (o in ("officer", "supervisor", "liaison") or (o == "secretary" and p in INNER)))
        for o, p in offices
    )
    serves = user["committee"] == place or any(
        o in ("secretary", "committee_member") and p == place for o, p in offices
    )
    about = user["member"] is not None and user["member"] == row["concerns"]
    return near and (about or (row["above"] and serves))


INNER = ("county", "general")
ABOVE = {"county": [], "general": ["county"], "first": ["county"], "below": ["county", "general"]}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(
    offices=st.lists(st.tuples(st.sampled_from(OFFICES), st.sampled_from(sorted(ABOVE))), max_size=3, unique=True),
    member=st.sampled_from([None, 3, 4]),
    committee=st.sampled_from(["", "first", "below"]),
)
def test_any_reach_reads_what_the_rule_says(reach_rows, offices, member, committee):
    places, rows, keys = reach_rows
    held = tuple(Held(o, places[p].pk, places[p].path, places[p].kind, None, p) for o, p in offices)
    reach = Reach(
        1, "", keys.get(member), "", held, timezone.localdate(), (places[committee].path if committee else "", "")
    )
    user = {"offices": offices, "member": member, "committee": committee}
    found = set(Opinion.objects.legible_to(SimpleNamespace(reach=reach)).values_list("pk", flat=True))
    kept = set(Opinion.objects.kept_from(SimpleNamespace(reach=reach)).values_list("pk", flat=True))
    for rule, answer in ((by_hand, found), (kept_by_hand, kept)):
        assert answer == {
            key
            for key, (place, concerns, above) in rows.items()
            if rule(user, {"concerns": concerns, "above": above}, place, ABOVE[place])
        }
    seen = set(Opinion.objects.visible_to(SimpleNamespace(reach=reach)).values_list("pk", flat=True))
    assert found <= seen
