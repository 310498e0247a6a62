"""Addresses of materials."""

from django.urls import path

from appraisals.materials import views
from appraisals.materials.asking.views import material_rules_edit
from appraisals.materials.entering.views import material_confirm, material_enter
from appraisals.materials.reviewing.views import comment_answer, comment_resolve, material_pile, material_review

urlpatterns = [
    path("materials/", views.material_list, name="material_list"),
    path("materials/review/", material_pile, name="material_pile"),
    path("materials/<int:pk>/", views.material_detail, name="material_detail"),
    path("materials/<int:pk>/edit/", views.material_edit, name="material_edit"),
    path("materials/<int:pk>/autosave/", views.material_autosave, name="material_autosave"),
    path("materials/<int:pk>/review/", material_review, name="material_review"),
    path("materials/<int:pk>/enter/", material_enter, name="material_enter"),
    path("materials/<int:pk>/confirm/", material_confirm, name="material_confirm"),
    path("materials/<int:pk>/move/<slug:name>/", views.material_move, name="material_move"),
    path("material-comments/<int:pk>/answer/", comment_answer, name="comment_answer"),
    path("material-comments/<int:pk>/resolve/", comment_resolve, name="comment_resolve"),
    path("rounds/<int:pk>/materials/", material_rules_edit, name="material_rules_edit"),
]
