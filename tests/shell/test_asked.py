"""Statements that are kept find what Django's own queries find, for whoever asks, and see each change at once."""

from datetime import date

import pytest
from django.db.models import CharField, Count, Exists, OuterRef, Q, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse

from appraisals.models import Material
from branches.actions import grants
from branches.models import Grant, Member, Organisation, Post, Relation, User
from branches.tree import under, which_of
from meetings.filters import MeetingFilter
from meetings.lists import MEETING_COLUMNS
from meetings.models import Meeting
from shell import asked as module
from shell import lists
from shell.asked import Asked, asked
from tests.cast import account
from workflow.actors import SYSTEM
from workflow.tables import own_models

TODAY = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch):
    monkeypatch.setattr(module, "_statements", {})


def visible(model):
    return lambda user, rows: rows(model).visible_to(user).order_by("pk")


QUERIES = {
    "meetings": lambda user, rows: rows(Meeting).visible_to(user).as_told_to(user).order_by("-started_at", "pk"),
    "materials": lambda user, rows: rows(Material).visible_to(user).with_late(TODAY).order_by("due_on", "pk"),
    "awaiting": lambda user, rows: rows(Material).awaiting(user).select_related("round", "author").order_by("pk"),
    "members": visible(Member),
    "register": lambda user, rows: rows(Relation).visible_to(user).register(on=user.reach.day),
    "organisations": visible(Organisation),
    "some": lambda user, rows: rows(Organisation).visible_to(user).order_by("-path")[1:3],
    "columns": lambda user, rows: rows(Relation).visible_to(user).values_list("pk", "since", "member__name"),
    "one column": lambda user, rows: rows(Relation).visible_to(user).order_by("since").values_list("since", flat=True),
}  # fmt: skip


CONDITIONS = ("state=filed", "form=general_meeting", "late=1", "late=0", "leaders=true", "place={county}",
              "group=1", "state=draft&form=party_lecture", "held_min=2020-01-01", "q=Theme")  # fmt: skip


def ordinary(model):
    return model._default_manager.all()


def told(rows):
    return [
        row if isinstance(row, tuple | date) else {k: v for k, v in vars(row).items() if k != "_state"} for row in rows
    ]


@pytest.mark.parametrize("name", QUERIES)
def test_everybody_finds_what_django_finds(world, name):
    query, found = QUERIES[name], []
    for user in User.objects.order_by("pk"):
        expected = told(query(user, ordinary))
        assert (told(query(user, asked)), told(query(user, asked))) == (expected, expected)
        assert query(user, asked).count() == len(expected)
        found.append(expected)
    assert len({str(rows) for rows in found}) > 1
    assert None not in module._statements.values()
    assert len(module._statements) < 2 * len(found)


def test_a_shape_is_put_into_sql_once_and_asked_for_each(cast):
    one, other = (asked(Relation).filter(under(o.path, "organisation__path"), since__lte=TODAY)
                  for o in (cast.first, cast.second))  # fmt: skip
    names = [{row.member_id for row in rows} for rows in (one, other)]
    assert all(names) and not names[0] & names[1]
    assert len(module._statements) == 1


def test_what_names_a_field_or_compares_an_expression_is_put_into_sql_once(cast):
    for paths in (["0001"], ["0002"]):
        place = which_of(paths)
        text = Concat(Value("№"), Cast("pk", CharField()), output_field=CharField())
        rows = asked(Organisation).annotate(place=place, text=text).filter(place__isnull=False).order_by("pk")
        found = [(row.path, row.place, row.text) for row in rows]
        assert found == [(row.path, paths[0], f"№{row.pk}") for row in Organisation.objects.filter(under(paths[0]))]
    assert len(module._statements) == 1 and None not in module._statements.values()


def test_what_is_related_comes_with_the_row(world, django_assert_num_queries):
    rows = asked(Material).select_related("round", "author", "organisation").order_by("pk")
    expected = [(m.round.name, str(m.author), m.organisation.path) for m in Material.objects.order_by("pk")]
    with django_assert_num_queries(1):
        assert [(m.round.name, str(m.author), m.organisation.path) for m in rows] == expected


def test_a_right_that_ends_is_gone_with_the_next_request(client, world):
    client.force_login(account("officer_for_a_day", office="officer", organisation=world.county))
    page = reverse("meeting_list")
    assert world.meeting.theme in client.get(page).content.decode()
    for grant in Grant.objects.filter(user__username="officer_for_a_day"):
        grants.revoke(grant, actor=SYSTEM, note="换届")
    assert world.meeting.theme not in client.get(page).content.decode()


def test_an_account_that_is_shut_is_signed_out_with_the_next_request(client, cast):
    client.force_login(cast.member)
    assert client.get(reverse("dashboard")).status_code == 200
    User.objects.filter(pk=cast.member.pk).update(is_active=False)
    assert client.get(reverse("dashboard")).status_code == 302


@pytest.mark.parametrize(
    "condition",
    [
        Q(name__icontains="a"),  # the value becomes part of another one
        Q(since__year=2015),  # becomes two
        Q(numchild=10**30),  # no such number in any column
        Q(pk__in=[]),
        Q(name="", successor=None),
        Q(path__in=["0001", "0002", "0001"]),
        ~Q(kind="branch") | Q(name="First branch"),
    ],
)
def test_conditions_of_any_kind_are_right(cast, condition):
    expected = list(Organisation.objects.filter(condition))
    for _turn in range(2):
        assert list(asked(Organisation).filter(condition)) == expected
        assert asked(Organisation).filter(condition).count() == len(expected)


def test_it_stands_in_a_condition_of_either_kind(cast):
    posts = asked(Post).filter(kind="secretary")
    expected = set(Member.objects.filter(posts__kind="secretary"))
    here = posts.filter(member=OuterRef("pk"))
    for rows in (Member.objects.all(), asked(Member)):
        assert set(rows.filter(pk__in=posts.values("member"))) == expected
        assert set(rows.filter(Exists(here))) == expected
        assert not set(rows.filter(~Exists(here))) & expected
    assert expected


def test_values_inside_expressions_are_values(cast):
    rows = [
        asked(Organisation).values_list("kind", Value(word)).annotate(Count("pk")).order_by("kind") for word in "ab"
    ]
    assert [{word for _kind, word, _n in found} for found in rows] == [{"a"}, {"b"}]
    assert len(module._statements) == 1


def test_one_row_none_and_several(cast):
    rows = asked(Organisation)
    assert rows.get(pk=cast.first.pk) == cast.first
    assert (rows.filter(name="nobody").first(), rows.filter(name="nobody").exists(), rows.exists()) == (
        None,
        False,
        True,
    )
    with pytest.raises(Organisation.DoesNotExist):
        rows.get(name="nobody")
    with pytest.raises(Organisation.MultipleObjectsReturned):
        rows.get(kind="branch")


def test_a_word_the_queryset_does_not_know_is_refused(db):
    with pytest.raises(AttributeError):
        asked(Meeting).delete()


@pytest.mark.parametrize("query", CONDITIONS)
def test_a_list_that_is_narrowed_shows_what_django_finds(rf, world, query):
    address = f"/meetings/?{query.format(county=world.county.pk)}"
    for user in User.objects.order_by("pk"):
        request = rf.get(address)
        request.user = user
        kept, plain = (
            lists.page(request, rows(Meeting).visible_to(user).records().as_told_to(user),
                       columns=MEETING_COLUMNS, filters=MeetingFilter).objects
            for rows in (asked, ordinary)
        )  # fmt: skip
        assert told(kept) == told(plain)


def test_what_is_chosen_from_a_list_keeps_its_statement(rf, world):
    request = rf.get("/meetings/?state=filed&form=general_meeting")
    request.user = world.officer
    rows = asked(Meeting).visible_to(request.user).as_told_to(request.user)
    lists.page(request, rows, columns=MEETING_COLUMNS, filters=MeetingFilter).objects  # noqa: B018
    assert module._statements and None not in module._statements.values()


@pytest.mark.parametrize("words", ["irst", "FIRST", "%", "_", "\\", "%25", ""])
def test_words_looked_for_are_filled_in_as_they_were_typed(cast, words):
    Organisation.objects.filter(pk=cast.second.pk).update(name="50%_\\")
    for word in ("Harbour", words):
        query = {"name__icontains": word}
        assert told(asked(Organisation).filter(**query)) == told(Organisation.objects.filter(**query))
    assert len(module._statements) == 1 and None not in module._statements.values()


def test_no_queryset_of_ours_uses_a_word_that_asked_keeps_for_itself():
    """It would be asked instead of the queryset's: a list narrowed by such a word ended in an error."""
    kept = {name for name in vars(Asked) if not name.startswith("_")} - {"rows_of"}  # which both mean alike
    taken = {}
    for model in own_models():
        kinds = [
            kind for kind in type(model._default_manager.all()).__mro__ if not kind.__module__.startswith("django")
        ]
        if words := kept & {word for kind in kinds for word in vars(kind)}:
            taken[model._meta.label] = words
    assert taken == {}
