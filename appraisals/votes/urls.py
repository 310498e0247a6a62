"""Addresses of votes; the casting page is elsewhere (ballots/casting/urls.py)."""

from django.urls import path

from appraisals.votes import views
from appraisals.votes.papers.views import vote_word, vote_words
from appraisals.votes.sites.views import vote_sites
from appraisals.votes.summary.views import vote_summary

urlpatterns = [
    path("votes/", views.vote_list, name="vote_list"),
    path("votes/summary/", vote_summary, name="vote_summary"),
    path("votes/words/", vote_words, name="vote_words"),
    path("votes/new/", views.vote_create, name="vote_create"),
    path("votes/<int:pk>/", views.vote_detail, name="vote_detail"),
    path("votes/<int:pk>/edit/", views.vote_edit, name="vote_edit"),
    path("votes/<int:pk>/paper/<slug:form>/", views.vote_paper, name="vote_paper"),
    path("votes/<int:pk>/word/", vote_word, name="vote_word"),
    path("votes/<int:pk>/totals/", views.vote_totals, name="vote_totals"),
    path("votes/<int:pk>/sites/", vote_sites, name="vote_sites"),
    path("votes/<int:pk>/slips/", views.vote_slips, name="vote_slips"),
    path("votes/<int:pk>/slips/spare/", views.vote_spare, name="vote_spare"),
    path("votes/<int:pk>/slips/void/", views.vote_void_slip, name="vote_void_slip"),
    path("votes/<int:pk>/count/", views.vote_count, name="vote_count"),
    path("votes/<int:pk>/repeat/", views.vote_repeat, name="vote_repeat"),
    path("votes/<int:pk>/move/<slug:name>/", views.vote_move, name="vote_move"),
]
