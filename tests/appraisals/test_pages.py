"""What the pages of a material ask, show and keep to themselves."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from appraisals.materials import actions
from appraisals.materials.differences import compared, pieces, sentences
from appraisals.models import Draft, Material, Version
from branches.actions import grants, members
from branches.models import User
from branches.rights import Office
from reminders.actions.notices import scan
from reminders.models import Notice
from reminders.todos import registered
from tests.cast import SINCE
from workflow.actors import SYSTEM
from workflow.moves import NoteRequired

pytestmark = pytest.mark.django_db


def page(client, user, material):
    client.force_login(user)
    return client.get(material.get_absolute_url()).content.decode()


def test_a_reviewer_is_told_why_a_withdrawn_piece_is_dark(client, world):
    actions.move_material(world.material, "withdraw", actor=world.member)
    assert "作者已撤回" in page(client, world.secretary, world.material)
    assert "作者已撤回" not in page(client, world.clerk, world.material)
    actions.submit(world.secretary_material, {"1": "TOP"}, actor=world.secretary, seen=0)
    actions.move_material(world.secretary_material, "send_back", actor=world.supervisor, note="NOTE-WORDS")
    text = page(client, world.supervisor, world.secretary_material)
    assert "这份材料已退回" in text and "NOTE-WORDS" in text
    assert "NOTE-WORDS" not in page(client, world.liaison, world.secretary_material)


def test_empty_aspects_are_asked_about_and_going_back_keeps_the_text(client, world):
    client.force_login(world.clerk)
    address, typed = (
        reverse("material_edit", args=[world.owed.pk]),
        {"aspect_1": "WORDS", "aspect_2": " ", "revision": 0},
    )
    asked = client.post(address, {**typed, "save": "submit"})
    assert "Work" in asked.context["text"] and Material.objects.get(pk=world.owed.pk).state == "draft"
    again = client.post(address, {**typed, "save": "again"})
    assert again.context["form"]["aspect_1"].value() == "WORDS"
    assert client.post(address, {**typed, "save": "submit", "confirmed": "yes"}).status_code == 302
    assert Material.objects.get(pk=world.owed.pk).state == "submitted"


def test_differences_are_shown_to_whoever_reads_the_versions(client, world):
    actions.move_material(world.material, "send_back", actor=world.secretary, note="More")
    actions.submit(world.material, {"1": "WRITTEN-WORDS", "2": "More. 一件事。"}, actor=world.member, seen=1)
    for user, shown in ((world.member, True), (world.secretary, True), (world.clerk, False), (world.officer, False)):
        assert ("<ins>" in page(client, user, world.material)) is shown
    new, _old = compared(list(Version.objects.filter(material=world.material)))
    assert [title for title, _pieces in new.changes] == ["Work"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("甲乙丙丁。戊己庚辛。", "甲乙丙子丁。新的一句。戊己庚。"), ("", "一句。"), ("一句。", ""), ("同。", "同。"),
        ("一二三四五六。七八九十。", "七八九十。一二三四五六。"), ("甲" * 700 + "。", "甲" * 700 + "！"),
        ("".join(f"第{n}句话。" for n in range(60)), "".join(f"第{n}段话。" for n in range(60))),
    ],
)  # fmt: skip
def test_differences_put_together_are_both_versions(old, new):
    found = pieces(old, new)
    assert "".join(p.text for p in found if p.kind != "added") == old
    assert "".join(p.text for p in found if p.kind != "removed") == new


def test_within_a_sentence_single_signs_in_common_are_no_anchor():
    found = [(p.kind, p.text) for p in pieces("我参加学习的次数不多。", "我参加学习上级精神次数较少不够多。")]
    assert all(len(text) >= 2 or n in (0, len(found) - 1) for n, (kind, text) in enumerate(found) if kind == "same")


def test_the_phone_behind_the_computer_hears_of_it_before_the_question_about_gaps(client, world):
    client.force_login(world.clerk)
    address = reverse("material_edit", args=[world.owed.pk])
    actions.save_draft(world.owed, {"1": "FROM-COMPUTER"}, actor=world.clerk, seen=0)
    answer = client.post(address, {"aspect_1": "FROM-PHONE", "aspect_2": "", "revision": 0, "save": "submit"})
    text = answer.content.decode()
    assert (
        answer.status_code == 409
        and "FROM-COMPUTER" in text
        and "FROM-PHONE" in text
        and "复制" not in text.split("<main")[1]
    )
    assert (
        "copy"
        not in client.post(
            reverse("material_autosave", args=[world.owed.pk]), {"aspect_1": "FROM-PHONE", "revision": 0}
        )
        .json()["fault"]
        .lower()
    )
    same = {"aspect_1": "FROM-PHONE", "aspect_2": "", "revision": 1, "save": "submit"}
    assert "Work" in client.post(address, same).context["text"]


def test_sentences_are_compared_first():
    old, new = "学习不够。联系实际不多！今后改进", "学习不够。联系群众不多！\r\n今后改进"
    assert "".join(sentences(old)) == old
    found = [(piece.kind, piece.text) for piece in pieces(old, new)]
    assert found[0] == ("same", "学习不够。") and found[-1] == ("same", "今后改进")
    assert found[1:4] == [("same", "联系"), ("removed", "实际"), ("added", "群众")]
    rewritten = [(piece.kind, piece.text) for piece in pieces("学习不够。", "带头参加志愿服务活动。")]
    assert rewritten == [("removed", "学习不够。"), ("added", "带头参加志愿服务活动。")]
    assert pieces("", "新") == pieces("", "新") and [p.kind for p in pieces("", "新")] == ["added"]


def test_the_committee_writes_together_and_the_superior_reviews(client, world):
    together = Material.objects.select_related("organisation", "round").get(author=None, organisation=world.first)
    draft = actions.save_draft(together, {"1": "OURS"}, actor=world.committee_member, seen=0)
    actions.submit(together, {"1": "OURS"}, actor=world.secretary, seen=draft.revision)
    assert "OURS" in page(client, world.supervisor, together) and "OURS" in page(
        client, world.committee_member, together
    )
    assert "OURS" not in page(client, world.clerk, together)
    assert not world.secretary.may("review", together) and not world.committee_member.may("review", together)
    actions.move_material(together, "accept", actor=world.officer)
    assert together in Material.objects.visible_to(world.secretary)


def test_a_post_in_the_register_is_enough_to_write_with_the_committee(client, world):
    """The clerk becomes 宣传委员: the page for the committee opens, and says afterwards who wrote it."""
    together = Material.objects.select_related("organisation", "round").get(author=None, organisation=world.first)
    client.force_login(world.clerk)
    edit = reverse("material_edit", args=[together.pk])
    assert client.get(edit).status_code == 403
    for person in (world.people[2], world.people[4]):
        members.name_to_post(person, actor=SYSTEM, organisation=world.first, kind="publicity", since=SINCE)
    clerk, member = (User.objects.get(pk=user.pk) for user in (world.clerk, world.member))
    assert client.get(edit).status_code == 200
    draft = actions.save_draft(together, {"1": "OURS"}, actor=clerk, seen=0)
    for user in (clerk, member):  # the member holds no office at all
        assert together in Material.objects.owed_by(user) and together in Material.objects.visible_to(user)
        assert Draft.objects.visible_to(user).filter(material=together).exists()
    actions.submit(together, {"1": "OURS"}, actor=member, seen=draft.revision)
    assert together.history.last().acted_as == f"First branch {Office.COMMITTEE_MEMBER.label}"
    text = page(client, member, together)
    assert "OURS" in text and "<dd>支部委员会</dd>" in text
    assert not clerk.may("review", together) and not member.may("read_branch", world.first)
    others = Material.objects.filter(organisation=world.first).exclude(author=None)
    assert list(Material.objects.visible_to(member).filter(pk__in=others)) == [world.material]


def test_what_the_committee_owes_is_on_the_list_of_its_members(world):
    together = Material.objects.get(author=None, organisation=world.first)
    for user, owes in (
        (world.secretary, True),
        (world.committee_member, True),
        (world.clerk, False),
        (world.sibling, False),
    ):
        assert (together in Material.objects.owed_by(user)) is owes


def test_who_serves_on_a_committee_reviews_its_piece_with_no_office(world):
    """Not even as an officer of the county, which he may be at the same time."""
    for user in (world.secretary, world.committee_member):
        grants.grant(user, actor=SYSTEM, organisation=world.county, office="officer", since=SINCE)
    together = Material.objects.select_related("organisation", "round").get(author=None, organisation=world.first)
    sibling = Material.objects.select_related("organisation", "round").get(author=None, organisation=world.second)
    for user in (User.objects.get(pk=world.secretary.pk), User.objects.get(pk=world.committee_member.pk)):
        assert user.may("review", sibling) and not user.may("review", together)


def told(user):
    scan(timezone.localdate())
    rows = Notice.objects.visible_to(user).unread(timezone.localdate())
    return set(rows.filter(rule__in=["material_advised", "material_returned"]).values_list("rule", flat=True))


def to_write(user):
    todo = next(todo for todo in registered() if todo.code == "material_write")
    return [str(line) for line in todo.lines(todo.rows(user), timezone.localdate())]


def test_an_author_is_told_of_a_suggestion_until_he_has_followed_it(client, world):
    assert told(world.member) == set() and to_write(world.member) == []
    actions.move_material(world.material, "suggest", actor=world.secretary, note="NOTE-WORDS")
    assert told(world.member) == {"material_advised"} and told(world.secretary) == set()
    (line,) = to_write(world.member)
    assert "提出修改建议" in line and "NOTE-WORDS" not in line
    text = page(client, world.member, world.material)
    assert text.index("NOTE-WORDS") < text.index('class="facts"') and "仍在等待审阅" in text
    assert "NOTE-WORDS" not in page(client, world.clerk, world.material)
    actions.move_material(world.material, "withdraw", actor=world.member)
    assert told(world.member) == set() and len(to_write(world.member)) == 1  # he is writing
    actions.submit(world.material, {"1": "Better", "2": "More"}, actor=world.member, seen=1)
    assert to_write(world.member) == [] and told(world.member) == set()
    assert page(client, world.member, world.material).count("NOTE-WORDS") == 1  # in the history only


def test_a_suggestion_is_done_with_once_the_material_is_passed(client, world):
    actions.move_material(world.material, "suggest", actor=world.secretary, note="NOTE-WORDS")
    assert told(world.member) == {"material_advised"}
    actions.move_material(world.material, "accept", actor=world.secretary)
    assert told(world.member) == set() and to_write(world.member) == []
    assert page(client, world.member, world.material).count("NOTE-WORDS") == 1


def test_an_author_is_told_of_a_return_until_he_hands_in_anew(client, world):
    actions.move_material(world.material, "send_back", actor=world.secretary, note="NOTE-WORDS")
    assert told(world.member) == {"material_returned"}
    text = page(client, world.member, world.material)
    assert text.index("NOTE-WORDS") < text.index('class="facts"')
    actions.submit(world.material, {"1": "Better", "2": "More"}, actor=world.member, seen=1)
    assert told(world.member) == set()


def test_a_suggestion_is_asked_for_by_its_name(client, world):
    assert "修改建议 <span" in page(client, world.secretary, world.material)
    with pytest.raises(NoteRequired, match="修改建议"):
        actions.move_material(world.material, "suggest", actor=world.secretary, note=" ")


def test_the_history_says_it_in_the_words_of_the_button(client, world):
    actions.move_material(world.material, "accept", actor=world.secretary)
    text = page(client, world.member, world.material)
    assert "审阅通过" in text and "审核通过" not in text


def test_a_round_is_told_by_branch_and_each_figure_opens_its_rows(client, world, django_assert_max_num_queries):
    client.force_login(world.officer)
    with django_assert_max_num_queries(26):
        told = client.get(world.round.get_absolute_url()).context["branches"]
    assert [(line["name"], [f["count"] for f in line["figures"]]) for line in told] == [
        ("First branch", [5, 1, 0, 0]), ("Second branch", [3, 0, 0, 0])
    ]  # fmt: skip
    for figure in [figure for line in told for figure in line["figures"]]:
        assert client.get(figure["url"]).context["page"].total == figure["count"]
    client.force_login(world.member)
    assert "各支部材料情况" not in client.get(world.round.get_absolute_url()).content.decode()


def test_the_list_can_be_narrowed_to_what_is_overdue(client, world):
    client.force_login(world.officer)
    address = reverse("material_list") + "?late=yes"
    assert client.get(address).context["page"].total == 0
    Material.objects.update(due_on=timezone.localdate() - timedelta(1))
    owed = Material.objects.visible_to(world.officer).exclude(state="submitted").count()
    assert client.get(address).context["page"].total == owed == 8


def test_ones_own_is_what_visible_to_shows_of_it_and_is_found_without_asking_for_offices(
    world, django_assert_num_queries
):
    Material.objects.filter(pk=world.secretary_material.pk).update(state="void")
    for user in User.objects.exclude(member=None):
        mine = [row for row in Material.objects.visible_to(user) if row.author_id == user.member_id]
        fresh = User.objects.get(pk=user.pk)
        with django_assert_num_queries(1):
            assert set(Material.objects.own(fresh)) == set(mine)
    assert not Material.objects.own(world.secretary) and Material.objects.own(world.member)
    for user in User.objects.filter(member=None):
        assert not Material.objects.own(user)


def test_whoever_may_write_no_more_is_refused_at_the_next_autosave(client, world):
    together = Material.objects.get(author=None, organisation=world.first)
    address, words = reverse("material_autosave", args=[together.pk]), {"aspect_1": "OURS", "revision": 0}
    office = {"office": "committee_member", "organisation": world.first, "since": SINCE}
    grant = grants.grant(world.clerk, actor=SYSTEM, **office)
    client.force_login(world.clerk)
    assert client.post(address, words).json() == {"revision": 1}
    grants.revoke(grant, actor=SYSTEM, note="换届")
    assert client.post(address, {**words, "aspect_1": "MINE", "revision": 1}).status_code != 200
    assert Draft.objects.get(material=together).sections["1"] == "OURS"
