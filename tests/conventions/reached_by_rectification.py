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
    "rectification/pledges/todos.py _to_reword": ("to_reword narrows to what the user answers for", "asked(Pledge)"),
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
    "rectification/publishing/judges.py _has_a_secretary_left": (
        "whether the branch has a secretary left to approve, yes or no, for a page its office holders read", "Grant.objects",
    ),
    "rectification/publishing/open/pages.py _outcomes": (
        "what is public today, for whoever has the code of the opinion it came from", "Publication.objects", "PublicationLine.objects",
    ),
    "rectification/publishing/open/pages.py notices": ("the lines of what is public today", "PublicationLine.objects"),
    "rectification/publishing/open/views.py board_public": (
        "what three persons have put before society: for_strangers, public_on and once_public narrow to it", "Publication.objects",
    ),
    "rectification/publishing/open/views.py publication_public": (
        "as above, before the people of a unit, under an address nobody guesses", "Publication.objects",
    ),
    "rectification/publishing/posts.py posts_for": ("the posts of those responsible, for an action that has asked", "Post.objects"),
    "rectification/publishing/rules.py refuse_names": (
        "the names that may not be made public, for an action that has asked", "Relation.objects",
    ),
    "rectification/publishing/todos.py _to_approve": ("to_approve narrows to what the user judges", "asked(Publication)"),
    "rectification/publishing/todos.py _to_publish": ("to_publish narrows to the branches one leads", "asked(Publication)"),
    "rectification/publishing/todos.py _to_review": ("as above", "asked(Publication)"),
    "rectification/publishing/todos.py _to_reword": ("to_reword narrows to the branches whose records one keeps", "asked(Publication)"),
    "rectification/publishing/unfinished.py _rows": ("what keeps a branch from being merged: of whoever merges it", "Publication.objects"),
    "world/demo/rectification.py _again": ("reads what it has just written in an empty database", "Problem.objects"),
    "world/demo/rectification.py _of_the_neighbour": ("as above", "Visit.objects"),
    "world/demo/rectification.py _in_common": ("as above", "Problem.objects"),
    "world/demo/rectification.py pledges": ("as above", "Round.objects"),
    "world/demo/rectification.py publications": ("as above", "Problem.objects"),
    "world/demo/rectification.py problems": ("as above", "Digest.objects", "Round.objects"),
}  # fmt: skip
