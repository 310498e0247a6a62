"""Whoever reads the words of opinions leaves a trace: who, when, which round and branch, how many; never which words."""

import pytest
from django.urls import reverse

from appraisals.opinions import actions
from appraisals.opinions.digests import actions as digests
from appraisals.opinions.receivers import receivers_of
from tests.appraisals.opinions.rows import fresh, opinion
from workflow.models import AuditEvent

KIND = "opinions_read"


def told():
    return list(AuditEvent.objects.filter(kind=KIND).order_by("pk"))


def look(client, user, row):
    client.force_login(user)
    return client.get(row.get_absolute_url(), REMOTE_ADDR="192.0.2.7").content.decode()


def test_each_look_of_the_reader_is_told_once_and_without_content(client, world):
    row = opinion(world, concerns=world.people[4])
    assert "RAW-WORDS" in look(client, world.secretary, row)
    (event,) = told()
    assert (event.actor_key, event.address, event.subject_label) == (world.secretary.actor_key, "192.0.2.7", str(row))
    assert (event.organisation_label, event.note) == (world.first.name, f"{world.round}，1条")
    assert event.acted_as
    values = " ".join(map(str, AuditEvent.objects.filter(pk=event.pk).values_list().get()))
    assert "RAW-WORDS" not in values and world.people[4].name not in values
    look(client, world.secretary, row)
    assert len(told()) == 2


@pytest.mark.parametrize("who", ["clerk", "committee_member", "liaison", "officer"])
def test_whoever_sees_the_row_and_not_the_words_leaves_no_trace(client, world, who):
    assert "RAW-WORDS" not in look(client, getattr(world, who), opinion(world))
    assert told() == []


def test_a_number_without_words_is_nothing_to_read(client, world):
    look(client, world.secretary, opinion(world, text=""))
    assert told() == []


def test_writing_a_digest_and_looking_at_it_tell_how_many_were_read(client, world):
    rows = [opinion(world, concerns=world.people[4]) for _ in range(3)]
    client.force_login(world.secretary)
    client.post(reverse("digest_create"), {"selected": [row.pk for row in rows]})
    digest = digests.gather(rows, "In other words", actor=fresh(world.secretary))
    digests.move(digest, "feed_back", actor=fresh(world.secretary))
    look(client, world.secretary, digest)
    assert [(event.subject_label, event.note) for event in told()] == [
        (str(rows[0]), f"{world.round}，3条"), (str(digest), f"{world.round}，3条"),
    ]  # fmt: skip
    assert "In other words" in look(client, world.member, digest)  # what he is told is no raw opinion
    assert len(told()) == 2


def test_of_what_was_handed_over_only_the_receiver_leaves_one(client, world):
    row = opinion(world, "unit")
    (receiver,) = [one for one in receivers_of(row) if one.seat == "supervisor"]
    actions.seal(row, receiver, actor=fresh(world.secretary))
    look(client, world.secretary, row)
    assert told() == []
    assert "RAW-WORDS" in look(client, world.supervisor, row)
    (event,) = told()
    assert event.actor_key == world.supervisor.actor_key
