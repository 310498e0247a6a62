"""The words for rights and offices, and which office gives which right. How far each reaches: branches/reach.py."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Office(TextChoices):
    """What a grant gives: an office at one organisation, or oversight over a subtree."""

    SECRETARY = "secretary", _("Secretary")
    COMMITTEE_MEMBER = "committee_member", _("Committee member")
    CLERK = "clerk", _("Clerk")
    GROUP_LEADER = "group_leader", _("Group leader")
    OFFICER = "officer", _("Officer")
    SUPERVISOR = "supervisor", _("Supervisor")
    LIAISON = "liaison", _("Liaison")


# Oversight: inherited down the tree; reads what was submitted. The secretary of an inner node holds it too.
# Every other office holds at its own organisation only.
OVERSIGHT = frozenset({Office.OFFICER, Office.SUPERVISOR, Office.LIAISON})


COMMITTEE = frozenset({Office.SECRETARY, Office.COMMITTEE_MEMBER})


class AdminRole(TextChoices):
    """The three administrators: mutually exclusive, blind to content."""

    SYSTEM = "system", _("System administrator")
    SECURITY = "security", _("Security administrator")
    AUDIT = "audit", _("Audit administrator")


class Right(TextChoices):
    """What move tables and actions ask for."""

    OWN = "own", _("The person concerned")
    HOME = "home", _("Member of the branch")
    LEAD = "lead", _("Secretary of the branch")
    LEAD_GROUP = "lead_group", _("Leader of the group")
    RECORD = "record", _("Whoever keeps the records of the branch")
    KEEP_REGISTER = "keep_register", _("Whoever keeps the register")
    GIVE_SLIPS = "give_slips", _("Whoever gives activation slips")
    DELEGATE = "delegate", _("Whoever may delegate an office")
    END_DELEGATION = "end_delegation", _("Whoever has delegated this office")
    ARRANGE = "arrange", _("Whoever arranges the organisations below")
    RELEASE = "release", _("Whoever keeps the register of the old branch")
    WRITE_FOR_COMMITTEE = "write_for_committee", _("Committee of the branch")
    READ_BRANCH = "read_branch", _("Office holder of the branch")
    OVERSEE = "oversee", _("Superior, reading")
    ACCEPT = "accept", _("Superior, deciding")
    LEAD_ABOVE = "lead_above", _("Superior, leading")
    SUPERVISE = "supervise", _("Supervisor")
    ENTER_FOR = "enter_for", _("Superior, entering for a branch")
    REVIEW = "review", _("Reviewer of this author")
    ENTER_WORDS = "enter_words", _("Whoever enters for a member")
    RUN_ROUNDS = "run_rounds", _("Whoever opens rounds")
    WRITE_VISIT = "write_visit", _("Whoever writes this visit record")
    SORT_OPINIONS = "sort_opinions", _("Whoever reads opinions about this target")
    CONCERNED = "concerned", _("Whoever the opinions are about")
    GRADE = "grade", _("Whoever grades this member")
    GRADE_FOR = "grade_for", _("Superior, grading for a branch on paper")
    SETTLE_GRADE = "settle_grade", _("Superior, deciding on this grade")
    KEEP_FILE = "keep_file", _("Whoever keeps this disposal file")
    COUNT_VOTES = "count_votes", _("Whoever counts this vote")
    VERIFY = "verify", _("Whoever verifies that this problem is put right")
    EXPORT = "export", _("Whoever exports ledgers")
    MANAGE_ACCOUNTS = "manage_accounts", _("Security administrator")
    READ_AUDIT = "read_audit", _("Audit administrator")
    RUN_SYSTEM = "run_system", _("System administrator")


# Which right comes from which office at its own organisation, and from which oversight below it.
FROM_OFFICE: dict[Right, frozenset[Office]] = {
    Right.LEAD: frozenset({Office.SECRETARY}),
    Right.LEAD_GROUP: frozenset({Office.GROUP_LEADER}),
    Right.RECORD: frozenset({Office.SECRETARY, Office.CLERK, Office.GROUP_LEADER}),
    Right.KEEP_REGISTER: frozenset({Office.SECRETARY, Office.CLERK}),
    Right.GIVE_SLIPS: frozenset({Office.SECRETARY}),
    Right.DELEGATE: frozenset({Office.SECRETARY}),
    Right.WRITE_FOR_COMMITTEE: frozenset({Office.SECRETARY, Office.COMMITTEE_MEMBER}),
    Right.READ_BRANCH: frozenset({Office.SECRETARY, Office.COMMITTEE_MEMBER, Office.CLERK}),
    Right.EXPORT: frozenset({Office.SECRETARY}),
}
FROM_OVERSIGHT: dict[Right, frozenset[Office]] = {
    Right.OVERSEE: OVERSIGHT | {Office.SECRETARY},
    Right.ACCEPT: frozenset({Office.OFFICER, Office.SUPERVISOR, Office.SECRETARY}),
    Right.LEAD_ABOVE: frozenset({Office.OFFICER, Office.SECRETARY}),
    Right.SUPERVISE: frozenset({Office.SUPERVISOR}),
    Right.ENTER_FOR: frozenset({Office.OFFICER, Office.SECRETARY}),
    Right.KEEP_REGISTER: frozenset({Office.OFFICER, Office.SECRETARY}),
    Right.GIVE_SLIPS: frozenset({Office.OFFICER, Office.SECRETARY}),
    Right.ARRANGE: frozenset({Office.OFFICER, Office.SECRETARY}),
    Right.RUN_ROUNDS: frozenset({Office.OFFICER, Office.SECRETARY}),
    Right.EXPORT: frozenset({Office.OFFICER, Office.SUPERVISOR, Office.SECRETARY}),
}
ADMIN_RIGHTS: dict[Right, AdminRole] = {
    Right.MANAGE_ACCOUNTS: AdminRole.SECURITY,
    Right.READ_AUDIT: AdminRole.AUDIT,
    Right.RUN_SYSTEM: AdminRole.SYSTEM,
}
