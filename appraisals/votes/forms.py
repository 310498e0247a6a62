"""What is typed to lay a vote down, and the totals of one counted on paper."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from appraisals.models import Round, Vote
from appraisals.votes.models import Way
from appraisals.votes.people import committee_of, rated, register_of
from appraisals.votes.rules import of_the_way
from appraisals.votes.sheets import OF_COMMITTEE, OF_LEADERS, OF_MEMBERS, Scale, Wanted, read_items
from appraisals.votes.sites.reading import Sites
from ballots.actions import MOST_SLIPS, Ballots, Place
from ballots.marks import Asked
from ballots.models import ABSTAIN
from shell.forms import DateField, Fold, ShellForm, ShellModelForm


class VoteForm(ShellModelForm):
    """Facts of the vote and what its ballot asks."""

    held_on = DateField(label=_("Day of the vote"))
    until = DateField(
        label=_("Until"), required=False,
        help_text=_("Only outside a meeting (群众测评, questionnaires): the last day on which forms come back. Sites "
                    "then say how many they handed out."),
    )  # fmt: skip
    voters = forms.IntegerField(
        label=_("Voters"), min_value=1, max_value=MOST_SLIPS,
        help_text=_("As many slips are printed; on paper as many ballots are handed out."),
    )  # fmt: skip
    people = forms.BooleanField(label=_("Members, one by one (民主评议党员测评表)"), required=False)
    limit = forms.IntegerField(
        label=_("At most so many 优秀 on one ballot"), required=False, min_value=0, max_value=999,
        help_text=_("Empty: no limit. Usually a third of the members, rounded down."),
    )  # fmt: skip
    body = forms.BooleanField(label=_("The committee as one (党支部班子评议表)"), required=False)
    leaders = forms.BooleanField(label=_("Each of the committee by 德能勤绩廉"), required=False)
    items_title = forms.CharField(label=_("Heading of the items"), required=False, max_length=80)
    scale = forms.ChoiceField(label=_("Scale of the items"), choices=Scale.choices, required=False)
    items = forms.CharField(
        label=_("Items or questions, one a line"), required=False, max_length=20_000,
        widget=forms.Textarea({"rows": 8}),
        help_text=_("Lines that begin with “-” are options of the question above; “#” begins a heading; “(多选)” lets "
                    "several be marked."),
    )  # fmt: skip
    scrutineer = forms.ChoiceField(label=_("Scrutineer"), required=False)
    teller = forms.ChoiceField(label=_("Teller"), required=False)

    arrange = (
        "title", ("held_on", "until", "voters"), ("round", "way"), ("people", "limit"), ("body", "leaders"),
        Fold(_("Items of your own, questionnaire"), (("items_title", "scale"), "items")),
        ("scrutineer", "scrutineer_name"), ("teller", "teller_name"),
    )  # fmt: skip

    class Meta:
        model = Vote
        fields = ["title", "held_on", "until", "voters", "round", "way", "scrutineer_name", "teller_name"]
        widgets = {"way": forms.RadioSelect({"class": "form-check-input"})}

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, vote = user, self.instance
        rounds = Round.objects.visible_to(user).held_at(vote.organisation.path)
        self.fields["round"].queryset = rounds  # type: ignore[attr-defined]
        self.fields["round"].empty_label = _("In no round")  # type: ignore[attr-defined]
        people = register_of(vote.organisation, user.reach.day, user)
        for name in ("scrutineer", "teller"):
            self.fields[name].choices = [("", _("Nobody of the register")), *((str(k), n) for k, n in people)]  # type: ignore[attr-defined]
        tellers = {"scrutineer": str(vote.scrutineer_id or ""), "teller": str(vote.teller_id or "")}
        self.initial = {**self.initial, **tellers, **(_as_typed(vote) if vote.pk else {})}
        self._offer_ways()

    def _offer_ways(self) -> None:
        """Paper alone where a superior has forbidden slips, with whose rule it is; a milder rule is told only."""
        way: Any = self.fields["way"]
        if remark := of_the_way(self.instance):
            way.help_text = remark.refusal if remark.blocks else remark.with_clause
            if remark.blocks:
                way.choices, self.initial["way"] = [(Way.PAPER.value, Way.PAPER.label)], Way.PAPER

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        self.instance.scrutineer_id, self.instance.teller_id = (
            int(found[name]) if found.get(name) else None for name in ("scrutineer", "teller")
        )
        for name in ("scrutineer", "teller"):
            if found.get(name) and found.get(f"{name}_name"):
                self.add_error(f"{name}_name", _("Please choose somebody of the register or write a name, not both."))
        one, other = (found.get(name) or found.get(f"{name}_name") for name in ("scrutineer", "teller"))
        if one and one == other:
            self.add_error("teller", _("Scrutineer and teller are two people."))
        if found.get("until") and found.get("held_on") and found["until"] < found["held_on"]:
            self.add_error("until", _("This is before the day of the vote."))
        try:
            read_items(found.get("items") or "")
        except ValidationError as wrong:
            self.add_error("items", wrong)
        if not any(found.get(name) for name in ("people", "body", "leaders", "items")):
            raise ValidationError(_("Please choose at least one sheet."))
        return found

    def wanted(self) -> Wanted:
        """What the ballot asks, with the names of the day of the vote."""
        found, place = self.cleaned_data, self.instance.organisation
        at = (place, found["held_on"], self.user)
        return Wanted(
            people=rated(place, found["round"], found["held_on"], self.user) if found["people"] else (),
            limit=found["limit"] if found["people"] else None,
            body=place.label if found["body"] else "",
            leaders=committee_of(*at) if found["leaders"] else (),
            items=found["items"], items_title=found["items_title"], scale=found["scale"] or Scale.SATISFIED,
        )  # fmt: skip


def _as_typed(vote: Vote) -> dict[str, Any]:
    """The sheets of a vote as they were asked for."""
    found: dict[str, Any] = {}
    for sheet in vote.poll.sheets.prefetch_related("lines"):
        if sheet.title == OF_MEMBERS:
            found |= {"people": True, "limit": sheet.limit}
        elif sheet.title == OF_COMMITTEE:
            found["body"] = True
        elif sheet.title == OF_LEADERS:
            found["leaders"] = True
        else:
            scale = next((key for key, words in Scale.choices if words == " · ".join(sheet.scale)), Scale.SATISFIED)
            found |= {"items_title": sheet.title, "items": _typed(sheet.lines.all()), "scale": scale}
    return found


def _typed(rows: Iterable[Any]) -> str:
    heading, found = "", []
    for row in rows:
        if row.heading != heading:
            found.append(f"# {row.heading}")
            heading = row.heading
        found.append(row.label + (f"（多选，最多 {row.most} 项）" if row.most > 1 else ""))
        found += [f"- {words}" for words in row.options or ()]
    return "\n".join(found)


NUMBER = {"class": "form-control form-control-sm num", "inputmode": "numeric"}


def _number(label: Any, **more: Any) -> forms.IntegerField:
    widget = forms.TextInput({**NUMBER, "aria-label": label})
    return forms.IntegerField(label=label, min_value=0, max_value=99_999, widget=widget, **more)


class TotalsForm(ShellForm):
    """Ballots of each sheet, marks of each line; an empty field is 0, an empty 弃权 what the valid ones lack.

    Where sites have handed the forms out, what was issued is theirs and not typed again.
    """

    def __init__(self, *args: Any, lines: Sequence[Asked], issued: int, sites: Sites, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines, self.sites = lines, sites
        for key in dict.fromkeys(line.sheet_key for line in lines):
            if not sites:
                self.fields[f"issued{key}"] = _number(_("Issued"), initial=issued)
            self.fields[f"collected{key}"] = _number(_("Collected"), initial=sites.collected)
            self.fields[f"invalid{key}"] = _number(_("Invalid"), required=False)
        for line in lines:
            for option, words in [*enumerate(line.options, 1), (ABSTAIN, _now("Abstain"))]:
                name = f"{line.heading} {line.label}: {words}".strip()
                self.fields[f"n{line.key}_{option}"] = _number(name, required=False)

    def numbers(self) -> dict[int, Ballots]:
        """The ballots of each sheet by its key."""
        found = self.cleaned_data
        keys = dict.fromkeys(line.sheet_key for line in self.lines)
        issued = {key: self.sites.issued if self.sites else found[f"issued{key}"] for key in keys}
        return {key: Ballots(issued[key], found[f"collected{key}"], found[f"invalid{key}"] or 0) for key in keys}

    def marks(self) -> Mapping[Place, int]:
        """The marks of each line; an abstention left empty is not among them."""
        places = [(line.key, option) for line in self.lines for option in range(len(line.options) + 1)]
        found = {place: self.cleaned_data[f"n{place[0]}_{place[1]}"] for place in places}
        return {place: n or 0 for place, n in found.items() if n is not None or place[1] != ABSTAIN}


class HalvesForm(ShellForm):
    """The two halves of the key, where the tellers keep it."""

    first = forms.CharField(label=_("Half of the scrutineer"), max_length=120, required=False)
    second = forms.CharField(label=_("Half of the teller"), max_length=120, required=False)


class SpareForm(ShellForm):
    number = forms.IntegerField(label=_("How many"), min_value=1, max_value=200, initial=1)
    reason = forms.CharField(label=_("Reason"), max_length=200)


class VoidSlipForm(ShellForm):
    code = forms.CharField(label=_("Code on the slip handed back"), max_length=40)
