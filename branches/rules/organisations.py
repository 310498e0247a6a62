"""The rules about organisations themselves: their size, committee, groups and term of office.

Sources: the Regulation on the work of branches (支部工作条例, 2018), chapters 2 and 6, article 13; for the thresholds
of general branches and committees the regulations of authorities and of state-owned enterprises, which bind only there:
elsewhere advice. Branches whose members only take part (临时, 功能型) have no committee and no term (F21).
"""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from branches.models.members import COMMITTEE_POSTS, PostKind
from branches.models.organisations import BranchKind, Kind
from branches.rules.facts import Facts, months_later, years_later
from branches.rules.sets import Remark, RuleSet
from branches.rules.table import Level, Parameter, Rule, Severity, register

WANTED = (PostKind.SECRETARY, PostKind.ORGANISATION, PostKind.PUBLICITY, PostKind.DISCIPLINE)
COMMITTEE_FROM = 7  # full members
LEADERS = frozenset({PostKind.SECRETARY, PostKind.DEPUTY})


Numbers = Mapping[str, int]
Finder = Callable[[Facts, Numbers], str]
FINDERS: dict[str, Finder] = {}


def _rule(rule: Rule) -> Callable[[Finder], Finder]:
    """Register a rule with the function that says, in words, how the facts break it; "" where they do not."""

    def keep(finder: Finder) -> Finder:
        register(rule)
        FINDERS[rule.code] = finder
        return finder

    return keep


def remarks(facts: Facts, rules: RuleSet) -> list[Remark]:
    """What an organisation breaks of the rules in force there, in the order of the table."""
    found = (rules.remark(code, finder(facts, rules.of(code).numbers)) for code, finder in FINDERS.items())
    return [remark for remark in found if remark]


def size(code: str, facts: Facts, numbers: Numbers) -> int:
    """How large a breach of that rule is, to be compared before and after a deed; 0 where time alone makes it."""
    return SIZES.get(code, lambda facts, numbers: 0)(facts, numbers)


SIZES: dict[str, Callable[[Facts, Numbers], int]] = {
    "A1-1": lambda facts, numbers: -facts.formal,
    "A1-2": lambda facts, numbers: facts.total,
    "A1-3": lambda facts, numbers: max(numbers["least"] - len(facts.held), len(facts.held) - numbers["most"]),
    "A1-3a": lambda facts, numbers: -len(set(facts.held) & set(WANTED)),
    "A1-3b": lambda facts, numbers: len(set(facts.held) - LEADERS),
    "A1-5": lambda facts, numbers: sum(max(0, numbers["least"] - members) for _name, members in facts.group_sizes),
    "A1-5a": lambda facts, numbers: facts.total,
    "A1-8": lambda facts, numbers: max(numbers["least"] - facts.total, facts.total - numbers["below"]),
    "A1-9": lambda facts, numbers: -facts.total,
}


@_rule(
    Rule(
        "A1-1",
        gettext_lazy("Least full members of a branch"),
        gettext_lazy(
            "Regulation on branches, chapter 2: from 3 full members on a branch is set up; fewer form a joint "
            "branch with their neighbours."
        ),
        Level.NATIONAL,
        Severity.WARN,
        (Parameter("least", gettext_lazy("Full members at least"), 3, 3, 3),),
    )
)
def too_few(facts: Facts, numbers: Numbers) -> str:
    """Fewer full members than a branch needs."""
    if not facts.is_branch or facts.formal >= numbers["least"]:
        return ""
    return _("%(count)d full members; a branch needs %(least)d. Please consider a joint branch.") % {
        "count": facts.formal,
        **numbers,
    }


register(
    Rule(
        "A1-1b",
        gettext_lazy("Units of a joint branch"),
        gettext_lazy("Regulation on branches, chapter 2: a joint branch normally covers no more than 5 units."),
        Level.NATIONAL,
        Severity.WARN,
        (Parameter("most", gettext_lazy("Units at most"), 5, 5, 5),),
        is_computed=False,
    )
)


@_rule(
    Rule(
        "A1-2",
        gettext_lazy("Most members of a branch"),
        gettext_lazy("Regulation on branches, chapter 2: a branch normally has no more than 50 members."),
        Level.NATIONAL,
        Severity.WARN,
        (Parameter("most", gettext_lazy("Members at most"), 50, 50, 50),),
    )
)
def too_many(facts: Facts, numbers: Numbers) -> str:
    """More members than a branch normally has."""
    if not facts.is_branch or facts.total <= numbers["most"]:
        return ""
    return _("%(count)d members, normally no more than %(most)d. Please consider dividing the branch.") % {
        "count": facts.total,
        **numbers,
    }


@_rule(
    Rule(
        "A1-3",
        gettext_lazy("Committee of a branch"),
        gettext_lazy(
            "Regulation on branches, chapter 6: from 7 full members on a branch has a committee of 3 to 5, normally no "
            "more than 7."
        ),
        Level.NATIONAL,
        Severity.WARN,
        (
            Parameter(
                "from", gettext_lazy("Full members from which on"), COMMITTEE_FROM, COMMITTEE_FROM, COMMITTEE_FROM
            ),
            Parameter("least", gettext_lazy("Committee members at least"), 3, 3, 3),
            Parameter("most", gettext_lazy("Committee members at most"), 7, 5, 7),
        ),
    )
)
def committee(facts: Facts, numbers: Numbers) -> str:
    """A committee is wanting, too small or too large."""
    count = len(facts.held)
    if not facts.is_branch or facts.formal < numbers["from"] or numbers["least"] <= count <= numbers["most"]:
        return ""
    return _("%(formal)d full members, and a committee of %(count)d: it should have %(least)d to %(most)d.") % {
        "formal": facts.formal,
        "count": count,
        **numbers,
    }


@_rule(
    Rule(
        "A1-3a",
        gettext_lazy("Posts of a committee"),
        gettext_lazy(
            "Regulation on branches, chapter 6: a committee has a secretary and members for organisation, "
            "publicity and discipline; a deputy secretary where needed."
        ),
        Level.NATIONAL,
        Severity.WARN,
    )
)
def posts_wanting(facts: Facts, numbers: Numbers) -> str:
    """A committee, or a branch without one, lacks a post. Without a committee only the secretary is asked for."""
    if not facts.is_branch:
        return ""
    wanted = WANTED if facts.formal >= COMMITTEE_FROM else WANTED[:1]
    wanting = [str(kind.label) for kind in wanted if kind not in facts.held]
    return _("Nobody holds the post: %s.") % "、".join(wanting) if wanting else ""


@_rule(
    Rule(
        "A1-3b",
        gettext_lazy("Posts without a committee"),
        gettext_lazy(
            "Regulation on branches, chapter 6: with fewer than 7 full members a branch has a secretary, and a deputy "
            "secretary where needed."
        ),
        Level.NATIONAL,
        Severity.REMIND,
    )
)
def posts_too_many(facts: Facts, numbers: Numbers) -> str:
    """A small branch with the posts of a committee."""
    if not facts.is_branch or facts.formal >= COMMITTEE_FROM:
        return ""
    held = [str(PostKind(kind).label) for kind in facts.held if kind not in LEADERS]
    return (
        _("A branch of %(formal)d full members has no committee, but somebody holds the post: %(posts)s.")
        % {
            "formal": facts.formal,
            "posts": "、".join(held),
        }
        if held
        else ""
    )


@_rule(
    Rule(
        "A1-4",
        gettext_lazy("Term of office"),
        gettext_lazy(
            "Regulation on branches, chapter 6: the committee of a village or community is elected for 5 years, others "
            "normally for 3; an election is put off only with the superior's approval."
        ),
        Level.NATIONAL,
        Severity.REMIND,
        (Parameter("years", gettext_lazy("Years of a term"), 3, 3, 5),),
    )
)
def term_over(facts: Facts, numbers: Numbers) -> str:
    """A whole term has passed since the election; where none is recorded, since the oldest committee post began."""
    oldest = min((since for kind, since in facts.post_days if kind in COMMITTEE_POSTS), default=None)
    begun = facts.elected or oldest
    if not facts.is_branch or begun is None or facts.day < years_later(begun, numbers["years"]):
        return ""
    if facts.elected:
        words = _("Elected on %(since)s, the term is %(years)d years. Please prepare the election, or record it.")
    else:
        words = _(
            "No election is recorded; the longest post of the committee is held since %(since)s, the term is %(years)d "
            "years. Please record the last election, or prepare the next."
        )
    return words % {"since": begun.isoformat(), **numbers}


@_rule(
    Rule(
        "A1-5",
        gettext_lazy("Members of a group"),
        gettext_lazy("Local practice: a group has 3 members or more."),
        Level.LOCAL,
        Severity.REMIND,
        (Parameter("least", gettext_lazy("Members at least"), 3, 2, 10),),
    )
)
def groups_too_small(facts: Facts, numbers: Numbers) -> str:
    """Groups with fewer members than asked for."""
    small = [name for name, members in facts.group_sizes if members < numbers["least"]]
    return (
        _("Groups with fewer than %(least)d members: %(names)s.") % {"names": "、".join(small), **numbers}
        if small
        else ""
    )


@_rule(
    Rule(
        "A1-5a",
        gettext_lazy("Groups of a large branch"),
        gettext_lazy(
            "Regulation on branches, article 13: a branch of many or scattered members is divided into groups."
        ),
        Level.ADVICE,
        Severity.REMIND,
        (Parameter("from", gettext_lazy("Members from which on"), 20, 8, 50),),
    )
)
def groups_wanting(facts: Facts, numbers: Numbers) -> str:
    """Many members and no groups. How many are many, the article does not say."""
    if not facts.is_branch or facts.group_sizes or facts.total < numbers["from"]:
        return ""
    return _("%(count)d members and no groups. Please consider dividing the branch into groups.") % {
        "count": facts.total
    }


@_rule(
    Rule(
        "A1-6",
        gettext_lazy("Time of a temporary branch"),
        gettext_lazy(
            "Regulation on branches, chapter 2: work of more than 6 months gets a branch of its own where there are "
            "members enough; a temporary branch ends with its task."
        ),
        Level.NATIONAL,
        Severity.REMIND,
        (Parameter("months", gettext_lazy("Months"), 6, 6, 6),),
    )
)
def temporary_too_long(facts: Facts, numbers: Numbers) -> str:
    """A temporary branch that stands longer than its kind is meant for."""
    if facts.branch_kind != BranchKind.TEMPORARY or facts.day <= months_later(facts.since, numbers["months"]):
        return ""
    return _(
        "This temporary branch has stood for more than %(months)d months. Please set up a regular branch or end it."
    ) % {**numbers}


@_rule(
    Rule(
        "A1-8",
        gettext_lazy("Members of a general branch"),
        gettext_lazy(
            "Regulations of authorities and of state-owned enterprises: a general branch from 50 members on "
            "and below 100; elsewhere as the superior decides."
        ),
        Level.ADVICE,
        Severity.REMIND,
        (
            Parameter("least", gettext_lazy("Members at least"), 50, 1, 100),
            Parameter("below", gettext_lazy("Members below"), 100, 50, 1000),
        ),
    )
)
def general_branch(facts: Facts, numbers: Numbers) -> str:
    """A general branch with fewer or more members than its kind is meant for."""
    if facts.kind != Kind.GENERAL_BRANCH or numbers["least"] <= facts.total < numbers["below"]:
        return ""
    return _("A general branch has %(least)d members or more and fewer than %(below)d; this one has %(count)d.") % {
        "count": facts.total,
        **numbers,
    }


@_rule(
    Rule(
        "A1-9",
        gettext_lazy("Members of a committee's organisation"),
        gettext_lazy(
            "Regulations of authorities and of state-owned enterprises: a committee from 100 members on; "
            "elsewhere as the superior decides."
        ),
        Level.ADVICE,
        Severity.REMIND,
        (Parameter("least", gettext_lazy("Members at least"), 100, 1, 10_000),),
    )
)
def small_committee(facts: Facts, numbers: Numbers) -> str:
    """A committee with fewer members below it than its kind is meant for."""
    if facts.kind != Kind.COMMITTEE or facts.total >= numbers["least"]:
        return ""
    return _("A committee has %(least)d members or more below it; here there are %(count)d.") % {
        "count": facts.total,
        **numbers,
    }
