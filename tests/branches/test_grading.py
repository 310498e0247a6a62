"""Who grades whom: the rights over a grade, by hand (users.md F4, F5)."""

from types import SimpleNamespace

import pytest

from tests.branches.reaches import here, of, reach

# Whose grade × who asks → which of grade, settle, enter for a branch on paper.
GRADING = {
    "secretary": {"plain": "grade", "chief": "", "own": "", "paper": "grade"},
    "committee_member": {"plain": "grade", "chief": "", "own": "", "paper": "grade"},
    "clerk": {"plain": "", "chief": "", "own": "", "paper": ""},
    "group_leader": {"plain": "", "chief": "", "own": "", "paper": ""},
    "officer": {"plain": "settle_grade", "chief": "grade settle_grade", "own": "", "paper": "settle_grade grade_for"},
    "supervisor": {"plain": "", "chief": "", "own": "", "paper": ""},
    "liaison": {"plain": "", "chief": "", "own": "", "paper": ""},
}


@pytest.mark.parametrize("office", GRADING)
def test_who_grades_settles_and_enters_for_a_branch_on_paper(office):
    """`chief`: the secretary's own, which the superior weighs; `own`: of whoever asks."""
    held = here(office, "committee") if office in ("officer", "supervisor", "liaison") else here(office)
    person = reach(held, member_key=5)
    online, paper = (SimpleNamespace(path="00010002", mode=mode) for mode in ("online", "paper"))
    rows = {
        "plain": of("here", organisation=online, owner_id=6, is_by_superior=False),
        "chief": of("here", organisation=online, owner_id=6, is_by_superior=True),
        "own": of("here", organisation=online, owner_id=5, is_by_superior=False),
        "paper": of("here", organisation=paper, owner_id=6, is_by_superior=False),
    }
    rights = ("grade", "settle_grade", "grade_for")
    assert {name: " ".join(r for r in rights if person.may(r, row)) for name, row in rows.items()} == GRADING[office]
