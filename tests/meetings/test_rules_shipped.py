"""The rules of meetings as shipped: code, level, severity, numbers, and within what a superior may move them.

Written out from domain A2 to A6, R01 to R08 and R17, users F12, F15, F29 and F34, and the local practice S29 and S34.
"""

from branches.rules import table

SHIPPED = {
    "A6-1": ("local", "remind", (15, 10, 7, 6, 5, 4, 2, 3, 3)),
    "F12-1": ("local", "off", ()),
    "F12-2": ("local", "remind", (1,)),
    "F12-3": ("advice", "off", ()),
    "F12-4": ("advice", "off", ()),
    "F29-1": ("local", "off", (40,)),
    "F29-2": ("local", "remind", (1, 0, 1, 1, 1, 0, 0)),
    "F29-3": ("local", "remind", (1, 2, 2, 1, 0)),
    "F34-1": ("advice", "off", ()),
    "F34-claim": ("local", "remind", (730,)),
    "F34-comment": ("local", "remind", (365,)),
    "F34-criticism": ("local", "remind", (365,)),
    "F34-notes": ("local", "remind", (730,)),
    "F34-talk": ("local", "remind", (365,)),
    "F67": ("local", "off", ()),
    "R01a": ("national", "remind", ()),
    "R01b": ("national", "remind", ()),
    "R01c": ("national", "remind", ()),
    "R01d": ("local", "remind", ()),  # a lecture a quarter is no national rule
    "R01e": ("national", "remind", ()),
    "R01f": ("national", "remind", ()),
    "R02": ("national", "warn", ()),
    "R04": ("national", "warn", ()),
    "R05": ("advice", "warn", ()),
    "R05a": ("advice", "warn", (12,)),
    "R05b": ("advice", "block", ()),
    "R07": ("national", "warn", ()),
    "R08": ("national", "warn", ()),
    "R17": ("national", "remind", (32, 56)),
    "R19": ("local", "block", (7,)),
    "S34-1": ("local", "off", ()),
}
STEPS = ("report_plan", "notify", "study", "consult", "talk", "hand_in", "review", "list", "report_back")
FORMS = ("general_meeting", "committee_meeting", "group_meeting", "party_lecture", "theme_day", "org_life_meeting",
         "other")  # fmt: skip
WAYS = ("alone", "together", "at_home", "by_post", "by_phone")
MOVED = {
    **{("A6-1", step): (0, 60) for step in STEPS},
    ("F12-2", "month"): (1, 12),
    ("F29-1", "hours"): (1, 200),
    **{("F29-2", form): (0, 2) for form in FORMS},
    **{("F29-3", way): (0, 2) for way in WAYS},
    **{(f"F34-{kept}", "days"): (30, 3650) for kept in ("claim", "comment", "criticism", "notes", "talk")},
    ("R05a", "hours"): (1, 24),
    ("R17", "members"): (32, 200),  # never fewer than the plan of the whole country asks
    ("R17", "leaders"): (56, 200),
    ("R19", "days"): (1, 365),
}


OTHER_ROOMS = ("A1-", "F2-", "F4-", "F5-", "F6-", "F10-", "F19-", "F22-", "F24-", "F27-", "R10", "R11", "R14", "R15")


def of_meetings():
    return [rule for rule in table.registered() if not rule.code.startswith(OTHER_ROOMS)]


def test_the_rules_of_meetings_as_shipped():
    shipped = {r.code: (r.level.value, r.severity.value, tuple(r.defaults.values())) for r in of_meetings()}
    assert shipped == SHIPPED


def test_the_numbers_of_meetings_that_a_superior_may_move():
    moved = {(r.code, p.name): (p.least, p.most) for r in of_meetings() for p in r.parameters if not p.is_fixed}
    assert moved == MOVED


def test_every_rule_of_meetings_is_computed():
    assert [rule.code for rule in of_meetings() if not rule.is_computed] == []
