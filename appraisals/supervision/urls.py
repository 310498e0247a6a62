"""Addresses of supervision: visits and checklists."""

from django.urls import path

from appraisals.supervision import views
from appraisals.supervision.groups import views as group_views
from appraisals.supervision.papers import views as papers
from appraisals.supervision.urging import views as urging

urlpatterns = [
    path("supervision/", views.supervision_list, name="supervision_list"),
    path("supervision/groups/of/<int:pk>/", group_views.supervision_group_list, name="supervision_group_list"),
    path("supervision/groups/of/<int:pk>/new/", group_views.supervision_group_create, name="supervision_group_create"),
    path("supervision/groups/<int:pk>/edit/", group_views.supervision_group_edit, name="supervision_group_edit"),
    path("supervision/groups/<int:pk>/dissolve/", group_views.supervision_group_end, name="supervision_group_end"),
    path("supervision/urge/", urging.urge_create, name="urge_create"),
    path("supervision/urgings/<int:pk>/", urging.urging_detail, name="urging_detail"),
    path("visits/", views.visit_list, name="visit_list"),
    path("visits/new/", views.visit_create, name="visit_create"),
    path("visits/<int:pk>/", views.visit_detail, name="visit_detail"),
    path("visits/<int:pk>/edit/", views.visit_edit, name="visit_edit"),
    path("visits/<int:pk>/correct/", views.visit_correct, name="visit_correct"),
    path("visits/<int:pk>/paper/", papers.visit_paper, name="visit_paper"),
    path("visits/<int:pk>/paper/word/", papers.visit_word, name="visit_word"),
    path("visits/<int:pk>/move/<slug:name>/", views.visit_move, name="visit_move"),
    path("visits/checklists/<int:pk>/", views.checklist_edit, name="checklist_edit"),
    path("visits/checklists/<int:pk>/end/", views.checklist_end, name="checklist_end"),
]
