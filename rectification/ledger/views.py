"""The ledger as a board and as a month."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from branches.http import AuthedRequest
from rectification.ledger.board import Board
from rectification.ledger.calendar import Month


@require_safe
def problem_board(request: AuthedRequest) -> HttpResponse:
    return render(request, "rectification/problem_board.html", {"board": Board(request)})


@require_safe
def problem_calendar(request: AuthedRequest) -> HttpResponse:
    return render(request, "rectification/problem_calendar.html", {"board": Month(request)})
