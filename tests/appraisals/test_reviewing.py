"""Reading through the pile: reasons that are counted, comments on passages, and several readers in turn."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from appraisals import actions as rounds
from appraisals.materials import actions as writing
from appraisals.materials.asking import actions as asking
from appraisals.materials.kinds import SHIPPED
from appraisals.materials.reviewing import actions
from appraisals.materials.reviewing.anchors import laid_out, place
from appraisals.models import Comment, Material, ReturnReason, Version
from workflow.models import AuditEvent, History
from workflow.moves import MoveNotAllowed, NoteRequired

pytestmark = pytest.mark.django_db
PASSAGE = {"title": "Belief", "quote": "WRITTEN-WORDS", "start": 0}


def owed(round_, person):
    return Material.objects.select_related("organisation", "round", "author").get(round=round_, author=person)


# --- reasons ----------------------------------------------------------------------------------------------------------
def test_a_return_with_reasons_needs_no_other_words(world):
    asking.set_rules(world.round, actor=world.officer, owed={}, own_reasons="未联系本职")
    reasons = ["no_example", "own:未联系本职", "no_example"]
    writing.move_material(world.material, "send_back", actor=world.secretary, reasons=reasons)
    rows = ReturnReason.objects.filter(material=world.material)
    assert [(row.version, row.code, row.words, str(row)) for row in rows] == [
        (1, "no_example", "", "无事例"), (1, "own", "未联系本职", "未联系本职"),
    ]  # fmt: skip
    assert History.objects.of(world.material).last().note == "无事例、未联系本职"


def test_a_return_without_any_reason_is_refused_and_so_is_an_unknown_one(world):
    with pytest.raises(NoteRequired):
        writing.move_material(world.material, "send_back", actor=world.secretary)
    with pytest.raises(ValidationError):
        writing.move_material(world.material, "send_back", actor=world.secretary, reasons=["own:unheard of"])
    assert not ReturnReason.objects.exists()


def test_the_page_of_a_material_takes_reasons_as_the_pile_does(client, world):
    asking.set_rules(world.round, actor=world.officer, owed={}, own_reasons="未联系本职")
    client.force_login(world.secretary)
    page = client.get(world.material.get_absolute_url()).content.decode()
    assert "补充说明" in page and 'name="reasons" value="no_example"' in page and 'value="own:未联系本职"' in page
    address = reverse("material_move", args=[world.material.pk, "send_back"])
    client.post(address, {"reasons": ["no_example", "own:未联系本职"], "note": ""})
    world.material.refresh_from_db()
    assert world.material.state == "returned"
    assert sorted(world.material.return_reasons.values_list("code", "words")) == [
        ("no_example", ""), ("own", "未联系本职"),
    ]  # fmt: skip


def test_without_reasons_and_words_the_page_returns_nothing(client, world):
    client.force_login(world.secretary)
    client.post(reverse("material_move", args=[world.material.pk, "send_back"]), {"note": " "})
    world.material.refresh_from_db()
    assert world.material.state == "submitted"


def test_reasons_are_counted_by_version_and_read_by_writer_and_reviewer(world):
    for _round in range(2):
        writing.move_material(world.material, "send_back", actor=world.secretary, reasons=["shallow"])
        writing.submit(world.material, {"1": "Again"}, actor=world.member, seen=_round + 1)
    rows = ReturnReason.objects.filter(material=world.material)
    assert sorted(rows.values_list("version", "code")) == [(1, "shallow"), (2, "shallow")]
    readers = {name for name in vars(world) if hasattr(getattr(world, name), "reach")
               and rows.visible_to(getattr(world, name)).exists()}  # fmt: skip
    assert readers == {"member", "secretary"}


# --- comments ---------------------------------------------------------------------------------------------------------
def test_a_comment_is_answered_and_resolved(world):
    row = actions.comment(world.material, " Which? ", actor=world.secretary, **PASSAGE)
    assert (row.words, row.version, row.state) == ("Which?", 1, "open")
    actions.answer(row, "This one", actor=world.member)
    with pytest.raises(PermissionDenied):
        actions.resolve(row, actor=world.member)
    actions.resolve(row, actor=world.secretary)
    assert Comment.objects.get(pk=row.pk).state == "resolved"
    with pytest.raises(MoveNotAllowed):
        actions.answer(row, "Once more", actor=world.member)


def test_who_may_comment_where_and_what(world):
    for actor in (world.member, world.clerk, world.officer, world.committee_member):
        with pytest.raises(PermissionDenied):
            actions.comment(world.material, "x", actor=actor, **PASSAGE)
    for wrong in ({"quote": "not there"}, {"quote": ""}, {"title": "Work"}):
        with pytest.raises(ValidationError):
            actions.comment(world.material, "x", actor=world.secretary, **{**PASSAGE, **wrong})
    with pytest.raises(ValidationError):
        actions.comment(world.material, "  ", actor=world.secretary, **PASSAGE)
    writing.move_material(world.material, "withdraw", actor=world.member)
    with pytest.raises(MoveNotAllowed):
        actions.comment(world.material, "x", actor=world.secretary, **PASSAGE)


def test_the_words_of_a_comment_stand_in_no_history_and_no_log(world):
    row = actions.comment(world.material, "COMMENT-WORDS", actor=world.secretary, **PASSAGE)
    actions.answer(row, "ANSWER-WORDS", actor=world.member)
    told = [str(entry.__dict__) for model in (History, AuditEvent) for entry in model.objects.all()]
    assert not [entry for entry in told if "COMMENT-WORDS" in entry or "ANSWER-WORDS" in entry]


def test_a_comment_is_dark_while_its_author_has_taken_the_piece_back(world):
    actions.comment(world.material, "x", actor=world.secretary, **PASSAGE)
    seen = lambda user: Comment.objects.visible_to(user).exists()  # noqa: E731
    assert seen(world.secretary) and seen(world.member) and not seen(world.officer) and not seen(world.clerk)
    writing.move_material(world.material, "withdraw", actor=world.member)
    assert not seen(world.secretary) and seen(world.member)


@pytest.mark.parametrize(
    ("quote", "start", "text", "found"),
    [("b", 0, "abcb", 1), ("b", 3, "abcb", 3), ("b", 9, "abcb", 3), ("x", 0, "abc", None), ("aa", 1, "aaa", 1)],
)
def test_a_passage_is_found_nearest_to_where_it_stood(quote, start, text, found):
    assert place(quote, start, text) == found


def test_a_comment_goes_on_to_the_next_version_or_is_told_as_gone(world):
    for words in ("first", "second"):
        actions.comment(world.material, words, actor=world.secretary, **PASSAGE)
    Comment.objects.filter(words="second").update(quote="More", title="Work")
    writing.move_material(world.material, "send_back", actor=world.secretary, note="x")
    writing.submit(world.material, {"1": "New first. WRITTEN-WORDS", "2": "Else"}, actor=world.member, seen=1)
    version = Version.objects.get(material=world.material, number=2)
    sections, placed = laid_out(version.sections, Comment.objects.order_by("pk"))
    assert [(line.number, line.is_gone) for line in placed] == [(1, False), (2, True)]
    assert [[s.marks for s in section.sentences] for section in sections] == [[[1]], [[]]]


def test_a_line_break_is_no_sentence_of_its_own(world):
    ((section,), _placed) = laid_out([["Belief", "One。\r\n\r\nTwo\nThree！"]], [])
    assert [(s.start, s.text) for s in section.sentences] == [(0, "One。\n\n"), (6, "Two\n"), (10, "Three！")]


# --- several readers ---------------------------------------------------------------------------------------------------
@pytest.fixture
def chained(world):
    """A round that three people read; the member's piece is handed in."""
    asking.set_rules(world.planned, actor=world.officer, owed=SHIPPED, chain="three")
    rounds.move_round(world.planned, "open", actor=world.officer)
    material = owed(world.planned, world.people[4])
    writing.submit(material, {"1": "CHAINED-WORDS"}, actor=world.member, seen=0)
    return material


def test_three_readers_follow_one_another(world, chained):
    read = lambda user: Version.objects.visible_to(user).filter(material=chained).exists()  # noqa: E731
    waits = lambda user: Material.objects.awaiting(user).filter(pk=chained.pk).exists()  # noqa: E731
    assert waits(world.secretary) and not read(world.supervisor) and not read(world.officer)
    with pytest.raises(MoveNotAllowed):
        writing.move_material(chained, "accept", actor=world.secretary)
    for reader, following, waiting in ((world.secretary, "committee", world.officer),
                                       (world.officer, "supervision", world.supervisor)):  # fmt: skip
        writing.move_material(chained, "pass_on", actor=reader)
        chained.refresh_from_db()
        assert (chained.state, chained.reviewer) == ("submitted", following)
        assert waits(waiting) and read(waiting) and not waits(reader)
        with pytest.raises(PermissionDenied):
            writing.move_material(chained, "send_back", actor=reader, note="x")
    writing.move_material(chained, "accept", actor=world.supervisor)
    assert chained.state == "accepted"


def test_passing_on_counts_nothing_anew_and_returning_does(world, chained, monkeypatch):
    """No figure says with which reader a piece lies; but that it was returned, one does."""
    counted = []
    monkeypatch.setattr(writing, "recount", lambda places, *_more, **_who: counted.append(list(places)))
    writing.move_material(chained, "suggest", actor=world.secretary, note="Say more")
    writing.move_material(chained, "pass_on", actor=world.secretary)
    assert counted == []
    chained.refresh_from_db()
    writing.move_material(chained, "send_back", actor=world.officer, note="Again")
    assert counted == [[chained.organisation_id]]


def test_what_the_second_reader_returns_begins_again_with_the_first(world, chained):
    writing.move_material(chained, "pass_on", actor=world.secretary)
    chained.refresh_from_db()
    writing.move_material(chained, "send_back", actor=world.officer, reasons=["shallow"])
    writing.submit(chained, {"1": "Better"}, actor=world.member, seen=1)
    chained.refresh_from_db()
    assert (chained.state, chained.reviewer) == ("submitted", "branch")


def test_the_secretarys_own_skips_himself(world, chained):
    mine = owed(world.planned, world.people[0])
    assert mine.reviewer == "committee" and mine.readers == ("committee", "supervision")
    assert not Material.objects.awaiting(world.secretary).filter(pk=mine.pk).exists()


# --- the pages --------------------------------------------------------------------------------------------------------
def test_the_pile_goes_on_to_the_next_and_says_when_it_is_empty(client, world):
    client.force_login(world.secretary)
    second = owed(world.round, world.people[3])
    writing.submit(second, {"1": "Second"}, actor=world.group_leader, seen=0)
    first, other = sorted([world.material.pk, second.pk])
    assert client.get(reverse("material_pile")).url == reverse("material_review", args=[first])
    sent = client.post(reverse("material_review", args=[first]), {"do": "accept"})
    assert sent.url == reverse("material_review", args=[other])
    sent = client.post(sent.url, {"do": "send_back", "reasons": ["no_cause"]})
    assert sent.url == reverse("material_list")
    assert client.get(reverse("material_pile")).url == reverse("material_list")
    assert sorted(Material.objects.filter(pk__in=[first, other]).values_list("state", flat=True)) == [
        "accepted", "returned",
    ]  # fmt: skip


def test_what_is_refused_keeps_every_word(client, world):
    client.force_login(world.secretary)
    address = reverse("material_review", args=[world.material.pk])
    page = client.post(address, {"do": "comment", "note": "TYPED-WORDS", **PASSAGE, "quote": "gone"})
    assert page.status_code == 200 and "TYPED-WORDS" in page.content.decode()
    assert client.post(address, {"do": "unheard"}).status_code == 404
    assert client.post(address, {"do": "suggest", "note": " "}).status_code == 200


def test_the_reading_view_asks_as_often_for_many_comments(client, world):
    client.force_login(world.secretary)
    asked = []
    for many in (1, 12):
        for number in range(many):
            actions.comment(world.material, f"c{number}", actor=world.secretary, **PASSAGE)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse("material_review", args=[world.material.pk])).status_code == 200
        asked.append(len(queries))
    assert asked[0] == asked[1] <= 25


def test_the_pile_is_offered_to_whoever_reviews(client, world):
    for reader, offered in ((world.member, False), (world.secretary, True), (world.supervisor, True)):
        client.force_login(reader)
        assert (reverse("material_pile") in client.get(reverse("material_list")).content.decode()) is offered
