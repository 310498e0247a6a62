"""The pages of an import: what a file would add to the ledger as it is now, and adding it.

Between the two the file lies under a random name in the private folder of imports, which the clock empties after a day;
the page carries that name, signed for whoever has sent it. Each step reads the file anew and asks for the rights anew.
"""

from dataclasses import asdict, dataclass
from datetime import date
from functools import cached_property
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, Self

from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from appraisals.models import Round
from appraisals.states import RoundState
from branches.http import AuthedRequest
from branches.models import Organisation
from branches.pages import REFUSALS, words_of
from branches.roster import files
from branches.tree import contains
from rectification.imports import actions
from rectification.imports.columns import FIELDS, SEARCHED, find, guess
from rectification.imports.forms import ColumnsForm, UploadForm
from rectification.imports.people import Branches, places
from rectification.imports.plan import Plan, planned
from rectification.imports.reading import Line, Reading
from rectification.problems.states import ProblemState
from sheets import layout, reader
from sheets.faults import Fault
from sheets.refusals import SheetRefused
from sheets.template import write_template

SHOWN: Final = 100  # rows of each list on the page
MOST_ROWS: Final = 5000
SECONDS: Final = 12 * 3600  # a page waits so long for its answer
GONE = gettext_lazy("The file is no longer there. Please choose it again.")


@dataclass(frozen=True, slots=True)
class Sent:
    """A file that was sent: its key here and its own name, for which place, round (0 for none) and day."""

    key: str
    name: str
    place: int
    round: int
    found_on: str

    def signed(self, user: Any) -> str:
        """As the page of that person carries it."""
        return signing.dumps(asdict(self), salt=_salt(user), compress=True)

    @classmethod
    def of(cls, words: str, user: Any) -> Self:
        """What that person's page carries back. Raises Http404 where it is not ours, another's, or too old."""
        try:
            return cls(**signing.loads(words, salt=_salt(user), max_age=SECONDS))
        except signing.BadSignature:
            raise Http404 from None


def _salt(user: Any) -> str:
    return f"rectification.imports:{user.pk}"


class ImportPage:
    """A form for the file; then what it would add, to be confirmed."""

    sent: Sent | None = None
    columns: ColumnsForm | None = None
    reading: Reading | None = None
    plan: Plan | None = None
    written = 0
    refused: list[str] = []  # noqa: RUF012  why a file that was kept can be used no more

    def __init__(self, request: AuthedRequest) -> None:
        self.request, self.user = request, request.user
        offered = list(places(self.user))
        if not offered:
            raise PermissionDenied
        rounds = Round.objects.visible_to(self.user).filter(state=RoundState.OPEN).order_by("-year", "-pk")
        data = (
            (request.POST, request.FILES) if request.method == "POST" and "sent" not in request.POST else (None, None)
        )
        self.form = UploadForm(*data, places=offered, rounds=rounds)

    def take(self) -> bool:
        """Look at the file, or write what was confirmed; True once it is written."""
        if "sent" in self.request.POST:
            self.sent = Sent.of(self.request.POST["sent"], self.user)
        elif self.form.is_valid():
            self.sent = self._kept()
        if self.sent is None:
            return False
        try:
            self._look(self.sent)
        except (ValidationError, SheetRefused) as refused:
            self._give_up(self.sent, refused)
            return False
        return self.request.POST.get("do") == "write" and self._written(self.sent)

    def _kept(self) -> Sent:
        found = self.form.cleaned_data
        key = files.keep(found["file"].chunks())
        round_ = found["round"].pk if found["round"] else 0
        return Sent(key, (found["file"].name or "")[:100], found["place"], round_, found["found_on"].isoformat())

    def _give_up(self, sent: Sent, refused: Exception) -> None:
        files.remove(sent.key)
        self.sent = None
        words = words_of(refused) if isinstance(refused, ValidationError) else [str(refused)]
        if self.form.is_bound:
            self.form.add_error("file", words)
        else:
            self.refused = words

    def _look(self, sent: Sent) -> None:
        """Read the headings, then every row. Raises ValidationError, SheetRefused."""
        place = Organisation.objects.visible_to(self.user).filter(pk=sent.place).first()
        if place is None:
            raise ValidationError(GONE)
        if self.round and not contains(self.round.organisation.path, place.path):
            raise ValidationError(_("This branch takes no part in that round."))
        path = files.sent(sent.key)
        if not path.exists():
            raise ValidationError(GONE)
        with reader.opened(path, only=SEARCHED + 2) as book:
            found = find(list(book.rows()))
        if found is None:
            raise ValidationError(
                _("No headings were found in the first %(rows)d rows. One of them must name the problem: 查摆出的问题.")
                % {"rows": SEARCHED}
            )
        row, headings = found
        guessed = guess(headings)
        asked = self.request.POST if "column_text" in self.request.POST else None
        self.columns = ColumnsForm(asked, headings=headings, guessed=guessed)
        mapping = self.columns.mapping if asked and self.columns.is_valid() else guessed
        with reader.opened(path, most_rows=MOST_ROWS) as book:
            self.reading = Reading(
                mapping, headings, row, Branches(place, self.user), date.fromisoformat(sent.found_on),
                self.user.reach.day, hidden=book.hidden_rows, formulas=book.formulas,
            )  # fmt: skip
            self.reading.take(islice(book.rows(), MOST_ROWS))
        self.plan = planned(self.reading.lines)

    def _written(self, sent: Sent) -> bool:
        if not self.may_write or self.plan is None:
            return False
        try:
            self.written = actions.write(self.plan, actor=self.user, round_=self.round, file=sent.name)
        except REFUSALS as refusal:
            self.columns.add_error(None, words_of(refusal))  # type: ignore[union-attr]
            return False
        files.remove(sent.key)
        return True

    # --- what the page prints -------------------------------------------------------------------------------------
    @cached_property
    def round(self) -> Round | None:
        """The round named with the file, where this person still sees it."""
        key = self.sent.round if self.sent else 0
        return (
            Round.objects.visible_to(self.user).select_related("organisation").filter(pk=key).first() if key else None
        )

    @property
    def token(self) -> str:
        return self.sent.signed(self.user) if self.sent else ""

    @property
    def counts(self) -> list[tuple[int, str]]:
        """How many problems are new and known, how many cells to be corrected or to be looked at."""
        if self.plan is None or self.reading is None:
            return []
        notes = len(self.reading.faults) - len(self.reading.errors)
        return [
            (len(self.plan.new), _("New")), (len(self.plan.same), _("In the ledger already")),
            (len(self.reading.errors), _("To be corrected")), (notes, _("For information")),
        ]  # fmt: skip

    @property
    def closed_unseen(self) -> int:
        """How many would be written as closed, as the ledger says, though nobody verifies them here."""
        return sum(line.state == ProblemState.CLOSED for line, _key in self.plan.new) if self.plan else 0

    @property
    def faults(self) -> list[Fault]:
        """What is to be corrected first, then notes, each in the order of the rows."""
        rows = self.reading.faults if self.reading else []
        return sorted(rows, key=lambda fault: (fault.is_note, fault.row))

    @property
    def few_faults(self) -> list[Fault]:
        return self.faults[:SHOWN]

    @property
    def few_lines(self) -> list[Line]:
        return [line for line, _key in self.plan.new[:SHOWN]] if self.plan else []

    @property
    def is_cut(self) -> bool:
        return bool(self.plan and len(self.plan.new) > SHOWN)

    @property
    def may_write(self) -> bool:
        """True where something would be written, and nothing is to be corrected first."""
        columns = self.columns is None or not self.columns.is_bound or self.columns.is_valid()
        return bool(columns and self.plan and self.plan.new and self.reading and not self.reading.errors)


def template() -> bytes:
    """The empty ledger to fill in, as .xlsx."""
    columns = [layout.Column(field.title, field.width) for field in FIELDS]
    notes = [(field.title, field.how) for field in FIELDS if field.how]
    with TemporaryDirectory() as scratch:
        path = Path(scratch) / "ledger.xlsx"
        write_template(path, layout.Layout("整改台账", columns), [field.example for field in FIELDS], notes)
        return path.read_bytes()
