"""The facts and figures of the village in the case collection, as far as its ratings go. Everything else is invented."""

TEAMS = 13
SHEETS = 1200  # 余: reported as a little over
SATISFIED = 92  # per cent of those who rated the committee of the village
ASPECTS = ("理想信念", "政治理论素质", "组织纪律", "廉洁自律", "联系服务群众", "模范作用")
ITEMS = 30

# What the walk through the households found, and what was promised. Of seventeen problems the source says nothing more.
PROBLEMS, SOLVED, IN_HAND = 45, 26, 2
PROMISES, MORE = 10, 7
