"""Addresses of pledges."""

from django.urls import path

from rectification.pledges import views
from rectification.pledges.papers import views as papers

urlpatterns = [
    path("pledges/", views.pledge_list, name="pledge_list"),
    path("pledges/new/", views.pledge_create, name="pledge_create"),
    path("pledges/of/<int:pk>/paper/", papers.pledge_paper, name="pledge_paper"),
    path("pledges/of/<int:pk>/word/", papers.pledge_word, name="pledge_word"),
    path("pledges/<int:pk>/", views.pledge_detail, name="pledge_detail"),
    path("pledges/<int:pk>/edit/", views.pledge_edit, name="pledge_edit"),
    path("pledges/<int:pk>/review/", views.pledge_review, name="pledge_review"),
    path("pledges/<int:pk>/vote/", views.pledge_vote, name="pledge_vote"),
    path("pledges/<int:pk>/move/<slug:name>/", views.pledge_move, name="pledge_move"),
]
