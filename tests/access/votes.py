"""What the access tables know of votes: one in each state; 戊同志 (mem) is the scrutineer of the open and the counted."""

from appraisals.votes.sites.reading import sites_of
from ballots import actions as ballots
from tests.appraisals.votes.rows import counted, handed_out, laid_down, moved, outside

HALVES, SPOILT = "halves of the closed vote", "code of a slip handed back"


def on_stage(stage):
    cast = stage.cast
    elsewhere = {"scrutineer": None, "scrutineer_name": "外请甲"}
    prepared = laid_down(cast, "Prepared vote", **elsewhere)
    slips = laid_down(cast, "Slips vote", way="slips", **elsewhere)
    running, printed = handed_out(cast, "Open vote")
    moved(cast, running, "open")
    closed, keys = handed_out(cast, "Closed vote", halved=True, **elsewhere)
    moved(cast, closed, "open", "close")
    told = counted(cast, "Counted vote")
    void = moved(cast, laid_down(cast, "Void vote", **elsewhere), "void")
    away = outside(cast, **elsewhere)
    stage.__dict__ |= {"halves": keys.halves, "spoilt": printed.codes[0]}
    rows = {"vote": prepared, "vote_slips": slips, "vote_open": running, "vote_closed": closed, "vote_counted": told}
    rows |= {"vote_void": void, "vote_outside": away}
    stage.moving |= {label: moved(cast, row) for label, row in rows.items()}
    return {label: row.pk for label, row in rows.items()} | {"vote_new": f"?organisation={cast.first.pk}"}


def posts(stage):
    """What valid forms send."""
    vote = {
        "title": "New",
        "held_on": stage.today.isoformat(),
        "voters": 5,
        "way": "paper",
        "body": "on",
        "scale": "body",
    }
    poll = stage.moving["vote"].poll
    totals = {f"{name}{sheet.pk}": 5 for sheet in poll.sheets.all() for name in ("issued", "collected")}
    return {
        "vote_words": {"selected": stage.objects["vote_counted"]},
        "vote_create": vote,
        "vote_edit": vote,
        "vote_totals": totals,
        "vote_sites": {
            "seen": sites_of(stage.moving["vote_outside"]).fingerprint,
            "site-TOTAL_FORMS": 1,
            "site-INITIAL_FORMS": 0,
            "site-0-name": "Gate",
            "site-0-issued": 4,
        },
        "vote_slips": {"halved": "on"},
        "vote_spare": {"why": "late", "number": 1, "reason": "Late"},
        "vote_void_slip": {"code": stage.spoilt},
        "vote_count": {"first": stage.halves[0], "second": stage.halves[1]},
        "vote_repeat": {},
        "vote_move": stage.MOVE,
    }


def fill(cast, many):
    """`many` more votes, each with a line more to the members of the first."""
    for _ in range(many):
        laid_down(cast, "More")
    vote = laid_down(cast, "Long")
    ballots.lay_down(
        [ballots.Paper("More", ("A", "B"), tuple(ballots.Question(f"{n}") for n in range(many)))], poll=vote.poll
    )
