"""The two addresses for monitoring, open to all."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.utils import timezone

from jobs.models import Heartbeat


def test_healthz_touches_nothing(client):
    """Without the django_db mark any query is an error."""
    assert client.get("/healthz").content == b"ok"


@pytest.mark.django_db
def test_readyz_tells_whether_a_worker_lives(client):
    assert client.get("/readyz").json() == {"database": True, "cache": True, "worker": False}
    beat = Heartbeat.objects.create(name="worker", at=timezone.now() - timedelta(minutes=5))
    assert client.get("/readyz").status_code == 503
    Heartbeat.objects.filter(pk=beat.pk).update(at=timezone.now())
    answer = client.get("/readyz")
    assert answer.status_code == 200 and all(answer.json().values())


@pytest.mark.django_db
def test_readyz_names_what_does_not_answer(client, monkeypatch):
    def silent(*args, **kwargs):
        raise ConnectionError

    monkeypatch.setattr(cache, "set", silent, raising=False)
    monkeypatch.setattr(connection, "cursor", silent)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {"database": False, "cache": False, "worker": False}


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_only_reading(client, address):
    assert client.post(address).status_code == 405
