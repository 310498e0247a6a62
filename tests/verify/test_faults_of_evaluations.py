"""Each check of verify over evaluations is seen to find the fault it is for."""

import pytest

from appraisals.models import Evaluation, EvaluationScale
from tests.appraisals.evaluations.rows import given, written
from workflow import checking

NAMES = ("of_scale", "of_branches", "dated")


def found(name):
    return next(checking.run([f"evaluations.{name}"])).count


@pytest.fixture
def said(world):
    written(world, place=world.second)
    return given(world)


def test_fault_evaluations_of_scale(world, said):
    assert [found(name) for name in NAMES] == [0] * len(NAMES)
    EvaluationScale.objects.update(words="Fair\nPoor")
    assert found("of_scale") == 1


def test_fault_evaluations_of_branches(world, said):
    Evaluation.objects.filter(pk=said.pk).update(organisation=world.third)
    assert found("of_branches") == 1
    Evaluation.objects.filter(pk=said.pk).update(organisation=world.county)
    assert found("of_branches") == 1


def test_fault_evaluations_dated(world, said):
    Evaluation.objects.filter(pk=said.pk).update(given_on=None)
    assert found("dated") == 1
    Evaluation.objects.update(state="draft", given_on="2026-03-02")
    assert found("dated") == 2
    Evaluation.objects.update(state="given", taken_back_on="2026-03-03")
    assert found("dated") == 2
