"""Pledges: promised, looked over, published, looked at on the way, rated; whom each waits for, and what is counted."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from branches.unfinished import refuse_unfinished
from figures.actions import rebuild
from figures.models import Summary
from figures.registry import Period, named
from rectification.models import Pledge, PledgeReview
from rectification.pledges import actions
from reminders import todos
from tests.appraisals.votes.rows import laid_down as vote
from tests.cast import account, enrol
from tests.papers import opened
from tests.rectification.promises import again, facts, look, moved, promised, published
from workflow.actors import SYSTEM
from workflow.models import History
from workflow.moves import MoveNotAllowed

DAY = timedelta(1)


def test_a_member_promises_for_himself_and_nobody_else(world):
    row = promised(world, actor=world.member)
    assert (row.member, row.responsible, row.state, row.year) == (world.people[4], world.people[4], "promised", 2026)
    for told in ({"member": world.people[1]}, {"whose": "branch", "member": None, "responsible": world.people[4]}):
        with pytest.raises(PermissionDenied):
            promised(world, actor=world.member, **told)
    for name in ("supervisor", "liaison", "committee_member", "sibling", "stranger"):
        with pytest.raises(PermissionDenied):
            promised(world, actor=getattr(world, name))
    for_whom = {name: History.objects.of(promised(world, actor=getattr(world, name))).last().entered_for
                for name in ("officer", "secretary", "clerk", "member")}  # fmt: skip
    assert for_whom == {"officer": "First branch", "secretary": "", "clerk": "", "member": ""}
    at_home = account("at home", enrol("新同志", world.first), office="officer", organisation=world.county)
    assert History.objects.of(promised(world, actor=at_home)).last().entered_for == "First branch"
    assert promised(world, due_on=timezone.localdate()).state == "promised", "what is due today is not late"


def test_a_form_sent_twice_makes_one(world):
    key = uuid4()
    assert promised(world, key=key) == promised(world, key=key) and Pledge.objects.count() == 1


def test_what_cannot_be_is_refused(world):
    for told in ({"text": ""}, {"due_on": timezone.localdate() - DAY}, {"member": world.siblings[0]}):
        with pytest.raises(ValidationError):
            promised(world, **told)
    with pytest.raises(ValidationError):
        promised(world, branch=world.county, actor=world.officer, whose="branch", member=None, responsible=None)
    row = promised(world)
    for fault in ({"whose": "committee"}, {"member": None}, {"responsible": world.people[1]}, {"sort": "x"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Pledge.objects.filter(pk=row.pk).update(**fault)


def test_of_a_branch_no_member_stands_in_it(world):
    row = promised(world, whose="branch", member=world.people[1], responsible=world.people[2])
    assert (row.member, row.responsible) == (None, world.people[2])


def test_it_is_reworded_until_it_is_looked_over(world):
    row = promised(world)
    actions.reword(row, actor=world.member, **facts(world, text="New words", round=None))
    assert (again(row).text, again(row).year) == ("New words", again(row).due_on.year)
    for name in ("committee_member", "supervisor", "group_leader"):
        with pytest.raises(PermissionDenied):
            actions.reword(again(row), actor=getattr(world, name), **facts(world))
    moved(again(row), "accept", actor=world.secretary)
    with pytest.raises(MoveNotAllowed):
        actions.reword(again(row), actor=world.member, **facts(world))


def test_who_looks_it_over_and_rates_it(world):
    names = ("secretary", "committee_member", "clerk", "member", "officer", "supervisor", "liaison", "sibling")
    judges = lambda row: {name for name in names if getattr(world, name).may("verify", row)}  # noqa: E731
    assert judges(promised(world)) == {"secretary", "committee_member"}
    assert judges(promised(world, member=world.people[0])) == {"officer", "supervisor"}
    own = promised(world, whose="branch", member=None, responsible=world.people[1])
    assert judges(own) == {"officer", "supervisor"}


def test_published_it_is_read_by_the_branch_alone_and_its_superiors(world):
    row = promised(world)
    readers = lambda: {name for name in ("member", "group_leader", "clerk", "sibling", "officer", "liaison", "stranger")  # noqa: E731
                       if Pledge.objects.visible_to(getattr(world, name)).filter(pk=row.pk).exists()}  # fmt: skip
    inner = {"member", "clerk", "officer", "liaison"}
    assert readers() == inner
    moved(moved(row, "accept", actor=world.secretary), "publish", actor=world.secretary)
    assert readers() == inner | {"group_leader"}
    assert again(row).published_on == timezone.localdate()


def test_rated_it_says_when_and_what_was_said(world):
    kept = moved(published(world), "keep", actor=world.secretary, note=" Seen ")
    assert (kept.state, kept.rated_on, kept.rated_words) == ("kept", timezone.localdate(), "Seen")
    failed = moved(published(world), "fail", actor=world.committee_member, note="Rain")
    assert (failed.state, failed.rated_words) == ("unkept", "Rain")
    by_meeting = published(world, whose="branch", member=None, responsible=world.people[1])
    assert moved(by_meeting, "keep_by_meeting", actor=world.secretary, note="No. 7").rated_words == "No. 7"
    with pytest.raises(MoveNotAllowed):
        actions.move(published(world), "keep_by_meeting", actor=world.secretary, note="No. 7")


def test_nobody_makes_his_own_void(world):
    row = promised(world, member=world.people[0])
    with pytest.raises(ValidationError), transaction.atomic():
        actions.move(row, "void", actor=world.secretary, note="Because")
    assert again(row).state == "promised" and moved(again(row), "void", actor=world.officer).state == "void"


def test_a_look_on_the_way_stands_once_a_period(world):
    row = published(world)
    look(world, row, actor=world.member)
    look(world, row, words="Better", standing="done", met=["told", "seen"], on=timezone.localdate() - DAY)
    look(world, row, period="year")
    first, second = PledgeReview.objects.order_by("pk")
    assert (first.reviewed_on, second.reviewed_on) == (timezone.localdate() - DAY, timezone.localdate())
    assert (first.period, first.words, first.standing, first.met, first.reviewed_by) == (
        "h2", "Better", "done", ["told", "seen"], world.secretary)  # fmt: skip
    assert second.period == "year"
    look(world, row, period="q1", met=[])
    assert PledgeReview.objects.get(period="q1").met == [], "of what lags behind nothing may be met"
    for fault in ({"on": timezone.localdate() + DAY}, {"met": ["x"]}, {"period": "q9"}, {"standing": "x"}):
        with pytest.raises(ValidationError):
            look(world, row, **fault)
    for name in ("committee_member", "group_leader", "supervisor"):
        with pytest.raises(PermissionDenied):
            look(world, row, actor=getattr(world, name))
    with pytest.raises(MoveNotAllowed):
        look(world, promised(world))


def test_a_vote_of_the_branch_is_named_by_which_it_is_rated(world):
    row, held = published(world), vote(world)
    actions.link_vote(row, held, actor=world.clerk)
    assert again(row).vote == held and History.objects.of(row).last().note == str(held)
    with pytest.raises(PermissionDenied):
        actions.link_vote(row, None, actor=world.member)
    type(held).objects.filter(pk=held.pk).update(organisation=world.second)
    held.refresh_from_db()
    with pytest.raises(ValidationError):
        actions.link_vote(row, held, actor=world.secretary)
    actions.link_vote(row, None, actor=world.secretary)
    assert again(row).vote is None and History.objects.of(row).last().note == "--"


def waiting(user):
    found = type(user).objects.get(pk=user.pk)
    return {todo.code: n for todo, n in todos.waiting(found) if todo.code.startswith("pledge_")}


def test_each_waits_for_whom_it_is_to_do(world):
    row = promised(world)
    assert waiting(world.secretary) == waiting(world.committee_member) == {"pledge_look": 1}
    row = moved(row, "send_back", actor=world.secretary)
    assert waiting(world.member) == {"pledge_reword": 1} and waiting(world.secretary) == {}
    row = moved(moved(row, "hand_in", actor=world.member), "accept", actor=world.secretary)
    row = moved(row, "publish", actor=world.secretary)
    assert waiting(world.member) == {"pledge_keep": 1} and waiting(world.secretary) == {}
    Pledge.objects.filter(pk=row.pk).update(due_on=timezone.localdate())
    assert waiting(world.secretary) == {"pledge_rate": 1}
    moved(row, "keep", actor=world.secretary)
    assert waiting(world.secretary) == waiting(world.member) == {}


def test_numbers_follow_each_deed_and_open_their_rows(world, client):
    def numbers(year=2026):
        found = Summary.objects.of(Period(year=year)).filter(organisation=world.first).first()
        codes = ("pledges.in_year", "pledges.kept_in_year")
        return [getattr(found, named(code).column) if found else 0 for code in codes]

    row, other = published(world), promised(world)
    assert numbers() == [2, 0]
    row = moved(row, "keep", actor=world.secretary)
    moved(other, "void", actor=world.secretary)
    assert numbers() == [1, 1]
    late = promised(world, round=None, due_on=timezone.localdate() + DAY * 500)
    actions.reword(late, actor=world.secretary, **facts(world))
    assert numbers() == [2, 1] and numbers((timezone.localdate() + DAY * 500).year) == [0, 0]
    before = numbers()
    rebuild(actor=SYSTEM)
    assert numbers() == before
    client.force_login(world.officer)
    for code, rows in (("in_year", {row, again(late)}), ("kept_in_year", {row})):
        address = named(f"pledges.{code}").opens(world.first.pk, Period(year=2026))
        assert set(client.get(address).context["page"].objects) == rows


def test_a_branch_is_merged_only_once_its_pledges_are_rated(world):
    row = published(world, text="A pledge left open")
    with pytest.raises(ValidationError, match="A pledge left open"):
        refuse_unfinished(world.first)
    moved(row, "keep", actor=world.secretary)
    living = [p for p in Pledge.objects.all() if p.state not in ("kept", "unkept", "void")]
    assert living == []


# --- pages ------------------------------------------------------------------------------------------------------------
def typed(world, **told):
    day = timezone.localdate() + DAY * 9
    return {"whose": "member", "member": world.people[3].pk, "text": "Typed", "how": "", "sort": "creative",
            "due_on": day.isoformat(), "round": world.round.pk, "client_key": str(uuid4()), **told}  # fmt: skip


def test_through_its_pages(world, client):
    client.force_login(world.secretary)
    at = f"{reverse('pledge_create')}?organisation={world.first.pk}"
    assert client.get(at).context["form"]["round"].value() == world.round.pk
    for told, field in (({"member": ""}, "member"), ({"text": ""}, "text"), ({"whose": "branch"}, "member")):
        assert list(client.post(at, typed(world, **told)).context["form"].errors) == [field]
    answer = client.post(at, typed(world))
    row = Pledge.objects.get()
    assert answer.url == row.get_absolute_url() and row.responsible == world.people[3] and row.sort == "creative"
    client.post(reverse("pledge_edit", args=[row.pk]), typed(world, text="Again"))
    assert again(row).text == "Again"
    moved(moved(row, "accept", actor=world.committee_member), "publish", actor=world.secretary)
    assert client.get(reverse("pledge_edit", args=[row.pk])).url == row.get_absolute_url()
    client.post(reverse("pledge_review", args=[row.pk]), {
        "period": "q4", "reviewed_on": timezone.localdate().isoformat(), "standing": "on_track", "met": ["seen"], "words": "W",
    })  # fmt: skip
    assert PledgeReview.objects.get().met == ["seen"]
    held = vote(world)
    client.post(reverse("pledge_vote", args=[row.pk]), {"vote": held.pk})
    page = client.get(row.get_absolute_url())
    assert page.context["vote"] == held and "第四季度" in page.content.decode()


def test_a_member_is_asked_for_his_own_only(world, client):
    client.force_login(world.member)
    at = f"{reverse('pledge_create')}?organisation={world.first.pk}"
    assert not {"whose", "member", "responsible"} & set(client.get(at).context["form"].fields)
    client.post(at, typed(world))
    assert Pledge.objects.get().member == world.people[4]


def test_on_paper_stands_what_is_published(world, client):
    row = published(world, text="Published words")
    look(world, row)
    moved(published(world, text="Kept words"), "keep", actor=world.secretary)
    promised(world, text="Still promised")
    client.force_login(world.group_leader)
    page = client.get(reverse("pledge_paper", args=[world.first.pk])).content.decode()
    word = client.get(reverse("pledge_word", args=[world.first.pk])).content
    for words in (page, opened.text(word)):
        assert "Published words" in words and "已兑现" in words and "落后" in words and "Still promised" not in words
    assert opened.fonts(word) >= {"方正小标宋简体", "黑体", "仿宋_GB2312", "楷体_GB2312"}


@pytest.mark.soffice
@pytest.mark.writer
def test_libreoffice_shows_the_pledges(world, client, tmp_path, soffice):
    published(world, text="Published words")
    client.force_login(world.member)
    path = tmp_path / "pledges.docx"
    path.write_bytes(client.get(reverse("pledge_word", args=[world.first.pk])).content)
    pdf = soffice(path, "pdf")
    assert opened.sizes(pdf.read_bytes()) == {(210, 297)}
    assert all(
        words in "".join("".join(opened.words(pdf)).split()) for words in ("公开承诺事项", "Publishedwords", "—1—")
    )
