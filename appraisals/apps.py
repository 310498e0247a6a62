from django.apps import AppConfig


class AppraisalsConfig(AppConfig):
    name = "appraisals"

    def ready(self) -> None:
        # Registers menu items, metrics, what waits for whom, what no branch leaves behind, checks of rows, the year.
        from appraisals import menu, metrics, years  # noqa: F401
        from appraisals.evaluations import todos as evaluation_todos  # noqa: F401
        from appraisals.evaluations import verify as evaluation_checks  # noqa: F401
        from appraisals.grades import attachments as _grade_attachments  # noqa: F401
        from appraisals.grades import metrics as grade_metrics  # noqa: F401
        from appraisals.grades import notices as grade_notices  # noqa: F401
        from appraisals.grades import rules as grade_rules  # noqa: F401
        from appraisals.grades import todos as grade_todos  # noqa: F401
        from appraisals.grades import verify as grade_checks  # noqa: F401
        from appraisals.materials import todos, unfinished, verify  # noqa: F401
        from appraisals.opinions import retention as _retention  # noqa: F401
        from appraisals.opinions import todos as _todos  # noqa: F401
        from appraisals.opinions import verify as _verify  # noqa: F401
        from appraisals.rounds import metrics as round_metrics  # noqa: F401
        from appraisals.rounds import notices as _notices  # noqa: F401
        from appraisals.rounds import todos as round_todos  # noqa: F401
        from appraisals.rounds import verify as round_checks  # noqa: F401
        from appraisals.supervision import metrics as visit_metrics  # noqa: F401
        from appraisals.supervision import retention as _visit_retention  # noqa: F401
        from appraisals.supervision import todos as visit_todos  # noqa: F401
        from appraisals.supervision import verify as visit_checks  # noqa: F401
        from appraisals.supervision.urging import notices  # noqa: F401
        from appraisals.votes import meeting as _vote_meeting  # noqa: F401
        from appraisals.votes import rules as _vote_rules  # noqa: F401
        from appraisals.votes import todos as vote_todos  # noqa: F401
        from appraisals.votes import unfinished as votes_unfinished  # noqa: F401
        from appraisals.votes import verify as vote_checks  # noqa: F401
