"""The case library-general-branch, as far as meetings go: the committees and assemblies of its branches prepare, and on one
afternoon everybody takes part in the rating."""

from datetime import date

import pytest

from meetings.models import Meeting
from tests.scenarios import library as case
from tests.scenarios.libraries import POSTS, held
from tests.scenarios.visits import book, ledger, on, plain

pytestmark = pytest.mark.django_db

AFTER = date(2003, 5, 27)


def test_the_rating_stage_of_the_library(library, django_capture_on_commit_callbacks):
    with on(AFTER):
        for branch, folk in library.folk.items():
            held(library, branch, "committee_meeting", folk[: len(POSTS)], case.PREPARED, case.PLAN, case.PLAN_AGENDA)
            held(
                library,
                branch,
                "general_meeting",
                folk,
                case.PREPARED,
                case.PLAN,
                case.PLAN_AGENDA,
                hours=("18:00", "19:00"),
            )
            held(library, branch, "general_meeting", folk, case.RATED, case.RATING, case.RATING_AGENDA)
        with django_capture_on_commit_callbacks():
            everybody_took_part_in_the_rating(library)
        every_branch_has_prepared(library)
        the_record_book_of_a_branch_tells_its_own(library)


def everybody_took_part_in_the_rating(library):
    """One afternoon, in each branch its own: together all who are in service, with nobody away."""
    rows, total = ledger(library.officer, held_after=case.RATED, held_before=case.RATED)
    assert len(rows) == len(case.BRANCHES)
    assert total[9:13] == [case.IN_SERVICE, case.IN_SERVICE, 0, 0]
    assert {row[3] for row in rows} == {case.RATING}
    page = library.officer.get("meeting_list", held_after=case.RATED, held_before=case.RATED).content.decode()
    assert all(f"{len(folk)} / {len(folk)}" in page for folk in library.folk.values())


def every_branch_has_prepared(library):
    """The committee and the assembly of each: to the committee's only the committee was due."""
    rows, _total = ledger(library.officer, held_after=case.PREPARED, held_before=case.PREPARED)
    by_form = {form: sum(row[9] for row in rows if row[2] == form) for form in {row[2] for row in rows}}
    assert by_form["支部党员大会"] == case.IN_SERVICE
    assert sorted(by_form.values()) == [len(POSTS) * len(case.BRANCHES), case.IN_SERVICE]


def the_record_book_of_a_branch_tells_its_own(library):
    branch, folk = next(iter(library.folk.items()))
    meeting = Meeting.objects.get(organisation=branch, theme=case.RATING)
    words = plain(book(library.secretaries[branch], meeting, "record", "a5"))
    for told in ("2003年5月16日14:00—17:00", f"{len(folk)}人", "3. 无记名测评", branch.name):
        assert told in words, told
    signers = book(library.secretaries[branch], meeting, "sign-in")
    elsewhere = [person.name for other, people_ in library.folk.items() if other != branch for person in people_]
    assert all(person.name in signers for person in folk) and not any(name in signers for name in elsewhere)
