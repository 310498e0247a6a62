"""Addresses of grades."""

from django.urls import path

from appraisals.grades.papers import views as papers
from appraisals.grades.views import disposals, grades, gradings

urlpatterns = [
    path("gradings/", gradings.grading_list, name="grading_list"),
    path("gradings/<int:pk>/", gradings.grading_detail, name="grading_detail"),
    path("gradings/<int:pk>/edit/", gradings.grading_edit, name="grading_edit"),
    path("gradings/<int:pk>/batch/<slug:name>/", gradings.grading_batch, name="grading_batch"),
    path("gradings/<int:pk>/vote/", gradings.grading_vote, name="grading_vote"),
    path("gradings/<int:pk>/announcement/", gradings.grading_announcement, name="grading_announcement"),
    path("gradings/<int:pk>/word/<slug:form>/", papers.grading_word, name="grading_word"),
    path("grades/<int:pk>/word/<slug:form>/", papers.grade_word, name="grade_word"),
    path("gradings/<int:pk>/shares/", gradings.grading_shares, name="grading_shares"),
    path("gradings/<int:pk>/move/<slug:name>/", gradings.grading_move, name="grading_move"),
    path("grades/<int:pk>/", grades.grade_detail, name="grade_detail"),
    path("grades/<int:pk>/say/<slug:kind>/", grades.grade_say, name="grade_say"),
    path("grades/<int:pk>/move/<slug:name>/", grades.grade_move, name="grade_move"),
    path("grades/<int:pk>/disposal/", disposals.disposal_create, name="disposal_create"),
    path("grades/disposals/<int:pk>/", disposals.disposal_detail, name="disposal_detail"),
    path("grades/disposals/<int:pk>/change/", disposals.disposal_change, name="disposal_change"),
    path("grades/disposals/<int:pk>/note/", disposals.disposal_note, name="disposal_note"),
    path("grades/disposals/<int:pk>/move/<slug:name>/", disposals.disposal_move, name="disposal_move"),
    path("grades/words/<int:pk>/confirm/<slug:how>/", grades.grade_confirm, name="grade_confirm"),
]
