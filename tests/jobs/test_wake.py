"""A request never depends on the broker: dead, hanging or away, it costs under a second and no error."""

import socket
import time

import pytest
from celery import current_app

from jobs import actions
from jobs.models import Job
from jobs.states import State


@pytest.fixture
def broker():
    """A function that points Celery at another broker for this test."""
    names = ("broker_url", "task_always_eager")
    kept = {name: current_app.conf[name] for name in names}
    yield lambda url: current_app.conf.update(broker_url=url, task_always_eager=False)
    current_app.conf.update(kept)


@pytest.fixture
def silent_port():
    """A port that accepts connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


@pytest.fixture
def dead_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


@pytest.mark.parametrize("kind_of_port", ["silent_port", "dead_port"])
@pytest.mark.usefixtures("committed")
def test_without_a_broker_the_row_stays_and_nobody_waits(owner, kind, broker, request, kind_of_port):
    broker(f"redis://127.0.0.1:{request.getfixturevalue(kind_of_port)}/0")
    actions.enqueue(kind(), actor=owner, params={"word": "先"})  # the first one imports the driver
    began = time.monotonic()
    actions.enqueue(kind(), actor=owner, params={"word": "等"})
    assert time.monotonic() - began < 3  # 0.5 s on a quiet machine, 6 s with the driver's own retries
    assert {job.state for job in Job.objects.all()} == {State.QUEUED}


@pytest.mark.usefixtures("committed")
def test_with_a_broker_one_message_is_left(owner, kind, broker):
    broker("memory://")
    job = actions.enqueue(kind(), actor=owner, params={"word": "等"})
    with current_app.connection_for_read() as connection:
        queue = connection.SimpleQueue("celery")
        message = queue.get(block=False)
        assert message.headers["task"] == "jobs.tasks.run" and message.payload[0] == [job.pk]
        message.ack()
        with pytest.raises(queue.Empty):
            queue.get(block=False)
