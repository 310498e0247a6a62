"""The lives of a transfer and of an import of a roster, restated from docs/rights.md and F7."""

from datetime import date

from branches.actions import transfers
from branches.models import RosterImport, Transfer
from branches.roster.states import WITH_FILE
from tests.workflow.tables import Life

# from      move      to        who             and what else
TRANSFER = """
offered     take_over accepted  lead+arrange
offered     refuse    refused   lead+arrange    note
offered     retract   withdrawn release         asked
accepted    take_back withdrawn release+lead+arrange note when:is_to_come
"""
ROSTER = """
mapping     check     checking  keep_register   silent
checking    tell      checked   system          silent
checked     answer    checking  keep_register   silent
checked     confirm   writing   keep_register   asked when:may_be_written
writing     write     done      keep_register   silent
checked     remap     mapping   keep_register
checking    remap     mapping   keep_register   when:job_is_over
writing     recheck   checking  keep_register   when:job_is_over
mapping     discard   discarded keep_register
checked     discard   discarded keep_register
checking    discard   discarded keep_register   when:job_is_over
writing     discard   discarded keep_register   when:job_is_over
mapping     expire    discarded system          silent when:job_is_over
checking    expire    discarded system          silent when:job_is_over
checked     expire    discarded system          silent when:job_is_over
writing     expire    discarded system          silent when:job_is_over
"""
SINCE = date(2026, 3, 2)


def offered(world):
    facts = {"to": world.second, "since": SINCE, "reason": "Moved house"}
    yield transfers.offer(world.people[4], actor=world.secretary, **facts)


def imports(world):
    """One whose check found something to write, and one whose check found nobody."""
    for key, counts in (("one", {"errors": 0, "questions": 0, "new": 1}), ("two", {})):
        facts = {"file_key": key, "since": SINCE, "counts": counts}
        yield RosterImport.objects.create(organisation=world.first, **facts)


LIVES = [
    Life(Transfer, "offered accepted refused withdrawn", TRANSFER, offered),
    Life(RosterImport, "mapping checking checked writing done discarded", ROSTER, imports),
]


def test_an_import_has_a_file_until_it_is_done_or_given_up():
    assert {"mapping", "checking", "checked", "writing"} == WITH_FILE
