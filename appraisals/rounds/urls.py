"""Addresses of the plan of a round, of branches on their way through it, and of its roster."""

from django.urls import include, path

from appraisals.rounds.views import plan, progress, roster

urlpatterns = [
    path("", include("appraisals.rounds.grid.urls")),
    path("", include("appraisals.rounds.scheme.urls")),
    path("rounds/<int:pk>/plan/", plan.round_plan, name="round_plan"),
    path("rounds/<int:pk>/plan/begin/", plan.plan_begin, name="plan_begin"),
    path("rounds/<int:pk>/revise/", plan.round_revise, name="round_revise"),
    path("rounds/<int:pk>/stages/new/", plan.stage_create, name="stage_create"),
    path("rounds/<int:pk>/board/", progress.progress_board, name="progress_board"),
    path("progress/<int:pk>/stages/", progress.branch_stages, name="branch_stages"),
    path("stages/<int:pk>/edit/", plan.stage_edit, name="stage_edit"),
    path("stages/<int:pk>/drop/", plan.stage_drop, name="stage_drop"),
    path("stages/<int:pk>/requirements/new/", plan.requirement_create, name="requirement_create"),
    path("requirements/<int:pk>/edit/", plan.requirement_edit, name="requirement_edit"),
    path("requirements/<int:pk>/drop/", plan.requirement_drop, name="requirement_drop"),
    path("progress/", progress.progress_list, name="progress_list"),
    path("progress/batch/<slug:name>/", progress.progress_batch, name="progress_batch"),
    path("progress/<int:pk>/", progress.progress_detail, name="progress_detail"),
    path("progress/<int:pk>/move/<slug:name>/", progress.progress_move, name="progress_move"),
    path("progress/<int:pk>/extend/", progress.progress_extend, name="progress_extend"),
    path("progress/<int:pk>/give-back/", progress.progress_give_back, name="progress_give_back"),
    path("makeup/", progress.makeup_list, name="makeup_list"),
    path("makeup/<int:pk>/", progress.makeup_detail, name="makeup_detail"),
    path("makeup/<int:pk>/move/<slug:name>/", progress.makeup_move, name="makeup_move"),
    path("appraisees/", roster.appraisee_list, name="appraisee_list"),
    path("appraisees/<int:pk>/", roster.appraisee_detail, name="appraisee_detail"),
    path("appraisees/<int:pk>/event/", roster.appraisee_event, name="appraisee_event"),
    path("appraisees/<int:pk>/offer/", roster.appraisee_offer, name="appraisee_offer"),
    path("appraisees/<int:pk>/answer/<slug:answer>/", roster.appraisee_answer, name="appraisee_answer"),
]
