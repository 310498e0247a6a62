"""I9: a superior sees that a branch is writing a record, and on no page what it is about."""

import pytest
from django.urls import get_resolver

from branches.models import User
from meetings.models import Meeting

WORDS = "THEME-OF-DRAFT"


def addresses(key):
    """Every address below that of a meeting which holds its key alone, and lists that might name it."""
    found = get_resolver().reverse_dict
    names = [name for name in found if isinstance(name, str)]
    for name in names:
        for possible, _pattern, _defaults, _converters in found.getlist(name):
            for path, parameters in possible:
                if path.startswith("meetings/") and parameters == ["pk"]:
                    yield "/" + path % {"pk": key}


@pytest.mark.parametrize("who", ["officer", "supervisor"])
def test_no_page_of_a_draft_names_it_to_a_superior(world, client, who):
    draft = world.draft_meeting
    Meeting.objects.filter(pk=draft.pk).update(theme=WORDS)
    client.force_login(User.objects.get(pk=getattr(world, who).pk))
    pages = sorted(set(addresses(draft.pk)))
    assert len(pages) > 10
    lists = [f"/meetings/?place={world.first.pk}", "/calendar/", f"/organisations/{world.first.pk}/", "/", "/to-dos/"]
    told = [page for page in (*pages, *lists) if WORDS in client.get(page).content.decode()]
    assert not told
    client.force_login(User.objects.get(pk=world.secretary.pk))
    assert WORDS in client.get(draft.get_absolute_url()).content.decode()
