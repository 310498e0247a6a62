"""A branch is merged once nothing is left that only its own people can finish."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from appraisals.models import Material
from branches.actions import structure
from branches.models import Organisation
from branches.unfinished import NAMED
from meetings.models import Meeting

TODAY = timezone.localdate()


@pytest.fixture
def tidy(world):
    """The world with nothing open at the first branch."""
    Meeting.objects.filter(organisation=world.first).update(state="filed")
    Material.objects.filter(organisation=world.first).update(state="accepted")
    return world


def merge(world):
    return structure.merge(world.first, actor=world.officer, into=world.second, since=TODAY)


@pytest.mark.parametrize(("state", "is_refused"), [
    ("draft", True), ("returned", True), ("submitted", False), ("filed", False), ("void", False),
])  # fmt: skip
def test_unfinished_records_stop_a_merger(tidy, state, is_refused):
    Meeting.objects.filter(pk=tidy.meeting.pk).update(state=state, theme="Unspoken")
    if not is_refused:
        merge(tidy)
        return
    with pytest.raises(ValidationError) as refused:
        merge(tidy)
    words = "".join(refused.value.messages)
    assert reverse("meeting_detail", args=[tidy.meeting.pk]) in words and "Unspoken" not in words
    assert Organisation.objects.get(pk=tidy.first.pk).until is None


@pytest.mark.parametrize(("state", "reviewer", "is_refused"), [
    ("submitted", "branch", True), ("submitted", "above", False), ("draft", "branch", False),
    ("accepted", "branch", False),
])  # fmt: skip
def test_reviews_of_the_branch_stop_a_merger(tidy, state, reviewer, is_refused):
    row = Material.objects.filter(organisation=tidy.first).exclude(author=None).first()
    Material.objects.filter(pk=row.pk).update(state=state, reviewer=reviewer)
    if not is_refused:
        merge(tidy)
        return
    with pytest.raises(ValidationError, match=reverse("material_detail", args=[row.pk])):
        merge(tidy)


def test_the_page_links_to_what_is_open(tidy, client):
    names = ("organisation", "form", "started_at")
    facts = {name: getattr(tidy.meeting, name) for name in names}
    Meeting.objects.bulk_create(Meeting(state="draft", **facts) for _n in range(NAMED + 2))
    client.force_login(tidy.officer)
    sent = {"into": tidy.second.pk, "since": TODAY.isoformat()}
    page = client.post(reverse("organisation_change", args=[tidy.first.pk, "merge"]), sent)
    assert page.status_code == 200
    last = Meeting.objects.filter(state="draft").order_by("pk").first()
    assert f'<a href="{reverse("meeting_detail", args=[last.pk])}">' in page.content.decode()
    assert page.content.decode().count('href="/meetings/') >= NAMED
