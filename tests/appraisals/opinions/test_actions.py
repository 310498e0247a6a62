"""What the actions of opinions write, refuse and count; the county's and the library's figures as they were reported."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from appraisals.models import ChannelCount, Digest, DigestText, Opinion, OpinionText, Round
from appraisals.opinions import actions
from appraisals.opinions.actions import Entry, Numbers
from appraisals.opinions.desk import entries_of
from appraisals.opinions.digests import actions as digests
from appraisals.opinions.receivers import receivers_of
from branches.models import User
from branches.retention.actions import destroy_expired
from figures.models import Summary
from figures.registry import named
from tests.appraisals.opinions.rows import fresh, opinion
from workflow.models import AuditEvent, History
from workflow.moves import MoveNotAllowed

COUNTY = {"committee": 815, "unit": 680, "leader": 8750, "member": 3373}


def numbers(world):
    """The figures of opinions of the first branch, by code."""
    row = Summary.objects.filter(organisation=world.first, round_key=world.round.pk).first()
    codes = ("received", "forms_issued", "forms_returned", "boxes", "hotlines", "fed_back", "acknowledged")
    return {code: getattr(row, named(f"opinions.{code}").column) for code in codes} if row else {}


def test_the_county_enters_its_mentions_by_target_without_words(world):
    entries = [Entry(target, count=count) for target, count in COUNTY.items()]
    actions.enter(world.round, world.county, "form", timezone.localdate(), entries, actor=world.officer)
    assert not OpinionText.objects.exists()
    assert Summary.objects.get(organisation=world.county).n24 == 13618
    counted = {"form": Numbers(28300), "box": Numbers(87), "hotline": Numbers(58)}
    actions.count_channels(world.round, world.county, counted, timezone.localdate(), actor=world.officer)
    row = Summary.objects.get(organisation=world.county)
    assert (row.n25, row.n26, row.n27, row.n28) == (28300, 0, 87, 58)


def test_each_figure_follows_its_rows_through_every_deed(world):
    at = (world.round, world.first, "box", timezone.localdate())
    member = world.people[4]
    entries = [Entry("member", "One", member, 3), Entry("unit", "Two"), Entry("unit", "Three", None, 5)]
    keys = [row.pk for row in actions.enter(*at, entries, actor=world.clerk)]
    about, void, sealed = (Opinion.objects.select_related("organisation").get(pk=key) for key in keys)
    assert numbers(world)["received"] == 9
    secretary = fresh(world.secretary)
    actions.move(void, "void", actor=secretary, note="Typed twice")
    assert numbers(world)["received"] == 8
    actions.seal(sealed, receivers_of(sealed)[0], actor=secretary)
    assert numbers(world)["received"] == 3
    digest = digests.gather([about], "In other words", actor=secretary)
    digests.move(digest, "feed_back", actor=secretary)
    assert (numbers(world)["fed_back"], numbers(world)["acknowledged"]) == (1, 0)
    digests.move(digest, "acknowledge", actor=fresh(world.member))
    assert (numbers(world)["fed_back"], numbers(world)["acknowledged"]) == (1, 1)


def test_a_digest_acknowledged_on_paper_says_for_whom(world):
    digest = digests.gather([opinion(world, "member", world.people[4])], "Words", actor=fresh(world.secretary))
    digests.move(digest, "feed_back", actor=fresh(world.secretary))
    digests.move(digest, "acknowledge", actor=fresh(world.secretary))
    last = History.objects.of(digest).last()
    assert (last.move, last.entered_for) == ("acknowledge", str(world.first))


def test_a_digest_made_void_sets_its_opinions_free(world):
    rows = [opinion(world, "unit"), opinion(world, "unit")]
    digest = digests.gather(rows, "In other words", actor=fresh(world.secretary))
    assert set(Opinion.objects.values_list("state", "digest")) == {("sorted", digest.pk)}
    digests.move(digest, "void", actor=fresh(world.secretary), note="Better apart")
    assert set(Opinion.objects.values_list("state", "digest")) == {("received", None)}


def test_a_digest_gathers_only_what_is_about_the_same(world):
    unlike = [opinion(world, "unit"), opinion(world, "member", world.people[4])]
    with pytest.raises(ValidationError):
        digests.gather(unlike, "Words", actor=fresh(world.secretary))
    assert not Digest.objects.exists()


def test_one_opinion_is_not_gathered_twice(world):
    row = opinion(world, "unit")
    digests.gather([row], "Words", actor=fresh(world.secretary))
    with pytest.raises(MoveNotAllowed):
        digests.gather([Opinion.objects.get()], "Other words", actor=fresh(world.secretary))
    assert Digest.objects.count() == 1


@pytest.mark.parametrize(("said", "told", "fits"), [
    ("开会总是迟到半小时以上，让大家等着", "有人说：开会总是迟到半小时以上，让大家等着", False),
    ("开会总是迟到半小时以上，让大家等着", "希望按时开会", True),
    ("不守时", "有同志认为不守时", True),  # too short to tell a style
])  # fmt: skip
def test_a_digest_does_not_repeat_an_opinion_word_for_word(world, said, told, fits):
    row, secretary = opinion(world, "unit", text=said), fresh(world.secretary)
    if fits:
        digests.gather([row], told, actor=secretary)
        return
    with pytest.raises(ValidationError):
        digests.gather([row], told, actor=secretary)
    digest = digests.gather([row], "Words", actor=secretary)
    with pytest.raises(ValidationError):
        digests.reword(digest, told, actor=secretary)
    assert DigestText.objects.get().text == "Words"


def test_what_has_been_fed_back_is_not_reworded(world):
    digest = digests.gather([opinion(world, "unit")], "Words", actor=fresh(world.secretary))
    digests.move(digest, "feed_back", actor=fresh(world.secretary))
    with pytest.raises(MoveNotAllowed):
        digests.reword(digest, "Other words", actor=fresh(world.secretary))


@pytest.mark.parametrize("fault", ["round", "place", "day", "person", "target", "count", "nothing", "unit's person"])
def test_what_cannot_be_is_refused_and_nothing_written(world, fault):
    entry = {
        "person": Entry("member", "Words", world.siblings[1]),
        "target": Entry("nobody", "Words"),
        "count": Entry("unit", "Words", None, 0),
        "unit's person": Entry("unit", "Words", world.people[4]),
    }.get(fault, Entry("unit", "Words"))
    round_ = world.planned if fault == "round" else world.round
    place, actor = (world.third, world.stranger) if fault == "place" else (world.first, world.clerk)
    day = timezone.localdate() + timedelta(1 if fault == "day" else 0)
    entries = [] if fault == "nothing" else [Entry("unit", "Right"), entry]
    with pytest.raises(ValidationError):
        actions.enter(round_, place, "box", day, entries, actor=actor)
    assert not Opinion.objects.exists() and not OpinionText.objects.exists()


@pytest.mark.parametrize("who", ["member", "group_leader", "committee_member", "supervisor", "liaison", "sibling"])
def test_who_keeps_no_records_there_enters_nothing(world, who):
    with pytest.raises(PermissionDenied):
        opinion(world, "unit", by=fresh(getattr(world, who)))


def test_more_forms_do_not_come_back_than_went_out_and_pages_are_not_counted(world):
    for name, given in (("form", Numbers(10, 11)), ("box", Numbers(3, 1)), ("page", Numbers(1))):
        with pytest.raises(ValidationError):
            actions.count_channels(world.round, world.first, {name: given}, timezone.localdate(), actor=world.clerk)
    assert not ChannelCount.objects.exists()


def test_numbers_that_stay_keep_their_day_and_their_history(world):
    at, today = (world.round, world.first), timezone.localdate()
    actions.count_channels(*at, {"form": Numbers(60, 52), "box": Numbers(2)}, today - timedelta(3), actor=world.clerk)
    changed = actions.count_channels(*at, {"form": Numbers(60, 55), "box": Numbers(2)}, today, actor=world.clerk)
    assert [row.channel for row in changed] == ["form"]
    days = dict(ChannelCount.objects.values_list("channel", "counted_on"))
    assert days == {"form": today, "box": today - timedelta(3)}
    assert (numbers(world)["forms_issued"], numbers(world)["forms_returned"], numbers(world)["boxes"]) == (60, 55, 2)


@pytest.mark.parametrize(("typed", "as_one", "expected"), [
    ("One", False, [("One", 4)]),
    ("One ×3", False, [("One", 3)]),
    ("One\n\n Two x2 \nThree", False, [("One", 1), ("Two", 2), ("Three", 1)]),
    ("One\nTwo", True, [("One\nTwo", 4)]),
    ("", False, [("", 4)]),
])  # fmt: skip
def test_a_line_is_an_opinion_and_says_how_often_it_was_given(typed, as_one, expected):
    found = entries_of({"target": "unit", "concerns": None, "count": 4, "text": typed}, as_one=as_one)
    assert [(entry.text, entry.count) for entry in found] == expected


def test_raw_words_are_destroyed_after_the_round_and_digests_stay(world):
    row = opinion(world, "unit")
    digests.gather([row], "Digest words", actor=fresh(world.secretary))
    due = timezone.localdate() - timedelta(181)
    Round.objects.filter(pk=world.round.pk).update(due_on=due)
    today = timezone.localdate()
    destroy_expired(today)
    assert OpinionText.objects.exists()  # the round is still under way
    Round.objects.filter(pk=world.round.pk).update(state="closed", due_on=due + timedelta(1))
    destroy_expired(today)
    assert OpinionText.objects.exists()  # to the day
    Round.objects.filter(pk=world.round.pk).update(due_on=due)
    before = History.objects.count()
    destroy_expired(today)
    assert not OpinionText.objects.exists()
    assert DigestText.objects.get().text == "Digest words" and Opinion.objects.count() == 1
    told = History.objects.order_by("-pk").first()
    assert History.objects.count() == before + 1 and told.note.endswith("× 1")
    assert "RAW-WORDS" not in told.note + AuditEvent.objects.order_by("-pk").first().note


def test_no_column_could_hold_who_gave_it_nor_a_moment():
    columns = {field.name for model in (Opinion, OpinionText) for field in model._meta.concrete_fields}
    assert columns == {
        "id", "state", "round", "organisation", "channel", "target", "concerns", "read_by", "count", "noted_on",
        "digest", "opinion", "text",
    }  # fmt: skip
    related = [field.name for field in Opinion._meta.concrete_fields if field.related_model is User]
    assert not related
