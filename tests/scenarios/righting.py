"""Problems and pledges as people handle them: written down, claimed, closed by somebody else; promised and kept."""

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from rectification.models import Pledge, Problem
from tests.scenarios.visits import counted, written


def in_days(days):
    return str(timezone.localdate() + timedelta(days))


def problem(visitor, branch, text, **facts):
    """Written down on its page with the four things clear, unless one is said otherwise."""
    told = {
        "client_key": uuid4(), "text": text, "whose": "branch", "category": "organisation", "origin": "opinion",
        "found_on": in_days(0), "goal": "有明显变化", "measures": "逐条落实并通报", "due_on": in_days(60),
        "priority": "normal", "difficulty": "easy", **facts,
    }  # fmt: skip
    visitor.post("problem_create", query=f"?organisation={branch.pk}", **told)
    return Problem.objects.get(organisation=branch, text=text)


def put_right(visitor, problem, words):
    """Claimed, its measures carried out, and its closing asked for."""
    visitor.post("problem_move", problem.pk, "claim")
    done = [measure.position for measure in problem.measures.all()]
    visitor.post("problem_progress", problem.pk, words=words, done=done, satisfied="yes")
    return visitor.post("problem_move", problem.pk, "request", note=words)


def ledger(visitor, **filters):
    """The rows of 整改台账 as its .xlsx file holds them."""
    query = visitor.get("problem_list", **filters).context["page"].query
    return counted(written(visitor, "rectification_ledger", query))


def promise(visitor, branch, text, **facts):
    """A pledge of the branch, unless it is said whose."""
    told = {"client_key": uuid4(), "whose": "branch", "text": text, "sort": "basic", "due_on": in_days(60), **facts}
    visitor.post("pledge_create", query=f"?organisation={branch.pk}", **told)
    return Pledge.objects.get(organisation=branch, text=text)


def made_public(judge, leader, pledge):
    """Looked over by whoever does, published by the secretary."""
    judge.post("pledge_move", pledge.pk, "accept")
    return leader.post("pledge_move", pledge.pk, "publish", confirmed="yes")
