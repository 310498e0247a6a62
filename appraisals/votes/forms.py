"""What is typed to lay a vote down."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from appraisals.models import Round, Vote
from appraisals.votes.meeting import offered, voters_at, words_of
from appraisals.votes.models import Way
from appraisals.votes.names import BY_ASPECT, OF_COMMITTEE, OF_LEADERS, OF_MEMBERS
from appraisals.votes.people import committee_of, of_branches, rated, register_of
from appraisals.votes.rules import of_the_way
from appraisals.votes.sheets import Scale, Wanted, read_aspects, read_items
from appraisals.votes.together import neighbours
from ballots.actions import MOST_SLIPS
from branches.models import Organisation
from shell.forms import DateField, Fold, ShellModelForm


class VoteForm(ShellModelForm):
    """Facts of the vote and what its ballot asks."""

    held_on = DateField(label=_("Day of the vote"))
    until = DateField(
        label=_("Until"), required=False,
        help_text=_("Only outside a meeting (群众测评, questionnaires): the last day on which forms come back. Sites "
                    "then say how many they handed out."),
    )  # fmt: skip
    voters = forms.IntegerField(
        label=_("Voters"), min_value=1, max_value=MOST_SLIPS, required=False,
        help_text=_("As many slips are printed, or ballots handed out. Empty: as many as came to the meeting."),
    )  # fmt: skip
    people = forms.BooleanField(label=_("Members, one by one (民主评议党员测评表)"), required=False)
    along = forms.MultipleChoiceField(
        label=_("Branches voting along"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("One ballot and one box for all. Members and committees of each stand on it under its name."),
    )  # fmt: skip
    limit = forms.IntegerField(
        label=_("At most so many 优秀 on one ballot"), required=False, min_value=0, max_value=999,
        help_text=_("Empty: no limit. Usually a third of the members, rounded down."),
    )  # fmt: skip
    body = forms.BooleanField(label=_("The committee as one (党支部班子评议表)"), required=False)
    leaders = forms.BooleanField(label=_("Each of the committee by 德能勤绩廉"), required=False)
    aspects = forms.CharField(
        label=_("Aspects on which each member is rated, one a line"), required=False, max_length=2000,
        widget=forms.Textarea({"rows": 4}),
    )  # fmt: skip
    aspect_scale = forms.ChoiceField(
        label=_("Scale of the aspects"), required=False,
        choices=sorted(Scale.choices, key=lambda choice: choice[0] != Scale.PLAIN),  # the usual one first
    )  # fmt: skip
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
        "title", ("held_on", "until"), ("meeting", "voters"), ("round", "way"), "along",
        ("people", "limit"), ("body", "leaders"),
        Fold(_("Members by aspects"), (("aspects", "aspect_scale"),)),
        Fold(_("Items of your own, questionnaire"), (("items_title", "scale"), "items")),
        ("scrutineer", "scrutineer_name"), ("teller", "teller_name"),
    )  # fmt: skip

    class Meta:
        model = Vote
        fields = ["title", "held_on", "until", "meeting", "voters", "round", "way", "scrutineer_name", "teller_name"]
        widgets = {"way": forms.RadioSelect({"class": "form-check-input"})}

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, vote = user, self.instance
        rounds = Round.objects.visible_to(user).held_at(vote.organisation.path)
        self.fields["round"].queryset = rounds  # type: ignore[attr-defined]
        self.fields["round"].empty_label = _("In no round")  # type: ignore[attr-defined]
        meeting: Any = self.fields["meeting"]
        meeting.queryset, meeting.label_from_instance = offered(vote.organisation, vote.held_on, user), words_of
        meeting.empty_label = _("At none that is recorded here")
        people = register_of(vote.organisation, user.reach.day, user)
        for name in ("scrutineer", "teller"):
            self.fields[name].choices = [("", _("Nobody of the register")), *((str(k), n) for k, n in people)]  # type: ignore[attr-defined]
        tellers = {"scrutineer": str(vote.scrutineer_id or ""), "teller": str(vote.teller_id or "")}
        self.initial = {**self.initial, **tellers, **(_as_typed(vote) if vote.pk else {})}
        self._offer_ways()
        self._near = neighbours(vote.organisation, vote.held_on)
        self._offer_neighbours()

    def _offer_neighbours(self) -> None:
        """The branches that may vote along; no field where there are none."""
        along: Any = self.fields["along"]
        along.choices = [(str(branch.pk), branch.label) for branch in self._near]
        if self._near:
            self.initial["along"] = (
                [str(one.organisation_id) for one in self.instance.partners.all()] if self.instance.pk else []
            )
        else:
            del self.fields["along"]

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
        if found.get("until") and found.get("meeting"):
            self.add_error("meeting", _("A vote outside a meeting belongs to none."))
        if not found.get("voters") and "voters" not in self.errors:
            came = voters_at(found["meeting"]) if found.get("meeting") else 0
            found["voters"] = came
            if not came:
                self.add_error("voters", _("Please fill this in."))
        for name, read in (("items", read_items), ("aspects", read_aspects)):
            try:
                read(found.get(name) or "")
            except ValidationError as wrong:
                self.add_error(name, wrong)
        if not any(found.get(name) for name in ("people", "aspects", "body", "leaders", "items")):
            raise ValidationError(_("Please choose at least one sheet."))
        return found

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if not self.errors and (limit := self.cleaned_data.get("limit")) and self.cleaned_data["people"]:
            number = len(self.wanted().people)
            if limit > number:
                words = _("There are %(number)d members on the sheet: please enter no more than that.")
                self.add_error("limit", words % {"number": number})

    def wanted(self) -> Wanted:
        """What the ballot asks, with the names of the day of the vote."""
        found, day, places = (
            self.cleaned_data,
            self.cleaned_data["held_on"],
            [self.instance.organisation, *self.branches_along],
        )
        people = [rated(place, found["round"], day, self.user) for place in places]
        leaders = [committee_of(place, day, self.user) for place in places]
        return Wanted(
            people=of_branches(places, people) if found["people"] or found["aspects"] else (),
            is_graded=found["people"], limit=found["limit"] if found["people"] else None,
            aspects=read_aspects(found["aspects"]), aspect_scale=found["aspect_scale"] or Scale.PLAIN,
            body=places[0].label if found["body"] else "",
            bodies_along=tuple(place.label for place in places[1:] if found["body"]),
            leaders=of_branches(places, leaders) if found["leaders"] else (),
            items=found["items"], items_title=found["items_title"], scale=found["scale"] or Scale.SATISFIED,
        )  # fmt: skip

    @property
    def branches_along(self) -> list[Organisation]:
        """The branches that vote along, in set order."""
        chosen = self.cleaned_data.get("along") or ()
        return [branch for branch in self._near if str(branch.pk) in chosen]


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
        elif sheet.title == BY_ASPECT:
            aspects = "\n".join(dict.fromkeys(line.label for line in sheet.lines.all()))
            found |= {"aspects": aspects, "aspect_scale": Scale.of(sheet.scale)}
        else:
            scale = Scale.of(sheet.scale) or Scale.SATISFIED
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
