"""Worlds of cases that several scenarios share."""

import pytest

from tests.scenarios import libraries
from tests.scenarios.colleges import BEGINS, College
from tests.scenarios.visits import Visitor, on


@pytest.fixture
def college(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with on(BEGINS):
        college = College()
    # Signed in as of today: a session of that March would be over by April.
    college.visitors = {name: Visitor(user) for name, user in college.visitors.items()}
    return college


@pytest.fixture
def library(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with on(libraries.BEGINS):
        library = libraries.Library()
    library.officer, library.inspector = Visitor(library.officer), Visitor(library.inspector)
    library.secretaries = {branch: Visitor(user) for branch, user in library.secretaries.items()}
    library.deputies = {branch: Visitor(user) for branch, user in library.deputies.items()}
    return library
