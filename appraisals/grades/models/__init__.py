"""Grades as rows: where each stands, what is said of it, and the work of one branch in one round."""

from appraisals.grades.models.disposals import DisposalFile, DisposalNote
from appraisals.grades.models.grades import Grade, Grading
from appraisals.grades.models.words import AssemblyVote, GradeText, GradeWord

__all__ = ["AssemblyVote", "DisposalFile", "DisposalNote", "Grade", "GradeText", "GradeWord", "Grading"]
