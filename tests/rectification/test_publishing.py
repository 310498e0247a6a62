"""The public board: off by default, three persons before anything is public, no names, an end by itself."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from branches.unfinished import refuse_unfinished
from rectification.models import Problem, Publication
from rectification.publishing import actions
from reminders import todos
from tests.papers import opened
from tests.rectification.board import (
    again,
    approved,
    drafted,
    facts,
    judges,
    lines,
    moved,
    on,
    proposed,
    public,
    reviewed,
)
from tests.rectification.rows import moved as stepped
from tests.rectification.rows import of_member, problem
from workflow.moves import MoveNotAllowed

DAY = timedelta(1)


@pytest.fixture
def board(world):
    on(world)
    return world


def put(row, **told):
    Publication.objects.filter(pk=row.pk).update(**told)


def test_nothing_is_made_public_until_a_superior_applies_the_rule(world):
    with pytest.raises(ValidationError, match="F19-1"):
        drafted(world)
    on(world)
    begun, ready = drafted(world), approved(world)
    on(world, severity="off")
    for row, name in ((begun, "propose"), (ready, "publish")):
        with pytest.raises(ValidationError, match="F19-1"), transaction.atomic():
            actions.move(again(row), name, actor=world.clerk)


def test_a_line_begins_as_the_ledger_has_it_with_the_post_for_the_person(board):
    team = problem(board, whose="committee", responsible=board.people[4], text="OF-TEAM")
    chief = problem(board, responsible=board.people[1], text="OF-CHIEF")
    row = drafted(board, [team, chief])
    first, second = lines(row)
    assert (first.text, first.measures, first.due_on) == ("OF-TEAM", "First measure\nSecond measure", team.due_on)
    assert (first.post, second.post) == ("支部委员会", "纪检委员")
    assert (row.unit, row.state, len(row.token)) == (board.county, "draft", 16)


def test_what_is_put_before_nobody(board):
    own, elsewhere = of_member(board, board.people[4]), problem(board, branch=board.second, actor=board.sibling,
                                                                responsible=board.siblings[1])  # fmt: skip
    unclear, void = problem(board, measures=()), stepped(problem(board), "void", actor=board.officer)
    for rows in ([own], [elsewhere], [unclear], [void], []):
        with pytest.raises(ValidationError):
            drafted(board, rows)
    with pytest.raises(ValidationError):
        drafted(board, until=timezone.localdate() - DAY)
    for name in ("committee_member", "member", "supervisor", "liaison", "sibling", "group_leader"):
        with pytest.raises(PermissionDenied):
            drafted(board, [problem(board)], actor=getattr(board, name))


def test_a_form_sent_twice_makes_one(board):
    key, rows = uuid4(), [problem(board)]
    assert drafted(board, rows, key=key) == drafted(board, rows, key=key)


def test_posts_are_named_and_no_person(board):
    name = board.people[4].name
    for told in ({"title": f"Of {name}"}, {"intro": f"{name} says"}):
        with pytest.raises(ValidationError, match=name):
            drafted(board, **told)
    row = drafted(board, [problem(board, text=f"{name} comes late")])
    with pytest.raises(ValidationError, match=name), transaction.atomic():
        actions.move(row, "propose", actor=board.clerk)
    (line,) = lines(row)
    worded = {"text": "Some come late", "measures": "One", "post": "组织委员", "due_on": None, "so_far": ""}
    for field in ("text", "measures", "post", "so_far"):
        with pytest.raises(ValidationError, match=name):
            actions.reword(row, facts(), {line.pk: {**worded, field: f"{name[0]} {name[1:]}"}}, actor=board.clerk)
    actions.reword(again(row), facts(audience="unit"), {line.pk: worded}, actor=board.secretary)
    row = moved(again(row), "propose", board.clerk)
    assert (row.state, row.audience, lines(row).get().text) == ("proposed", "unit", "Some come late")
    with pytest.raises(MoveNotAllowed):
        actions.reword(row, facts(), {}, actor=board.clerk)


def test_three_persons_propose_review_and_approve(board):
    assert judges(board, drafted(board)) == set()
    row = proposed(board)
    assert judges(board, row) == {"secretary", "committee_member", "officer", "supervisor"}
    row = moved(row, "review", board.secretary, "Looked at")
    assert (row.reviewed_words, row.reviewed_by, row.reviewed_on) == (
        "Looked at",
        board.secretary,
        timezone.localdate(),
    )
    assert judges(board, row) == {"officer"}
    assert judges(board, reviewed(board)) == {"secretary", "officer"}
    assert judges(board, reviewed(board, audience="society")) == {"officer"}
    row = moved(drafted(board), "propose", board.secretary)
    assert judges(board, row) == {"committee_member", "officer", "supervisor"}
    for fault in ({"reviewed_by": board.secretary}, {"approved_by": board.secretary}):
        with pytest.raises(IntegrityError), transaction.atomic():
            put(row, **fault)


def test_returned_it_begins_anew(board):
    row = moved(reviewed(board), "send_back", board.officer)
    assert (row.state, row.reviewed_by, row.reviewed_on, row.reviewed_words) == ("returned", None, None, "")
    row = moved(row, "propose", board.secretary)
    assert row.proposed_by == board.secretary
    assert moved(row, "take_back", board.clerk).state == "draft"


def test_public_it_says_since_when_and_is_not_begun_after_its_day(board):
    row = public(board)
    assert (row.state, row.published_on, row.has_ended) == ("public", timezone.localdate(), False)
    late = approved(board)
    put(late, until=timezone.localdate() - DAY)
    with pytest.raises(ValidationError), transaction.atomic():
        actions.move(again(late), "publish", actor=board.clerk)
    assert moved(row, "take_down", board.secretary).state == "taken_down"


READERS = (
    "member",
    "group_leader",
    "clerk",
    "committee_member",
    "sibling",
    "officer",
    "liaison",
    "stranger",
    "auditor",
)


def readers(world, row):
    rows = Publication.objects.filter(pk=row.pk)
    return {name for name in READERS if hasattr(world, name) and rows.visible_to(getattr(world, name)).exists()}


def test_each_audience_reads_what_is_meant_for_it_until_its_last_day(board):
    inner = {"clerk", "committee_member", "officer", "liaison"}
    assert readers(board, drafted(board)) == readers(board, approved(board, audience="society")) == inner
    home = inner | {"member", "group_leader"}
    row = public(board)
    assert readers(board, row) == home
    for audience in ("unit", "masses", "society"):
        assert readers(board, public(board, audience=audience)) == home | {"sibling"}, audience
    put(row, until=timezone.localdate())
    assert readers(board, row) == home
    put(row, until=timezone.localdate() - DAY)
    assert readers(board, row) == inner and again(row).has_ended


def waiting(user):
    found = type(user).objects.get(pk=user.pk)
    return {todo.code.removeprefix("publication_"): n for todo, n in todos.waiting(found)
            if todo.code.startswith("publication_")}  # fmt: skip


def test_each_waits_for_whom_it_is_to_do(board):
    row = proposed(board)
    assert waiting(board.committee_member) == waiting(board.secretary) == waiting(board.supervisor) == {"review": 1}
    assert waiting(board.clerk) == {}
    row = moved(row, "send_back", board.committee_member)
    assert waiting(board.clerk) == {"reword": 1} and waiting(board.committee_member) == {}
    row = moved(moved(row, "propose", board.clerk), "review", board.committee_member)
    assert waiting(board.secretary) == waiting(board.officer) == {"approve": 1}
    assert waiting(board.supervisor) == waiting(board.committee_member) == {}
    row = moved(row, "approve", board.officer)
    assert waiting(board.secretary) == {"publish": 1} and waiting(board.officer) == {}
    moved(row, "publish", board.secretary)
    assert waiting(board.secretary) == {}


def test_a_branch_is_merged_only_once_nothing_of_it_is_public(board):
    row = public(board)
    with pytest.raises(ValidationError, match="TITLE"):
        refuse_unfinished(board.first)
    put(row, until=timezone.localdate() - DAY)
    assert not Publication.objects.living(timezone.localdate()).exists()


# --- pages ------------------------------------------------------------------------------------------------------------
def test_through_its_pages(board, client):
    first, second = problem(board, text="ONE"), problem(board, text="TWO")
    own = of_member(board, board.people[4], text="OWN")
    client.force_login(board.clerk)
    at = f"{reverse('publication_create')}?organisation={board.first.pk}"
    offered = client.get(at).context["form"].fields["problems"].choices
    assert {key for key, _words in offered} == {first.pk, second.pk} and own.pk not in dict(offered)
    typed = {**facts(until="2099-01-01"), "problems": [first.pk, second.pk], "client_key": str(uuid4())}
    assert list(client.post(at, {**typed, "problems": []}).context["form"].errors) == ["problems"]
    answer = client.post(at, typed)
    row = Publication.objects.get()
    assert answer.url == reverse("publication_edit", args=[row.pk]) and row.publication_lines.count() == 2
    posted = {**facts(until="2099-01-01", title="Again")}
    for line in lines(row):
        told = {"text": f"{line.text}!", "measures": "One", "post": "党支部", "due_on": "2026-12-31", "so_far": "Half"}
        posted |= {f"line{line.pk}-{name}": value for name, value in told.items()}
    refused = client.post(answer.url, posted | {f"line{line.pk}-post": ""})
    assert refused.status_code == 200 and refused.context["form"].non_field_errors()
    assert client.post(answer.url, posted | {"intro": board.people[4].name}).context["form"].non_field_errors()
    assert client.post(answer.url, posted).url == row.get_absolute_url()
    assert [line.text for line in lines(row)] == ["TWO!", "ONE!"] and again(row).title == "Again"
    client.post(reverse("publication_move", args=[row.pk, "propose"]))
    assert client.get(answer.url).url == row.get_absolute_url()
    page = client.get(row.get_absolute_url()).content.decode()
    assert board.clerk.name in page and first.get_absolute_url() in page
    client.force_login(board.member)
    assert client.get(row.get_absolute_url()).status_code == 404


def test_a_member_reads_no_name_of_those_who_acted(board, client):
    row = public(board)
    client.force_login(board.member)
    told = client.get(row.get_absolute_url())
    assert (
        "PUBLIC-WORDS" in told.content.decode()
        and told.context["steps"] == []
        and board.clerk.name not in told.content.decode()
    )


def test_on_paper_stand_posts_and_the_last_day(board, client):
    row = public(board, audience="masses", intro="FOREWORD")
    client.force_login(board.member)
    page = client.get(reverse("publication_paper", args=[row.pk])).content.decode()
    word = client.get(reverse("publication_word", args=[row.pk])).content
    for words in (page, opened.text(word)):
        assert all(said in words for said in ("PUBLIC-WORDS", "FOREWORD", "党支部", "公开期限", "整改中"))
    assert board.people[4].name not in opened.text(word)
    assert "不得张贴" not in page + opened.text(word)
    assert opened.fonts(word) >= {"方正小标宋简体", "黑体", "仿宋_GB2312", "楷体_GB2312"}


# state of it, days till its last, and the mark
MARKS = """
draft      1  未批准，不得张贴
proposed   1  未批准，不得张贴
returned   1  未批准，不得张贴
reviewed   1  未批准，不得张贴
approved   1  -
public     0  -
public     -1 公开期限已过，不得张贴
taken_down 1  已撤下，不得张贴
void       1  已作废，不得张贴
"""


@pytest.mark.parametrize("line", MARKS.split("\n")[1:-1])
def test_a_sheet_says_why_it_may_not_be_put_up(board, client, line):
    state, days, mark = line.split()
    row = public(board)
    put(row, state=state, until=timezone.localdate() + int(days) * DAY)
    client.force_login(board.secretary)
    page = client.get(reverse("publication_paper", args=[row.pk])).content.decode()
    word = opened.text(client.get(reverse("publication_word", args=[row.pk])).content)
    for words in (page, word):
        assert ("不得张贴" in words) == (mark != "-") and (mark == "-" or words.count(mark) == 2)


@pytest.mark.parametrize("so_far", ["", "HOW-FAR"])
@pytest.mark.parametrize(("state", "told"), [("closed", "已改正"), ("underway", "整改中")])
def test_page_board_and_paper_say_one_word_for_the_state(board, client, state, told, so_far):
    row = public(board, audience="society")
    if state == "closed":
        Problem.objects.update(state=state, closed_on=timezone.localdate(), verified_as="superior", evidence="E")
    lines(row).update(so_far=so_far)
    client.force_login(board.member)
    pages = [row.get_absolute_url(), reverse("board_public", args=[board.first.pk])]
    texts = [client.get(at).content.decode() for at in (*pages, reverse("publication_paper", args=[row.pk]))]
    for text in (*texts, opened.text(client.get(reverse("publication_word", args=[row.pk])).content)):
        assert so_far in text and [word for word in ("已改正", "已完成", "整改中") if word in text] == [told]


@pytest.mark.parametrize("number", ["13800138000", "138-0013-8000", "11010519491231002X"])
def test_a_number_of_a_person_is_put_before_nobody(board, number):
    with pytest.raises(ValidationError, match=number):
        drafted(board, title=f"Ask {number}")


@pytest.mark.parametrize("words", ["010-62345678", "№20261130001", "2026年11月30日"])
def test_other_numbers_may_stand_there(board, words):
    assert drafted(board, title=words).title == words
