"""The only writes to polls: laying one down, slips, casting, counting, destroying.

Who may do what is asked by the vote that a poll belongs to (appraisals/votes); casting asks for the slip alone. Nothing
here is told in history or audit log: an entry would keep a moment of a ballot.
"""

import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils.translation import gettext as _

from ballots import keys, sealing, slips
from ballots.counting import Totals, count
from ballots.marks import Asked, Marks, faults, lines_of, packed
from ballots.models import ABSTAIN, Box, Count, Line, Poll, Sheet, Slip, SlipState, Tally
from ballots.slips import Cast

MOST_SLIPS = 2000


@dataclass(frozen=True)
class Question:
    """A line to be laid down: see models.Line."""

    label: str
    heading: str = ""
    options: tuple[str, ...] = ()
    most: int = 1


@dataclass(frozen=True)
class Paper:
    """A sheet to be laid down: see models.Sheet."""

    title: str
    scale: tuple[str, ...]
    lines: tuple[Question, ...]
    about_people: bool = False
    limit: int | None = None


@dataclass(frozen=True)
class Ballots:
    """The ballots of one sheet: 发出, 收回, 无效."""

    issued: int
    collected: int
    invalid: int = 0

    @property
    def valid(self) -> int:
        return self.collected - self.invalid


Place = tuple[int, int]  # key of a line, number of an option


@transaction.atomic
def lay_down(papers: Iterable[Paper], *, min_show: int = 5, poll: Poll | None = None) -> Poll:
    """A poll with these sheets; one given, which nobody has begun, gets them instead of its own."""
    poll = poll or Poll()
    if poll.public_key:
        raise ValidationError(_("Slips of this poll are out: its sheets cannot be changed any more."))
    poll.min_show = min_show
    poll.save()
    poll.sheets.all().delete()
    for position, paper in enumerate(papers, 1):
        told = {"about_people": paper.about_people, "scale": list(paper.scale), "limit": paper.limit}
        sheet = Sheet.objects.create(poll=poll, position=position, title=paper.title, **told)
        Line.objects.bulk_create(
            Line(
                sheet=sheet, position=place, heading=line.heading, label=line.label, most=line.most,
                options=list(line.options) or None,
            )
            for place, line in enumerate(paper.lines, 1)
        )  # fmt: skip
    return poll


@transaction.atomic
def copy(poll: Poll) -> Poll:
    """A poll that asks the same, with lines of its own in the same order."""
    return lay_down(map(_again, poll.sheets.prefetch_related("lines")), min_show=poll.min_show)


def _again(sheet: Sheet) -> Paper:
    rows = sheet.lines.all()
    lines = tuple(Question(row.label, row.heading, tuple(row.options or ()), row.most) for row in rows)
    return Paper(sheet.title, tuple(sheet.scale), lines, about_people=sheet.about_people, limit=sheet.limit)


# --- Slips ----------------------------------------------------------------------------------------------------------
@transaction.atomic
def give_key(poll: Poll, *, halved: bool) -> tuple[str, str] | None:
    """Make the pair of keys of a poll; the private one goes to its file or, `halved`, is the two codes returned."""
    private, poll.public_key = sealing.new_pair()
    poll.save(update_fields=["public_key"])
    if halved:
        return keys.halves(private)
    keys.keep(private)
    return None


@transaction.atomic
def add_slips(poll: Poll, number: int) -> list[str]:
    """Codes of `number` new slips, shuffled; only their keyed hashes are kept. Raises ValidationError."""
    if not 0 < number <= MOST_SLIPS - Slip.objects.filter(poll=poll).count():
        raise ValidationError(_("A poll has between 1 and %(most)d slips.") % {"most": MOST_SLIPS})
    printed = [slips.new_code() for _place in range(number)]
    Slip.objects.bulk_create(Slip(code_hash=key, poll=poll) for key in sorted(map(slips.hash_of, printed)))
    return printed


@transaction.atomic
def void_slip(poll: Poll, code: str) -> None:
    """Make a spoilt slip that was handed back worthless. Raises ValidationError where it is none that can be."""
    rows = Slip.objects.filter(pk=slips.hash_of(slips.read(code)), poll=poll, state=SlipState.UNUSED)
    if not rows.update(state=SlipState.VOID):
        raise ValidationError(_("This is no unused slip of this poll."))


# --- Casting --------------------------------------------------------------------------------------------------------
@transaction.atomic
def open_box(poll: Poll) -> None:
    """From now on slips are taken."""
    Poll.objects.filter(pk=poll.pk).update(is_open=True)


def cast(slip: Slip, marks: Marks) -> Cast:
    """Put a ballot into the box under a slip as slips.found gave it. Both or neither; a second time it is ALREADY.

    Raises ValidationError where a sheet would be invalid: the slip stays unused.
    """
    if found := faults(lines_of(slip.poll), marks):
        raise ValidationError([words for of_sheet in found.values() for words in of_sheet])
    sealed = sealing.seal(slip.poll.public_key, slip.poll_id, packed(marks))  # before anybody has to wait for it
    with transaction.atomic():
        if _use_up(slip):
            Box.objects.create(poll_id=slip.poll_id, body=sealed)
            return Cast.TAKEN
    return slips.refusal(slips.kept_as(slip.pk)) or Cast.NOT_OPEN


def _use_up(slip: Slip) -> bool:
    """Whether the slip was unused and its poll is open, and stays so until this transaction ends: closing waits for it.

    SQLite lets one transaction write at a time, and its transactions take that lock when they begin.
    """
    lock = "FOR SHARE" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE ballots_slip SET state = %s WHERE code_hash = %s AND state = %s"
            f" AND EXISTS (SELECT 1 FROM ballots_poll WHERE id = %s AND is_open {lock})",
            [SlipState.USED, slip.pk, SlipState.UNUSED, slip.poll_id],
        )
        return bool(cursor.rowcount)


@transaction.atomic
def close_box(poll: Poll) -> tuple[int, int]:
    """Take no more slips: (how many were given out and not void, how many came into the box).

    The slips are forgotten and the boxes written anew in random order by this one transaction, so that neither their
    place in the table nor who wrote them tells any more which came when.
    """
    held = Poll.objects.select_for_update().get(pk=poll.pk)
    held.is_open = False
    held.issued = Slip.objects.filter(poll=held).exclude(state=SlipState.VOID).count()
    held.save(update_fields=["is_open", "issued"])
    bodies = [bytes(body) for body in Box.objects.filter(poll=held).values_list("body", flat=True)]
    secrets.SystemRandom().shuffle(bodies)
    Box.objects.filter(poll=held).delete()
    Slip.objects.filter(poll=held).delete()
    Box.objects.bulk_create(Box(poll=held, body=body) for body in bodies)
    return held.issued, len(bodies)


# --- Counting -------------------------------------------------------------------------------------------------------
@transaction.atomic
def count_boxes(poll: Poll, private: bytes, *, issued: int | None = None) -> Totals:
    """Open the boxes in memory, count them twice and write totals. Raises Tampered, CountsDiffer.

    As often as the tellers like, until the boxes are destroyed. `issued` where it is known how many of the slips were
    handed out; else all that were printed and not void.
    """
    lines = lines_of(poll)
    if issued is None:
        issued = Poll.objects.values_list("issued", flat=True).get(pk=poll.pk)
    boxes = [bytes(body) for body in Box.objects.filter(poll=poll).values_list("body", flat=True)]
    secrets.SystemRandom().shuffle(boxes)
    totals = count(lines, [sealing.opened(private, poll.pk, box) for box in boxes])
    ballots = {key: Ballots(issued, len(boxes), spoilt) for key, (_valid, spoilt) in totals.ballots.items()}
    _write(poll, ballots, totals.marks)
    return totals


@transaction.atomic
def write_totals(poll: Poll, ballots: Mapping[int, Ballots], marks: Mapping[Place, int]) -> None:
    """Totals counted on paper: the ballots of each sheet by its key, the marks by (key of the line, option).

    Where ABSTAIN is not among the marks of a line it is what is missing to the valid ballots. Raises ValidationError
    with a sentence for each line whose sum does not agree.
    """
    lines = lines_of(poll)
    wrong = [_("%(collected)d collected of %(issued)d issued, %(invalid)d of them invalid: that cannot be.")
             % vars(one) for one in ballots.values() if not one.invalid <= one.collected <= one.issued]  # fmt: skip
    if wrong:
        raise ValidationError(wrong)
    filled = dict(marks)
    for line in lines:
        valid = ballots[line.sheet_key].valid
        given = sum(marks.get((line.key, option), 0) for option in range(1, len(line.options) + 1))
        filled.setdefault((line.key, ABSTAIN), max(0, valid - given) if line.most == 1 else 0)
    if wrong := [*_wrong_sums(lines, ballots, filled), *_above_limit(lines, ballots, filled)]:
        raise ValidationError(wrong)
    every = [(line.key, option) for line in lines for option in range(len(line.options) + 1)]
    _write(poll, ballots, {place: filled.get(place, 0) for place in every})


def _wrong_sums(lines: Sequence[Asked], ballots: Mapping[int, Ballots], marks: Mapping[Place, int]) -> Iterator[str]:
    """Where one option may be marked, marks and abstentions are as many as valid ballots; elsewhere at most so many."""
    for line in lines:
        valid = ballots[line.sheet_key].valid
        each = [marks.get((line.key, option), 0) for option in range(len(line.options) + 1)]
        if (sum(each) != valid) if line.most == 1 else (max(each) > valid or sum(each) > valid * line.most):
            words = _("%(line)s: %(sum)d marks and abstentions, but %(valid)d valid ballots.")
            yield words % {"line": line.label, "sum": sum(each), "valid": valid}


def _above_limit(lines: Sequence[Asked], ballots: Mapping[int, Ballots], marks: Mapping[Place, int]) -> Iterator[str]:
    for key, part in groupby(lines, key=lambda line: line.sheet_key):
        of_sheet = list(part)
        limit, first = of_sheet[0].limit, sum(marks.get((line.key, 1), 0) for line in of_sheet)
        if limit is not None and first > limit * ballots[key].valid:
            words = _(
                "“%(option)s” was marked %(first)d times: more than %(limit)d on each of %(valid)d valid ballots."
            )
            told = {"option": of_sheet[0].options[0], "first": first, "limit": limit, "valid": ballots[key].valid}
            yield words % told


def _write(poll: Poll, ballots: Mapping[int, Ballots], marks: Mapping[Place, int]) -> None:
    Count.objects.filter(sheet__poll=poll).delete()
    Tally.objects.filter(line__sheet__poll=poll).delete()
    Count.objects.bulk_create(
        Count(sheet_id=key, issued=one.issued, collected=one.collected, valid=one.valid, invalid=one.invalid)
        for key, one in ballots.items()
    )
    Tally.objects.bulk_create(Tally(line_id=line, option=option, n=n) for (line, option), n in sorted(marks.items()))


@transaction.atomic
def forget_totals(poll: Poll) -> None:
    """Take a count back: it is repeated."""
    Count.objects.filter(sheet__poll=poll).delete()
    Tally.objects.filter(line__sheet__poll=poll).delete()


# --- The end --------------------------------------------------------------------------------------------------------
@transaction.atomic
def destroy(poll: Poll) -> None:
    """Forget every slip and empty the box for good: no recount after this. The key goes once this is written for
    certain."""
    Slip.objects.filter(poll=poll).delete()
    Box.objects.filter(poll=poll).delete()
    public_key = Poll.objects.values_list("public_key", flat=True).get(pk=poll.pk)
    Poll.objects.filter(pk=poll.pk).update(is_open=False, public_key=None)
    if public_key:
        transaction.on_commit(lambda: keys.destroy(public_key))


def wipe() -> None:
    """Write the tables of slips and boxes anew, so that their files hold nothing of what was deleted; not within a
    transaction. On PostgreSQL casting in other polls waits a moment."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("VACUUM (FULL) ballots_box")
            cursor.execute("VACUUM (FULL) ballots_slip")
        else:
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
