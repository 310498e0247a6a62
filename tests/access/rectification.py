"""What the access tables know of problems: of the branch, its committee, a member, its secretary, and elsewhere."""

from datetime import timedelta
from uuid import uuid4

from rectification.gathered import actions as commons
from rectification.models import CommonProblem, Pledge, Problem, Publication
from rectification.problems.actions import giving
from tests.rectification import board
from tests.rectification.promises import look, promised, published
from tests.rectification.rows import again, asked, moved, of_member, problem


def on_stage(stage):
    """The member answers for the first one; each is put into the state that a line begins from."""
    cast = stage.cast
    signed = of_member(cast, cast.siblings[0], branch=cast.second, actor=cast.sibling, text="ELSEWHERE")
    giving.name_checker(signed, cast.siblings[1], actor=cast.sibling)
    rows = {
        "problem": problem(cast),
        "problem_asked": asked(cast, of_member(cast, cast.people[4], text="OWN-PROBLEM")),
        "problem_chief": asked(cast, of_member(cast, cast.people[0], text="PROBLEM-OF-CHIEF")),
        "problem_team": asked(cast, problem(cast, whose="committee", responsible=cast.people[1], text="PROBLEM-OF-TEAM")),
        "problem_quick": problem(cast, at_once=True, responsible=cast.people[1], text="QUICK"),
        "problem_standing": _standing(cast),
        "problem_imported": problem(cast, responsible=cast.people[1], text="IMPORTED"),
        "problem_closed": moved(asked(cast, problem(cast, text="CLOSED")), "close", actor=cast.officer),
        "problem_signed": asked(cast, again(signed), actor=cast.sibling),
    }  # fmt: skip
    common = commons.save(CommonProblem(organisation=cast.county), actor=cast.officer, text="COMMON-WORDS", asks="ASKS")
    commons.gather(common, [rows["problem"]], actor=cast.officer)
    pledges = {
        "pledge": promised(cast, actor=cast.member, text="PLEDGE-WORDS"),
        "pledge_shown": published(
            cast, whose="branch", member=None, responsible=cast.people[1], text="PUBLISHED-PLEDGE"
        ),
    }
    board.on(cast)
    publications = {
        "publication": board.drafted(cast, [rows["problem"]], title="WORDED-PUBLICATION"),
        "publication_open": board.public(cast, rows=[rows["problem"]], title="OPEN-PUBLICATION", audience="society"),
        "publication_unit": board.public(cast, rows=[rows["problem"]], title="UNIT-PUBLICATION", audience="unit"),
        "publication_masses": board.public(
            cast, rows=[rows["problem"]], title="PEOPLES-PUBLICATION", audience="masses"
        ),
    }
    Publication.objects.filter(audience="masses").update(token="people-of-the-unit")
    # What any of them would carry once it is closed: the database asks for it.
    marks = {"closed_on": stage.today, "verified_as": "superior", "evidence": "EVIDENCE-WORDS"}
    Problem.objects.filter(pk__in=[row.pk for row in rows.values()]).update(**marks)
    Problem.objects.filter(pk=rows["problem_imported"].pk).update(verified_as="imported")
    stage.moving |= {label: again(row) for label, row in rows.items()} | {"common": common, **pledges}
    stage.moving |= {label: board.again(row) for label, row in publications.items()}
    return {
        "common": common.pk,
        **{label: row.pk for label, row in (pledges | publications).items()},
        **{label: row.pk for label, row in rows.items()},
        "chain_of": f"?under={cast.first.pk}",
        "problem_new": f"?organisation={cast.first.pk}",
    }


def _standing(cast):
    """One kept up for good whose closing is asked for."""
    kept_up = moved(asked(cast, problem(cast, text="STANDING")), "hold", actor=cast.officer)
    return moved(kept_up, "request", actor=cast.secretary)


def posts(stage):
    """What valid forms send."""
    today, cast = stage.today, stage.cast
    day = (today + timedelta(40)).isoformat()
    sheet = {
        "text": "NEW-WORDS", "whose": "branch", "category": "duty", "goal": "Goal", "measures": "One",
        "responsible": cast.people[4].pk, "due_on": day, "priority": "normal", "difficulty": "easy", "origin": "self",
        "found_on": today.isoformat(), "round": cast.round.pk, "client_key": str(uuid4()), "version": 1,
    }  # fmt: skip
    promise = {"whose": "branch", "responsible": cast.people[1].pk, "text": "NEW", "how": "", "sort": "basic",
               "due_on": day, "round": cast.round.pk, "client_key": str(uuid4())}  # fmt: skip
    (line,) = Publication.objects.get(pk=stage.objects["publication"]).publication_lines.all()
    worded = {"text": "NEW", "measures": "NEW", "post": "NEW", "due_on": "", "so_far": ""}
    head = {"title": "NEW", "intro": "", "audience": "unit", "until": day}
    ticked = {"selected": [stage.objects["problem"]], "asked": "1"}
    return {
        "problem_create": sheet,
        "problem_edit": sheet,
        "problem_progress": {"words": "Half", "done": ["1"]},
        "problem_checker": {"checker": ""},
        "problem_checker problem_signed": {"checker": cast.siblings[1].pk},
        "recheck_create": {"checked_on": today.isoformat(), "holds": "yes", "words": "Seen"},
        "problem_batch -/assign": {**ticked, "responsible": cast.people[1].pk},
        "problem_batch -/extend": {**ticked, "due_on": day, "reason": "Because"},
        "problem_batch -/void": {**ticked, "reason": "Because"},
        "pledge_create": promise,
        "pledge_edit": promise,
        "pledge_review": {"period": "h2", "reviewed_on": today.isoformat(), "standing": "behind", "met": ["told"]},
        "pledge_vote": {"vote": ""},
        "pledge_move": stage.MOVE,
        "publication_create": {**head, "problems": [stage.objects["problem"]], "client_key": str(uuid4())},
        "publication_edit": {**head, **{f"line{line.pk}-{name}": words for name, words in worded.items()}},
        "publication_move": stage.MOVE,
        "ticket_public": {"code": "0" * 12},
        "common_create": {"place": cast.county.pk, "text": "NEW", "asks": ""},
        "common_edit": {"text": "NEW", "asks": ""},
        "common_gather": {**ticked, "common": stage.objects["common"]},
        "common_move": stage.MOVE,
        "problem_move": stage.MOVE,
        "problem_import": {"place": cast.first.pk},  # without a file the page asks for one
    }


def fill(cast, many):
    """`many` more problems of the first branch, with what hangs on them."""
    for n in range(many):
        common = commons.save(CommonProblem(organisation=cast.county), actor=cast.officer, text=f"More {n}", asks="")
        commons.gather(common, [problem(cast, text=f"Gathered {n}")], actor=cast.officer)
        row = moved(asked(cast, problem(cast, text=f"More {n}")), "close", actor=cast.officer)
        giving.recheck(row, actor=cast.officer, holds=n % 2 == 0, words="Seen", checked_on=row.closed_on)
        shown = published(cast, whose="branch", member=None, responsible=cast.people[1], text=f"More {n}")
        promised(cast, actor=cast.member, text=f"More {n}")
        board.on(cast)
        board.public(cast, rows=[problem(cast, text=f"Open {n}")], title=f"More {n}", audience="society")
    for row in Publication.objects.all()[:4]:
        for n in range(many):
            place = row.publication_lines.count() + 1
            row.publication_lines.create(
                problem=problem(cast, text=f"Line {n}"), position=place, text="W", measures="M", post="P"
            )
    for period in ("q1", "q2", "q3", "q4", "h1", "h2", "year")[: many // 2]:
        look(cast, Pledge.objects.filter(text="PUBLISHED-PLEDGE").first() or shown, period=period)
    for row in Problem.objects.filter(state="unclaimed")[:3]:
        for n in range(many):
            row.measures.create(position=50 + row.measures.count(), text=f"More {n}")
    shown = Problem.objects.filter(text="CLOSED").first() or row
    for _ in range(many):
        giving.recheck(again(shown), actor=cast.officer, holds=True, words="Seen", checked_on=shown.closed_on)
