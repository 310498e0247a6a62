"""As reached.py, for the room of what was found wrong and put right."""

BY_RECTIFICATION = {
    "rectification/imports/plan.py _known": (
        "which problems stand in branches whose ledger the reader keeps: compared, and told as a number", "Problem.objects",
    ),
    "rectification/ledger/exports.py ledger": ("the measures of problems that this person exports", "Measure.objects"),
    "rectification/ledger/papers/views.py _asked": (
        "the measures of the problems found by scope", "Measure.objects",
    ),
    "rectification/pledges/forms.py PledgeForm.__init__": (
        "the members of a branch whose pledges the writer enters", "Member.objects",
    ),
    "rectification/pledges/metrics.py _kept": ("what a number counts: read for nobody", "Pledge.objects"),
    "rectification/pledges/metrics.py _made": ("as above", "Pledge.objects"),
    "rectification/pledges/todos.py _to_look_over": ("to_look_over narrows to what the user verifies", "asked(Pledge)"),
    "rectification/pledges/todos.py _to_rate": ("as above", "asked(Pledge)"),
    "rectification/pledges/unfinished.py _rows": ("what keeps a branch from being merged: of whoever merges it", "Pledge.objects"),
    "rectification/problems/forms.py ProblemForm.__init__": (
        "the members of a branch whose problems the writer writes down", "Member.objects",
    ),
    "rectification/problems/metrics.py _closed": ("what a number counts: read for nobody", "Problem.objects"),
    "rectification/problems/metrics.py _found": ("as above", "Problem.objects"),
    "rectification/problems/metrics.py _late": ("as above", "Problem.objects"),
    "rectification/problems/metrics.py _measures": ("as above", "Measure.objects"),
    "rectification/problems/rules.py check_people": (
        "whether somebody belongs to a branch, for an action that has asked", "Relation.objects",
    ),
    "rectification/problems/todos.py _nearly_due": ("the rule of a reminder: rows for nobody in particular", "Problem.objects"),
    "rectification/problems/todos.py _to_claim": ("to_claim narrows to one's own and to the branches one leads", "asked(Problem)"),
    "rectification/problems/unfinished.py _rows": ("what keeps a branch from being merged: of whoever merges it", "Problem.objects"),
    "world/demo/rectification.py _again": ("reads what it has just written in an empty database", "Problem.objects"),
    "world/demo/rectification.py _of_the_neighbour": ("as above", "Visit.objects"),
    "world/demo/rectification.py _in_common": ("as above", "Problem.objects"),
    "world/demo/rectification.py pledges": ("as above", "Round.objects"),
    "world/demo/rectification.py problems": ("as above", "Digest.objects", "Round.objects"),
}  # fmt: skip
