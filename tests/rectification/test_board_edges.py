"""The public board at its edges: who is no stranger, the last day, names, how long a page may be kept."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from branches.models import Member
from branches.rules.table import Level
from rectification.models import Publication
from rectification.publishing import rules
from rectification.publishing.open import pages
from tests.rectification.board import on, public


def test_strangers_are_shown_nothing_of_the_branch_whatever_is_asked_for(world):
    on(world)
    home, society = public(world), public(world, audience="society")
    assert list(Publication.objects.for_strangers("branch", "society")) == [society]
    assert list(Publication.objects.for_strangers("branch")) == []
    assert home.audience == "branch"


def test_on_its_last_day_it_has_not_ended(world):
    on(world)
    row = public(world)
    for until, ended in ((timezone.localdate(), False), (timezone.localdate() - timedelta(1), True)):
        row.until = until
        assert row.has_ended is ended


def test_of_a_page_only_the_newest_are_shown(world):
    on(world)
    row = public(world, audience="society")
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    del values["id"]
    Publication.objects.bulk_create(
        Publication(**values | {"client_key": uuid4(), "token": f"token-{n}"}) for n in range(50)
    )
    assert len(pages.notices(Publication.objects.all())) == 50


@pytest.mark.parametrize(("clock", "seconds"), [("23:59:30", 30), ("23:59:59.5", 0), ("12:00", 300), ("00:00", 300)])
def test_no_page_is_kept_past_midnight(monkeypatch, clock, seconds):
    now = timezone.make_aware(datetime.fromisoformat(f"2026-11-30 {clock}"))
    monkeypatch.setattr(pages.timezone, "localtime", lambda: now)
    assert pages.seconds_left() == seconds


def test_the_board_is_a_rule_of_a_place():
    """The regulation asks for openness; before whom problems are put, a superior decides."""
    assert rules.BOARD.level == Level.LOCAL


@pytest.mark.parametrize(("name", "words", "is_refused"), [("甲", "甲方已整改", False), ("王甲", "由王甲负责", True)])
def test_a_name_is_more_than_one_character(world, name, words, is_refused):
    Member.objects.filter(pk=world.people[1].pk).update(name=name)
    if not is_refused:
        rules.refuse_names(world.first, [words])
        return
    with pytest.raises(ValidationError, match=name):
        rules.refuse_names(world.first, [words])
