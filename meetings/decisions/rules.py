"""What must hold of the decisions of a record: R02 quorum, R03 sums, and which business which meeting takes."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from branches.models import Post
from branches.models.members import PostKind
from branches.rules.sets import Remark, RuleSet
from branches.rules.table import Level, Rule, Severity, register
from meetings.decisions.kinds import BUSINESS_KINDS, Business
from meetings.decisions.rows import decisions_of, left_out_of
from meetings.decisions.votes import Outcome, comparison, faults
from meetings.kinds import Form

QUORUM = register(
    Rule(
        "R02",
        gettext_lazy("Who must be there for a decision"),
        gettext_lazy(
            "Regulation on branches, articles 11 and 12, and the rules on admission, disposal and election: below the "
            "quorum of its kind of business a meeting decides nothing. The record stays, the decision does not count."
        ),
        Level.NATIONAL,
        Severity.WARN,
    )
)
APPRAISAL_VOTE = register(
    Rule(
        "F67",
        gettext_lazy("The assembly votes on the opinion of the appraisal"),
        gettext_lazy(
            "Local practice. Where it is applied, the opinion of an appraisal is voted on and not only stated."
        ),
        Level.LOCAL,
        Severity.OFF,
    )
)
WITH_COMMITTEE = (PostKind.ORGANISATION, PostKind.PUBLICITY, PostKind.DISCIPLINE)


def offered(meeting: Any, rules: RuleSet, forms: Collection[str] = ()) -> list[Business]:
    """What this meeting may decide on its day, as the forms it counts as, or as `forms`.

    Without a committee the assembly takes its steps (F4); the opinion of an appraisal is voted on only where the rule
    set says so.
    """
    forms = set(forms or meeting.forms)
    found = [Business(name) for name, kind in BUSINESS_KINDS.items() if forms & set(kind.forms)]
    if not found:
        return []
    if rules.of(APPRAISAL_VOTE.code).severity == Severity.OFF:
        found = [business for business in found if business != Business.OPINION_VOTE]
    if Form.GENERAL_MEETING in forms and not has_committee(meeting):
        found.append(Business.COMMITTEE)
    return found


def has_committee(meeting: Any) -> bool:
    """True if somebody but the secretary and his deputy held a post of the branch's committee on that day."""
    posts = Post.objects.filter(kind__in=WITH_COMMITTEE, organisation=meeting.organisation_id)
    return posts.on(meeting.held_on).exists()


def remarks(meeting: Any, rules: RuleSet) -> Iterator[Remark | None]:
    """R02 for each decision that has no quorum; an opinion not voted on where it should be."""
    for row in decisions_of(meeting) if meeting.decides else ():
        if row.outcome == Outcome.NO_QUORUM:
            arithmetic = comparison(row.vote.kind.quorum, row.present, row.due)
            told: dict[str, Any] = {"subject": row.subject, "arithmetic": arithmetic}
            told |= {"present": row.present, "due": row.due, "lacking": row.vote.lacking}
            words = _("“%(subject)s”: %(present)d with the right to vote of %(due)d due took part (%(arithmetic)s), "
                      "%(lacking)d too few; no decision came about.")  # fmt: skip
            yield rules.remark(QUORUM.code, words % told)
        elif row.business == Business.OPINION:
            yield rules.remark(APPRAISAL_VOTE.code, _("“%s” was stated without a vote.") % row.subject)


def shortfalls(meeting: Any, rules: RuleSet) -> Iterator[str]:
    """What blocks submission in the decisions, in words; reads the saved rows."""
    rows = decisions_of(meeting)
    business = offered(meeting, rules) if rows else []
    for row in rows:
        if row.business not in business:
            told = {"business": row.get_business_display(), "form": meeting.get_form_display()}
            yield _about(row, _("“%(business)s” is not decided at this meeting (%(form)s).") % told)
        for fault in faults(row.vote, meeting.voting_present):
            yield _about(row, fault)
    yield from _ties(rows)
    yield from _left_out(meeting, rows)


def _about(row: Any, words: str) -> str:
    return _("Decision %(number)d “%(subject)s”: %(words)s") % {
        "number": row.position, "subject": row.subject, "words": words,
    }  # fmt: skip


def _ties(rows: Sequence[Any]) -> Iterator[str]:
    """Equal votes are those of two or more."""
    again = [row for row in rows if row.outcome == Outcome.REBALLOT]
    same = Counter(row.yes for row in again)
    for row in again:
        if same[row.yes] < 2:
            yield _about(row, _("Equal votes need a second person with %d votes: please enter him too.") % row.yes)


def _left_out(meeting: Any, rows: Sequence[Any]) -> Iterator[str]:
    """Somebody is left out only of an election or a disposal, only if he was not there, with consent and resolution."""
    out = left_out_of(meeting)
    if out and not any(BUSINESS_KINDS[row.business].excludes for row in rows):
        yield _("Members are left out of those due only at an election or a disposal: please take them out of the "
                "list, or enter that decision. Who is freed from meetings stays in the base.")  # fmt: skip
    lines = {line.member_id: line for line in meeting.attendances.all()}
    for one in out:
        line = lines.get(one.member_id)
        if line is None or not line.may_vote:
            yield _("%s has no right to vote here on that day: he need not be left out.") % one.member
        elif line.status == "present":
            yield _("%s is ticked as present: who came is not left out.") % one.member
        if not (one.consent_by and one.consent_on and one.resolution):
            yield _("%s is left out: please say which superior consented and when, and the resolution of the "
                    "meeting.") % one.member  # fmt: skip
        elif one.consent_on > meeting.held_on:
            yield _("%s is left out: the superior consents before the meeting, please check the day.") % one.member
