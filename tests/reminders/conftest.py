from datetime import timedelta

import pytest

from appraisals.models import Material
from reminders import rules
from tests.reminders.work import Work


@pytest.fixture
def work(cast):
    return Work(cast)


@pytest.fixture
def rule(monkeypatch):
    """The only rule of the test: a material is due within three days."""
    only = rules.Rule(
        "test_due",
        "“%(subject)s” is due on %(due)s.",
        rows=lambda today: Material.objects.owed_until(today + timedelta(3)),
        recipient="author",
        label="round__name",
        url_name="material_detail",
    )
    monkeypatch.setattr(rules, "_rules", {only.code: only})
    return only
