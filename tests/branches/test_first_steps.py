"""The first steps of a new site are done when they are done for each branch, and gone then."""

from django.urls import reverse
from django.utils import timezone

from branches.first_steps import first_steps
from branches.models import Grant, Organisation, User
from tests.branches.slips import give
from tests.cast import enrol, found


def done(cast):
    return [step.is_done for step in first_steps(User.objects.get(pk=cast.officer.pk))]


def test_each_branch_counts(cast):
    assert done(cast) == []
    empty = found("Empty branch", "branch", cast.county)
    assert done(cast) == [True, False, False, False]
    somebody = enrol("新同志", empty)
    assert done(cast) == [True, True, False, False]
    give(somebody, cast.officer)
    assert done(cast) == []


def test_the_last_is_the_office_which_the_security_administrator_gives(cast, client):
    secretaries = Grant.objects.filter(office="secretary")
    secretaries.update(revoked_at=timezone.now())
    assert done(cast) == [True, True, True, False]
    client.force_login(User.objects.get(pk=cast.officer.pk))
    assert "由安全管理员授予书记职务" in client.get(reverse("dashboard")).text
    assert client.get(first_steps(User.objects.get(pk=cast.officer.pk))[-1].url).status_code == 200
    secretaries.filter(organisation=cast.first).update(revoked_at=None)
    assert done(cast) == []


def test_where_every_branch_keeps_its_papers_no_office_is_asked_for(cast):
    Grant.objects.filter(office="secretary").update(revoked_at=timezone.now())
    Organisation.objects.filter(kind="branch").update(mode="paper")
    assert done(cast) == []
    Organisation.objects.filter(pk=cast.first.pk).update(mode="online")
    assert done(cast) == [True, True, True, False]


def test_a_new_secretary_without_office_reads_who_gives_it(cast, client):
    Grant.objects.filter(user=cast.sibling).update(revoked_at=timezone.now())
    client.force_login(cast.sibling)
    assert "书记职务权限还没有给予您" in client.get(reverse("dashboard")).text
    client.force_login(cast.secretary)
    assert "书记职务权限还没有给予您" not in client.get(reverse("dashboard")).text
