"""A poll with two sheets, its slips, and a browser that goes through the handler of /b/ alone."""

from django.test import Client
from django.test.client import ClientHandler

from ballots import actions, keys, slips
from ballots.actions import Paper, Question
from ballots.casting.handler import CastingOnly
from ballots.marks import lines_of

GRADES = ("优秀", "合格", "基本合格", "不合格")
BODY = ("好", "较好", "一般", "差")


class Handler(CastingOnly, ClientHandler):
    pass


class Phone(Client):
    """A telephone in the hall: every request goes to /b/."""

    def __init__(self, **defaults):
        super().__init__(**defaults)
        self.handler = Handler(enforce_csrf_checks=True)

    def step(self, code, act="open", **marks):
        return self.post("/b/", {"code": code, "act": act, **marks})


def laid_down(names=("甲", "乙", "丙"), limit=1, **told):
    people = Paper(
        "民主评议党员测评表", GRADES, tuple(Question(name) for name in names), about_people=True, limit=limit
    )
    body = Paper("党支部班子评议表", BODY, (Question("支部班子"),))
    return actions.lay_down([people, body], **told)


def opened(number=5, *, halved=False, **told):
    """(poll, codes of its slips)."""
    poll = laid_down(**told)
    actions.give_key(poll, halved=halved)
    codes = actions.add_slips(poll, number)
    actions.open_box(poll)
    poll.refresh_from_db()
    return poll, codes


def cast(code, marks):
    """What the page does with a code and marks."""
    slip = slips.found(code)
    return slips.refusal(slip) or actions.cast(slip, marks)


def marks_of(poll, *options):
    """Marks with these options, line after line; 0 abstains."""
    assert len(options) == len(lines_of(poll))
    return tuple(1 << option - 1 if option else 0 for option in options)


def counted(poll):
    actions.count_boxes(poll, keys.kept(poll.public_key))
    return totals(poll)


def totals(poll):
    """{label of the line: numbers of its options, 弃权 first}."""
    return {
        line.label: list(line.tallies.values_list("n", flat=True))
        for sheet in poll.sheets.all()
        for line in sheet.lines.all()
    }
