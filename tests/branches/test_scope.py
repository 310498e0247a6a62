"""Who sees which rows of this room: for every visitor the rows shown and the rows hidden, both written out."""

from datetime import timedelta

import pytest
from django.utils import timezone

from branches.models import (
    Election,
    FormerName,
    Grant,
    Group,
    Member,
    Organisation,
    Particulars,
    Relation,
    Transfer,
    User,
)
from tests.cast import SINCE, account, enrol, found

PEOPLE = {
    "甲书记": "a", "乙委员": "b", "丙干事": "c", "丁组长": "d", "戊同志": "e",  # of the first branch
    "己书记": "f", "庚同志": "g",  # of the second; g takes part in the first as well
    "辛书记": "h", "壬同志": "i",  # of the fourth, below the general branch
    "癸外人": "x", "离开者": "y",  # of the third, in the other county; y belonged to the first until yesterday
}  # fmt: skip
PLACES = {
    "County committee": "C", "First branch": "F", "Second branch": "S", "General branch": "G", "Fourth branch": "D",
    "Other county": "O", "Third branch": "T",
}  # fmt: skip
GROUPS = {"Group": "1", "Group of the second": "2", "Group of the third": "3"}
GRANTS = {
    "secretary": "s", "committee_member": "m", "clerk": "k", "group_leader": "l", "sibling": "b",
    "officer": "o", "supervisor": "v", "liaison": "n", "inner": "i", "inner_member": "j", "stranger": "x",
}  # fmt: skip


@pytest.fixture
def town(cast):
    """The cast, with an inner node, a guest, somebody who left yesterday, and people in the other county."""
    today = timezone.localdate()
    cast.general = found("General branch", "general_branch", cast.county)
    cast.fourth = found("Fourth branch", "branch", cast.general)
    head, _ = (enrol(name, cast.fourth) for name in ("辛书记", "壬同志"))
    cast.inner = account("inner", head, office="secretary", organisation=cast.general)
    cast.inner_member = account("inner_member", office="committee_member", organisation=cast.general)
    enrol("癸外人", cast.third)
    gone = enrol("离开者", cast.first)
    Relation.objects.filter(member=gone).update(until=today - timedelta(1))
    Relation.objects.create(member=gone, organisation=cast.third, since=today)
    Relation.objects.create(member=cast.siblings[1], organisation=cast.first, kind="taking_part", since=SINCE)
    for branch, name in ((cast.second, "Group of the second"), (cast.third, "Group of the third")):
        Group.objects.create(organisation=branch, name=name, since=SINCE)
    far = Organisation.objects.get(pk=cast.other.pk)
    for name, source, to in (("戊同志", cast.first, cast.second), ("癸外人", cast.third, far)):
        person = Member.objects.get(name=name)
        Transfer.objects.create(member=person, source=source, organisation=to, since=today, reason="Moved")
    for branch in (cast.first, cast.third):
        Election.objects.create(organisation=branch, held_on=today)
        FormerName.objects.create(organisation=branch, name="Former", since=SINCE - timedelta(9), until=SINCE)
    return cast


def as_letters(rows):
    """Each row as the letter of its tables above; a relation as two, person and place."""
    words = {
        Organisation: lambda row: PLACES[row.name],
        Group: lambda row: GROUPS[row.name],
        Member: lambda row: PEOPLE[row.name],
        Particulars: lambda row: PEOPLE[row.member.name],
        Relation: lambda row: PEOPLE[row.member.name] + PLACES[row.organisation.name],
        Grant: lambda row: GRANTS[row.user.username],
        Transfer: lambda row: {"戊同志": "1", "癸外人": "2"}[row.member.name],
        FormerName: lambda row: PLACES[row.organisation.name],
        Election: lambda row: PLACES[row.organisation.name],
    }
    found = [words[rows.model](row) for row in rows]
    assert len(found) == len(set(found)), f"a row is shown twice: {sorted(found)}"
    return set(found)


def check(model, visitor, shown, hidden):
    user = User.objects.get(pk=visitor.pk)
    every = as_letters(model.objects.all())
    assert set(shown) | set(hidden) == every and not set(shown) & set(hidden), "the table must name every row once"
    seen = as_letters(model.objects.visible_to(user))
    assert (seen, every - seen) == (set(shown), set(hidden))


# fmt: off
ORGANISATIONS = {
    #                    shown     hidden
    "member":           ("F",       "CSGDOT"),
    "secretary":        ("F",       "CSGDOT"),
    "clerk":            ("F",       "CSGDOT"),
    "committee_member": ("F",       "CSGDOT"),
    "group_leader":     ("F",       "CSGDOT"),
    "sibling":          ("S",       "CFGDOT"),
    "supervisor":       ("CFSGD",   "OT"),
    "officer":          ("CFSGD",   "OT"),
    "liaison":          ("CFSGD",   "OT"),
    "inner":            ("GD",      "CFSOT"),
    "inner_member":     ("G",       "CFSDOT"),
    "stranger":         ("OT",      "CFSGD"),
    "nobody":           ("",        "CFSGDOT"),
    "sysadmin":         ("CFSGDOT", ""),
    "secadmin":         ("CFSGDOT", ""),
    "auditor":          ("",        "CFSGDOT"),
}
GROUP_ROWS = {
    "member":           ("1",   "23"),
    "secretary":        ("1",   "23"),
    "clerk":            ("1",   "23"),
    "committee_member": ("1",   "23"),
    "group_leader":     ("1",   "23"),
    "sibling":          ("2",   "13"),
    "supervisor":       ("12",  "3"),
    "officer":          ("12",  "3"),
    "liaison":          ("12",  "3"),
    "inner":            ("",    "123"),
    "inner_member":     ("",    "123"),
    "stranger":         ("3",   "12"),
    "nobody":           ("",    "123"),
    "sysadmin":         ("123", ""),
    "secadmin":         ("123", ""),
    "auditor":          ("",    "123"),
}
MEMBERS = {
    "member":           ("abcdeg",    "fhixy"),
    "secretary":        ("abcdeg",    "fhixy"),
    "clerk":            ("abcdeg",    "fhixy"),
    "committee_member": ("abcdeg",    "fhixy"),
    "group_leader":     ("abcdeg",    "fhixy"),
    "sibling":          ("fg",        "abcdehixy"),
    "supervisor":       ("abcdefghi", "xy"),
    "officer":          ("abcdefghi", "xy"),
    "liaison":          ("abcdefghi", "xy"),
    "inner":            ("hi",        "abcdefgxy"),
    "inner_member":     ("",          "abcdefghixy"),
    "stranger":         ("xy",        "abcdefghi"),
    "nobody":           ("",          "abcdefghixy"),
    "sysadmin":         ("",          "abcdefghixy"),
    "secadmin":         ("",          "abcdefghixy"),
    "auditor":          ("",          "abcdefghixy"),
}
PARTICULARS = {
    "member":           ("e",         "abcdfghixy"),
    "secretary":        ("abcdeg",    "fhixy"),
    "clerk":            ("abcdeg",    "fhixy"),
    "committee_member": ("abcdeg",    "fhixy"),
    "group_leader":     ("d",         "abcefghixy"),
    "sibling":          ("fg",        "abcdehixy"),
    "supervisor":       ("abcdefghi", "xy"),
    "officer":          ("abcdefghi", "xy"),
    "liaison":          ("",          "abcdefghixy"),
    "inner":            ("hi",        "abcdefgxy"),
    "inner_member":     ("",          "abcdefghixy"),
    "stranger":         ("xy",        "abcdefghi"),
    "nobody":           ("",          "abcdefghixy"),
    "sysadmin":         ("",          "abcdefghixy"),
    "secadmin":         ("",          "abcdefghixy"),
    "auditor":          ("",          "abcdefghixy"),
}
FIRST, SECOND, FOURTH, THIRD = "aF bF cF dF eF gF", "fS gS", "hD iD", "xT yT"
PAST = "yF"  # ended yesterday: in no list of today
RELATIONS = {
    "member":           (FIRST,                       f"{SECOND} {FOURTH} {THIRD}"),
    "secretary":        (FIRST,                       f"{SECOND} {FOURTH} {THIRD}"),
    "clerk":            (FIRST,                       f"{SECOND} {FOURTH} {THIRD}"),
    "committee_member": (FIRST,                       f"{SECOND} {FOURTH} {THIRD}"),
    "group_leader":     (FIRST,                       f"{SECOND} {FOURTH} {THIRD}"),
    "sibling":          (SECOND,                      f"{FIRST} {FOURTH} {THIRD}"),
    "supervisor":       (f"{FIRST} {SECOND} {FOURTH}", THIRD),
    "officer":          (f"{FIRST} {SECOND} {FOURTH}", THIRD),
    "liaison":          (f"{FIRST} {SECOND} {FOURTH}", THIRD),
    "inner":            (FOURTH,                      f"{FIRST} {SECOND} {THIRD}"),
    "inner_member":     ("",                          f"{FIRST} {SECOND} {FOURTH} {THIRD}"),
    "stranger":         (THIRD,                       f"{FIRST} {SECOND} {FOURTH}"),
    "nobody":           ("",                          f"{FIRST} {SECOND} {FOURTH} {THIRD}"),
    "sysadmin":         ("",                          f"{FIRST} {SECOND} {FOURTH} {THIRD}"),
    "secadmin":         ("",                          f"{FIRST} {SECOND} {FOURTH} {THIRD}"),
    "auditor":          ("",                          f"{FIRST} {SECOND} {FOURTH} {THIRD}"),
}
GRANT_ROWS = {
    "member":           ("",            "smklbovnijx"),
    "secretary":        ("s",           "mklbovnijx"),
    "clerk":            ("k",           "smlbovnijx"),
    "committee_member": ("m",           "sklbovnijx"),
    "group_leader":     ("l",           "smkbovnijx"),
    "sibling":          ("b",           "smklovnijx"),
    "supervisor":       ("smklbovnij",  "x"),
    "officer":          ("smklbovnij",  "x"),
    "liaison":          ("smklbovnij",  "x"),
    "inner":            ("ij",          "smklbovnx"),
    "inner_member":     ("j",           "smklbovnix"),
    "stranger":         ("x",           "smklbovnij"),
    "nobody":           ("",            "smklbovnijx"),
    "sysadmin":         ("",            "smklbovnijx"),
    "secadmin":         ("smklbovnijx", ""),
    "auditor":          ("",            "smklbovnijx"),
}
# 1: of e, from the first branch to the second. 2: of x, within the other county.
TRANSFERS = {
    "member":           ("1",  "2"),  # his own
    "secretary":        ("1",  "2"),
    "clerk":            ("1",  "2"),
    "committee_member": ("1",  "2"),
    "group_leader":     ("",   "12"),
    "sibling":          ("1",  "2"),
    "supervisor":       ("1",  "2"),
    "officer":          ("1",  "2"),
    "liaison":          ("1",  "2"),
    "inner":            ("",   "12"),
    "inner_member":     ("",   "12"),
    "stranger":         ("2",  "1"),
    "nobody":           ("",   "12"),
    "sysadmin":         ("",   "12"),
    "secadmin":         ("",   "12"),
    "auditor":          ("",   "12"),
}
FORMER_NAMES = {
    "member":           ("F",  "T"),
    "secretary":        ("F",  "T"),
    "clerk":            ("F",  "T"),
    "committee_member": ("F",  "T"),
    "group_leader":     ("F",  "T"),
    "sibling":          ("",   "FT"),
    "supervisor":       ("F",  "T"),
    "officer":          ("F",  "T"),
    "liaison":          ("F",  "T"),
    "inner":            ("",   "FT"),
    "inner_member":     ("",   "FT"),
    "stranger":         ("T",  "F"),
    "nobody":           ("",   "FT"),
    "sysadmin":         ("FT", ""),
    "secadmin":         ("FT", ""),
    "auditor":          ("",   "FT"),
}
# fmt: on
TABLES = {
    Organisation: ORGANISATIONS,
    Group: GROUP_ROWS,
    Member: MEMBERS,
    Particulars: PARTICULARS,
    Grant: GRANT_ROWS,
    Transfer: TRANSFERS,
    FormerName: FORMER_NAMES,
    Election: FORMER_NAMES,  # of the same branches, seen by the same people
}


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model._meta.model_name)
def test_every_visitor_sees_these_rows_and_no_others(town, model):
    for visitor, (shown, hidden) in TABLES[model].items():
        check(model, getattr(town, visitor), shown, hidden)


def test_relations_of_today(town):
    for visitor, (shown, hidden) in RELATIONS.items():
        check(Relation, getattr(town, visitor), shown.split(), [*hidden.split(), PAST])


def test_every_account_of_the_cast_is_a_visitor(town):
    accounts = set(User.objects.values_list("username", flat=True))
    for table in (*TABLES.values(), RELATIONS):
        assert set(table) == accounts


def test_accounts_are_shown_to_the_security_administrator_and_to_oneself(town):
    for visitor in ORGANISATIONS:
        user = User.objects.get(username=visitor)
        seen = User.objects.visible_to(user)
        assert seen.count() == (User.objects.count() if visitor == "secadmin" else 1)
        assert user in seen


def test_who_left_sees_the_new_branch_only(town):
    gone = Member.objects.get(name="离开者")
    user = account("gone", gone)
    assert as_letters(Organisation.objects.visible_to(user)) == {"T"}
    assert as_letters(Member.objects.visible_to(user)) == {"x", "y"}
    assert as_letters(Particulars.objects.visible_to(user)) == {"y"}


def test_an_ended_relation_ends_the_secretarys_sight_the_same_day(town):
    user = User.objects.get(pk=town.secretary.pk)
    assert not Member.objects.visible_to(user).filter(name="离开者").exists()
    assert not Particulars.objects.visible_to(user).filter(member__name="离开者").exists()


def test_a_member_without_a_relation_still_sees_himself(town):
    Relation.objects.filter(member=town.member.member).update(until=SINCE)
    user = User.objects.get(pk=town.member.pk)
    assert as_letters(Member.objects.visible_to(user)) == {"e"}
    assert as_letters(Particulars.objects.visible_to(user)) == {"e"}
    assert not Relation.objects.visible_to(user).exists()
    assert not Organisation.objects.visible_to(user).exists()
