"""Addresses of the public board. Those under open/ read no cookie (shell.middleware.without_cookies)."""

from django.urls import path

from rectification.publishing import views
from rectification.publishing.open import views as open_to_all
from rectification.publishing.papers import views as papers

urlpatterns = [
    path("publications/", views.publication_list, name="publication_list"),
    path("publications/new/", views.publication_create, name="publication_create"),
    path("publications/<int:pk>/", views.publication_detail, name="publication_detail"),
    path("publications/<int:pk>/edit/", views.publication_edit, name="publication_edit"),
    path("publications/<int:pk>/qr.svg", views.publication_qr, name="publication_qr"),
    path("publications/<int:pk>/paper/", papers.publication_paper, name="publication_paper"),
    path("publications/<int:pk>/word/", papers.publication_word, name="publication_word"),
    path("publications/<int:pk>/move/<slug:name>/", views.publication_move, name="publication_move"),
    path("open/<int:pk>/", open_to_all.board_public, name="board_public"),
    path("open/<str:token>/", open_to_all.publication_public, name="publication_public"),
]
