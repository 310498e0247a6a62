"""What was found wrong and what became of it; the models stand with what is done with them."""

from rectification.common.models import CommonProblem
from rectification.problems.models import Measure, Problem, Recheck

__all__ = ["CommonProblem", "Measure", "Problem", "Recheck"]
