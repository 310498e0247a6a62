"""What must never be true, the database refuses, whoever asks it."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from branches.models import (
    Exemption,
    Grant,
    Group,
    Member,
    Organisation,
    Particulars,
    Post,
    Relation,
    RightsLimit,
    Standing,
    User,
)

DAY = date(2026, 3, 1)
BEFORE = DAY - timedelta(1)


@pytest.fixture
def refused(db):
    """A function that runs a write and expects the database itself to say no."""

    def write(act, because):
        with pytest.raises(IntegrityError) as refusal, transaction.atomic():
            act()
        assert because in str(refusal.value).lower()

    return write


@pytest.fixture
def someone(cast):
    return Member.objects.create(name="新同志")


# --- administrators -------------------------------------------------------------------------------------------------


def test_an_administrators_account_has_no_member(cast, refused, someone):
    admins = User.objects.filter(username="sysadmin")
    refused(lambda: admins.update(member=someone), "user_admin_is_no_member")
    refused(lambda: User.objects.filter(username="member").update(admin_role="audit"), "user_admin_is_no_member")


@pytest.mark.parametrize("role", ["sysadmin", "secadmin", "auditor"])
def test_an_administrator_gets_no_grant(cast, refused, role):
    grant = Grant(user=getattr(cast, role), organisation=cast.county, office="officer", since=DAY)
    refused(lambda: Grant.objects.bulk_create([grant]), "grant_not_for_administrators")


def test_a_grant_does_not_wander_to_an_administrator(cast, refused):
    grants = Grant.objects.filter(user=cast.officer)
    refused(lambda: grants.update(user=cast.secadmin), "grant_not_for_administrators")


def test_who_holds_a_grant_does_not_become_an_administrator(cast, refused):
    officer = User.objects.filter(username="officer")
    refused(lambda: officer.update(admin_role="system"), "administrator_without_grants")


def test_an_ended_grant_still_stands_in_the_way(cast, refused):
    Grant.objects.filter(user=cast.officer).update(since=BEFORE, until=BEFORE)
    officer = User.objects.filter(username="officer")
    refused(lambda: officer.update(admin_role="system"), "administrator_without_grants")


def test_an_account_without_either_may_become_one(cast):
    User.objects.filter(username="nobody").update(admin_role="audit")


# --- dates ----------------------------------------------------------------------------------------------------------


def dated(cast, someone):
    """One new row of every dated fact, each without its days."""
    here = {"organisation": cast.second}
    return {
        "relation": Relation(member=someone, **here),
        "standing": Standing(member=someone, category="formal"),
        "post": Post(member=someone, kind="deputy", **here),
        "exemption": Exemption(member=someone, reason="Illness", approved_by="Branch"),
        "rightslimit": RightsLimit(member=someone, reason="Sanction"),
        "group": Group(name="New group", **here),
        "grant": Grant(user=cast.nobody, office="clerk", **here),
    }


def test_no_fact_ends_before_it_begins(cast, someone, refused):
    for name, fact in dated(cast, someone).items():
        fact.since, fact.until = DAY, BEFORE
        refused(fact.save, f"{name}_dates_in_order")
    closed = Organisation.objects.filter(pk=cast.third.pk)
    refused(lambda: closed.update(since=DAY, until=BEFORE), "organisation_dates_in_order")


def test_a_fact_of_one_day_is_a_fact(cast, someone):
    for fact in dated(cast, someone).values():
        fact.since = fact.until = DAY
        fact.save(force_insert=True)


def test_a_fact_has_a_first_day(cast, someone, refused):
    for fact in dated(cast, someone).values():
        fact.since = None
        refused(fact.save, "since")


# --- one at a time --------------------------------------------------------------------------------------------------


def test_one_formal_relation_at_a_time(cast, refused):
    member = cast.people[4]
    again = Relation(member=member, organisation=cast.second, since=DAY)
    refused(again.save, "unique")
    Relation.objects.create(member=member, organisation=cast.second, since=DAY, kind="taking_part")


def test_one_category_at_a_time(cast, refused):
    refused(Standing(member=cast.people[4], category="probationary", since=DAY).save, "unique")


def test_a_grant_is_given_once(cast, refused):
    refused(Grant(user=cast.officer, organisation=cast.county, office="officer", since=DAY).save, "unique")
    Grant.objects.create(user=cast.officer, organisation=cast.county, office="supervisor", since=DAY)
    Grant.objects.create(user=cast.officer, organisation=cast.other, office="officer", since=DAY)


def test_a_group_is_led_once_by_the_same_person(cast, refused):
    again = Grant(user=cast.group_leader, organisation=cast.first, office="group_leader", group=cast.group, since=DAY)
    refused(again.save, "unique")
    other = Group.objects.create(organisation=cast.first, name="Other group", since=DAY)
    Grant.objects.create(user=cast.group_leader, organisation=cast.first, office="group_leader", group=other, since=DAY)


def test_an_account_belongs_to_one_member_and_a_member_to_one_account(cast, refused):
    refused(lambda: User.objects.filter(username="nobody").update(member=cast.people[4]), "unique")


def test_a_name_of_a_group_or_an_account_is_taken_once(cast, refused):
    refused(Group(organisation=cast.first, name="Group", since=DAY).save, "unique")
    refused(lambda: User.objects.create_user("Officer", name="Another"), "unique")


# --- words and shapes -----------------------------------------------------------------------------------------------


def test_words_come_from_their_lists(cast, someone, refused):
    here = {"organisation": cast.second, "since": DAY}
    wrong = {
        "relation_kind_known": Relation(member=someone, kind="guest", **here),
        "standing_category_known": Standing(member=someone, category="honorary", since=DAY),
        "post_kind_known": Post(member=someone, kind="treasurer", **here),
        "grant_office_known": Grant(user=cast.nobody, office="king", **here),
        "particulars_gender_known": Particulars(member=someone, gender="x"),
        "particulars_education_known": Particulars(member=someone, education="x"),
        "particulars_employment_known": Particulars(member=someone, employment="x"),
    }
    for constraint, row in wrong.items():
        refused(row.save, constraint)
    refused(lambda: User.objects.filter(username="nobody").update(admin_role="root"), "user_admin_role_known")
    first = Organisation.objects.filter(pk=cast.first.pk)
    refused(lambda: first.update(kind="cell", branch_kind=""), "organisation_kind_known")
    refused(lambda: first.update(branch_kind="secret"), "organisation_branch_kind_known")


def test_a_branch_has_a_kind_and_nothing_else_has(cast, refused):
    rule = "organisation_branch_kind_only_of_branches"
    refused(lambda: Organisation.objects.filter(pk=cast.first.pk).update(branch_kind=""), rule)
    refused(lambda: Organisation.objects.filter(pk=cast.county.pk).update(branch_kind="joint"), rule)


def test_a_group_leader_has_a_group_and_nobody_else_has(cast, refused):
    here = {"user": cast.nobody, "organisation": cast.first, "since": DAY}
    refused(Grant(office="group_leader", **here).save, "grant_group_only_of_group_leaders")
    refused(Grant(office="clerk", group=cast.group, **here).save, "grant_group_only_of_group_leaders")


def test_login_names_are_stored_in_lower_case(cast, refused):
    refused(lambda: User.objects.filter(username="nobody").update(username="Nobody"), "user_username_in_lower_case")


def test_nothing_that_others_hang_on_can_be_deleted(cast):
    for row in (cast.first, cast.people[4], cast.group, cast.officer):
        with pytest.raises(ProtectedError):
            row.delete()
