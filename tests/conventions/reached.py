"""Where rows are reached without a scope: why, and by which expressions. Read by test_scope.py."""

from tests.conventions.reached_by_appraisals import BY_APPRAISALS
from tests.conventions.reached_by_rectification import BY_RECTIFICATION

ALLOWED = BY_APPRAISALS | BY_RECTIFICATION | {
    "ballots/marks.py lines_of_all": ("the lines of polls whose votes or slips the caller holds", "Sheet.objects"),
    "ballots/slips.py kept_as": ("the code is the right, and only its hash is kept", "connection.cursor()"),
    "ballots/turnout.py box_numbers": ("numbers of a closed box, for whoever counts it", "Box.objects", "Poll.objects"),
    "ballots/turnout.py holds_few": ("whether a box of a vote the caller sees holds few, as turnout says", "Box.objects"),
    "ballots/turnout.py slips_out": ("how many slips of a vote the caller keeps are out", "Slip.objects"),
    "ballots/turnout.py turnout": ("counted in steps for a vote the caller sees", "Slip.objects"),
    "jobs/sqlite.py measure_tables": ("how many rows lie under each key of six tables; none is read", "connection.cursor()"),
    "meetings/calendar/feed.py found": (
        "whoever holds the secret part is the reader; what it shows is read as its owner may, through visible_to",
        "CalendarFeed.objects",
    ),
    "figures/reserves.py _read": (
        "how many rows a reader may not open, so that his figures leave them out: a number that he is not told",
        "rows_of(metric)",
    ),
    "meetings/metrics.py": ("as above", "Meeting.objects", "Talk.objects"),
    "meetings/metrics.py _filed": ("as above", "Meeting.objects"),
    "meetings/metrics.py _studied": ("as above", "Meeting.objects"),
    "workflow/moves.py _move_all": ("the engine, of subjects the action has found", "type(able[0][0])._base_manager"),
    "figures/totals.py _typed": (
        "the column of the summary that a visible total stands beside", "F(f'summary__{wanted[code].column}')",
    ),
    "branches/changes/of_members.py DismissForm.offer": (
        "the posts of a member found by scope, at a branch whose register the reader keeps",
        "Post.objects",
    ),
    "branches/composition.py posts": (
        "posts as a condition on members found by scope, at an organisation found by scope",
        "posts__organisation=", "'posts__'", "'posts__since'", "'posts__kind'", "'posts__title'",
    ),
    "branches/exports.py roster_rows": (
        "the conditions of Particulars.visible_to on the same relations: tests/reports/test_roster.py compares both",
        "'member__particulars__'", "F(f'member__particulars__{name}')",
    ),
    "branches/grants/rows.py with_branch_and_grants": (
        "the branch an account belongs to, for the security administrator; its grants come from Grant.visible_to",
        "'member__relations__'", "member__relations__kind=", "'member__relations'",
    ),
    "branches/menu.py _unit": (
        "everybody may know the name and the logo of the whole he belongs to",
        "Organisation.objects", "'logo__path'",
    ),
    "branches/overview.py Overview.organisations": (
        "the secretary's name as a column of organisations found by scope",
        "'posts__'", "posts__organisation=", "posts__kind=",
    ),
    "meetings/clashes.py _first_entry": (
        "the day on which the register of a branch begins, none of its rows", "Relation.objects",
    ),
    "meetings/rules.py shortfalls": (
        "the records of the branch in which an action hands one in, for whoever may do that there; whether something typed for this one waits",
        "Meeting.objects", "Unsaved.objects",
    ),
    "branches/person.py told_of_member": (
        "the dated facts are prefetched behind Particulars.visible_to",
        "Prefetch(f'member__{name}')",
    ),
    "branches/prepared.py Prepared.rows": ("asks what others have built", "connections[using].cursor()"),
    "branches/reach.py _grants": (
        "what a reader may see is computed here, so it cannot be asked of it",
        "_model('Grant').objects", "'organisation__predecessors__path'", "'organisation__predecessors__until'",
    ),
    "branches/reach.py _home": ("as above", "_model('Post').objects", "_model('Relation').objects"),
    "branches/reach.py Reach.oversight_grants": ("as above", "_model('Organisation').objects"),
    "branches/changes/foresight.py _again": ("the place of a change whose right has been asked", "Organisation.objects"),
    "branches/rules/counting.py facts_on": (
        "numbers of a place that an action is changing: compared before and after, told as the breach of a rule",
        "Election.objects", "Group.objects", "Post.objects", "Relation.objects", "Standing.objects",
    ),
    "branches/rules/gate.py _with_superiors": ("the places of a deed whose right has been asked", "Organisation.objects"),
    "branches/rules/gate.py passed": ("whether any superior has set a rule to block", "RuleOverride.objects"),
    "branches/rules/sets.py in_force": ("as RuleSet, at many places at once, for the clock", "RuleOverride.objects"),
    "branches/retention/expired.py expired": ("what the clock destroys; nobody reads the rows", "Organisation.objects"),
    "branches/days_off/reading.py rows_above": (
        "what superiors have laid down for a place found by scope: whoever belongs there may know", "asked(DayOff)",
    ),
    "branches/rules/sets.py RuleSet.__init__": (
        "what superiors have set for a place found by scope: whoever belongs there may know",
        "RuleOverride.objects",
    ),
    "branches/scope.py OrganisationScoped.reached": (
        "a scope itself: each way with its own condition",
        "self.rows_of(self.model)",
    ),
    "workflow/scope.py ScopedQuerySet.rows_of": ("what a scope itself looks up", "model._default_manager"),
    "branches/roster/columns.py guess": ("a function of its own by that name", "asked(heading)"),
    "branches/sign_in/lookups.py SessionStore.load": ("the session whose secret the browser holds", "asked(self.model)"),
    "branches/sign_in/lookups.py Accounts.get_user": ("the account of a session", "asked(User)"),
    "shell/asked.py Asked._made": ("asks what others have built", "self.model._default_manager"),
    "shell/asked.py _word": ("the words of a queryset, no rows", "model._default_manager"),
    "shell/conditions.py Conditions._all": (
        "no rows: a form of conditions wants a queryset", "self._model._default_manager",
    ),
    "shell/statements.py fetched": ("asks what others have built", "connections[USING].cursor()"),
    "branches/roster/register.py _add_dated": (
        "standings and posts of people found by Relation.visible_to, for whoever keeps their register",
        "Post.objects", "Standing.objects",
    ),
    "branches/roster/register.py registered": (
        "whether an identity number in hand is known already: a yes or no, and never where",
        "Particulars.objects",
    ),
    "branches/roster/register.py staff_numbers": (
        "whether a staff number in hand is somebody else's already: told as a yes or no", "Particulars.objects",
    ),
    "meetings/unfinished.py _rows": ("as above", "Meeting.objects"),
    "branches/sign_in/sessions.py": (
        "the manager of allauth's model, made by hand because its own one deletes while it lists",
        "SessionQuerySet(UserSession)",
    ),
    "branches/sign_in/sessions.py SessionQuerySet.visible_to": (
        "a scope itself: whether Django's own session still holds",
        "QuerySet(Session)",
    ),
    "branches/setup/door.py is_set_up": ("whether there is any account at all; no row is read", "User.objects"),
    "branches/system/status.py _heartbeat": ("when a worker was last alive; no content", "QuerySet(Heartbeat)"),
    "config/health.py _worker": ("as above", "heartbeat._default_manager"),
    "config/health.py _database": ("SELECT 1", "connection.cursor()"),
    "jobs/runner.py run_waiting": (
        "the worker runs everybody's jobs; each run asks the rights of its owner",
        "Job.objects",
    ),
    "meetings/decisions/rows.py decisions_of": (
        "the decisions of a record in hand, for whoever writes it or reads its minutes", "Decision.objects",
    ),
    "meetings/decisions/rows.py left_out_of": ("as above, for whoever reads the reasons of absence", "DueExclusion.objects"),
    "meetings/decisions/rules.py has_committee": (
        "whether the branch of a meeting in hand had a committee that day: a yes or no", "Post.objects",
    ),
    "meetings/exports.py _line": (
        "the decisions of records that this person exports, as far as their own words go", "row.decisions",
    ),
    "meetings/exports.py ledger": ("as above; and who came", "Attendance.objects", "prefetch_related('decisions')"),
    "meetings/due.py due_at": (
        "the register of a past day holds members whom the reader sees no more; asked for a meeting that was found by "
        "scope or that the reader may record; who of them was elsewhere that day or served above: a yes or no",
        "Flow.objects", "Post.objects", "Relation.objects",
    ),
    "meetings/plans/notices.py": ("the rule of a reminder: rows for nobody in particular", "'organisation__relations__'"),
    "meetings/plans/notices.py _announced": ("as above", "Meeting.objects"),
    "meetings/plans/notices.py _cancelled": ("as above", "Meeting.objects"),
    "meetings/plans/notices.py _called": ("as above", "Exemption.objects", "F(f'{RELATION}member')", "Post.objects"),
    "meetings/frequency/notices.py": (
        "the rule of a reminder: rows for nobody in particular", "'posts__member'", "'posts__organisation'",
    ),
    "meetings/frequency/notices.py near_end": (
        "as above", "'posts__'", "FormExemption.objects", "Organisation.objects", "posts__kind=",
    ),
    "meetings/frequency/notices.py _lacks": ("as above", "Group.objects", "Meeting.objects", "Post.objects"),
    "branches/rules/wide.py applied": ("as RuleSet, at many places at once, for the clock", "RuleOverride.objects"),
    "meetings/plans/quarterly.py": (
        "the rule of a reminder: rows for nobody in particular", "'posts__member'", "'posts__organisation'",
    ),
    "meetings/plans/quarterly.py unplanned": (
        "as above", "'posts__'", "Meeting.objects", "Organisation.objects", "posts__kind=",
    ),
    "meetings/frequency/reading.py _posts": (
        "whether a branch whose board the reader sees has a committee: days, and no person", "Post.objects",
    ),
    "meetings/plans/todos.py _unrecorded": ("unrecorded narrows to what the user keeps", "asked(Meeting)"),
    "meetings/schedule/todos.py _waiting": ("waiting narrows to the branches the user leads", "asked(ScheduleStep)"),
    "meetings/plans/forms.py PlanForm.__init__": (
        "the members due at a branch whose records the writer keeps", "Member.objects",
    ),
    "meetings/forms.py MeetingForm.__init__": (
        "the same members as in due_at, to choose host and recorder from",
        "Member.objects",
    ),
    "meetings/sheet.py _saved": (
        "the minutes for the writing page, behind Right.RECORD, whose holders always read them",
        "getattr('minutes')",
    ),
    "meetings/org_life.py studied_before": (
        "whether the branch of a meeting in hand studied before it: a yes or no",
        "Meeting.objects",
    ),
    "meetings/rules.py _may_chair": (
        "whether the host held a post that day: a yes or no about a meeting in hand",
        "Post.objects",
    ),
    "meetings/retention.py": (
        "what the clock destroys; nobody reads the rows", "Claim.objects", "NotesLine.objects", "SpokenRemark.objects",
        "TalkContent.objects",
    ),
    "meetings/notes/notices.py to_put_right": (
        "the rule of a reminder: rows for nobody in particular", "NotesLine.objects", "Relation.objects",
    ),
    "meetings/notes/pages.py people": (
        "as due_at: the register of the day of a check found by scope; only who has a line in scope is shown",
        "Relation.objects",
    ),
    "meetings/study/lacking.py of_everybody": (
        "what the clock counts for everybody, and an action for those whose hours it has changed", "Relation.objects",
    ),
    "meetings/study/lacking.py of_members": ("as above", "Relation.objects"),
    "meetings/study/notices.py": ("the rule of a reminder: rows for nobody in particular", "'posts__member'", "'posts__organisation'"),
    "meetings/study/notices.py _lacking": ("as above", "Exemption.objects", "StudyShortfall.objects"),
    "meetings/study/notices.py of_branches": ("as above", "Organisation.objects", "'posts__'", "posts__kind="),
    "meetings/study/hours.py _corrections": ("hours of people whose register the view has asked for", "StudyCorrection.objects"),
    "meetings/study/hours.py _of_meetings": ("as above: the forms of what is filed", "CountedAs.objects"),
    "meetings/study/hours.py _lines": ("as above: who came to what is filed, or studied at home", "Attendance.objects"),
    "meetings/study/hours.py _afterwards": ("as above: who made up for it", "Attendance.objects", "FollowUp.objects"),
    "meetings/study/hours.py _typed": ("as above", "StudyEntry.objects"),
    "meetings/study/views.py study_correct": ("lines of meetings found by scope", "Attendance.objects"),
    "meetings/talks/coverage.py _counts": ("numbers of a branch whose right the view has asked", "Talk.objects"),
    "meetings/talks/coverage.py _talked": ("as above: the last day of each two", "TalkParty.objects"),
    "meetings/talks/coverage.py coverage": ("as due_at: the register of a day, behind the same right", "Relation.objects"),
    "meetings/talks/coverage.py lacking_pairs": (
        "as above, for a record in hand; told to office holders and superiors only", "Relation.objects",
    ),
    "meetings/talks/parties.py people_on": (
        "as due_at: the register of the day of a talk, for whoever may record one in that branch", "Relation.objects",
    ),
    "meetings/talks/triggers.py triggers_of": (
        "what superiors have worded for a place found by scope: whoever belongs there may know", "TriggerList.objects",
    ),
    "meetings/views.py meeting_edit": ("loads what _saved reads", "select_related('minutes')"),
    "meetings/views.py meeting_revise": ("as above", "select_related('minutes')"),
    "reminders/mail/post.py _untold": (
        "what the system mails to each recipient: his own, and nobody else reads it",
        "Notice.objects",
    ),
    "reminders/mail/status.py facts": ("numbers of mails by state; no person and no address", "Delivery.objects"),
    "reminders/rules.py Rule.owed": (
        "lookups that a rule names, on rows the system owes notices about",
        "F(f'{self.recipient}__pk')", "F(f'{self.organisation}__pk')",
    ),
    "reminders/offices.py _begun": ("the rule of a notice, owed to each holder; nobody reads the rows", "Grant.objects"),
    "reminders/offices.py _ended": ("as above", "Grant.objects"),
    "reminders/offices.py _closed": ("as above", "Grant.objects"),
    "reminders/transfers.py _accepted": ("the rule of a notice, owed to the member himself", "Transfer.objects"),
    "branches/changes/of_members.py NameToForm.doubts": (
        "who holds the same post of the branch in hand, for whoever keeps its register", "Post.objects",
    ),
    "branches/changes/preview.py _posts": ("the posts that would end at an organisation, for its superior", "Post.objects"),
    "branches/changes/preview.py of_secretary": (
        "as above, and whether the new secretary has an account: a yes or no", "Post.objects", "User.objects",
    ),
    "branches/grants/waiting.py places_waited_for": (
        "one's own post and office: the branches are found by scope",
        "'posts__'", "asked(Grant)", "posts__kind=", "posts__member=",
    ),
    "branches/grants/waiting.py waiting_for_office": (
        "who is secretary of the branch in hand without office: the right of its superior is asked before",
        "Grant.objects", "Post.objects",
    ),
    "reminders/offices.py _secretaries": (
        "whether a secretary found by scope holds the office: a yes or no, for who gives it",
        "asked(Grant)", "'member__posts__'", "'member__posts__kind'", "'member__posts__organisation'",
    ),
    "reminders/slips.py _given": ("the rule of a notice, owed to the account's owner", "Activation.objects"),
    "reminders/slips.py _used": ("as above", "Activation.objects"),
    "reminders/slips.py _secretaries": (
        "who of the register, found by scope, is secretary",
        "'member__posts__'", "'member__posts__kind'", "'member__posts__organisation'",
    ),
    "workflow/moves.py make_move": (
        "the engine: compare-and-set on the row in hand",
        "type(subject)._base_manager",
    ),
    "world/demo/people.py give_accounts": (
        "reads what it has just founded in an empty database", "Group.objects", "relations__member=",
    ),
    "world/demo/work.py _hand_in": ("as above", "Material.objects"),
    "world/demo/work.py round_under_way": ("as above", "Material.objects"),
    "world/demo/opinions.py opinions": ("as totals_told", "Round.objects"),
    "world/demo/supervision.py urged": ("as totals_told", "Progress.objects"),
    "world/demo/supervision.py _facts": ("as totals_told", "Round.objects"),
    "world/demo/work.py totals_told": ("as above", "Round.objects"),
    "world/demo/paper.py entered_for": ("as above", "Progress.objects", "Round.objects"),
    "world/demo/work.py stages_passed": ("as above", "RosterEntry.objects", "Round.objects", "Stage.objects"),
    "world/demo/work.py stages_passed.at": ("as above", "Progress.objects"),
    "world/load/figures.py totals": ("as above", "Summary.objects"),
    "world/load/run.py fill": ("refuses a database with any row", "model._base_manager"),
    "workflow/streams.py write": ("rows in bulk into a database that nobody uses yet", "connection.cursor()"),
    "workflow/streams.py set_sequences": ("as above", "connection.cursor()"),
    "workflow/streams.py analyse": ("as above", "connection.cursor()"),
    "workflow/checking.py triggers": ("asks the catalogue of the database", "connection.cursor()"),
    "workflow/checking.py untold": ("part of a check over all rows, which names keys and shows no content", "History.objects"),
}  # fmt: skip
