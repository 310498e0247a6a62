"""Votes as people hold them: laid down at the page, ballots marked one by one, counted by hand or by the box."""

import re
from collections import Counter

from appraisals.models import Vote
from ballots.marks import lines_of
from ballots.models import ABSTAIN
from tests.ballots.hall import Phone

CODE = re.compile(r'class="slip-code">([^<]+)<')
TELLERS = {"scrutineer_name": "邻支部甲", "teller_name": "邻支部乙"}


def lay(visitor, branch, title, day, **facts):
    """A vote laid down at its page; on paper and in no round unless said otherwise."""
    told = {"title": title, "held_on": str(day), "way": "paper", **TELLERS, **facts}
    visitor.post("vote_create", query=f"?organisation={branch.pk}", **told)
    return Vote.objects.get(organisation=branch, title=title)


def marked(vote, voters, choose):
    """The ballots of so many voters: `choose(voter, line, number)` gives the option, 0 for none; `number` runs over the
    lines of all sheets from 0."""
    lines = lines_of(vote.poll)
    return [{line.key: choose(voter, line, number) for number, line in enumerate(lines)} for voter in range(voters)]


def count_by_hand(visitor, vote, ballots):
    """What two tellers do with a heap of paper: strokes for each line and option, typed at the page of totals."""
    strokes = Counter((key, option) for ballot in ballots for key, option in ballot.items())
    fields = {f"n{key}_{option}": n for (key, option), n in strokes.items() if option != ABSTAIN}
    for sheet in vote.poll.sheets.all():
        fields |= {f"collected{sheet.pk}": len(ballots), f"issued{sheet.pk}": vote.voters}
    visitor.post("vote_totals", vote.pk, **fields)


def printed(visitor, vote):
    """The codes of the slips, as the page shows them this once."""
    return CODE.findall(visitor.post("vote_slips", vote.pk).content.decode())


def cast(codes, ballots):
    """Each voter draws a slip and votes on a telephone, from the code over reading over to the box."""
    for code, ballot in zip(codes, ballots, strict=False):
        phone, marks = Phone(), {f"m{key}": option for key, option in ballot.items() if option}
        assert "投出" in phone.step(code, "review", **marks).content.decode()
        assert "已投入票箱" in phone.step(code, "cast", **marks).content.decode()


def under_slips(visitor, vote, ballots):
    """Printed, opened, cast, closed and counted."""
    codes = printed(visitor, vote)
    assert len(codes) == vote.voters
    visitor.post("vote_move", vote.pk, "open")
    cast(codes, ballots)
    visitor.post("vote_move", vote.pk, "close", confirmed="yes")
    visitor.post("vote_count", vote.pk, first="", second="")


def confirm(visitor, vote):
    visitor.post("vote_move", vote.pk, "confirm_signed", note="监票人、计票人当场签字")
    vote.refresh_from_db()
    assert vote.get_state_display() == "结果已确认"


def read(visitor, vote):
    """What this person reads on the page of the vote: by sheet the numbers of each line; None where it is withheld."""
    results = visitor.get("vote_detail", vote.pk).context["results"]
    return {
        result.sheet.title: None if result.withheld else {
            f"{row.line.heading} {row.line.label}".strip(): row.numbers for row in result.rows
        }
        for result in results
    }  # fmt: skip


def ballots_told(visitor, vote):
    """(issued, collected, valid) of each sheet on that page."""
    results = visitor.get("vote_detail", vote.pk).context["results"]
    return {
        result.sheet.title: (result.count.issued, result.count.collected, result.count.valid)
        for result in results if result.count
    }  # fmt: skip
