"""Evaluations of branches: who writes and reads them, on which scale, and that each number opens its rows."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from appraisals.evaluations import actions
from appraisals.models import Evaluation, EvaluationScale
from branches.actions import grants
from branches.models import User
from tests.appraisals.evaluations.rows import SCALE, given, written
from tests.cast import SINCE, found
from workflow.actors import SYSTEM
from workflow.models import History
from workflow.moves import MoveNotAllowed

EVERYBODY = ("secretary", "clerk", "committee_member", "member", "group_leader", "sibling", "supervisor", "officer",
             "liaison", "stranger")  # fmt: skip


def seen(world):
    return {name for name in EVERYBODY if Evaluation.objects.visible_to(getattr(world, name)).exists()}


def test_a_draft_is_seen_by_deciding_superiors_and_what_is_fed_back_by_the_branch_and_upward(world):
    actions.set_scale(world.round, SCALE, actor=world.officer)
    made = written(world, actor=world.supervisor, level="Good")
    assert seen(world) == {"supervisor", "officer"} and made.given_on is None
    actions.move(made, "give", actor=world.officer)
    branch = {"secretary", "clerk", "committee_member"}
    assert seen(world) == {"supervisor", "officer", "liaison", *branch}
    assert Evaluation.objects.get().given_on == timezone.localdate()
    assert [row.pk for row in Evaluation.objects.to_note(world.secretary)] == [made.pk]
    assert not Evaluation.objects.to_note(world.clerk).exists()
    actions.move(made, "note", actor=world.secretary)
    assert not Evaluation.objects.to_note(world.secretary).exists()
    actions.move(made, "take_back", actor=world.officer, note="A slip")
    assert seen(world) == {"supervisor", "officer"} and Evaluation.objects.get().given_on is None
    assert [entry.move for entry in History.objects.of(made)] == ["create", "give", "note", "take_back"]


def test_the_history_tells_what_was_done_and_on_which_office(world):
    grants.grant(world.officer, actor=SYSTEM, organisation=world.county, office="liaison", since=SINCE)
    officer = User.objects.get(pk=world.officer.pk)  # his offices are read once a request
    actions.set_scale(world.round, SCALE, actor=officer)
    (laid_down,) = History.objects.of(world.round).filter(move="set_evaluation_scale")
    assert "组织员" in laid_down.acted_as and "联络员" not in laid_down.acted_as
    made = written(world)
    actions.save(made, actor=world.officer, words="Other words", seen=made.fingerprint)
    assert [(told.move, told.target) for told in History.objects.of(made)] == [("create", "draft"), ("change", "")]


@pytest.mark.parametrize("name", ["secretary", "clerk", "committee_member", "liaison", "sibling", "stranger"])
def test_nobody_else_writes_or_lays_a_scale_down(world, name):
    with pytest.raises(PermissionDenied):
        written(world, actor=getattr(world, name))
    for actor in (getattr(world, name), world.supervisor):
        with pytest.raises(PermissionDenied):
            actions.set_scale(world.round, SCALE, actor=actor)


def test_a_scale_has_few_short_words_and_keeps_those_in_use(world):
    assert actions.set_scale(world.round, ["Good ", "", "Fair", "Good"], actor=world.officer).lines == ["Good", "Fair"]
    for wrong in (list("abcdefg"), ["a" * 31]):
        with pytest.raises(ValidationError):
            actions.set_scale(world.round, wrong, actor=world.officer)
    written(world, level="Good")
    with pytest.raises(ValidationError, match="Good"):
        actions.set_scale(world.round, ["Fair"], actor=world.officer)
    actions.set_scale(world.round, ["Good", *"abcde"], actor=world.officer)
    assert len(EvaluationScale.objects.get().lines) == 6
    assert History.objects.of(world.round).filter(move="set_evaluation_scale").count() == 2
    longest = [letter * 30 for letter in "abcde"]
    assert actions.set_scale(world.round, [*longest, "Good"], actor=world.officer).lines[0] == "a" * 30


def test_what_cannot_be_written_is_refused(world):
    actions.set_scale(world.round, SCALE, actor=world.officer)
    for told in ({"level": "Poor"}, {"words": ""}, {"words": "a" * 1001}, {"place": world.county}):
        with pytest.raises(ValidationError):
            written(world, **told)
    with pytest.raises(ValidationError) as refused:
        written(world, level="Poor")
    assert list(refused.value.message_dict) == ["level"]  # told at its field
    with pytest.raises(PermissionDenied):
        written(world, place=world.third)
    with pytest.raises(MoveNotAllowed):
        new = Evaluation(round=world.planned, organisation=world.first)
        actions.save(new, actor=world.officer, words="Early", seen=new.fingerprint)
    made = given(world)
    with pytest.raises(MoveNotAllowed):
        actions.save(made, actor=world.officer, words="Later", seen=made.fingerprint)


def test_whoever_was_slower_keeps_his_words_beside_those_that_were_saved(world, client):
    client.force_login(world.officer)
    address = reverse("evaluation_edit", args=[world.round.pk, world.first.pk])
    typed = {"words": "MINE", "level": "", "seen": client.get(address).context["form"].initial["seen"]}
    written(world, words="THEIRS", actor=world.supervisor)
    page = client.post(address, typed)
    assert page.status_code == 409 and {"MINE", "THEIRS"} <= set(
        page.content.decode().replace("<", " <").replace(">", "> ").split()
    )
    again = client.post(address, {**typed, "seen": page.context["form"].data["seen"]})
    made = Evaluation.objects.get()
    assert again.url == made.get_absolute_url() and made.words == "MINE"
    actions.move(made, "give", actor=world.officer)
    assert client.get(address).url == made.get_absolute_url()


def test_each_number_opens_its_rows_with_those_not_evaluated(world, client, django_assert_num_queries):
    given(world)
    written(world, place=world.second, words="UNSAID-WORDS", level="Fair")
    address = reverse("evaluation_list", args=[world.round.pk])

    def numbers(user):
        client.force_login(user)
        page = client.get(address)
        for figure in page.context["counts"]:
            assert client.get(figure["url"]).context["page"].total == figure["count"], figure
        return [figure["count"] for figure in page.context["counts"]], page

    # good, fair, without a grade, not evaluated: a draft counts nowhere, whoever reads it
    for name in ("officer", "supervisor", "liaison"):
        found_, page = numbers(getattr(world, name))
        assert found_ == [1, 0, 0, 1]
        assert [row.pk for row in page.context["page"].objects] == [world.first.pk, world.second.pk]
        assert ("UNSAID-WORDS" in page.content.decode()) == (name != "liaison")
    assert client.get(address, {"state": "draft"}).context["page"].total == 0  # the liaison's
    assert numbers(world.secretary)[0] == [1, 0, 0, 0]
    assert numbers(world.sibling)[0] == [0, 0, 0, 1]


def test_a_list_of_many_asks_no_more(world, client, django_assert_max_num_queries):
    given(world)
    client.force_login(world.officer)
    address = reverse("evaluation_list", args=[world.round.pk])
    client.get(address)
    for n in range(8):
        made = written(world, place=found(f"More {n}", "branch", world.county), level="Good")
        actions.move(made, "give", actor=world.officer)
    with django_assert_max_num_queries(14):
        page = client.get(address)
    assert page.content.decode().count("EVALUATION-WORDS") == 9


def test_whoever_leads_the_branch_finds_it_among_what_waits_for_him(world, client):
    made = given(world)
    client.force_login(world.secretary)
    page = client.get(made.get_absolute_url())
    assert [move.name for move in page.context["moves"]] == ["note"]
    client.post(reverse("evaluation_move", args=[made.pk, "note"]))
    assert Evaluation.objects.get().state == "noted"
    assert (
        reverse("evaluation_list", args=[world.round.pk]) in client.get(world.round.get_absolute_url()).content.decode()
    )


TAKEN_BACK = "已由上级收回"


@pytest.mark.parametrize("noted", [True, False])
def test_whoever_read_one_is_told_that_it_was_taken_back_and_reads_no_word_of_it(world, client, noted):
    made, unsaid = given(world), written(world, place=world.second, words="UNSAID-WORDS")
    if noted:
        actions.move(made, "note", actor=world.secretary)
    actions.move(made, "take_back", actor=world.officer, note="A-SLIP")
    new = Evaluation.objects.get(pk=made.pk)
    actions.save(new, actor=world.officer, words="NEW-WORDS", level="Fair", seen=new.fingerprint)
    address, today = reverse("evaluation_list", args=[world.round.pk]), str(timezone.localdate())
    for name in ("secretary", "clerk", "committee_member", "liaison"):
        client.force_login(getattr(world, name))
        page, table = client.get(made.get_absolute_url()), client.get(address)
        assert page.status_code == 200 and page.context["moves"] == [], name
        for words in (page.content.decode(), table.content.decode()):
            assert TAKEN_BACK in words and today in words
            assert not any(told in words for told in ("EVALUATION-WORDS", "NEW-WORDS"))
        assert made.get_absolute_url() in table.content.decode() and "A-SLIP" in page.content.decode()
        assert [entry.move for entry in page.context["history"]] == ["give", *["note"] * noted, "take_back"]
        assert client.get(unsaid.get_absolute_url()).status_code == 404
    for name in ("member", "group_leader", "sibling", "stranger"):
        client.force_login(getattr(world, name))
        assert client.get(made.get_absolute_url()).status_code == 404, name
    for name in ("officer", "supervisor"):
        client.force_login(getattr(world, name))
        page = client.get(made.get_absolute_url()).content.decode()
        assert "NEW-WORDS" in page and "收回日期" in page and TAKEN_BACK not in client.get(address).content.decode()
    actions.move(Evaluation.objects.get(pk=made.pk), "give", actor=world.officer)
    client.force_login(world.secretary)
    words = client.get(made.get_absolute_url()).content.decode()
    assert "NEW-WORDS" in words and "收回日期" not in words and Evaluation.objects.get(pk=made.pk).taken_back_on is None


def test_the_list_and_the_page_of_one_call_its_grade_the_same(world, client):
    actions.set_scale(world.round, SCALE, actor=world.officer)
    made = written(world)
    client.force_login(world.officer)
    row = lambda: client.get(reverse("evaluation_list", args=[world.round.pk]), {"q": ""}).content.decode()  # noqa: E731
    for word in ("未评", "未定等次"):
        page = client.get(made.get_absolute_url())
        assert str(page.context["grade"]) == word and f">{word}<" in page.content.decode()
        line = next(part for part in row().split("<tr") if made.get_absolute_url() in part)
        assert f">{word}<" in line
        if word == "未评":
            actions.move(made, "give", actor=world.officer)
