"""The facts and figures of the workshop in the case collection. Everything else is invented."""

MEMBERS, STAFF = 54, 310
MOST = 50  # a branch normally has no more members
EXCELLENT_AT_MOST = MEMBERS // 3
# Three reviews of one year, each along a checklist of its own: when, which, and the period of a pledge it is for.
REVIEWS = (
    ("2010-03-31", "relaxed", "四个不放松", "q1"),
    ("2010-06-30", "let_pass", "四个不放过", "h1"),
    ("2010-12-20", "four_four", "四评四看", "year"),
)
GUESTS, CAME = 12, 10
ITEMS = "# 四评四看\n评学习，看运用\n评问题，看查找\n评措施，看落实\n评作风，看群众认可"
