"""As reached.py, for the room of rounds and what is done in them."""

BY_APPRAISALS = {
    "world/demo/evaluations.py evaluated": ("reads what it has just written in an empty database", "Round.objects"),
    "world/demo/grades.py _palace": ("reads what it has just written in an empty database", "Round.objects"),
    "world/demo/grades.py _retired": ("as above", "Round.objects"),
    "world/demo/grades.py _country": ("as above", "Round.objects"),
    "world/demo/grades.py _formal": ("as above", "RosterEntry.objects"),
    "world/demo/grades.py _weigh": ("as above", "RosterEntry.objects"),
    "world/demo/grades.py _move": ("as above", "Grade.objects"),
    "world/demo/grades.py _grading": ("as above", "Grading.objects"),
    "world/demo/grades.py _grade": ("as above", "Grade.objects"),
    "world/demo/votes.py voted": ("as above", "Meeting.objects", "Round.objects"),
    "appraisals/evaluations/pages.py gone": (
        "taken_back_from narrows to what the user read before, and leaves the words out", "Evaluation.objects",
    ),
    "appraisals/evaluations/pages.py gone_of": ("as above", "Evaluation.objects"),
    "appraisals/grades/facts.py _attendance": (
        "lines of attendance lists of records the reader sees: two numbers a member, for whoever reads the branch's grades",
        "Attendance.objects",
    ),
    "appraisals/grades/lists.py _number": ("how many members of gradings he sees are how far: numbers", "RosterEntry.objects"),
    "appraisals/grades/lists.py listed": ("as above", "graded_as__state__in="),
    "appraisals/grades/metrics.py": ("what a number counts, as below", "Grading.objects"),
    "appraisals/grades/metrics.py _in": ("as above; rows without a grade", "RosterEntry.objects", "graded_as__state__in="),
    "appraisals/grades/notices.py told": ("the rule of a reminder: to whom it goes", "Grade.objects"),
    "appraisals/grades/notices.py answered": ("as above, and on which day", "Grade.objects", "GradeWord.objects"),
    "appraisals/grades/pages.py entries_of": (
        "who is graded in a branch, for whoever reads its grades: the right was asked", "RosterEntry.objects",
    ),
    "appraisals/grades/papers/content.py _posts": (
        "the posts of members whose grades the reader reads, in their own branch", "Post.objects",
    ),
    "appraisals/grades/pages.py shown": (
        "what the assembly voted on a grade that was found by scope", "grade.assembly_votes",
    ),
    "appraisals/grades/policies.py committee_above": ("which committee is to be informed: its name", "Organisation.objects"),
    "appraisals/grades/policies.py seats_of": (
        "whether a branch has a committee: who weighs whom, for an action or page that has asked", "Post.objects",
    ),
    "appraisals/grades/quotas.py marked_below": ("how many are marked in a pool: numbers a branch", "Grade.objects"),
    "appraisals/grades/quotas.py pool_of": ("the organisation above over which it is counted: its name", "Organisation.objects"),
    "appraisals/grades/quotas.py sizes_below": ("how many are on the rosters of a pool: numbers a branch", "RosterEntry.objects"),
    "appraisals/grades/steps.py require_running": ("whether a round in hand is open, for an action", "Round.objects"),
    "appraisals/grades/steps.py check": ("the grading of grades in hand, for an action that has asked", "Grading.objects"),
    "appraisals/grades/steps.py incomplete": ("whether grades in hand have their words, as above", "GradeText.objects"),
    "appraisals/rounds/filters.py RosterFilter.of_graded": (
        "that somebody has a grade, not which: of entries one sees", "graded_as__state__in=",
    ),
    "appraisals/rounds/filters.py RosterFilter.of_told": ("as above", "graded_as__state__in="),
    "appraisals/votes/people.py _register": (
        "the register of a branch whose votes the reader lays down: the right was asked", "Relation.objects",
    ),
    "appraisals/votes/people.py _roster": (
        "as above: who is due in a round, of a branch that votes along too", "RosterEntry.objects",
    ),
    "appraisals/votes/results.py results_of_all": (
        "the only place that reads totals: it asks sheet by sheet, line by line who may", "Count.objects",
        "Sheet.objects", "Tally.objects", "vote.subjects",
    ),
    "appraisals/votes/results.py committees_rated": (
        "of votes their reader sees, what everybody reads who sees them", "'sheet__ballot_numbers'", "Line.objects",
        "prefetch_related('tallies')",
    ),
    "appraisals/votes/results.py _rated": ("as above", "line.sheet.ballot_numbers", "line.tallies",
    ),
    "appraisals/votes/together.py neighbours": (
        "names of branches beside one's own, where a superior lets them vote together", "Organisation.objects",
    ),
    "appraisals/votes/unfinished.py _rows": (
        "what keeps a branch from being merged: of whoever merges it", "Vote.objects",
    ),
    "appraisals/materials/todos.py _advised": ("the rule of a reminder, as below", "Material.objects"),
    "appraisals/materials/todos.py _nearly_due": (
        "the rule of a reminder: the system owes it to each author, and nobody reads the rows", "Material.objects",
    ),
    "appraisals/materials/todos.py _sent_back": ("the rule of a reminder, as above", "Material.objects"),
    "appraisals/rounds/notices.py": (
        "the rule of a reminder: to whom it goes",
        "'organisation__posts__member'", "'roster__organisation'", "'roster__organisation__posts__member'",
    ),
    "appraisals/rounds/notices.py opened_bare": (
        "as above", "'roster__organisation'", "'roster__organisation__posts__'", "'roster__organisation__posts__kind'",
        "OuterRef('roster')", "Round.objects", "RosterEntry.objects",
    ),
    "appraisals/rounds/notices.py _of_open_rounds": (
        "as above", "'organisation__posts__'", "Progress.objects", "organisation__posts__kind=",
    ),
    "appraisals/rounds/notices.py revised": ("as above", "PlanRevision.objects", "Progress.objects"),
    "appraisals/materials/owed.py _by_committees": ("as below", "Relation.objects"),
    "appraisals/materials/owed.py _by_members": (
        "who owes what in a round whose opener the action has asked; of what is read only the kind of material is kept, and "
        "whether the author is a leading cadre",
        "'member__particulars__born'", "'member__particulars__work_title'", "Flow.objects", "Relation.objects",
    ),
    "appraisals/materials/owed.py rules_of": (
        "what a round in hand asks of its materials: whoever belongs below it may know", "MaterialRules.objects",
    ),
    "appraisals/metrics.py": (
        "what a number counts: read for nobody, compared and kept by figures; pages show it behind Summary.visible_to",
        "Material.objects", "Opinion.objects", "ReturnReason.objects", "Version.objects",
    ),
    "appraisals/metrics.py _told": ("as above", "Digest.objects"),
    "appraisals/metrics.py _handed_in": ("as above", "Material.objects"),
    "appraisals/metrics.py _in_state": ("as above", "Material.objects"),
    "appraisals/metrics.py _asked": ("as above", "ChannelCount.objects"),
    "appraisals/opinions/doors/strangers.py page_of": (
        "whoever has the address of an open page is let in; it shows no rows", "OpinionPage.objects",
    ),
    "appraisals/opinions/doors/strangers.py told_under": (
        "the code is the right: how far this one opinion is, and what is published under it",
        "Opinion.objects", "OpinionAnswer.objects", "OpinionTicket.objects",
    ),
    "appraisals/opinions/receivers.py receivers_of": (
        "the offices above to which a reader of an opinion may hand it: places and offices, nobody's name",
        "Grant.objects",
    ),
    "appraisals/opinions/retention.py _texts": ("what the clock destroys; nobody reads the rows", "OpinionText.objects"),
    "appraisals/opinions/rules.py check_person": (
        "whether somebody belongs there on that day, for an action that has asked", "Relation.objects",
    ),
    "appraisals/supervision/metrics.py _standing": ("as above", "Visit.objects"),
    "appraisals/supervision/offered.py checklist_of": (
        "the lines of a visit record in hand, for whoever goes on writing it", "visit.found_lines",
    ),
    "appraisals/supervision/forms.py VisitSheet.__init__": ("as above", "visit.found_lines"),
    "appraisals/supervision/filters.py OverseenFilter": (
        "the group, chosen among those one sees, of branches one oversees", "'overseen_by__group'",
    ),
    "appraisals/supervision/groups/views.py supervision_group_list": (
        "how many branches groups found by scope have: a number", "Count('assigned')",
    ),
    "appraisals/supervision/exports.py _closed": ("as below: when an item was closed", "History.objects"),
    "appraisals/supervision/exports.py ledger_rows": (
        "the name of the group of a branch whose visits this person exports",
        "'organisation__overseen_by__group__'", "F(f'organisation__overseen_by__group__{name}')",
    ),
    "appraisals/supervision/exports.py ledger": (
        "what the visits found that this person exports", "VisitLine.objects", "Prefetch('found_lines')",
    ),
    "appraisals/supervision/urging/notices.py": ("the rule of a reminder: rows for nobody in particular", "Urging.objects"),
    "appraisals/supervision/urging/pages.py lines_of": (
        "who is secretary of branches that the reader oversees, and whether a notice reaches him: a yes or no, no address",
        "Mailbox.objects", "Post.objects", "User.objects",
    ),
    "appraisals/supervision/pages.py listed": (
        "how many lines of the visits found by scope fall short: a number", "asked(VisitLine)",
    ),
    "appraisals/rounds/metrics.py _due": ("as above", "RosterEntry.objects"),
    "appraisals/rounds/metrics.py _passed": ("as above", "Progress.objects"),
    "appraisals/rounds/metrics.py _taking_part": ("as above", "Progress.objects"),
    "appraisals/materials/unfinished.py _rows": (
        "what stops the merger of a branch, for the superior above it who sees its rows", "Material.objects",
    ),
    "appraisals/supervision/retention.py _commented": ("as above", "Visit.objects"),
}  # fmt: skip
