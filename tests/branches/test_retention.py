"""What is kept how long: which rows have expired where, how they are destroyed, and what tells of it."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from branches.actions import rules as settings_of_rules
from branches.models import User
from branches.retention import kinds
from branches.retention.actions import destroy_expired
from branches.retention.expired import expired
from branches.rules import sets, table
from branches.tasks import destroy_expired as daily
from meetings import actions as meetings
from meetings.models import Meeting, Minutes
from tests import cast as people
from workflow.models import AuditEvent, History

HELD = date(2026, 3, 2)


def blank(rows):
    return rows.update(text="")


@pytest.fixture(autouse=True)
def english(settings):
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def kind(monkeypatch):
    """Words of meetings as a kind that is kept for 60 days."""
    monkeypatch.setattr(kinds, "_kinds", dict(kinds._kinds))
    monkeypatch.setattr(table, "_rules", dict(table._rules))
    return kinds.register(
        kinds.Kind(
            "T-1", "Words", "Because", 60, rows=lambda: Minutes.objects.exclude(text=""), destroy=blank,
            since="meeting__started_at__date", organisation="meeting__organisation",
        )
    )  # fmt: skip


@pytest.fixture
def held(cast, kind):
    """Records of two branches, the first with one more of the year before."""

    def meeting(branch, folk, actor, day=HELD):
        begins = timezone.make_aware(datetime(day.year, day.month, day.day, 9))
        record = Meeting(organisation=branch, form="general_meeting")
        return meetings.save(record, people.entry(folk, begins=begins), actor=actor)

    cast.here = meeting(cast.first, cast.people, cast.secretary)
    cast.old = meeting(cast.first, cast.people, cast.secretary, date(2025, 12, 20))
    cast.there = meeting(cast.second, cast.siblings, cast.sibling)
    return cast


def put(cast, place, days, year=2026, severity="remind"):
    actor = User.objects.get(pk=cast.officer.pk)
    settings_of_rules.override_rule(
        place, year, "T-1", actor=actor, severity=severity, parameters={"days": days}, reason="So"
    )


def left():
    return set(Minutes.objects.exclude(text="").values_list("meeting", flat=True))


def test_a_text_is_kept_for_its_days_and_gone_on_the_next(held):
    assert destroy_expired(HELD + timedelta(60)) == 1  # that of the year before
    assert left() == {held.here.pk, held.there.pk}
    assert destroy_expired(HELD + timedelta(61)) == 2
    assert left() == set()
    assert destroy_expired(HELD + timedelta(400)) == 0


def test_of_one_branch_and_year_only_what_is_old_goes(held):
    begins = timezone.make_aware(datetime(2026, 6, 1, 9))
    later = meetings.save(
        Meeting(organisation=held.first, form="general_meeting"), people.entry(held.people, begins=begins),
        actor=held.secretary,
    )  # fmt: skip
    assert destroy_expired(HELD + timedelta(61)) == 3
    assert left() == {later.pk}


def test_only_branches_that_have_something_to_destroy_are_named(kind, held):
    found = [[branch.name for branch, _rows in expired(kind, HELD + timedelta(days))] for days in (-12, 60, 61)]
    assert found == [[], ["First branch"], ["First branch", "Second branch"]]


def test_of_what_is_younger_than_any_rule_allows_nothing_is_asked(kind, held, django_assert_num_queries):
    with django_assert_num_queries(2):  # the oldest of each branch and year, and what superiors have set for them
        assert list(expired(kind, date(2025, 12, 20) + timedelta(31))) == []
    with django_assert_num_queries(1):
        assert list(expired(kind, date(2025, 12, 20) + timedelta(30))) == []


@pytest.mark.parametrize("facts", [{}, {"days": 60}, {"rows": Minutes.objects.all}])
def test_what_is_kept_for_good_never_expires(held, facts):
    kept = kinds.Kind(
        "T-2", "Words", "Because", since="meeting__started_at__date", organisation="meeting__organisation"
    )
    assert list(expired(replace(kept, **facts), HELD + timedelta(4000))) == []


def test_the_days_are_those_of_the_branch_and_of_the_year_of_the_text(held):
    put(held, held.county, 90)
    put(held, held.county, 30, year=2027)
    assert destroy_expired(HELD + timedelta(61)) == 1
    assert left() == {held.here.pk, held.there.pk}
    assert destroy_expired(HELD + timedelta(90)) == 0
    assert destroy_expired(HELD + timedelta(91)) == 2


def test_the_nearest_superior_sets_the_days(cast, kind, held):
    town = people.found("Town", "general_branch", cast.county)
    village = people.found("Village", "branch", town)
    put(cast, cast.county, 90)
    put(cast, town, 40)
    places = {(village.path, 2026), (cast.first.path, 2026), (cast.third.path, 2026), (village.path, 2025)}
    days = {place: rule.numbers["days"] for place, rule in sets.in_force("T-1", places).items()}
    assert days == {
        (village.path, 2026): 40, (cast.first.path, 2026): 90, (cast.third.path, 2026): 60, (village.path, 2025): 60,
    }  # fmt: skip
    with pytest.raises(KeyError):
        sets.in_force("T-2", places)


def test_where_the_rule_is_not_applied_nothing_is_destroyed(held):
    put(held, held.county, 60, severity="off")
    assert destroy_expired(HELD + timedelta(400)) == 1
    assert left() == {held.here.pk, held.there.pk}


def test_each_branch_is_told_by_numbers_and_never_by_words(held):
    Meeting.objects.update(started_at=timezone.now() - timedelta(80), ended_at=None)
    daily.run()
    told = AuditEvent.objects.filter(kind="kept_destroyed").order_by("pk")
    assert [(event.organisation_label, event.note, event.actor_key) for event in told] == [
        ("First branch", "Words × 2", "system"),
        ("Second branch", "Words × 1", "system"),
    ]
    last = History.objects.of(held.second).last()
    assert (last.move, last.note, last.actor_key) == ("destroy_kept", "Words × 1", "system")


def test_only_the_clock_destroys(cast):
    with pytest.raises(PermissionDenied):
        destroy_expired(HELD, actor=cast.officer)


def test_the_page_says_how_long_each_kind_is_kept_and_what_was_destroyed(held, client):
    put(held, held.county, 90)
    destroy_expired(HELD + timedelta(91))
    client.force_login(held.member)
    page = client.get(f"/organisations/{held.first.pk}/kept/?year=2026")
    rows = {kind.code: words for kind, _held, words in page.context["rows"]}
    assert (rows["F34-record"], rows["T-1"]) == ("For good", "90 days")
    assert [entry.note for entry in page.context["destroyed"]] == ["Words × 2"]
    assert not page.context["may_set"]
    words = page.content.decode()
    assert "County committee" in words
    assert "rules/2026/T-1/" not in words
    assert f"/organisations/{held.first.pk}/kept/" in client.get(f"/organisations/{held.first.pk}/").content.decode()


def test_the_superior_sets_the_days_from_the_page(held, client):
    put(held, held.county, 90, severity="off")
    client.force_login(held.officer)
    page = client.get(f"/organisations/{held.county.pk}/kept/?year=2026")
    assert f"/organisations/{held.county.pk}/rules/2026/T-1/" in page.content.decode()
    assert [words for kind, _held, words in page.context["rows"] if kind.code == "T-1"] == [
        "Until the rule is applied again"
    ]
