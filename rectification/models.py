"""What was found wrong and what became of it; the models stand with what is done with them."""

from rectification.gathered.models import CommonProblem
from rectification.pledges.models import Pledge, PledgeReview
from rectification.problems.models import Measure, Problem, Recheck
from rectification.publishing.models import Publication, PublicationLine

__all__ = [
    "CommonProblem",
    "Measure",
    "Pledge",
    "PledgeReview",
    "Problem",
    "Publication",
    "PublicationLine",
    "Recheck",
]
