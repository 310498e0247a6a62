"""Addresses of the ledger looked at in other ways."""

from django.urls import path

from rectification.ledger import views
from rectification.ledger.papers import views as papers

urlpatterns = [
    path("problems/board/", views.problem_board, name="problem_board"),
    path("problems/calendar/", views.problem_calendar, name="problem_calendar"),
    path("problems/of/<int:pk>/paper/", papers.problem_paper, name="problem_paper"),
    path("problems/of/<int:pk>/word/", papers.problem_word, name="problem_word"),
]
