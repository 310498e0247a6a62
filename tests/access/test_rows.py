"""Every list shows exactly the rows that docs/rights.md gives to its visitor, and the words only where it says so."""

import pytest

from appraisals.models import Draft
from meetings.models import Meeting
from tests.access.tables import read
from tests.access.visitors import VISITORS

BRANCH = {"甲书记", "乙委员", "丙干事", "丁组长", "戊同志", "辛前任"}
SIBLINGS = {"己书记", "庚同志"}
FAR = {"壬同志", "癸甲", "癸乙"}
OFFICE = {"submitted", "draft", "committee", "group_draft", "group_filed", "void"}
TREE = {"County committee", "First branch", "Second branch", "General branch", "Fourth branch"}
COUNTY = {"secretary", "committee_member", "clerk", "group_leader", "officer", "supervisor", "liaison", "sibling", "inner",
          "revoked", "expired"}  # fmt: skip
PROBLEMS = {
    "STANDING",
    "IMPORTED",
    "PROBLEM-WORDS",
    "OWN-PROBLEM",
    "PROBLEM-OF-CHIEF",
    "PROBLEM-OF-TEAM",
    "QUICK",
    "CLOSED",
}
PUBLIC = {"OPEN-PUBLICATION", "UNIT-PUBLICATION", "PEOPLES-PUBLICATION"}
ABOVE = ("sup", "off", "inn", "lia")

# Whom a list shows what; for whom nothing is written, it is empty.
ROWS = {
    "organisation_list": {
        **dict.fromkeys(("mem", "led", "clk", "com", "sec", "exp"), {"First branch"}),
        "sib": {"Second branch"},
        **dict.fromkeys(ABOVE, TREE),
        "str": {"Other county", "Third branch"},
        **dict.fromkeys(("sys", "sea"), TREE | {"Other county", "Third branch"}),
    },
    "member_list": {
        **dict.fromkeys(("mem", "led", "clk", "com", "sec", "exp"), BRANCH),
        "sib": SIBLINGS,
        **dict.fromkeys(ABOVE, BRANCH | SIBLINGS),
        "str": FAR,
    },
    "transfer_list": dict.fromkeys(("mem", "clk", "com", "sec", "sib", *ABOVE), {"戊同志"}),
    "total_list": dict.fromkeys(("clk", "com", "sec", *ABOVE), {"materials.accepted"}),
    "meeting_list": {
        **dict.fromkeys(("mem", "exp"), {"submitted", "group_filed"}),
        "led": {"submitted", "group_filed", "group_draft"},
        **dict.fromkeys(("clk", "com", "sec"), OFFICE),
        "sib": {"of_sibling"},
        **dict.fromkeys(ABOVE, OFFICE | {"of_sibling"}),
        "str": {"far"},
    },
    "frequency_list": {
        **dict.fromkeys(("clk", "com", "sec"), {"First branch"}),
        "sib": {"Second branch"},
        **dict.fromkeys(ABOVE, {"First branch", "Second branch", "Fourth branch"}),
        "str": {"Third branch"},
    },
    "plan_list": {
        **dict.fromkeys(("mem", "exp", "led"), {"called"}),
        **dict.fromkeys(("clk", "com", "sec", *ABOVE), {"called", "to_come", "come", "life"}),
    },
    "talk_list": dict.fromkeys(("mem", "clk", "com", "sec", *ABOVE), {"甲书记"}),
    "notes_list": dict.fromkeys(("mem", "clk", "com", "sec", *ABOVE), {"Study notes"}),
    "opinion_list": {
        "clk": {"№1 member", "№2 committee", "№3 committee", "№4 member", "№5"},
        **dict.fromkeys(("com", "sec"), {"№1 member", "№4 member", "№5"}),
        **dict.fromkeys(ABOVE, {"№1 member", "№2 committee", "№3 committee", "№4 member", "№5"}),
    },
    "digest_list": {
        "mem": {"member"},
        **dict.fromkeys(("com", "sec"), {"member"}),
        **dict.fromkeys(("clk", *ABOVE), {"member", "committee"}),
    },
    "round_list": {
        **dict.fromkeys(("mem", "led", "clk", "com", "sec", "sib", "exp"), {"Round"}),
        **dict.fromkeys(ABOVE, {"Round", "Next round"}),
    },
    "material_list": {
        "mem": {"戊同志"},
        "led": {"丁组长"},
        "exp": {"辛前任"},
        **dict.fromkeys(("clk", "com", "sec"), BRANCH | {"First branch"}),
        "sib": SIBLINGS | {"Second branch"},
        **dict.fromkeys(ABOVE, BRANCH | SIBLINGS | {"First branch", "Second branch"}),
    },
    "progress_list": {
        **dict.fromkeys(("clk", "com", "sec"), {"First branch 1", "First branch 2"}),
        "sib": {"Second branch 1", "Second branch 2"},
        **dict.fromkeys(ABOVE, {f"{name} branch {n}" for name in ("First", "Second") for n in (1, 2)}),  # not the Fourth, founded later
    },
    "makeup_list": dict.fromkeys(
        ("clk", "com", "sec", *ABOVE), {"Two more talks", "谈心谈话深入，覆盖到每名党员：Two members left out"}
    ),
    "supervision_list": {
        **dict.fromkeys(ABOVE, {"First branch", "Second branch", "Fourth branch"}), "str": {"Third branch"},
    },
    "visit_list": {  # not of the clerk; a draft is its writer's
        "sup": {"submitted First branch", "draft First branch", "draft Second branch"},
        **dict.fromkeys(("com", "sec", "off", "inn", "lia"), {"submitted First branch"}),
    },
    "vote_list": {  # in preparation for whoever holds an office there or above
        **dict.fromkeys(("mem", "led", "exp"), {"open", "closed", "counted", "void"}),
        **dict.fromkeys(("clk", "com", "sec", *ABOVE), {"prepared", "open", "closed", "counted", "void"}),
    },
    "pledge_list": {
        "mem": {"PLEDGE-WORDS", "PUBLISHED-PLEDGE"},
        **dict.fromkeys(("led", "exp"), {"PUBLISHED-PLEDGE"}),
        **dict.fromkeys(("clk", "com", "sec", *ABOVE), {"PLEDGE-WORDS", "PUBLISHED-PLEDGE"}),
    },
    "publication_list": {
        **dict.fromkeys(("mem", "led", "exp", "sib"), PUBLIC),
        **dict.fromkeys(("clk", "com", "sec", *ABOVE), PUBLIC | {"WORDED-PUBLICATION"}),
    },
    "common_list": dict.fromkeys(("mem", "clk", "com", "sec", *ABOVE), {"COMMON-WORDS"}),
    "problem_list": {
        "mem": {"PROBLEM-WORDS", "OWN-PROBLEM", "CLOSED", "STANDING"},
        **dict.fromkeys(("clk", "com", "sec"), PROBLEMS),
        "sib": {"ELSEWHERE"},
        **dict.fromkeys(ABOVE, PROBLEMS | {"ELSEWHERE"}),
    },
    "grading_list": {  # of the own branch once it is announced
        **dict.fromkeys(("clk", "com", "sec"), {"First branch"}),
        "sib": {"Second branch"},
        **dict.fromkeys(ABOVE, {"First branch", "Second branch"}),
    },
    "appraisee_list": {
        "mem": {"戊同志"}, "led": {"丁组长"}, "exp": {"辛前任"},
        **dict.fromkeys(("clk", "com", "sec"), BRANCH),
        "sib": SIBLINGS | {"乙委员"},  # who is offered to his branch
        **dict.fromkeys(ABOVE, BRANCH | SIBLINGS),
    },
    "decision_list": {
        **dict.fromkeys(("mem", "led", "exp"), {"submitted plan"}),
        **dict.fromkeys(("clk", "com", "sec"), {"submitted plan", "draft plan", "committee plan"}),
        "sib": {"of_sibling plan"},
        **dict.fromkeys(ABOVE, {"submitted plan", "committee plan", "of_sibling plan"}),
    },
    "grant_list": {
        "led": {"group_leader"}, "clk": {"clerk"}, "com": {"committee_member"}, "sec": {"secretary", "group_leader"},
        "sib": {"sibling"}, "rev": {"revoked"}, "exp": {"expired"},
        **dict.fromkeys(ABOVE, COUNTY),
        "str": {"stranger", "far_secretary"},
        "sea": COUNTY | {"stranger", "far_secretary"},
    },
    "notice_list": {  # the secretary's and the committee member's are of the piece their committee writes together
        "sec": {"甲书记"}, "mem": {"戊同志"}, "led": {"丁组长"}, "clk": {"丙干事"}, "com": {"乙委员"}, "sib": {"己书记"}, "exp": {"辛前任"},
    },
    "job_list": {"sec": {"secretary"}},
}  # fmt: skip
NAMED = {
    "organisation_list": lambda row: row.name,
    "frequency_list": lambda row: row.name,
    "member_list": lambda row: row.member.name,
    "transfer_list": lambda row: row.member.name,
    "total_list": lambda row: row.metric,
    "talk_list": lambda row: row.talkers,
    "notes_list": lambda row: row.subject,
    "opinion_list": lambda row: f"№{row.count if row.target else 5} {row.target}".strip(),
    "digest_list": lambda row: row.target,
    "round_list": lambda row: row.name,
    "material_list": lambda row: (row.author or row.organisation).name,
    "decision_list": lambda row: row.subject,
    "progress_list": lambda row: f"{row.organisation.name} {row.stage.position}",
    "makeup_list": lambda row: row.what,
    "supervision_list": lambda row: row.name,
    "visit_list": lambda row: f"{row.state} {row.organisation.name}",
    "vote_list": lambda row: row.state,
    "problem_list": lambda row: row.text,
    "common_list": lambda row: row.text,
    "pledge_list": lambda row: row.text,
    "publication_list": lambda row: row.title,
    "grading_list": lambda row: row.organisation.name,
    "appraisee_list": lambda row: row.member.name,
    "grant_list": lambda row: row.user.username,
    "notice_list": lambda row: row.recipient.name,
    "job_list": lambda row: row.owner.username,
}

# y: the words stand on the page · n: the page is shown without them · - no such page for this visitor.
WORDS = """
#                                             ano nob mem led clk com sec sib sup off inn lia str sys sea aud rev exp
SPOKEN-WORDS  meeting_detail  submitted       -   -   y   y   y   y   y   -   y   y   y   y   -   -   -   -   -   y
SPOKEN-WORDS  meeting_detail  draft           -   -   -   -   y   y   y   -   n   n   n   n   -   -   -   -   -   -
SPOKEN-WORDS  meeting_detail  committee       -   -   -   -   y   y   y   -   y   y   y   y   -   -   -   -   -   -
SPOKEN-WORDS  meeting_detail  group_draft     -   -   -   y   y   y   y   -   n   n   n   n   -   -   -   -   -   -
SPOKEN-WORDS  meeting_detail  group_filed     -   -   y   y   y   y   y   -   y   y   y   y   -   -   -   -   -   y
SPOKEN-WORDS  meeting_detail  of_sibling      -   -   -   -   -   -   -   y   y   y   y   y   -   -   -   -   -   -
PLANNED-WORDS meeting_detail  to_come         -   -   -   -   y   y   y   -   y   y   y   y   -   -   -   -   -   -
EXEMPT-WORDS  frequency_board first           -   -   -   -   y   y   y   -   y   y   y   y   -   -   -   -   -   -
PLANNED-WORDS plan_sheet      first           -   -   y   y   y   y   y   -   y   y   y   y   -   -   -   -   -   y
TALK-WORDS    talk_detail     talk            -   -   n   -   n   n   y   -   n   n   n   n   -   -   -   -   -   -
SHORT-WORDS   notes_detail    notes           -   -   y   -   y   y   y   -   n   y   y   n   -   -   -   -   -   -
MEETS-WORDS   notes_detail    notes           -   -   n   -   y   y   y   -   n   n   n   n   -   -   -   -   -   -
REMARK-WORDS  criticism_list  submitted       -   -   -   -   y   y   y   -   y   y   y   -   -   -   -   -   -   -
REMARK-WORDS  meeting_detail  submitted       -   -   n   n   n   n   n   -   n   n   n   n   -   -   -   -   -   n
REMARK-WORDS  claim_edit      submitted       -   -   n   n   n   n   n   -   -   -   -   -   -   -   -   -   -   n
CLAIM-WORDS   criticism_list  submitted       -   -   -   -   n   y   y   -   y   y   y   -   -   -   -   -   -   -
CLAIM-WORDS   meeting_detail  submitted       -   -   y   n   n   n   n   -   n   n   n   n   -   -   -   -   -   n
CLAIM-WORDS   claim_edit      submitted       -   -   y   n   n   n   n   -   -   -   -   -   -   -   -   -   -   n
RAW-WORDS     opinion_detail  opinion         -   -   -   -   n   n   y   -   n   n   n   n   -   -   -   -   -   -
RAW-OF-CHIEF opinion_detail  opinion_top     -   -   -   -   n   -   -   -   n   y   y   n   -   -   -   -   -   -
SEALED-WORDS  opinion_detail  opinion_sealed  -   -   -   -   n   n   n   -   y   n   n   n   -   -   -   -   -   -
TOLD-WORDS    digest_detail   digest          -   -   y   -   n   n   y   -   n   n   n   n   -   -   -   -   -   -
RAW-GATHERED  digest_detail   digest          -   -   n   -   n   n   y   -   n   n   n   n   -   -   -   -   -   -
DIGEST-WORDS  digest_detail   digest_top      -   -   -   -   n   -   -   -   n   y   y   n   -   -   -   -   -   -
RAW-GATHERED  digest_detail   digest_top      -   -   -   -   n   -   -   -   n   y   y   n   -   -   -   -   -   -
戊同志        opinion_detail  opinion         -   -   -   -   n   n   y   -   n   n   n   n   -   -   -   -   -   -
WRITTEN-WORDS material_detail material        -   -   y   -   n   n   y   -   n   n   n   n   -   -   -   -   -   -
NOTE-WORDS    material_detail material        -   -   y   -   n   n   y   -   n   n   n   n   -   -   -   -   -   -
TOGETHER-WORDS material_edit  together        -   -   -   -   -   y   y   -   -   -   -   -   -   -   -   -   -   -
TOGETHER-WORDS material_detail together       -   -   -   -   n   n   n   -   n   n   n   n   -   -   -   -   -   -
COMMENT-WORDS material_detail material        -   -   y   -   n   n   y   -   n   n   n   n   -   -   -   -   -   -
ANSWER-WORDS  material_detail material        -   -   y   -   n   n   y   -   n   n   n   n   -   -   -   -   -   -
COMMENT-WORDS material_edit   material        -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -
COMMENT-WORDS material_review material        -   -   -   -   -   -   y   -   -   -   -   -   -   -   -   -   -   -
ENTERED-WORDS material_detail entered         -   -   -   -   -   -   -   y   n   n   n   n   -   -   -   -   -   -
DRAFT-WORDS   material_enter  owed            -   -   -   -   -   -   n   -   -   -   -   -   -   -   -   -   -   -
CHAINED-WORDS material_detail chained         -   -   -   -   -   -   -   y   y   y   y   y   -   -   -   -   -   -
COMMENT-OF-VISIT visit_detail visit           -   -   -   -   -   y   y   -   y   y   y   y   -   -   -   -   -   -
OPINION-OF-VISIT visit_detail visit           -   -   -   -   -   y   y   -   y   y   y   y   -   -   -   -   -   -
OPINION-OF-VISIT visit_paper  visit           -   -   -   -   -   y   y   -   y   y   y   y   -   -   -   -   -   -
DRAFT-OF-VISIT visit_detail   visit_draft     -   -   -   -   -   -   -   -   y   -   -   -   -   -   -   -   -   -
EVALUATION-WORDS evaluation_list round        -   -   -   -   y   y   y   n   y   y   y   y   -   -   -   -   -   -
UNSAID-WORDS  evaluation_list round           -   -   -   -   n   n   n   n   y   y   y   n   -   -   -   -   -   -
OWN-PROBLEM   problem_detail  problem_asked   -   -   y   -   y   y   y   -   y   y   y   y   -   -   -   -   -   -
REVIEW-WORDS  publication_detail publication_unit - - n n y   y   y   n   y   y   y   y   -   -   -   -   -   n
REASON-OF-GRADE grade_detail  grade           -   -   y   -   -   y   y   -   y   y   y   -   -   -   -   -   -   -
REASON-OF-GRADE grading_detail grading        -   -   -   -   -   n   n   -   n   n   n   -   -   -   -   -   -   -
REASON-OF-GRADE grading_edit  grading         -   -   -   -   -   n   n   -   -   n   n   -   -   -   -   -   -   -
NOTE-OF-FILE  disposal_detail disposal        -   -   -   -   -   -   y   -   -   y   y   -   -   -   -   -   -   -
ENTERED-OF-GRADE grade_detail grade_helped    -   -   -   y   -   y   y   -   y   y   y   -   -   -   -   -   -   -
TOP-WORDS     material_detail top             -   -   -   -   n   n   y   -   y   y   y   y   -   -   -   -   -   -
DRAFT-WORDS   material_detail owed            -   -   -   -   n   n   n   -   n   n   n   n   -   -   -   -   -   -
DRAFT-WORDS   material_edit   owed            -   -   -   -   y   -   -   -   -   -   -   -   -   -   -   -   -   -
PHONE-WORDS   member_detail   colleague       -   -   n   n   y   y   y   -   y   y   y   n   -   -   -   -   -   n
PHONE-WORDS   member_change   colleague/particulars - - -   -   y   -   y   -   -   y   y   -   -   -   -   -   -   -
NUMBER-WORDS  total_detail    total           -   -   -   -   y   y   y   -   y   y   y   y   -   -   -   -   -   -
PHONE-WORDS   transfer_detail transfer        -   -   n   -   n   n   n   n   n   n   n   n   -   -   -   -   -   -
"""


def shown(stage, visitor, name):
    """The names of the rows of a list; of the tree those a search for a letter of every name finds."""
    query = "?q=c&size=100" if name == "organisation_list" else "?size=100"
    response = stage.ask(visitor, "GET", stage.address(name, "-", visitor) + query)
    if response.status_code == 403:  # a list for superiors alone
        return set()
    rows = response.context["page"].objects
    if name in ("meeting_list", "plan_list"):
        keys = {row.pk: label for label, row in stage.moving.items() if isinstance(row, Meeting)}
        return {keys[row.pk] for row in rows}
    return {NAMED[name](row) for row in rows}


def test_every_list_shows_exactly_the_rows_within_reach(stage):
    found = {
        f"{name} {visitor}": rows
        for name, expected in ROWS.items()
        for visitor in VISITORS
        if visitor != "ano" and (rows := shown(stage, visitor, name)) != expected.get(visitor, set())
    }
    assert not found


@pytest.mark.slow
def test_words_stand_only_where_their_reader_comes(stage):
    wrong = []
    for line in read(WORDS, 3):
        canary, name, label = line.words
        for visitor, expected in line.codes.items():
            response = stage.ask(visitor, "GET", stage.address(name, label, visitor))
            found = "-" if response.status_code != 200 else "y" if canary in response.content.decode() else "n"
            if found != expected:
                wrong.append(f"{line} {visitor}: {found}, the table says {expected}")
    assert not wrong


def test_a_search_finds_no_row_outside_reach(stage):
    for name, words in {
        "meeting_list": "general",
        "material_list": "己",
        "member_list": "壬",
        "round_list": "Next",
    }.items():
        found = stage.ask("mem", "GET", f"{stage.address(name, '-', 'mem')}?q={words}")
        assert found.status_code == 200
        assert found.context["page"].total == 0, name


def test_drafts_are_in_reach_of_their_authors_alone(stage):
    drafts = list(Draft._base_manager.select_related("material"))
    assert len(drafts) == 4
    for visitor, user in stage.users.items():
        if user:
            own = {draft for draft in drafts if draft.material.author_id == (user.member_id or -1)}
            own |= {draft for draft in drafts if draft.material.author_id is None and visitor in ("sec", "com")}
            assert set(Draft.objects.visible_to(user)) == own, visitor
