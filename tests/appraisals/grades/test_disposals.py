"""A disposal file: off as shipped, made by hand after somebody was informed, read by the committee's leaders and the
secretary only; nothing opens one by itself and nothing tells of it (users.md F27)."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from appraisals.grades.actions import disposals
from appraisals.models import DisposalFile, DisposalNote
from branches.actions import attachments, organisations, structure
from branches.actions.rules import override_rule
from branches.models import Attachment
from reminders.actions import notices
from reminders.models import Notice
from tests import cast as people
from tests.appraisals.grades.rows import decided, fed_back, fresh, said, weigh
from tests.branches.files import picture
from tests.cast import SINCE
from workflow.actors import SYSTEM
from workflow.moves import MoveNotAllowed, NoteRequired

TODAY = timezone.localdate


def applied(world, severity="remind"):
    override_rule(
        world.county, 2026, "F27-1", actor=fresh(world.officer), severity=severity, parameters={}, reason="Notice"
    )


def made(world, who=None, grade=None, **told):
    grade = grade or fed_back(world, world.people[4], "unqualified")
    told = {"informed": "组织委员老王", "informed_on": TODAY(), **told}
    return disposals.open_file(grade, actor=fresh(who or world.secretary), **told)


def test_no_grade_and_no_objection_opens_one(world):
    applied(world)
    said(world, fed_back(world, world.people[4], "unqualified"), "objected", "No")
    assert not DisposalFile.objects.exists()


def test_as_shipped_none_is_made(world):
    with pytest.raises(ValidationError, match="F27-1"):
        made(world)
    assert not DisposalFile.objects.exists()


@pytest.mark.parametrize("told", [{"informed": " "}, {"informed_on": TODAY() + timedelta(1)}])
def test_somebody_was_informed_and_not_tomorrow(world, told):
    applied(world)
    with pytest.raises(ValidationError):
        made(world, **told)


def test_only_of_an_unqualified_member_whose_grade_is_decided_and_one_that_stands(world):
    applied(world)
    with pytest.raises(ValidationError):
        made(world, grade=decided(world, world.people[3], "basically_qualified"))
    with pytest.raises(ValidationError):
        made(world, grade=weigh(world, world.people[2], "unqualified"))
    file = made(world)
    with pytest.raises(ValidationError):
        made(world, grade=file.grade)
    disposals.move_file(file, "void", actor=fresh(world.secretary), note="A mistake")
    assert made(world, grade=file.grade).pk != file.pk


@pytest.mark.parametrize("who", ["committee_member", "clerk", "member", "supervisor", "liaison", "sibling", "stranger"])
def test_others_make_none_and_read_none(world, who):
    applied(world)
    grade = fed_back(world, world.people[4], "unqualified")
    with pytest.raises(PermissionDenied):
        made(world, getattr(world, who), grade)
    file = made(world, grade=grade)
    disposals.note(file, "Words", TODAY(), actor=fresh(world.secretary))
    user = fresh(getattr(world, who))
    assert not DisposalFile.objects.visible_to(user).exists()
    assert not DisposalNote.objects.visible_to(user).exists()


def test_it_is_read_at_the_nearest_committee_and_not_further_up(world):
    applied(world)
    lower = organisations.found(
        "Lower committee", actor=SYSTEM, kind="committee", branch_kind="", since=SINCE, parent=world.county
    )
    structure.reparent(world.first, actor=fresh(world.officer), parent=lower)
    near = people.account("near", office="officer", organisation=lower)
    file = made(world)
    assert file.committee == lower
    assert DisposalFile.objects.visible_to(fresh(near)).get() == file
    assert not DisposalFile.objects.visible_to(fresh(world.officer)).exists()
    with pytest.raises(PermissionDenied):
        disposals.note(file, "Words", TODAY(), actor=fresh(world.officer))


def test_the_secretary_keeps_none_about_himself(world):
    applied(world)
    grade = fed_back(world, world.people[0], "unqualified", actor=world.committee_member)
    with pytest.raises(PermissionDenied):
        made(world, world.secretary, grade)
    made(world, world.officer, grade)
    assert not DisposalFile.objects.visible_to(fresh(world.secretary)).exists()


def test_it_is_noted_changed_and_closed_by_hand(world):
    applied(world)
    file, secretary = made(world), fresh(world.secretary)
    disposals.note(file, " Talked ", TODAY(), actor=secretary)
    disposals.change(file, actor=secretary, way="limited", due_on=TODAY() + timedelta(180))
    file.refresh_from_db()
    assert (file.way, file.due_on) == ("limited", TODAY() + timedelta(180))
    assert [note.text for note in DisposalNote.objects.filter(file=file)] == ["Talked"]
    for wrong in ({"text": " ", "noted_on": TODAY()}, {"text": "x", "noted_on": TODAY() + timedelta(1)}):
        with pytest.raises(ValidationError):
            disposals.note(file, wrong["text"], wrong["noted_on"], actor=secretary)
    with pytest.raises(ValidationError):
        disposals.change(file, actor=secretary, way="expelled", due_on=None)
    with pytest.raises(NoteRequired):
        disposals.move_file(file, "close", actor=secretary)
    disposals.move_file(file, "close", actor=secretary, note="Improved")
    for deed in (lambda: disposals.note(file, "x", TODAY(), actor=secretary),
                 lambda: disposals.change(file, actor=secretary, way="limited", due_on=None)):  # fmt: skip
        with pytest.raises(MoveNotAllowed):
            deed()


def test_papers_are_put_into_it_and_read_by_its_readers(world):
    applied(world)
    file = made(world)
    attachments.attach(file, picture(), actor=fresh(world.secretary))
    assert Attachment.objects.visible_to(fresh(world.officer)).of(file).count() == 1
    assert not Attachment.objects.visible_to(fresh(world.committee_member)).of(file).exists()
    with pytest.raises(PermissionDenied):
        attachments.attach(file, picture(), actor=fresh(world.clerk))
    disposals.move_file(file, "close", actor=fresh(world.secretary), note="Improved")
    with pytest.raises(ValidationError):
        attachments.attach(file, SimpleUploadedFile("b.png", picture().read()), actor=fresh(world.secretary))


def test_no_notice_tells_of_it(world):
    applied(world)
    made(world)
    before = set(Notice.objects.values_list("rule", flat=True))
    notices.scan(TODAY())
    assert not any("dispos" in rule for rule in before | set(Notice.objects.values_list("rule", flat=True)))


def test_its_pages(client, world):
    grade = fed_back(world, world.people[4], "unqualified")
    client.force_login(fresh(world.secretary))
    address = reverse("disposal_create", args=[grade.pk])
    assert "F27-1" in client.get(address).content.decode()
    assert address not in client.get(grade.get_absolute_url()).content.decode()
    applied(world)
    assert address in client.get(grade.get_absolute_url()).content.decode()
    sent = {"informed": "组织委员老王", "informed_on": TODAY().isoformat()}
    assert client.post(address, {**sent, "informed": ""}).status_code == 200
    assert client.post(address, sent).status_code == 302
    page = DisposalFile.objects.get().get_absolute_url()
    assert page in client.get(grade.get_absolute_url()).content.decode()
    refused = client.post(f"{page}note/", {"noted_on": "2099-01-01", "text": "KEPT-WORDS"})
    assert refused.status_code == 200 and "KEPT-WORDS" in refused.content.decode()
    client.post(f"{page}note/", {"noted_on": TODAY().isoformat(), "text": "NOTED-WORDS"})
    client.post(f"{page}change/", {"way": "limited", "due_on": "2027-01-01"})
    shown = client.get(page).content.decode()
    assert "NOTED-WORDS" in shown and "组织委员老王" in shown and "限期改正" in shown
    client.force_login(fresh(world.member))
    assert page not in client.get(grade.get_absolute_url()).content.decode()
    assert client.get(page).status_code == 404
