"""Pages of problems: what is typed stays, what is offered to whom, the list."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from rectification.models import Problem
from rectification.problems.signs import soon
from tests.rectification.rows import again, asked, moved, of_member, problem


@pytest.fixture
def signed_in(world, client):
    """A browser in which somebody of the cast has signed in."""

    def sign_in(name):
        client.force_login(getattr(world, name))
        return client

    return sign_in


def typed(world, **told):
    today = timezone.localdate()
    return {
        "text": "Typed words", "whose": "branch", "category": "duty", "goal": "Goal", "measures": "One\n\n Two ",
        "responsible": world.people[4].pk, "due_on": (today + timedelta(9)).isoformat(), "priority": "urgent",
        "difficulty": "hard", "origin": "self", "found_on": today.isoformat(), "round": world.round.pk,
        "client_key": str(uuid4()), **told,
    }  # fmt: skip


def at(world, **query):
    query = {"organisation": world.first.pk, **query}
    return f"{reverse('problem_create')}?{'&'.join(f'{name}={value}' for name, value in query.items())}"


def test_a_secretary_writes_a_problem_down(world, signed_in):
    browser = signed_in("secretary")
    page = browser.get(at(world))
    assert page.context["form"].initial["round"] == world.round
    answer = browser.post(at(world), typed(world))
    row = Problem.objects.get()
    assert answer.url == row.get_absolute_url()
    assert [measure.text for measure in row.measures.all()] == ["One", "Two"]
    assert (row.priority, row.difficulty, row.round) == ("urgent", "hard", world.round)


def test_a_member_writes_down_his_own_and_is_asked_no_more(world, signed_in):
    browser = signed_in("member")
    page = browser.get(at(world))
    assert not {"whose", "member", "responsible", "at_once"} & set(page.context["form"].fields)
    browser.post(at(world), typed(world, whose="committee", at_once="on"))
    row = Problem.objects.get()
    assert (row.whose, row.member, row.responsible, row.at_once) == ("member", world.people[4], world.people[4], False)


def test_one_who_has_one_branch_is_led_there_and_keeps_the_origin(world, signed_in):
    answer = signed_in("secretary").get(reverse("problem_create") + "?origin=x:1")
    assert answer.url == f"/problems/new/?origin=x%3A1&organisation={world.first.pk}"


def test_an_officer_chooses_and_searches(world, signed_in):
    browser = signed_in("officer")
    page = browser.get(reverse("problem_create"))
    assert page.context["choices"] == [world.first, world.second]
    assert browser.get(reverse("problem_create") + "?q=Second").context["choices"] == [world.second]
    assert browser.get(reverse("problem_create") + "?q=Nothing").context["choices"] == []


def test_what_a_superior_does_for_the_branch_says_so_on_its_button(world, signed_in):
    address = problem(world).get_absolute_url()
    told = {name: [str(move.label) for move in signed_in(name).get(address).context["moves"]]
            for name in ("secretary", "officer")}  # fmt: skip
    assert told == {"secretary": ["认领", "作废"], "officer": ["认领（代录）", "作废"]}


def test_what_is_refused_keeps_every_word(world, signed_in):
    page = signed_in("secretary").post(at(world), typed(world, due_on="2001-01-01"))
    assert page.status_code == 200 and not Problem.objects.exists()
    assert "Typed words" in page.content.decode() and page.context["form"].errors["due_on"]


@pytest.mark.parametrize(("told", "field"), [
    ({"whose": "member"}, "member"), ({"member": "mine"}, "member"), ({"text": ""}, "text"), ({"responsible": "far"}, "responsible"),
])  # fmt: skip
def test_bad_input_is_told_in_chinese_at_its_field(world, signed_in, told, field):
    keys = {"mine": world.people[4].pk, "far": world.siblings[0].pk}
    page = signed_in("secretary").post(at(world), typed(world, **{k: keys.get(v, v) for k, v in told.items()}))
    assert list(page.context["form"].errors) == [field]
    assert not Problem.objects.exists()


def test_of_a_members_problem_whoever_was_chosen_he_is_responsible(world, signed_in):
    signed_in("secretary").post(at(world), typed(world, whose="member", member=world.people[3].pk))
    assert Problem.objects.get().responsible == world.people[3]


def test_who_was_slower_keeps_his_words_and_learns_it(world, signed_in):
    row = problem(world)
    browser = signed_in("secretary")
    data = typed(world, version=1, client_key=str(row.client_key))
    assert browser.post(reverse("problem_edit", args=[row.pk]), data).status_code == 302
    page = browser.post(reverse("problem_edit", args=[row.pk]), typed(world, version=1, text="Later words"))
    assert page.status_code == 409 and "Later words" in page.content.decode()
    assert again(row).text == "Typed words"


def test_once_claimed_the_form_asks_no_more_for_what_was_found(world, signed_in):
    row = moved(problem(world), "claim", actor=world.secretary)
    page = signed_in("member").get(reverse("problem_edit", args=[row.pk]))
    assert not {"text", "due_on", "whose", "round"} & set(page.context["form"].fields)
    assert "PROBLEM-WORDS" in page.content.decode()


def test_where_it_came_from_opens_for_whoever_may_see_that_row(world, signed_in):
    ref = f"appraisals.material:{world.material.pk}"
    row = problem(world, ref=ref, origin="material", responsible=world.people[2])
    assert world.material.get_absolute_url() in signed_in("secretary").get(row.get_absolute_url()).content.decode()
    other = problem(world, ref=f"appraisals.material:{world.owed.pk}", origin="material")
    page = signed_in("member").get(other.get_absolute_url())
    assert page.context["cause"] is None and "对照检查" in page.content.decode()


def test_what_a_draft_is_about_is_told_to_no_superior_as_where_a_problem_came_from(world, signed_in):
    """He sees that the branch is writing a record, and not what (I9)."""
    draft = world.draft_meeting
    type(draft).objects.filter(pk=draft.pk).update(theme="THEME-OF-DRAFT")
    ref = f"meetings.meeting:{draft.pk}"
    row = problem(world, ref=ref, origin="meeting", responsible=world.people[2])
    for who, tells in (("secretary", True), ("officer", False), ("supervisor", False), ("member", False)):
        browser = signed_in(who)
        pages = [browser.get(address).content.decode() for address in (row.get_absolute_url(), at(world, origin=ref))]
        assert ("THEME-OF-DRAFT" in pages[0]) == tells, who
        assert ("THEME-OF-DRAFT" in pages[1]) == tells, who
    assert "origin=" not in signed_in("officer").get(draft.get_absolute_url()).content.decode()
    assert "origin=" in signed_in("secretary").get(draft.get_absolute_url()).content.decode()


@pytest.mark.parametrize("ref", ["appraisals.material:x", "branches.user:1", "nonsense", "appraisals.material:", "a:1"])
def test_a_reference_that_names_no_row_is_passed_over(world, signed_in, ref):
    browser = signed_in("secretary")
    assert browser.get(at(world, origin=ref)).context["cause"] is None
    browser.post(at(world, origin=ref), typed(world))
    assert Problem.objects.get().origin_ref == ""


def test_from_the_row_that_gave_cause_the_page_begins_with_its_kind(world, signed_in):
    ref = f"meetings.meeting:{world.meeting.pk}"
    browser = signed_in("secretary")
    assert browser.get(at(world, origin=ref)).context["form"]["origin"].value() == "meeting"
    browser.post(at(world, origin=ref), typed(world, origin="meeting"))
    assert Problem.objects.get().origin_ref == ref


def test_ticked_problems_are_given_get_a_day_and_are_made_void(world, signed_in):
    browser, rows = signed_in("secretary"), [problem(world), problem(world)]
    ticked = {"selected": [row.pk for row in rows]}
    page = browser.post(reverse("problem_batch", args=["assign"]), ticked)
    assert page.status_code == 200 and not page.context["form"].errors
    given = {**ticked, "asked": "1", "responsible": world.people[1].pk}
    assert browser.post(reverse("problem_batch", args=["assign"]), given).url == "/problems/"
    day = timezone.localdate() + timedelta(40)
    later = {**ticked, "asked": "1", "due_on": day.isoformat(), "reason": "Rain"}
    browser.post(reverse("problem_batch", args=["extend"]), later)
    assert {(again(row).responsible, again(row).due_on) for row in rows} == {(world.people[1], day)}
    page = browser.post(reverse("problem_batch", args=["void"]), {**ticked, "asked": "1", "reason": ""})
    assert page.context["form"].errors
    one = {"selected": [rows[0].pk], "asked": "1", "reason": "Twice"}
    assert browser.post(reverse("problem_batch", args=["void"]), one).url == rows[0].get_absolute_url()
    assert [again(row).state for row in rows] == ["void", "unclaimed"]


def test_nothing_ticked_is_said(world, signed_in):
    row = asked(world, problem(world))
    for ticked, words in (([], "请至少勾选"), (["x"], "请至少勾选"), ([row.pk], "不能这样处理")):
        answer = signed_in("secretary").post(reverse("problem_batch", args=["void"]), {"selected": ticked}, follow=True)
        assert words in answer.content.decode()


def test_what_a_deed_leaves_out_is_told_before_it_is_done(world, signed_in):
    rows = [problem(world, text="Open one"), problem(world, responsible=world.people[0], text="His own"),
            asked(world, problem(world, text="Waits")), problem(world, text="Imported one")]  # fmt: skip
    marks = {"state": "closed", "closed_on": timezone.localdate(), "verified_as": "imported", "evidence": "Told"}
    Problem.objects.filter(pk=rows[3].pk).update(**marks)
    browser, ticked = signed_in("secretary"), {"selected": [row.pk for row in rows]}
    listed = browser.get(reverse("problem_list"), {"sign": "imported"}).content.decode()
    assert "Imported one" in listed and "Open one" not in listed
    assert [f'value="{row.pk}"' in browser.get(reverse("problem_list")).content.decode() for row in rows] == [
        True, True, False, True]  # fmt: skip
    for name, fits in (("void", {"Open one", "Imported one"}), ("extend", {"Open one", "His own"})):
        batch = browser.post(reverse("problem_batch", args=[name]), ticked).context["batch"]
        assert {row.text for row in batch.problems} == fits
        assert {row.text for row in batch.left_out} == {row.text for row in rows} - fits
    browser.post(reverse("problem_batch", args=["void"]), {**ticked, "asked": "1", "reason": "Wrong file"})
    assert [again(row).state for row in rows] == ["void", "unclaimed", "closing_requested", "void"]
    told = browser.post(reverse("problem_batch", args=["void"]), {"selected": [rows[1].pk]}, follow=True)
    assert "自己" in told.content.decode()


def test_nothing_typed_is_lost_where_every_tick_was_taken_out(world, signed_in):
    browser, row, day = signed_in("secretary"), problem(world), timezone.localdate() + timedelta(50)
    from_list = {"headers": {"referer": "http://testserver/problems/?state=unclaimed"}}
    address = reverse("problem_batch", args=["extend"])
    assert (
        browser.post(address, {"selected": [row.pk]}, **from_list).context["batch"].came_from
        == "/problems/?state=unclaimed"
    )
    given = {"offered": [row.pk], "asked": "1", "due_on": day.isoformat(), "reason": "Because of rain",
             "back": "/problems/?state=unclaimed"}  # fmt: skip
    page = browser.post(address, given)
    assert "Because of rain" in page.content.decode() and page.context["form"].non_field_errors()
    assert f'value="{row.pk}">' in page.content.decode(), "offered again, without its tick"
    assert browser.post(address, {**given, "selected": [row.pk]}).url == "/problems/?state=unclaimed"
    away = {**given, "selected": [row.pk], "back": "https://elsewhere.example/problems/"}
    assert browser.post(address, away).url == row.get_absolute_url()


def test_to_problems_of_two_branches_nobody_is_named(world, signed_in):
    rows = [problem(world), problem(world, branch=world.second, actor=world.officer, responsible=None)]
    ticked = {"selected": [row.pk for row in rows]}
    answer = signed_in("officer").post(reverse("problem_batch", args=["assign"]), ticked, follow=True)
    assert "同一" in answer.content.decode()


def test_a_number_that_opens_its_rows_says_what_they_are(world, signed_in):
    problem(world)
    asked = {"step": "measured", "place": world.first.pk, "state": "unclaimed"}
    html = signed_in("secretary").get(reverse("problem_list"), asked).content.decode()
    assert "只列出" in html and "First branch" in html and "已定措施" in html
    assert "只列出" not in signed_in("secretary").get(reverse("problem_list"), {"state": "unclaimed"}).content.decode()
    far = signed_in("member").get(reverse("problem_list"), {"place": world.third.pk}).content.decode()
    assert world.third.name not in far


def test_an_empty_telling_of_progress_is_refused(world, signed_in):
    row = problem(world)
    address = reverse("problem_progress", args=[row.pk])
    assert signed_in("secretary").post(address, {"words": "", "satisfied": ""}).context["form"].errors
    assert signed_in("secretary").post(address, {"words": "Half", "satisfied": ""}).url == row.get_absolute_url()


def test_an_export_of_signs_late_near_and_by_age(world, signed_in):
    today = timezone.localdate()
    near = soon(world.secretary)
    days = {"late": today - timedelta(1), "today": today, "near": near, "after": near + timedelta(1),
            "d10": today + timedelta(10), "d11": today + timedelta(11), "d20": today + timedelta(20),
            "d21": today + timedelta(21)}  # fmt: skip
    keys = {}
    for name, day in days.items():
        row = problem(world, text=name)
        Problem.objects.filter(pk=row.pk).update(found_on=today - timedelta(9), due_on=day)
        keys[row.pk] = name
    done = moved(asked(world, problem(world)), "close", actor=world.officer)
    browser = signed_in("secretary")

    def listed(query):
        rows = browser.get(f"{reverse('problem_list')}?size=100&{query}").context["page"].objects
        return {keys.get(row.pk, "done") for row in rows}

    assert listed("sign=late") == {"late"}
    assert listed("sign=near") == {name for name, day in days.items() if today <= day <= near}
    assert listed("sign=open") == set(days) and listed("state=closed") == {"done"}
    assert listed("age=10") == {name for name, day in days.items() if 0 <= (day - today).days <= 10}
    assert listed("age=20") == {"d11", "d20"} and listed("age=more") == {"d21"}
    assert listed(f"q=late&year={done.year}") == {"late"} and listed("year=2001") == set()
    page = browser.get(reverse("problem_list")).content.decode()
    assert page.count("逾期</span>") == 1 and page.count("临期</span>") == len(listed("sign=near"))


def test_near_is_five_working_days(world, monkeypatch):
    from datetime import date

    world.secretary.reach.__dict__["day"] = date(2026, 3, 5)  # a Thursday
    assert soon(world.secretary) == date(2026, 3, 12)


def test_a_second_look_and_a_checker_through_their_pages(world, signed_in):
    row = moved(asked(world, problem(world)), "close", actor=world.officer)
    browser = signed_in("secretary")
    today = timezone.localdate()
    page = browser.post(reverse("recheck_create", args=[row.pk]), {"checked_on": (today + timedelta(1)).isoformat(),
                                                                   "holds": "no", "words": "Back"})  # fmt: skip
    assert page.context["form"].errors
    browser.post(
        reverse("recheck_create", args=[row.pk]), {"checked_on": today.isoformat(), "holds": "no", "words": "Back"}
    )
    new = Problem.objects.get(follows=row)
    assert f"№{new.pk}" in browser.get(row.get_absolute_url()).content.decode()
    assert f"№{row.pk}" in browser.get(new.get_absolute_url()).content.decode()
    own = of_member(world, world.siblings[0], branch=world.second, actor=world.sibling)
    browser = signed_in("sibling")
    page = browser.get(reverse("problem_checker", args=[own.pk]))
    assert [key for key, _name in page.context["form"].fields["checker"].choices if key] == [world.siblings[1].pk]
    browser.post(reverse("problem_checker", args=[own.pk]), {"checker": world.siblings[1].pk})
    assert again(own).checker == world.siblings[1]
    browser.post(reverse("problem_checker", args=[own.pk]), {"checker": ""})
    assert again(own).checker is None


def test_progress_through_its_page(world, signed_in):
    row = problem(world)
    browser = signed_in("member")
    browser.post(reverse("problem_progress", args=[row.pk]), {"words": "Half", "done": ["2"], "satisfied": "no"})
    found = again(row)
    assert (found.so_far, found.satisfied) == ("Half", "no")
    assert list(found.measures.values_list("done_on", flat=True)) == [None, timezone.localdate()]
    bare = problem(world, measures=())
    browser.post(reverse("problem_progress", args=[bare.pk]), {"words": "Begun"})
    assert again(bare).so_far == "Begun"
