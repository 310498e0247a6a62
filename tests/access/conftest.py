import pytest

from tests.access.stage import Stage


@pytest.fixture
def stage(db):
    return Stage()
